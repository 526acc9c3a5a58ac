import { type Db, type IdSource, Problem } from '../platform/door.ts';
import type { Role } from './actor.ts';
import { covers, padCode } from './division.ts';
import { passwordProblem } from './password-rules.ts';
import { hashPassword } from './passwords.ts';
import { addStaffRow, agenciesOf } from './store.ts';

/** An account of somebody who works for an agency. The password is not part of it. */
export type StaffAccount = {
  region: string;
  id: string;
  login: string;
  name: string;
  roles: Role[];
  division: string;
  agency: string;
  active: boolean;
};

export const roles = ['clerk', 'approver', 'lead', 'supervisor', 'admin'] as const satisfies Role[];

export type NewStaff = Omit<StaffAccount, 'id' | 'active' | 'roles'> & { roles: string[]; password: string };

/**
 * Adds an account that signs in with name and password. Throws what is wrong with it, all at once; the caller is a
 * person at the command line.
 */
export async function addStaff({ db, ids }: { db: Db; ids: IdSource }, given: NewStaff): Promise<StaffAccount> {
  const known = (await agenciesOf(db, [given.region])).map((agency) => agency.id);
  const fields = [
    { field: 'login', wrong: !/^[a-z0-9][a-z0-9.-]{1,39}$/.test(plainLogin(given.login)), code: 'login-format' },
    { field: 'name', wrong: given.name.trim() === '', code: 'staff-name-empty' },
    { field: 'roles', wrong: given.roles.length === 0 || !given.roles.every(isRole), code: 'role-unknown' },
    { field: 'division', wrong: !fits(given.region, given.division), code: 'division-unknown' },
    { field: 'agency', wrong: !known.includes(given.agency), code: 'agency-unknown' },
  ].filter((check) => check.wrong);
  const weak = passwordProblem(given.password, plainLogin(given.login));
  const wrong = [...fields.map(({ field, code }) => ({ field, code })), ...(weak ? [weak] : [])];
  if (wrong.length > 0) throw new Problem('form-invalid', {}, wrong);
  const { password, ...rest } = given;
  const staff = {
    ...rest,
    roles: given.roles.filter(isRole),
    id: ids.id(given.region),
    login: plainLogin(given.login),
    active: true,
  };
  if (await addStaffRow(db, staff, await hashPassword(password))) return staff;
  throw new Problem('form-invalid', {}, [{ field: 'login', code: 'login-taken' }]);
}

function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}

/** An account works for its county, for a place in it, or for a city or province above it. */
function fits(region: string, division: string): boolean {
  return covers(padCode(region), division) || covers(division, padCode(region));
}

/** As names are kept and compared. */
export function plainLogin(login: string): string {
  return login.trim().toLowerCase();
}
