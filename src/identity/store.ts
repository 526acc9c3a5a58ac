import type { Db, Seen } from '../platform/door.ts';
import type { Agency } from './agencies.ts';
import type { Role } from './power.ts';
import type { StaffAccount } from './staff.ts';

/** The SQL of agencies and staff, one named function per statement; persons, sessions and divisions have their own file. */

export function agenciesOf(db: Db, regions: string[]): Promise<Agency[]> {
  return db.query(
    `select region, id, kind, name, division, credit_code as "creditCode", township
       from identity.agency where region = any($1::char(6)[]) order by region, id`,
    [regions],
  );
}

/** Adds agencies and brings changed ones up to date; rows that are the same are not written. */
export async function saveAgencies(db: Db, agencies: Agency[]): Promise<void> {
  await db.query(
    `insert into identity.agency as a (region, id, kind, name, division, credit_code, township)
     select region, id, kind, name, division, "creditCode", township
       from jsonb_to_recordset($1::jsonb) as new(region text, id text, kind text, name jsonb, division text, "creditCode" text, township boolean)
     on conflict (region, id) do update
        set kind = excluded.kind, name = excluded.name, division = excluded.division,
            credit_code = excluded.credit_code, township = excluded.township
      where (a.kind, a.name, a.division, a.credit_code, a.township)
         is distinct from (excluded.kind, excluded.name, excluded.division, excluded.credit_code, excluded.township)`,
    [JSON.stringify(agencies)],
  );
}

const staffColumns = 'region, id, login, name, division, agency, active';

export async function staffById(db: Db, region: string, id: string): Promise<StaffAccount | undefined> {
  const rows = await db.query<StaffAccount>(
    `select ${staffColumns} from identity.staff where region = $1 and id = $2`,
    [region, id],
  );
  return rows[0];
}

export async function staffNames(db: Seen, region: string, ids: string[]): Promise<Map<string, string>> {
  const rows = await db.query<{ id: string; name: string }>(
    'select id, name from identity.staff where region = $1 and id = any($2::text[])',
    [region, ids],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The account of a login and its password hash; only an active one. */
export async function staffByLogin(
  db: Db,
  region: string,
  login: string,
): Promise<{ id: string; passwordHash: string | null } | undefined> {
  const rows = await db.prepared<{ id: string; passwordHash: string | null }>(
    'identity-staff-by-login',
    `select id, password_hash as "passwordHash" from identity.staff where region = $1 and login = $2 and active`,
    [region, login],
  );
  return rows[0];
}

/** Another password; with `was`, the same one hashed anew, unless it has been changed meanwhile. */
export async function savePassword(
  db: Db,
  region: string,
  id: string,
  passwordHash: string,
  was: string | null = null,
): Promise<void> {
  await db.query(
    `update identity.staff set password_hash = $3 where region = $1 and id = $2 and ($4::text is null or password_hash = $4)`,
    [region, id, passwordHash, was],
  );
}

/** The password hash of an account that is signed in, and its login. */
export async function passwordOf(
  db: Db,
  region: string,
  id: string,
): Promise<{ login: string; passwordHash: string | null } | undefined> {
  const rows = await db.query<{ login: string; passwordHash: string | null }>(
    'select login, password_hash as "passwordHash" from identity.staff where region = $1 and id = $2 and active',
    [region, id],
  );
  return rows[0];
}

/** A new account with a power for each role, without a password when it is to begin with a code; false when the login is taken. */
export async function addStaffRow(
  db: Db,
  staff: StaffAccount,
  roles: Role[],
  passwordHash: string | null,
): Promise<boolean> {
  const { region, id, login, name, division, agency, active } = staff;
  const rows = await db.query(
    `with added as (
       insert into identity.staff (region, id, login, name, password_hash, division, agency, active)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (region, login) do nothing returning region, id, division, agency
     ), empowered as (
       insert into identity.power (region, id, account, role, division, agency, granted_by, reason)
       select region, id || '-' || role, id, role, division, agency, 'setup', 'with the account'
         from added cross join (select distinct unnest($9::text[]) as role) r
     )
     select id from added`,
    [region, id, login, name, passwordHash, division, agency, active, roles],
  );
  return rows.length > 0;
}

/** Accounts of the demo, without a password; those already there keep theirs, and a power that was revoked stays so. */
export async function saveDemoStaff(db: Db, staff: (StaffAccount & { roles: Role[] })[]): Promise<void> {
  await db.query(
    `insert into identity.staff as s (region, id, login, name, division, agency, active)
     select region, id, login, name, division, agency, active
       from jsonb_to_recordset($1::jsonb) as new(region text, id text, login text, name text, division text, agency text, active boolean)
     on conflict (region, id) do update
        set name = excluded.name, division = excluded.division, agency = excluded.agency
      where (s.name, s.division, s.agency) is distinct from (excluded.name, excluded.division, excluded.agency)`,
    [JSON.stringify(staff)],
  );
  await db.query(
    `insert into identity.power (region, id, account, role, division, agency, granted_by, reason)
     select region, id || '-' || role, id, role, division, agency, 'setup', 'demo'
       from jsonb_to_recordset($1::jsonb) as new(region text, id text, division text, agency text, roles jsonb)
      cross join lateral jsonb_array_elements_text(roles) as role
     on conflict do nothing`,
    [JSON.stringify(staff)],
  );
}

/** Keeps where an account lives; gives its id, nothing when there is none. */
export async function saveHome(
  db: Db,
  { region, login, home, building }: { region: string; login: string; home: string; building: Buffer | null },
): Promise<string | undefined> {
  const [row] = await db.query<{ id: string }>(
    'update identity.staff set home = $3, home_building = $4 where region = $1 and login = $2 returning id',
    [region, login, home, building],
  );
  return row?.id;
}

/** Where an account lives, when somebody said it. */
export async function homeOf(
  db: Db,
  region: string,
  id: string,
): Promise<{ home: string; building: Buffer | null } | undefined> {
  const [row] = await db.prepared<{ home: string; building: Buffer | null }>(
    'identity-home',
    'select home, home_building as building from identity.staff where region = $1 and id = $2 and home is not null',
    [region, id],
  );
  return row;
}
