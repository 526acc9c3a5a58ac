import { type Db, keyIdOf, type SealedTable } from '../platform/door.ts';

/** The SQL of second steps: authenticator apps, recovery codes, and sign-ins that wait for theirs. */
export const totpTable: SealedTable = { table: 'identity.totp', key: { region: 'text', staff_id: 'text' } };
export type TotpRow = { sealed: Buffer; confirmedAt: string | null };

export async function totpOf(db: Db, region: string, staff: string): Promise<TotpRow | undefined> {
  const rows = await db.query<TotpRow>(
    'select sealed, confirmed_at as "confirmedAt" from identity.totp where region = $1 and staff_id = $2',
    [region, staff],
  );
  return rows[0];
}

/** A secret that waits for its first code. One in use stays as it is. */
export async function offerTotp(db: Db, region: string, staff: string, sealed: Buffer): Promise<void> {
  await db.query(
    `insert into identity.totp as t (region, staff_id, sealed, key_id) values ($1, $2, $3, $4)
     on conflict (region, staff_id) do update set sealed = excluded.sealed, key_id = excluded.key_id, last_step = 0 where t.confirmed_at is null`,
    [region, staff, sealed, keyIdOf(sealed)],
  );
}

/** Takes a code for its half minute; false when that one or a later one was taken before. */
export async function takeStep(db: Db, region: string, staff: string, step: number, at: Date): Promise<boolean> {
  const rows = await db.query(
    `update identity.totp set last_step = $3, confirmed_at = coalesce(confirmed_at, $4)
      where region = $1 and staff_id = $2 and last_step < $3 returning 1`,
    [region, staff, step, at],
  );
  return rows.length > 0;
}

export async function dropTotp(db: Db, region: string, staff: string): Promise<void> {
  await db.query('delete from identity.totp where region = $1 and staff_id = $2', [region, staff]);
}

/** New codes in place of all old ones. */
export async function replaceCodes(db: Db, region: string, staff: string, hashes: Buffer[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('delete from identity.recovery_code where region = $1 and staff_id = $2', [region, staff]);
    await tx.query(
      'insert into identity.recovery_code (region, staff_id, code_hash) select $1, $2, unnest($3::bytea[])',
      [region, staff, hashes],
    );
  });
}

/** Takes a code; false when there is none, or it was taken before. */
export async function takeCode(db: Db, region: string, staff: string, hash: Buffer, at: Date): Promise<boolean> {
  const rows = await db.query(
    `update identity.recovery_code set used_at = $4
      where region = $1 and staff_id = $2 and code_hash = $3 and used_at is null returning 1`,
    [region, staff, hash, at],
  );
  return rows.length > 0;
}

export type Factors = {
  totp: boolean;
  recoveryCodes: number;
  passkeys: number;
  /** When they were taken away, while there is no other yet. */
  resetAt: string | null;
};

/** What an account has for its second step. */
export async function factorsOf(db: Db, region: string, staff: string): Promise<Factors> {
  const rows = await db.prepared<Factors>(
    'identity-factors',
    `select exists (select from identity.totp where region = $1 and staff_id = $2 and confirmed_at is not null) as totp,
            (select count(*) from identity.recovery_code where region = $1 and staff_id = $2 and used_at is null) as "recoveryCodes",
            (select count(*) from identity.passkey where region = $1 and staff_id = $2) as passkeys,
            (select second_reset_at from identity.staff where region = $1 and id = $2) as "resetAt"`,
    [region, staff],
  );
  return rows[0] ?? { totp: false, recoveryCodes: 0, passkeys: 0, resetAt: null };
}

/** Remembers that the password was right; forgets those that did not go on. */
export async function addStep(
  db: Db,
  step: { region: string; hash: Buffer; staff: string; at: Date; expiresAt: Date },
): Promise<void> {
  await db.query(
    `with old as (delete from identity.sign_in_step where region = $1 and expires_at <= $4)
     insert into identity.sign_in_step (region, token_hash, staff_id, expires_at) values ($1, $2, $3, $5)`,
    [step.region, step.hash, step.staff, step.at, step.expiresAt],
  );
}

/** The account of a sign-in that waits, while it is switched on. */
export async function staffOfStep(db: Db, region: string, hash: Buffer, now: Date): Promise<string | undefined> {
  const rows = await db.query<{ id: string }>(
    `select t.id from identity.sign_in_step s join identity.staff t on t.region = s.region and t.id = s.staff_id and t.active
      where s.region = $1 and s.token_hash = $2 and s.expires_at > $3`,
    [region, hash, now],
  );
  return rows[0]?.id;
}

/** Ends a sign-in that waited; false when somebody else has ended it. */
export async function endStep(db: Db, region: string, hash: Buffer): Promise<boolean> {
  const rows = await db.query('delete from identity.sign_in_step where region = $1 and token_hash = $2 returning 1', [
    region,
    hash,
  ]);
  return rows.length > 0;
}

/** Ends every sign-in of an account that waits: its password has changed. */
export async function endSteps(db: Db, region: string, staff: string): Promise<void> {
  await db.query('delete from identity.sign_in_step where region = $1 and staff_id = $2', [region, staff]);
}
