import { byOperator, openTrail } from '../ledger/door.ts';
import { type Clock, type Db, type IdSource, Problem } from '../platform/door.ts';
import { covers, padCode } from './division.ts';
import type { NewPasswordProblem } from './new-password.ts';
import { hashPassword } from './passwords.ts';
import { isGrantable, keptApart } from './power.ts';
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
  const known = (await agenciesOf(db, [given.region])).map((agency) => agency.id);
  const roles = [...new Set(given.roles)].filter(isGrantable);
  const [apart] = roles.flatMap((role, at) => keptApart(roles.slice(0, at), role) ?? []);
  const fields = [
    { field: 'login', wrong: !/^[a-z0-9][a-z0-9.-]{1,39}$/.test(plainLogin(given.login)), code: 'login-format' },
    { field: 'name', wrong: given.name.trim() === '', code: 'staff-name-empty' },
    { field: 'roles', wrong: given.roles.length === 0 || !given.roles.every(isGrantable), code: 'role-unknown' },
    { field: 'roles', wrong: apart !== undefined, code: apart ?? '' },
    { field: 'division', wrong: !fits(given.region, given.division), code: 'division-unknown' },
    { field: 'agency', wrong: !known.includes(given.agency), code: 'agency-unknown' },
  ].filter((check) => check.wrong);
  const weak = await identity.newPasswordProblem(given.password, plainLogin(given.login));
  const wrong = [...fields.map(({ field, code }) => ({ field, code })), ...(weak ? [weak] : [])];
  if (wrong.length > 0) throw new Problem('form-invalid', {}, wrong);
  const { password, roles: _, ...rest } = given;
  const staff = {
    ...rest,
    id: ids.id(given.region),
    login: plainLogin(given.login),
    active: true,
  };
  const hash = await hashPassword(password);
  await db.transaction(async (tx) => {
    if (!(await addStaffRow(tx, staff, roles, hash)))
      throw new Problem('form-invalid', {}, [{ field: 'login', code: 'login-taken' }]);
    const { region, id: about, agency, division } = staff;
    const said = {
      kind: 'power',
      what: 'account.add',
      about,
      detail: { agency, division, roles: roles.join() },
    } as const;
    await openTrail(db, ids).recordIn(tx, byOperator(region, clock(), said));
  });
  return staff;
}

/** An account works for its county, for a place in it, or for a city or province above it. */
function fits(region: string, division: string): boolean {
  return covers(padCode(region), division) || covers(division, padCode(region));
}

/** As names are kept and compared. */
export function plainLogin(login: string): string {
  return login.trim().toLowerCase();
}
