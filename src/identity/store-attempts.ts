import type { Db } from '../platform/door.ts';

/** The SQL of attempts to sign in, and of browsers an account knows. */
export type AttemptKey = { region: string; account: Buffer; bucket: string };

/**
 * Counts an attempt unless its place has to wait. From the `free`th on each makes the next wait, twice as long every
 * time: 30 seconds, a minute … an hour.
 * @returns false when it has to wait
 */
export async function countAttempt(
  db: Db,
  { region, account, bucket, free, forgetAfter }: AttemptKey & { free: number; forgetAfter: number },
  at: Date,
): Promise<boolean> {
  const rows = await db.query(
    `insert into identity.sign_in_attempt as a (region, account, bucket, failures, last_at, wait_until)
     values ($1, $2, $3, 1, $4, 'epoch')
     on conflict (region, account, bucket) do update
        set (failures, last_at, wait_until) = (
          select n, greatest(a.last_at, $4::timestamptz),
                 -- No wait is no moment at all: of those who come at once, one whose clock was read first may arrive last.
                 case when n < $5 then 'epoch' else $4::timestamptz + make_interval(secs => least(3600, 30 * power(2, least(n - $5, 7)))) end
            from (select case when a.last_at < $4::timestamptz - make_interval(secs => $6) then 1 else a.failures + 1 end as n) as counted)
      where a.wait_until <= $4
     returning failures`,
    [region, account, bucket, at, free, forgetAfter],
  );
  return rows.length > 0;
}

export async function waitUntil(db: Db, { region, account, bucket }: AttemptKey): Promise<string | undefined> {
  const rows = await db.query<{ until: string }>(
    'select wait_until as until from identity.sign_in_attempt where region = $1 and account = $2 and bucket = $3',
    [region, account, bucket],
  );
  return rows[0]?.until;
}

/** Forgets an account's attempts from one place, and everything of the county that is older than a day. */
export async function forgetAttempts(db: Db, { region, account, bucket }: AttemptKey, at: Date): Promise<void> {
  await db.query(
    `delete from identity.sign_in_attempt
      where region = $1 and ((account = $2 and bucket = $3) or last_at < $4::timestamptz - interval '1 day')`,
    [region, account, bucket, at],
  );
}

/** Takes one attempt back: it was a right one. */
export async function forgiveAttempt(db: Db, { region, account, bucket }: AttemptKey): Promise<void> {
  await db.query(
    `update identity.sign_in_attempt set failures = greatest(failures - 1, 0), wait_until = 'epoch'
      where region = $1 and account = $2 and bucket = $3`,
    [region, account, bucket],
  );
}

export async function isKnownDevice(db: Db, region: string, hash: Buffer, staff: string): Promise<boolean> {
  const rows = await db.query(
    'select 1 from identity.known_device where region = $1 and token_hash = $2 and staff_id = $3',
    [region, hash, staff],
  );
  return rows.length > 0;
}

/** Knows a browser from now on, and forgets those that have not come for half a year. */
export async function rememberDevice(db: Db, region: string, hash: Buffer, staff: string, at: Date): Promise<void> {
  await db.query(
    `with old as (
       delete from identity.known_device where region = $1 and staff_id = $3 and used_at < $4::timestamptz - interval '180 days'
     )
     insert into identity.known_device (region, token_hash, staff_id, used_at) values ($1, $2, $3, $4)
     on conflict (region, token_hash, staff_id) do update set used_at = excluded.used_at`,
    [region, hash, staff, at],
  );
}

/** Forgets every browser of an account: its password has changed. */
export async function forgetDevices(db: Db, region: string, staff: string): Promise<void> {
  await db.query('delete from identity.known_device where region = $1 and staff_id = $2', [region, staff]);
}
