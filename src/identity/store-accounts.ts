import type { Db, Seen } from '../platform/door.ts';
import { administrators, type Role } from './power.ts';
import { type StaffSearch, staffAsked, staffOrder, staffPage } from './store-staff.ts';

/** The SQL of looking after accounts of staff. */
export type AccountRow = {
  id: string;
  login: string;
  name: string;
  division: string;
  agency: string;
  active: boolean;
  lastSignIn: string | null;
  /** Whether it has an authenticator app or a passkey. */
  second: boolean;
  /** Whether a password was ever set. */
  hasPassword: boolean;
  /** Until when a start code may be used that nobody has used yet. */
  startUntil: string | null;
  /** Sessions that have not ended. */
  sessions: number;
  roles: Role[];
  switchedAt: string | null;
  /** Name of who switched it off or on. */
  switchedBy: string | null;
  switchReason: string | null;
  /** When its second step was taken away, while it has not set up another. */
  resetAt: string | null;
};

/** For a statement that has the account: whether it has a second step. */
export const hasSecond = (account: string): string => `(
  exists (select from identity.totp f where f.region = ${account}.region and f.staff_id = ${account}.id and f.confirmed_at is not null)
  or exists (select from identity.passkey k where k.region = ${account}.region and k.staff_id = ${account}.id))`;

/** What a sight of accounts lets through; how one stands, `standingOf` says. */
export type ListedAccount = Omit<AccountRow, keyof Standing>;
export type Standing = Pick<AccountRow, 'second' | 'hasPassword' | 'startUntil' | 'sessions'>;

/** Accounts of a county: a page, and the first of the next. */
export function accountsFound(db: Seen, region: string, search: StaffSearch, now: Date): Promise<ListedAccount[]> {
  return db.query<ListedAccount>(`${accountsFrom(staffPage, '$5')} order by ${staffOrder}`, [
    ...staffAsked(region, search),
    now,
  ]);
}

export async function accountById(db: Seen, region: string, id: string, now: Date): Promise<ListedAccount | undefined> {
  const one = `${accountsFrom('identity.staff t', '$3')} where t.region = $1 and t.id = $2`;
  const rows = await db.query<ListedAccount>(one, [region, id, now]);
  return rows[0];
}

/**
 * Whether accounts have a password, a code to set one and a second step, and how often they are signed in. No sight reads
 * those: this is asked of accounts that were let through.
 */
export async function standingOf(db: Db, region: string, ids: string[], now: Date): Promise<Map<string, Standing>> {
  const rows = await db.query<Standing & { id: string }>(
    `select t.id, ${hasSecond('t')} as second, t.password_hash is not null as "hasPassword",
            (select expires_at from identity.start_code c where c.region = t.region and c.staff_id = t.id and c.expires_at > $3) as "startUntil",
            (select count(*) from identity.session s where s.region = t.region and s.subject_kind = 'staff' and s.subject_id = t.id
                and s.expires_at > $3 and s.last_seen + make_interval(secs => s.idle_seconds) > $3) as sessions
       from identity.staff t where t.region = $1 and t.id = any($2::text[])`,
    [region, ids, now],
  );
  return new Map(rows.map(({ id, ...standing }) => [id, standing]));
}

/** Accounts with their roles, from a source that calls them `t`. */
const accountsFrom = (accounts: string, now: string) => `
     select t.id, t.login, t.name, t.division, t.agency, t.active, t.last_sign_in as "lastSignIn",
            (select coalesce(json_agg(distinct w.role), '[]') from identity.power w
              where w.region = t.region and w.account = t.id and w.revoked_at is null and ${validAt('w', now)}) as roles,
            t.switched_at as "switchedAt", b.name as "switchedBy", t.switch_reason as "switchReason", t.second_reset_at as "resetAt"
       from ${accounts}
       left join identity.staff b on b.region = t.region and b.id = t.switched_by`;

const validAt = (power: string, now: string) =>
  `(${power}.valid_from is null or ${power}.valid_from <= ${now}) and (${power}.valid_until is null or ${power}.valid_until > ${now})`;

/** One after the other in a county: two administrators who switch each other off must not both succeed. */
export async function lockAccounts(tx: Db, region: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('identity.accounts'), $1::int)`, [region]);
}

/** The administrations an account holds that nobody else would hold if it were switched off. */
export async function lastOf(tx: Db, region: string, id: string, now: Date): Promise<string[]> {
  const rows = await tx.query<{ role: string }>(
    `select distinct w.role from identity.power w
      where w.region = $1 and w.account = $2 and w.role = any($4) and w.revoked_at is null and ${validAt('w', '$3')}
        and not exists (select from identity.power o join identity.staff t on t.region = o.region and t.id = o.account and t.active
                         where o.region = $1 and o.role = w.role and o.account <> $2 and o.revoked_at is null and ${validAt('o', '$3')})
      order by w.role`,
    [region, id, now, [...administrators]],
  );
  return rows.map(({ role }) => role);
}

export type Switching = { region: string; id: string; active: boolean; by: string; reason: string; at: Date };

/** Switches an account off, which ends its start code, or on; false when it stands so already, or there is none. */
export async function switchAccount(tx: Db, { region, id, active, by, reason, at }: Switching): Promise<boolean> {
  const rows = await tx.query(
    `update identity.staff set active = $3, switched_by = $4, switch_reason = $5, switched_at = $6
      where region = $1 and id = $2 and active <> $3 returning id`,
    [region, id, active, by, reason, at],
  );
  if (!active) await tx.query('delete from identity.start_code where region = $1 and staff_id = $2', [region, id]);
  return rows.length > 0;
}

/** Ends every session of an account, and every sign-in of it that waits for its second step. */
export async function endEverySession(tx: Db, region: string, id: string): Promise<void> {
  await tx.query(
    `with waiting as (delete from identity.sign_in_step where region = $1 and staff_id = $2)
     delete from identity.session where region = $1 and subject_kind = 'staff' and subject_id = $2`,
    [region, id],
  );
}

export type Resetting = { region: string; id: string; by: string; at: Date; codeHash: Buffer };

/**
 * Takes away app, keys and codes of an account, and leaves the one code it signs in with to set up another. False when it
 * had neither app nor key and waits for no code either, or is not there.
 */
export async function resetSecond(tx: Db, { region, id, by, at, codeHash }: Resetting): Promise<boolean> {
  const rows = await tx.query(
    `update identity.staff t set second_reset_at = $4, second_reset_by = $3
      where region = $1 and id = $2 and (${hasSecond('t')} or second_reset_at is not null) returning id`,
    [region, id, by, at],
  );
  if (rows.length === 0) return false;
  await tx.query(
    `with apps as (delete from identity.totp where region = $1 and staff_id = $2),
          keys as (delete from identity.passkey where region = $1 and staff_id = $2)
     delete from identity.recovery_code where region = $1 and staff_id = $2`,
    [region, id],
  );
  await tx.query('insert into identity.recovery_code (region, staff_id, code_hash) values ($1, $2, $3)', [
    region,
    id,
    codeHash,
  ]);
  return true;
}

export type Reset = { at: string; by: string | null };

/** When, and by whom, an account lost its second step, while it has no other. */
export async function resetOf(db: Db, region: string, id: string): Promise<Reset | undefined> {
  const rows = await db.query<Reset>(
    `select t.second_reset_at as at, b.name as by from identity.staff t
       left join identity.staff b on b.region = t.region and b.id = t.second_reset_by
      where t.region = $1 and t.id = $2 and t.second_reset_at is not null`,
    [region, id],
  );
  return rows[0];
}

/** The account has a second step again; true when it had lost one. */
export async function endReset(db: Db, region: string, id: string): Promise<boolean> {
  const rows = await db.query(
    'update identity.staff set second_reset_at = null where region = $1 and id = $2 and second_reset_at is not null returning 1',
    [region, id],
  );
  return rows.length > 0;
}

/** Accounts of a county that are switched off. */
export async function switchedOff(db: Db, region: string): Promise<string[]> {
  const rows = await db.query<{ id: string }>('select id from identity.staff where region = $1 and not active', [
    region,
  ]);
  return rows.map(({ id }) => id);
}
