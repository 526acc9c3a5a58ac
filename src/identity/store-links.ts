import type { Db } from '../platform/door.ts';

/** The SQL of sign-ins at a provider: who has been sent there, and whose account is whose. */
export type ProviderRequest = {
  region: string;
  state: Buffer;
  browser: Buffer;
  nonce: string;
  verifier: string;
  next: string;
  level: number;
};

/** Remembers that somebody was sent to the provider; forgets those that did not come back. */
export async function addRequest(db: Db, request: ProviderRequest, at: Date, expiresAt: Date): Promise<void> {
  const { region, state, browser, nonce, verifier, next, level } = request;
  await db.query(
    `with old as (delete from identity.provider_request where region = $1 and expires_at <= $8)
     insert into identity.provider_request (region, state_hash, browser_hash, nonce, verifier, next, level, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $9)`,
    [region, state, browser, nonce, verifier, next, level, at, expiresAt],
  );
}

/** Takes a request back, once: whoever comes with the same state again finds nothing. */
export async function takeRequest(
  db: Db,
  { region, state, browser }: Pick<ProviderRequest, 'region' | 'state' | 'browser'>,
  now: Date,
): Promise<Pick<ProviderRequest, 'nonce' | 'verifier' | 'next' | 'level'> | undefined> {
  const rows = await db.query<Pick<ProviderRequest, 'nonce' | 'verifier' | 'next' | 'level'>>(
    `delete from identity.provider_request
      where region = $1 and state_hash = $2 and browser_hash = $3 and expires_at > $4
      returning nonce, verifier, next, level`,
    [region, state, browser, now],
  );
  return rows[0];
}

/** The person of an account at a provider. */
export async function linkedPerson(
  db: Db,
  region: string,
  issuer: string,
  subject: string,
): Promise<string | undefined> {
  const rows = await db.query<{ person: string }>(
    'select person_id as person from identity.person_link where region = $1 and issuer = $2 and subject = $3',
    [region, issuer, subject],
  );
  return rows[0]?.person;
}

/** Links an account to a person; false when either of them is linked already. */
export async function addLink(
  db: Db,
  link: { region: string; issuer: string; subject: string; person: string; at: Date },
): Promise<boolean> {
  const rows = await db.query(
    `insert into identity.person_link (region, issuer, subject, person_id, linked_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning 1`,
    [link.region, link.issuer, link.subject, link.person, link.at],
  );
  return rows.length > 0;
}
