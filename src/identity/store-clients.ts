import { type Db, pageSize } from '../platform/door.ts';
import type { Client, PublicKey } from './client.ts';

/** The SQL of machine clients. */
const columns = `c.region, c.id, c.name, c.keys, c.scopes, c.division, c.agency, c.valid_until as "validUntil", c.revoked_at as "revokedAt"`;

/** Clients of a county, those revoked last: a page, and the first of the next. */
export function clientsOf(db: Db, region: string, offset: number): Promise<Client[]> {
  return db.query<Client>(
    `select ${columns} from identity.client c where region = $1
      order by revoked_at nulls first, name, id offset $2 limit $3`,
    [region, offset, pageSize + 1],
  );
}

export async function clientById(db: Db, region: string, id: string): Promise<Client | undefined> {
  const rows = await db.query<Client>(`select ${columns} from identity.client c where region = $1 and id = $2`, [
    region,
    id,
  ]);
  return rows[0];
}

export type NewClient = Omit<Client, 'revokedAt'> & { by: string; at: Date; reason: string };

export async function insertClient(db: Db, client: NewClient): Promise<void> {
  const { region, id, name, keys, scopes, division, agency, validUntil, by, at, reason } = client;
  await db.query(
    `insert into identity.client (region, id, name, keys, scopes, division, agency, valid_until, enrolled_by, enrolled_at, reason)
     values ($1, $2, $3, $4::jsonb, $5, $6, $7, $8, $9, $10, $11)`,
    [region, id, name, JSON.stringify(keys), scopes, division, agency, validUntil, by, at, reason],
  );
}

/** Other keys in place of all it had; false when it is revoked or not there. */
export async function changeKeys(db: Db, region: string, id: string, keys: PublicKey[]): Promise<boolean> {
  const rows = await db.query(
    `with gone as (delete from identity.client_token where region = $1 and client = $2)
     update identity.client set keys = $3::jsonb where region = $1 and id = $2 and revoked_at is null returning 1`,
    [region, id, JSON.stringify(keys)],
  );
  return rows.length > 0;
}

/** Its tokens end with it; false when it is revoked already or not there. */
export async function revokeClient(db: Db, region: string, id: string, by: string, at: Date): Promise<boolean> {
  const rows = await db.query(
    `with gone as (delete from identity.client_token where region = $1 and client = $2)
     update identity.client set revoked_at = $4, revoked_by = $3 where region = $1 and id = $2 and revoked_at is null returning 1`,
    [region, id, by, at],
  );
  return rows.length > 0;
}

/** Takes an assertion; false when it was taken before. Forgets those that have expired. */
export async function takeAssertion(
  db: Db,
  taken: { region: string; client: string; jti: Buffer; at: Date; expiresAt: Date },
): Promise<boolean> {
  const rows = await db.query(
    `with old as (delete from identity.client_assertion where region = $1 and expires_at <= $4)
     insert into identity.client_assertion (region, client, jti_hash, expires_at) values ($1, $2, $3, $5)
     on conflict do nothing returning 1`,
    [taken.region, taken.client, taken.jti, taken.at, taken.expiresAt],
  );
  return rows.length > 0;
}

/** Names of clients by their ids. */
export async function clientNames(db: Db, region: string, ids: string[]): Promise<Map<string, string>> {
  const rows = await db.query<{ id: string; name: string }>(
    'select id, name from identity.client where region = $1 and id = any($2::text[])',
    [region, ids],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Keeps a token by its hash; forgets those that have expired. */
export async function insertToken(
  db: Db,
  token: { region: string; hash: Buffer; client: string; scopes: string[]; at: Date; expiresAt: Date },
): Promise<void> {
  await db.query(
    `with old as (delete from identity.client_token where region = $1 and expires_at <= $5)
     insert into identity.client_token (region, token_hash, client, scopes, expires_at) values ($1, $2, $3, $4, $6)`,
    [token.region, token.hash, token.client, token.scopes, token.at, token.expiresAt],
  );
}

/** Whose token it is, while both are good; read on every call, so that a revocation counts with the next. */
export async function clientByToken(
  db: Db,
  region: string,
  hash: Buffer,
  now: Date,
): Promise<(Client & { granted: string[] }) | undefined> {
  const rows = await db.prepared<Client & { granted: string[] }>(
    'identity-client-token',
    `select ${columns}, t.scopes as granted
       from identity.client_token t join identity.client c on c.region = t.region and c.id = t.client
      where t.region = $1 and t.token_hash = $2 and t.expires_at > $3 and c.revoked_at is null and c.valid_until > $3`,
    [region, hash, now],
  );
  return rows[0];
}
