import { join } from 'node:path';
import {
  type Clock,
  type Db,
  type IdSource,
  type Indexed,
  type Keeping,
  type Limits,
  Problem,
  type ProviderConfig,
  type Resealing,
  sealedRows,
  type Text,
  type Vault,
} from '../platform/door.ts';
import { type Account, openAccount } from './account.ts';
import { type Accounts, openAccounts } from './accounts.ts';
import type { StaffActor } from './actor.ts';
import { type Agencies, openAgencies } from './agencies.ts';
import { loadDivisions } from './china.ts';
import { type Clients, openClients } from './clients.ts';
import { readCountyFile } from './county-file.ts';
import { demoRegions, loadDemo, noDemo, type Persona } from './demo.ts';
import type { Device } from './device.ts';
import { type Devices, openDevices } from './devices.ts';
import { type Divisions, openDivisions } from './divisions.ts';
import { type Homes, openHomes } from './homes.ts';
import { type NewPasswordProblem, openPasswordCheck } from './new-password.ts';
import { type Organisations, openOrganisations } from './organisations.ts';
import { openPasskeys, type Passkeys } from './passkeys.ts';
import { openPersons, type Persons } from './persons.ts';
import { loadPlaceNames, type PlaceName } from './place-names.ts';
import { openPowers, type Powers, staffAt } from './powers.ts';
import { openProvider } from './provider.ts';
import { readProviderProfile } from './provider-profile.ts';
import { openProviderSignIn, type ProviderSignIn } from './provider-sign-in.ts';
import { openSecondFactor, type SecondFactor } from './second-factor.ts';
import { secondRequired } from './second-required.ts';
import { openSessionMemory } from './session-memory.ts';
import { openSessions, type Session, type Sessions } from './sessions.ts';
import { sightFor } from './sight.ts';
import { type Entered, openSignIn, type SignIn, type Visit, type Waiting } from './sign-in.ts';
import { plainLogin, type StaffAccount } from './staff.ts';
import { openStarts, type Starts } from './starts.ts';
import { staffById, staffByLogin, staffNames } from './store.ts';
import { openPersonStore, personTable } from './store-persons.ts';
import { openRetention } from './store-retention.ts';
import { totpTable } from './store-second.ts';
import { openThrottle } from './throttle.ts';

/** The room as others use it. `replaces` is the session cookie the browser came with: signing in ends it. */
export type Identity = {
  /** Counties served here. */
  regions: string[];
  countyName(region: string): Text;
  divisions: Divisions;
  /** Says the name of any division in Chinese or English. */
  placeName: PlaceName;
  agencies: Agencies;
  personas(): Persona[];
  signInAs(personaId: string, at: Date, replaces?: string, agent?: string, on?: Device): Promise<Session>;
  signIn(region: string, name: string, password: string, at: Date, visit?: Visit): Promise<Session>;
  /** The same for pages: in, with the cookie by which the browser is known the next time, or a second step to go. */
  enter(region: string, name: string, password: string, at: Date, visit: Visit): Promise<Entered | Waiting>;
  /** The second step with a code; throws `sign-in-failed` when the first was too long ago. */
  enterSecond(step: string, code: string, at: Date, visit: Visit): Promise<Entered>;
  /** The same with a passkey, and what the browser is asked for one. */
  enterWithPasskey: SignIn['enterWithPasskey'];
  askPasskey: SignIn['askPasskey'];
  /** Sign-in of citizens and enterprises at a provider; nothing when none is configured. */
  provider?: ProviderSignIn;
  /** Whose password was right a moment ago; nothing when it was too long ago, or never. */
  whoWaits(step: string, at: Date): Promise<{ region: string; id: string } | undefined>;
  secondFactor: SecondFactor;
  /** Other systems that use the machine interface. */
  clients: Clients;
  /** Kiosks and terminals of village stations. */
  devices: Devices;
  /** Who may grant, lend, revoke and open what. */
  powers: Powers;
  passkeys: Passkeys;
  /** What is done to accounts of others. */
  accounts: Accounts;
  /** How colleagues begin, and begin again. */
  starts: Starts;
  /** What people do with their own account. */
  account: Account;
  /** What is wrong with a password somebody wants to set, by the rules and by the list of breached ones. */
  newPasswordProblem: NewPasswordProblem;
  session: Sessions['read'];
  signOut(token: string): Promise<void>;
  persons: Persons;
  /** Where colleagues live, for those who said it. */
  homes: Homes;
  /** Organisations that apply, and who may act for them. */
  organisations: Organisations;
  /** What is kept sealed here, to be sealed anew under another key. */
  resealing: Resealing[];
  /** What is found here by blind indexes, for a change of their key. */
  indexed: Indexed[];
  /** What is kept here for a limited time. */
  keepings: Keeping[];
  staff: {
    get(region: string, id: string): Promise<StaffAccount | undefined>;
    /** Somebody as the one who asks, with the powers valid at a moment. */
    actor(region: string, id: string, now: Date): Promise<StaffActor | undefined>;
    /** Names of accounts by their ids, as far as somebody sees any. */
    names(actor: StaffActor, ids: string[]): Promise<Map<string, string>>;
    /** The account of a login name as it was typed. */
    idOf(region: string, login: string): Promise<string | undefined>;
  };
};

export type IdentityOptions = {
  db: Db;
  clock: Clock;
  ids: IdSource;
  vault: Vault;
  /** Loads the people of `folder/county.yaml` and lets anybody sign in as one of them. Never for real use. */
  demo: boolean;
  regions: string[];
  limits: Limits;
  folder: string;
  /** Who has to have a second step, as `TONGBAN_SECOND_STEP` says it. */
  secondStep?: string;
  /** A file of breached passwords that nobody may set (`breached-list.ts`). */
  breachedPasswords?: string;
  /** The address of this node, as other systems name it. */
  origin?: string;
  /** Where citizens and enterprises sign in, and the folder with what providers call things. */
  provider?: ProviderConfig;
  providers?: string;
  /** What is to be known for saying names of places in English. */
  placeNames?: string;
};

/** Opens the room: loads the divisions on the first start, the demo when asked for, and keeps small things in memory. */
export async function openIdentity({
  db,
  clock,
  ids,
  vault,
  demo,
  regions: asked,
  limits,
  folder,
  secondStep,
  breachedPasswords,
  origin = 'http://127.0.0.1:3000',
  provider,
  providers = 'providers',
  placeNames = 'rules/place-names.yaml',
}: IdentityOptions): Promise<Identity> {
  const required = secondRequired(secondStep, demo);
  const newPasswordProblem = await openPasswordCheck(breachedPasswords);
  const county = demo ? await readCountyFile(join(folder, 'county.yaml')) : undefined;
  const regions = [...new Set([...asked, ...(county ? demoRegions(county) : [])])];
  await loadDivisions(db, regions, clock());
  const divisions = await openDivisions(db, regions);
  const agencies = await openAgencies(db, regions);
  const placeName = await loadPlaceNames(placeNames);
  const people = openPersonStore(db, vault);
  await people.sealClear();
  const around = { divisions, agencies, placeName };
  const { personas, subject } = county ? await loadDemo(db, people, county, around, clock()) : noDemo;
  const memory = openSessionMemory();
  const changed = () => memory.forget();
  await db.listen('session', (key) => memory.forget(key));
  const sessions = openSessions({ db, ids, agencies, memory, required, limits });
  const throttle = openThrottle(db, regions[0] ?? '');
  const second = openSecondFactor({ db, ids, vault, throttle, limits, changed });
  const passkeys = openPasskeys({ db, second });
  const entrance = openSignIn({ db, ids, regions, sessions, throttle, second, passkeys });
  const persons = openPersons({ db, store: people, clock, ids });
  const organisations = openOrganisations({ db, ids, clock, vault, changed });
  const names = new Map([county?.county, ...(county?.otherCounties ?? [])].map((place) => [place?.code, place?.name]));
  return {
    regions,
    divisions,
    placeName,
    agencies,
    countyName: (region) => {
      const { name } = divisions.county(region);
      return names.get(region) ?? { zh: name, en: placeName('en', name) };
    },
    personas: () => personas,
    signInAs: async (personaId, at, replaces, agent, on) => {
      const who = subject(personaId);
      if (!who) throw new Problem('sign-in-failed');
      return sessions.start(who, at, { replaces, agent, on });
    },
    signIn: async (region, name, password, at, visit = {}) => {
      const entered = await entrance.enter({ region, name, password }, at, visit);
      if ('session' in entered) return entered.session;
      throw new Problem('second-step-required');
    },
    enter: (region, name, password, at, visit) => entrance.enter({ region, name, password }, at, visit),
    enterSecond: entrance.enterSecond,
    enterWithPasskey: entrance.enterWithPasskey,
    askPasskey: entrance.askPasskey,
    whoWaits: (step, at) =>
      entrance.whoWaits(step, at).catch((error) => {
        if (error instanceof Problem && error.code === 'sign-in-failed') return undefined;
        throw error;
      }),
    passkeys,
    secondFactor: second,
    clients: openClients({ db, ids, agencies, divisions, origin, throttle, regions }),
    devices: openDevices({ db, ids, divisions, throttle, limits, regions, changed }),
    powers: openPowers({ db, ids, agencies, divisions, limits, changed }),
    accounts: openAccounts({ db, ids, limits, changed }),
    starts: openStarts({ db, ids, agencies, divisions, throttle, limits, regions, newPasswordProblem, changed }),
    account: openAccount({ db, sessions, throttle, newPasswordProblem }),
    newPasswordProblem,
    session: sessions.read,
    signOut: sessions.end,
    persons,
    homes: openHomes({ db, ids, clock, vault, divisions }),
    organisations,
    provider: provider && (await provided(provider)),
    keepings: openRetention(db, regions),
    resealing: [personTable, totpTable].map((table) => sealedRows(db, vault, table)),
    indexed: [
      {
        table: 'identity.person',
        column: 'id_card_index',
        purpose: 'id-card',
        values: people.unmovedCards,
        whole: true,
      },
      { table: 'identity.organisation_power', column: 'holder_index', purpose: 'id-card' },
    ],
    staff: {
      get: (region, id) => staffById(db, region, id),
      actor: (region, id, now) => staffAt(db, agencies, { region, id }, now),
      names: (actor, ids) => staffNames(db.seenBy(sightFor(actor)), actor.region, ids),
      idOf: async (region, login) => (await staffByLogin(db, region, plainLogin(login).slice(0, 100)))?.id,
    },
  };

  async function provided(config: ProviderConfig): Promise<ProviderSignIn> {
    const profile = await readProviderProfile(providers, config.profile);
    const talk = openProvider(config, clock);
    return openProviderSignIn({ db, ids, clock, persons, organisations, sessions, provider: talk, profile });
  }
}
