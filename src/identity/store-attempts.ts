import type { Db } from '../platform/door.ts';

/** The SQL of attempts to sign in, and of browsers an account knows. */
export type AttemptKey = { region: string; account: Buffer; bucket: string };

/** How many attempts before the first wait, and after how many seconds without any they are forgotten. */
export type Allowance = { free: number; forgetAfter: number };

/**
 * What an attempt does to its row: from the `free`th on each makes the next wait, twice as long every time: 30 seconds,
 * a minute … an hour. The names are parameters of the statement.
 */
const counting = (at: string, free: string, forgetAfter: string) => `
     on conflict (region, account, bucket) do update
        set (failures, last_at, wait_until) = (
          select n, greatest(a.last_at, ${at}),
                 -- No wait is no moment at all: of those who come at once, one whose clock was read first may arrive last.
                 case when n < ${free} then 'epoch' else ${at} + make_interval(secs => least(3600, 30 * power(2, least(n - ${free}, 7)))) end
            from (select case when a.last_at < ${at} - make_interval(secs => ${forgetAfter}) then 1 else a.failures + 1 end as n) as counted)
      where a.wait_until <= ${at}
     returning failures`;

/**
 * Counts an attempt unless its place has to wait.
 * @returns false when it has to wait
 */
export async function countAttempt(
  db: Db,
  { region, account, bucket, free, forgetAfter }: AttemptKey & Allowance,
  at: Date,
): Promise<boolean> {
  const rows = await db.prepared(
    'identity-count-attempt',
    `insert into identity.sign_in_attempt as a (region, account, bucket, failures, last_at, wait_until)
     values ($1, $2, $3, 1, $4, 'epoch')${counting('$4::timestamptz', '$5::int', '$6::int')}`,
    [region, account, bucket, at, free, forgetAfter],
  );
  return rows.length > 0;
}

/** A browser that says it has signed in to an account before, and the place it is counted as when that is so. */
export type Claimed = { hash: Buffer; staff: string; bucket: string };
/** Whether the account knows the browser, and whether there was a turn for the account and then for the network. */
export type Counted = { known: boolean; account: boolean; network: boolean };

/** Whether the account has signed in on this browser before. */
export async function knowsDevice(db: Db, region: string, { hash, staff }: Claimed): Promise<boolean> {
  const rows = await db.query(
    'select 1 from identity.known_device where region = $1 and token_hash = $2 and staff_id = $3',
    [region, hash, staff],
  );
  return rows.length > 0;
}

/**
 * Counts an attempt for its account, and for its network unless the account knows the browser: one statement and one
 * commit for all of it. Everybody takes the row of the account first and the one of the network after it, which those
 * of one office share, so that nobody waits for somebody who waits for them. While the network waits no account is counted,
 * or whoever goes on with other names would leave a row of each.
 */
export async function countTurn(
  db: Db,
  place: { region: string; home: string; account: Buffer; network: string; claimed?: Claimed },
  allowed: { account: Allowance; network: Allowance },
  at: Date,
): Promise<Counted> {
  const { region, home, account, network, claimed } = place;
  const [row] = await db.prepared<Counted>('identity-count-turn', countTurnSql, [
    ...[region, account, network, at, claimed?.hash ?? null, claimed?.staff ?? null, claimed?.bucket ?? null],
    ...[allowed.account.free, allowed.account.forgetAfter, allowed.network.free, allowed.network.forgetAfter, home],
  ]);
  return row ?? { known: false, account: false, network: false };
}

const countTurnSql = `
with known as (
  select from identity.known_device where region = $1 and token_hash = $5::bytea and staff_id = $6::text
), mine as (
  insert into identity.sign_in_attempt as a (region, account, bucket, failures, last_at, wait_until)
  select $1, $2::bytea, case when exists (select from known) then $7::text else $3::text end, 1, $4, 'epoch'
   where exists (select from known)
      or not exists (select from identity.sign_in_attempt where region = $12 and account = ''::bytea and bucket = $3 and wait_until > $4)${counting('$4::timestamptz', '$8::int', '$9::int')}
), ours as (
  insert into identity.sign_in_attempt as a (region, account, bucket, failures, last_at, wait_until)
  select $12, ''::bytea, $3, 1, $4, 'epoch' from mine where not exists (select from known)${counting('$4::timestamptz', '$10::int', '$11::int')}
)
select exists (select from known) as known, exists (select from mine) as account, exists (select from ours) as network`;

export async function waitUntil(db: Db, { region, account, bucket }: AttemptKey): Promise<string | undefined> {
  const rows = await db.query<{ until: string }>(
    'select wait_until as until from identity.sign_in_attempt where region = $1 and account = $2 and bucket = $3',
    [region, account, bucket],
  );
  return rows[0]?.until;
}

/**
 * Forgets an account's attempts from one place, because one was right; takes that one back from the network it was
 * counted for as well, when there is one; and forgets what is older than a day in the county, except what somebody else
 * is about to change.
 */
export async function forgetAttempts(
  db: Db,
  { region, account, bucket }: AttemptKey,
  network: Pick<AttemptKey, 'region' | 'bucket'> | undefined,
  at: Date,
): Promise<void> {
  await db.prepared('identity-forget-attempts', forgetSql, [
    ...[region, account, bucket, network?.bucket ?? null, at, network?.region ?? null],
  ]);
}

// The rows are taken in the order of `countTurn`: account, then network.
const forgetSql = `
with mine as (
  delete from identity.sign_in_attempt where region = $1 and account = $2 and bucket = $3 returning bucket
), old as (
  delete from identity.sign_in_attempt
   where ctid = any(array(select ctid from identity.sign_in_attempt
                           where region = $1 and last_at < $5::timestamptz - interval '1 day' and account <> $2
                           limit 200 for update skip locked))
)
update identity.sign_in_attempt set failures = greatest(failures - 1, 0), wait_until = 'epoch'
 where (select count(*) from mine) >= 0 and region = $6 and account = ''::bytea and bucket = $4::text`;

/** Forgets every browser of an account: its password has changed. */
export async function forgetDevices(db: Db, region: string, staff: string): Promise<void> {
  await db.query('delete from identity.known_device where region = $1 and staff_id = $2', [region, staff]);
}
