import { type Db, type FieldProblem, Problem } from '../platform/door.ts';
import type { StaffActor } from './actor.ts';
import type { NewPasswordProblem } from './new-password.ts';
import { hashPassword, isPassword } from './passwords.ts';
import type { Session, Sessions } from './sessions.ts';
import { passwordOf, savePassword } from './store.ts';
import { forgetDevices } from './store-attempts.ts';
import { endSteps } from './store-second.ts';
import type { Throttle } from './throttle.ts';

/** What somebody may do with their own account; the session says whose that is. */
export type Account = ReturnType<typeof openAccount>;

type AccountOptions = { db: Db; sessions: Sessions; throttle: Throttle; newPasswordProblem: NewPasswordProblem };

export function openAccount({ db, sessions, throttle, newPasswordProblem }: AccountOptions) {
  return {
    login,
    changePassword,
    prove,
    sessions: sessions.list,
    everySession: sessions.every,
    endSession: sessions.endOne,
    endOtherSessions: sessions.endOthers,
  };

  /** The name one signs in with, and whether there is a password to give. */
  async function login({ actor }: Session): Promise<{ login: string; hasPassword: boolean } | undefined> {
    if (actor.kind !== 'staff') return undefined;
    const account = await passwordOf(db, actor.region, actor.id);
    return account && { login: account.login, hasPassword: account.passwordHash !== null };
  }

  /** Sets another password. Every other session of the account ends, and no browser is known any more. */
  async function changePassword(
    session: Session,
    { current, next, again }: { current: string; next: string; again: string },
    at: Date,
  ): Promise<void> {
    const actor = staffOf(session);
    const account = await passwordOf(db, actor.region, actor.id);
    if (!account) throw new Problem('not-allowed');
    const wrong: FieldProblem[] = [];
    if (!(await isCurrent(session, account.passwordHash, current, at)))
      wrong.push({ field: 'current', code: 'password-not-current' });
    const weak = await newPasswordProblem(next, account.login);
    if (weak) wrong.push(weak);
    if (next !== again) wrong.push({ field: 'again', code: 'password-differs' });
    if (wrong.length > 0) throw new Problem('form-invalid', {}, wrong);
    await savePassword(db, actor.region, actor.id, await hashPassword(next));
    await forgetDevices(db, actor.region, actor.id);
    await endSteps(db, actor.region, actor.id);
    await sessions.endOthers(session);
  }

  /** Proves who one is once more, before a dangerous act; false when the password is wrong. */
  async function prove(session: Session, password: string, at: Date): Promise<boolean> {
    const actor = staffOf(session);
    const account = await passwordOf(db, actor.region, actor.id);
    if (!account || !(await isCurrent(session, account.passwordHash, password, at))) return false;
    await sessions.prove(session, at);
    return true;
  }

  /** An account of a demo has no password yet: whoever is signed in is who they say. */
  async function isCurrent(session: Session, stored: string | null, given: string, at: Date): Promise<boolean> {
    if (stored === null) return true;
    const { region, id } = staffOf(session);
    const turn = await throttle.enterAgain(region, id, session.token, at);
    if (typeof turn === 'number' || !(await isPassword(stored, given))) return false;
    await throttle.leave(turn, at);
    return true;
  }
}

function staffOf({ actor }: Session): StaffActor {
  if (actor.kind !== 'staff') throw new Problem('not-allowed');
  return actor;
}
