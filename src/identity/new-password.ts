import type { FieldProblem } from '../platform/door.ts';
import { openBreachedList } from './breached-list.ts';
import { passwordProblem } from './password-rules.ts';

/** What is wrong with a password somebody wants to set for an account; the first thing only. */
export type NewPasswordProblem = (password: string, login: string) => Promise<FieldProblem | undefined>;

/** Asks the rules first, and the list of breached passwords of this node when there is one. */
export async function openPasswordCheck(breachedPasswords?: string): Promise<NewPasswordProblem> {
  const breached = await openBreachedList(breachedPasswords);
  return async (password, login) =>
    passwordProblem(password, login) ??
    ((await breached.has(password)) ? { field: 'password', code: 'password-breached' } : undefined);
}
