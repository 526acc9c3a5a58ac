import { readFile } from 'node:fs/promises';
import type { House } from './house.ts';
import { addAgency, addStaff } from './identity/door.ts';
import { Problem } from './platform/door.ts';

/** `npm run tongban -- add-agency …`, `add-staff …` and the like: who works where, on a node without a demo. */
const say = (line: string) => process.stdout.write(`${line}\n`);

const operator = { kind: 'system', id: 'setup' } as const;
const momentOf = ({ clock }: House) => ({ at: clock(), from: 'command line' });
const toldCode = ({ limits }: House, login: string, code: string) =>
  `${login} sets a password at /sign-in/start with the code ${code}, good once, for ${limits.startCode.hours} hours.`;

/** The account of a login, and whoever runs the node, who acts on it; throws `account-not-found`. */
async function accountOf({ identity, config: { region } }: House, login: string) {
  const id = await identity.staff.idOf(region, login);
  if (!id) throw new Problem('account-not-found');
  return { id, actor: { ...operator, region } };
}

export const peopleCommands = {
  'add-agency': {
    usage: 'add-agency KIND NAME ENGLISH-NAME DIVISION CREDIT-CODE',
    about: 'adds an agency, or changes its names; KIND is what items call it, e.g. health; the demo has examples',
    async run(house: House, [kind, zh, en, division, creditCode]: string[]) {
      if (!kind || !zh || !en || !division || !creditCode) return undefined;
      const agency = await addAgency(house, { kind, name: { zh, en }, division, creditCode });
      const items = house.catalog.items().filter((item) => item.agency === kind);
      const decides = items.length > 0 ? `decides ${items.length} items` : 'decides no item there is today';
      say(`${agency.id} is there; it ${decides}.`);
      return 0;
    },
  },
  'add-client': {
    usage: 'add-client NAME SCOPE[,SCOPE] DIVISION UNTIL JWKS-FILE [AGENCY]',
    about: 'enrols another system with its public keys; UNTIL is its last day, e.g. 2027-06-30',
    async run(house: House, [name, scopes, division, until, file, agency = '']: string[]) {
      if (!name || !scopes || !division || !until || !file) return undefined;
      const form = { name, scopes: scopes.split(','), division, agency, until, keys: await readFile(file, 'utf8') };
      const actor = { ...operator, region: division.slice(0, 6) };
      const id = await house.identity.clients.enrol(actor, { ...form, reason: 'command line' }, momentOf(house));
      say(`${name} may ask for tokens now. Its client id is ${id}`);
      return 0;
    },
  },
  'reset-second-step': {
    usage: 'reset-second-step LOGIN REASON',
    about:
      'takes away the second step of an account that has lost it, when no system administrator can; it sets up another at its next sign-in',
    async run(house: House, [login, reason]: string[]) {
      if (!login || !reason) return undefined;
      const { actor, id } = await accountOf(house, login);
      const code = await house.identity.accounts.resetSecond(actor, id, reason, momentOf(house));
      say(`${login} signs in with the password and the code ${code}, good once, and has to set up a second step then.`);
      return 0;
    },
  },
  'give-start-code': {
    usage: 'give-start-code LOGIN REASON',
    about:
      'gives a code to set another password with, when no administrator can sign in or it is one who forgot theirs',
    async run(house: House, [login, reason]: string[]) {
      if (!login || !reason) return undefined;
      const { actor, id } = await accountOf(house, login);
      const code = await house.identity.accounts.giveStart(actor, id, reason, momentOf(house));
      say(toldCode(house, login, code));
      return 0;
    },
  },
  'set-home': {
    usage: 'set-home LOGIN VILLAGE (address in TONGBAN_HOME_ADDRESS)',
    about:
      'keeps in which village a colleague lives, so that reading about neighbours rings; of the address only a hash',
    async run({ identity, config }: House, [login, division]: string[]) {
      if (!login || !division) return undefined;
      const address = process.env.TONGBAN_HOME_ADDRESS ?? '';
      await identity.homes.keep(config.region, login, { division, address });
      say(`Reading about neighbours of ${login} is told to the audit administrator from now on.`);
      return 0;
    },
  },
  'add-staff': {
    usage: 'add-staff LOGIN NAME AGENCY DIVISION ROLE[,ROLE] (password in TONGBAN_PASSWORD, or none)',
    about: 'adds an account; without a password it says a code, with which its owner sets one at /sign-in/start',
    async run(house: House, [login, name, agency, division, roles]: string[]) {
      const password = process.env.TONGBAN_PASSWORD;
      if (!login || !name || !agency || !division || !roles) return undefined;
      const form = { login, name, agency, division, roles: roles.split(',') };
      const region = division.slice(0, 6);
      if (password) {
        await addStaff(house, { ...form, region, password });
        say(`${login} may sign in now.`);
      } else {
        const { code } = await house.identity.starts.add({ ...operator, region }, form, momentOf(house));
        say(toldCode(house, login, code));
      }
      return 0;
    },
  },
};
