import { byOperator, openTrail } from '../ledger/door.ts';
import { type Clock, type Db, type FieldProblem, type IdSource, Problem } from '../platform/door.ts';
import { covers, padCode } from './division.ts';
import type { NewPasswordProblem } from './new-password.ts';
import { hashPassword } from './passwords.ts';
import { isGrantable, keptApart, type Role } from './power.ts';
import { addStaffRow, agenciesOf } from './store.ts';

/** An account of somebody who works for an agency. The password is not part of it. */
export type StaffAccount = {
  region: string;
  id: string;
  login: string;
  name: string;
  division: string;
  agency: string;
  active: boolean;
};

type AddStaff = { db: Db; ids: IdSource; clock: Clock; identity: { newPasswordProblem: NewPasswordProblem } };
export type NewStaff = Omit<StaffAccount, 'id' | 'active'> & { roles: string[]; password: string };

/**
 * Adds an account that signs in with name and password, with one power without end for each role. The trail
 * says so. Throws what is wrong with it, all at once; the caller is a person at the command line.
 */
export async function addStaff({ db, ids, clock, identity }: AddStaff, given: NewStaff): Promise<StaffAccount> {
  const { password, roles: asked, ...rest } = given;
  const staff = { ...rest, id: ids.id(given.region), login: plainLogin(given.login), active: true };
  const { roles, wrong } = rolesToAdd(asked);
  const weak = await identity.newPasswordProblem(password, staff.login);
  const all = [...wrongInAccount(staff, await agenciesOf(db, [given.region])), ...wrong, ...(weak ? [weak] : [])];
  if (all.length > 0) throw new Problem('form-invalid', {}, all);
  const hash = await hashPassword(password);
  await db.transaction(async (tx) => {
    if (!(await addStaffRow(tx, staff, roles, hash)))
      throw new Problem('form-invalid', {}, [{ field: 'login', code: 'login-taken' }]);
    await openTrail(db, ids).recordIn(tx, byOperator(staff.region, clock(), accountAdded(staff, roles)));
  });
  return staff;
}

/** What is wrong with an account somebody wants to make, but for its password and its roles. */
export function wrongInAccount(
  { region, login, name, division, agency }: Omit<StaffAccount, 'id' | 'active'>,
  agencies: { id: string }[],
): FieldProblem[] {
  return [
    { field: 'login', wrong: !/^[a-z0-9][a-z0-9.-]{1,39}$/.test(login), code: 'login-format' },
    { field: 'name', wrong: name.trim() === '', code: 'staff-name-empty' },
    { field: 'division', wrong: !fits(region, division), code: 'division-unknown' },
    { field: 'agency', wrong: agencies.every(({ id }) => id !== agency), code: 'agency-unknown' },
  ].flatMap(({ field, wrong, code }) => (wrong ? [{ field, code }] : []));
}

/** The roles an account is to begin with, and what is wrong with them. */
export function rolesToAdd(asked: string[]): { roles: Role[]; wrong: FieldProblem[] } {
  const roles = [...new Set(asked)].filter(isGrantable);
  const unknown = asked.length === 0 || !asked.every(isGrantable) ? ['role-unknown'] : [];
  const [apart] = roles.flatMap((role, at) => keptApart(roles.slice(0, at), role) ?? []);
  return { roles, wrong: [...unknown, ...(apart ? [apart] : [])].map((code) => ({ field: 'roles', code })) };
}

/** What the trail says of a new account. */
export const accountAdded = ({ id, agency, division }: Omit<StaffAccount, 'active'>, roles: Role[]) =>
  ({ kind: 'power', what: 'account.add', about: id, detail: { agency, division, roles: roles.join() } }) as const;

/** An account works for its county, for a place in it, or for a city or province above it. */
function fits(region: string, division: string): boolean {
  return covers(padCode(region), division) || covers(division, padCode(region));
}

/** As names are kept and compared. */
export function plainLogin(login: string): string {
  return login.trim().toLowerCase();
}
