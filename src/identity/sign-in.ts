import { type Db, type IdSource, Problem } from '../platform/door.ts';
import { hashOfCookie } from './cookie.ts';
import type { Passkeys, Site } from './passkeys.ts';
import { hashPassword, isOutdated, isPassword } from './passwords.ts';
import type { SecondFactor, Who } from './second-factor.ts';
import { notAtKiosk, type Session, type SessionFrom, type Sessions } from './sessions.ts';
import { plainLogin } from './staff.ts';
import { savePassword, staffByLogin } from './store.ts';
import { addStep, endStep, staffOfStep } from './store-second.ts';
import { startIsNews } from './store-starts.ts';
import type { From, Throttle } from './throttle.ts';

/** What the browser of somebody who signs in came with. */
export type Visit = From & SessionFrom;
/**
 * `device` is the cookie by which the browser is known next time; `startGiven` says that somebody gave the account another
 * start code since its last sign-in, which its owner is to be told.
 */
export type Entered = { session: Session; device: string; startGiven: boolean };

/** The password was right; `step` is the cookie of who has ten minutes for the second step. */
export type Waiting = { step: string };

export type Password = { region: string; name: string; password: string };
export type SignIn = ReturnType<typeof openSignIn>;

type Needs = {
  db: Db;
  ids: IdSource;
  /** Counties served here. */
  regions: string[];
  sessions: Sessions;
  throttle: Throttle;
  second: SecondFactor;
  passkeys: Passkeys;
};
const timeForSecond = 10 * 60_000;

/** How staff come in: name and password, then a second step when the account has one. */
export function openSignIn({ db, ids, regions, sessions, throttle, second, passkeys }: Needs) {
  return { enter, enterSecond, enterWithPasskey, askPasskey, whoWaits: waitingFor };

  async function enter(given: Password, at: Date, visit: Visit): Promise<Entered | Waiting> {
    notAtKiosk(visit.on);
    const who = { region: given.region, id: await checked(given, at, visit) };
    if (!(await second.needed(who))) return admit(who, at, visit);
    const step = `${who.region}.${ids.token()}`;
    const { hash } = partsOf(step);
    const expiresAt = new Date(at.getTime() + timeForSecond);
    await addStep(db, { region: who.region, hash, staff: who.id, at, expiresAt });
    return { step };
  }

  /** The second step with a code of the app or from paper. */
  function enterSecond(step: string, code: string, at: Date, visit: Visit): Promise<Entered> {
    return through(step, at, visit, (who) => second.check(who, code, at, visit.device));
  }

  /** The second step with a passkey; `answer` is what the browser made of what `askPasskey` gave. */
  function enterWithPasskey(step: string, answer: string, at: Date, visit: Visit, site: Site): Promise<Entered> {
    return through(step, at, visit, (who) => passkeys.check(step, who, answer, at, site));
  }

  /** What the browser is asked for a passkey; nothing when the account has none here. */
  async function askPasskey(step: string, at: Date, site: Site): Promise<string | undefined> {
    return passkeys.askAtSignIn(step, await waitingFor(step, at), site);
  }

  async function through(step: string, at: Date, visit: Visit, check: (who: Who) => Promise<void>): Promise<Entered> {
    const who = await waitingFor(step, at);
    await check(who);
    if (!(await endStep(db, who.region, partsOf(step).hash))) throw new Problem('sign-in-failed');
    return admit(who, at, visit);
  }

  async function waitingFor(step: string, at: Date): Promise<Who> {
    const { region, hash } = partsOf(step);
    const id = await staffOfStep(db, region, hash, at);
    if (!id) throw new Problem('sign-in-failed');
    return { region, id };
  }

  async function admit({ region, id }: Who, at: Date, visit: Visit): Promise<Entered> {
    const device = visit.device?.startsWith(`${region}.`) ? visit.device : `${region}.${ids.token()}`;
    const startGiven = await startIsNews(db, region, id);
    const session = await sessions.start({ kind: 'staff', region, id }, at, { ...visit, browser: device });
    return { session, device, startGiven };
  }

  /**
   * The account a name and password open. Every refusal is the same, whatever was wrong, and takes as long; but for a
   * county that is not served here, which everybody may know: nothing is looked up, counted or hashed for it.
   */
  async function checked({ region, name, password }: Password, at: Date, visit: Visit): Promise<string> {
    if (!regions.includes(region)) throw new Problem('sign-in-failed');
    const login = plainLogin(name).slice(0, 100);
    const account = await staffByLogin(db, region, login);
    const turn = await throttle.enter(region, login, visit, at, account?.id);
    if (typeof turn === 'number') throw new Problem('sign-in-failed', { minutes: Math.ceil(turn / 60) });
    if (!(await isPassword(account?.passwordHash, password)) || !account) throw new Problem('sign-in-failed');
    await throttle.leave(turn, at);
    if (account.passwordHash && isOutdated(account.passwordHash))
      await savePassword(db, region, account.id, await hashPassword(password), account.passwordHash);
    return account.id;
  }
}

function partsOf(token: string): { region: string; hash: Buffer } {
  const parts = hashOfCookie(token);
  if (!parts) throw new Problem('sign-in-failed');
  return parts;
}
