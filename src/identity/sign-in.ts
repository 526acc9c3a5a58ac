import { type Db, type IdSource, Problem } from '../platform/door.ts';
import { hashPassword, isOutdated, isPassword } from './passwords.ts';
import type { Session, SessionFrom, Sessions } from './sessions.ts';
import { plainLogin } from './staff.ts';
import { savePassword, staffByLogin } from './store.ts';
import type { From, Throttle } from './throttle.ts';

/** What the browser of somebody who signs in came with. */
export type Visit = From & SessionFrom;
/** `device` is the cookie by which the browser is known next time. */
export type Entered = { session: Session; device: string };

export type Password = { region: string; name: string; password: string };
export type SignIn = ReturnType<typeof openSignIn>;

/** How staff come in with a name and a password. */
export function openSignIn(needs: { db: Db; ids: IdSource; sessions: Sessions; throttle: Throttle }) {
  const { db, ids, sessions, throttle } = needs;
  return { enter };

  async function enter(given: Password, at: Date, visit: Visit): Promise<Entered> {
    const id = await checked(given, at, visit);
    const { region } = given;
    const device = visit.device?.startsWith(`${region}.`) ? visit.device : `${region}.${ids.token()}`;
    const session = await sessions.start({ kind: 'staff', region, id }, at, visit);
    await throttle.remember(region, device, id, at);
    return { session, device };
  }

  /** The account a name and password open. Every refusal is the same, whatever was wrong, and takes as long. */
  async function checked({ region, name, password }: Password, at: Date, visit: Visit): Promise<string> {
    const login = plainLogin(name).slice(0, 100);
    const account = await staffByLogin(db, region, login);
    const turn = await throttle.enter(region, login, visit, at, account?.id);
    if (typeof turn === 'number') throw new Problem('sign-in-failed', { minutes: Math.ceil(turn / 60) });
    if (!(await isPassword(account?.passwordHash, password)) || !account) throw new Problem('sign-in-failed');
    await throttle.leave(turn, at);
    if (account.passwordHash && isOutdated(account.passwordHash))
      await savePassword(db, region, account.id, await hashPassword(password));
    return account.id;
  }
}
