import type { Db } from '../platform/door.ts';

/** The SQL of start codes. */
export type StartCode = { region: string; id: string; hash: Buffer; by: string; at: Date; until: Date };

/** The code of an account from now on, in place of the one before. */
export async function putStart(tx: Db, { region, id, hash, by, at, until }: StartCode): Promise<void> {
  await tx.query(
    `insert into identity.start_code (region, staff_id, code_hash, given_by, given_at, expires_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (region, staff_id) do update
        set code_hash = excluded.code_hash, given_by = excluded.given_by, given_at = excluded.given_at, expires_at = excluded.expires_at`,
    [region, id, hash, by, at, until],
  );
}

/** Notes on an account that another code was given; false when it is switched off or not there. */
export async function noteStart(tx: Db, { region, id, by, at }: StartCode): Promise<boolean> {
  const rows = await tx.query(
    `update identity.staff set start_given_at = $3, start_given_by = $4
      where region = $1 and id = $2 and active returning 1`,
    [region, id, at, by],
  );
  return rows.length > 0;
}

/** Takes a code away because it is used: of two at once one has it. Gives who had given it. */
export async function takeStart(
  tx: Db,
  { region, id, hash, at }: Pick<StartCode, 'region' | 'id' | 'hash' | 'at'>,
): Promise<string | undefined> {
  const rows = await tx.query<{ by: string }>(
    `delete from identity.start_code c using identity.staff t
      where c.region = $1 and c.staff_id = $2 and c.code_hash = $3 and c.expires_at > $4
        and t.region = c.region and t.id = c.staff_id and t.active
      returning c.given_by as by`,
    [region, id, hash, at],
  );
  return rows[0]?.by;
}

/** Whether an account holds, or will hold, one of these roles. */
export async function holdsAny(tx: Db, region: string, id: string, roles: string[], at: Date): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from identity.power where region = $1 and account = $2 and role = any($3) and revoked_at is null
        and (valid_until is null or valid_until > $4) limit 1`,
    [region, id, roles, at],
  );
  return rows.length > 0;
}

export type StartGiven = { at: string; by: string | null };

/** When, and by whom, an account was last given another code. */
export async function startGivenOf(db: Db, region: string, id: string): Promise<StartGiven | undefined> {
  const rows = await db.query<StartGiven>(
    `select t.start_given_at as at, b.name as by from identity.staff t
       left join identity.staff b on b.region = t.region and b.id = t.start_given_by
      where t.region = $1 and t.id = $2 and t.start_given_at is not null`,
    [region, id],
  );
  return rows[0];
}

/** Whether that was since its last sign-in, so that its owner is to be told: rather twice than never. */
export async function startIsNews(db: Db, region: string, id: string): Promise<boolean> {
  const rows = await db.prepared(
    'identity-start-is-news',
    `select 1 from identity.staff where region = $1 and id = $2 and start_given_at >= coalesce(last_sign_in, '-infinity')`,
    [region, id],
  );
  return rows.length > 0;
}
