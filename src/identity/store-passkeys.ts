import type { Db } from '../platform/door.ts';

/** The SQL of passkeys and of what they are asked to sign. */
export type PasskeyRow = {
  id: string;
  publicKey: Buffer;
  counter: number;
  transports: string[];
  rpId: string;
  device: string;
  since: string;
  usedAt: string | null;
};

export function passkeysOf(db: Db, region: string, staff: string): Promise<PasskeyRow[]> {
  return db.query<PasskeyRow>(
    `select credential_id as id, public_key as "publicKey", counter, transports, rp_id as "rpId", device,
            created_at as since, used_at as "usedAt"
       from identity.passkey where region = $1 and staff_id = $2 order by created_at`,
    [region, staff],
  );
}

type NewPasskey = Omit<PasskeyRow, 'since' | 'usedAt'> & { region: string; staff: string; at: Date };

/** False when the key is somebody's already. */
export async function addPasskey(db: Db, key: NewPasskey): Promise<boolean> {
  const rows = await db.query(
    `insert into identity.passkey (region, credential_id, staff_id, public_key, counter, transports, rp_id, device, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning 1`,
    [key.region, key.id, key.staff, key.publicKey, key.counter, key.transports, key.rpId, key.device, key.at],
  );
  return rows.length > 0;
}

/** Used now. False when its counter was moved further meanwhile, or it was taken away. */
export async function passkeyUsed(db: Db, region: string, id: string, counter: number, at: Date): Promise<boolean> {
  const rows = await db.query(
    `update identity.passkey set counter = $3, used_at = $4
      where region = $1 and credential_id = $2 and (counter < $3 or $3 = 0) returning 1`,
    [region, id, counter, at],
  );
  return rows.length > 0;
}

export async function dropPasskey(db: Db, region: string, staff: string, id: string): Promise<void> {
  await db.query('delete from identity.passkey where region = $1 and staff_id = $2 and credential_id = $3', [
    region,
    staff,
    id,
  ]);
}

type Asked = { table: 'session' | 'sign_in_step'; region: string; hash: Buffer };

/** What a key was asked to sign, kept with the session or sign-in it was asked in. */
export async function keepChallenge(db: Db, { table, region, hash }: Asked, challenge: string): Promise<void> {
  await db.query(`update identity.${table} set challenge = $3 where region = $1 and token_hash = $2`, [
    region,
    hash,
    challenge,
  ]);
}

/** Takes it, once. */
export async function takeChallenge(db: Db, { table, region, hash }: Asked): Promise<string | undefined> {
  const rows = await db.query<{ challenge: string | null }>(
    `with asked as (select region, token_hash, challenge from identity.${table} where region = $1 and token_hash = $2 for update)
     update identity.${table} t set challenge = null from asked
      where t.region = asked.region and t.token_hash = asked.token_hash returning asked.challenge`,
    [region, hash],
  );
  return rows[0]?.challenge ?? undefined;
}
