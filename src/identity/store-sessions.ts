import { type Db, dayOf } from '../platform/door.ts';
import type { ActsFor } from './actor.ts';
import type { Power } from './power.ts';
import type { OpenSession } from './sessions.ts';
import { hasSecond } from './store-accounts.ts';
import { powersHeld } from './store-powers.ts';

/** The SQL of sessions. */
export type Subject = { kind: 'person' | 'staff'; region: string; id: string };
export type SessionRow = {
  kind: 'person' | 'staff';
  id: string;
  name: string;
  csrfSecret: string;
  lastSeen: string;
  expiresAt: string;
  idleSeconds: number;
  provedAt: string;
  via: string | null;
  level: number | null;
  /** The enrolled device it was begun on. */
  onDevice: string | null;
  /** The organisation a person acts for, while they hold a power of it. */
  actsFor: ActsFor | null;
  /** Of staff; null for a person. */
  division: string | null;
  agency: string | null;
  /** Those that are neither revoked nor ended; some may not have begun. */
  powers: Power[];
  /** Whether the account has a second step, and whether it lost one and has to set up another. */
  hasSecond: boolean;
  secondReset: boolean;
};

/**
 * Who a cookie stands for, read on every request: one statement by primary key. Nothing when the session has
 * ended or rested for too long, the account was switched off or the person is gone.
 */
export async function sessionByHash(db: Db, region: string, hash: Buffer, now: Date): Promise<SessionRow | undefined> {
  const rows = await db.prepared<SessionRow>(
    'identity-session',
    `select s.subject_kind as kind, s.subject_id as id, coalesce(t.name, p.name) as name, s.csrf_secret as "csrfSecret",
            s.last_seen as "lastSeen", s.expires_at as "expiresAt", s.idle_seconds as "idleSeconds",
            s.proved_at as "provedAt", s.via, s.level, s.on_device as "onDevice", t.division, t.agency,
            ${hasSecond('t')} as "hasSecond", t.second_reset_at is not null as "secondReset",
            ${powersHeld('s.region', 't.id', '$3')} as powers,
            case when o.id is not null then jsonb_build_object('id', o.id, 'name', o.name, 'creditCode', o.credit_code,
              'representative', w.kind = 'representative', 'items', w.items) end as "actsFor"
       from identity.session s
       left join identity.staff t on s.subject_kind = 'staff' and t.region = s.region and t.id = s.subject_id and t.active
       left join identity.person p on s.subject_kind = 'person' and p.region = s.region and p.id = s.subject_id
       left join identity.organisation_power w on s.organisation is not null and w.region = s.region and w.organisation = s.organisation
         and w.holder_index = p.id_card_index and w.holder_name = p.name and (w.until is null or w.until >= $4::date)
       left join identity.organisation o on o.region = w.region and o.id = w.organisation
      where s.region = $1 and s.token_hash = $2 and s.expires_at > $3
        and s.last_seen + make_interval(secs => s.idle_seconds) > $3 and coalesce(t.id, p.id) is not null`,
    [region, hash, now, dayOf(now)],
  );
  return rows[0];
}

export type NewSession = {
  subject: Subject;
  hash: Buffer;
  csrfSecret: string;
  ref: string;
  device: string;
  onDevice?: string;
  via?: string;
  level?: number;
  organisation?: string;
  idleSeconds: number;
  at: Date;
  expiresAt: Date;
  replaces?: Buffer;
  /** Of the cookie by which the account knows the browser from now on. */
  browser?: Buffer;
};

/**
 * Opens a session; ends the one it replaces and every expired one of the county, notes when staff came, and knows their
 * browser from now on while those that have not come for half a year are forgotten: one statement.
 */
export async function openSession(db: Db, session: NewSession): Promise<void> {
  await db.prepared(
    'identity-open-session',
    `with ended as (
       delete from identity.session where region = $1 and expires_at <= $6
     ), replaced as (
       delete from identity.session where region = $1 and token_hash = $8 and expires_at > $6
     ), came as (
       update identity.staff set last_sign_in = $6 where $3 = 'staff' and region = $1 and id = $4
     ), unused as (
       delete from identity.known_device
        where $16::bytea is not null and region = $1 and staff_id = $4 and used_at < $6::timestamptz - interval '180 days'
          and token_hash <> $16
     ), known as (
       insert into identity.known_device (region, token_hash, staff_id, used_at) select $1, $16, $4, $6 where $16::bytea is not null
       on conflict (region, token_hash, staff_id) do update set used_at = excluded.used_at
     )
     insert into identity.session (region, token_hash, subject_kind, subject_id, csrf_secret, created_at, expires_at, last_seen, proved_at, ref, device, idle_seconds, via, level, organisation, on_device)
     values ($1, $2, $3, $4, $5, $6, $7, $6, $6, $9, $10, $11, $12, $13, $14, $15)`,
    [
      session.subject.region,
      session.hash,
      session.subject.kind,
      session.subject.id,
      session.csrfSecret,
      session.at,
      session.expiresAt,
      session.replaces ?? null,
      session.ref,
      session.device,
      session.idleSeconds,
      session.via ?? null,
      session.level ?? null,
      session.organisation ?? null,
      session.onDevice ?? null,
      session.browser ?? null,
    ],
  );
}

export async function endSession(db: Db, region: string, hash: Buffer): Promise<void> {
  await db.query('delete from identity.session where region = $1 and token_hash = $2', [region, hash]);
}

/** The sessions of somebody that have not ended, the one that asks first: from one of them on, so many or all. */
export function sessionsOf(
  db: Db,
  { region, kind, id }: Subject,
  { here, now, offset, limit }: { here: Buffer; now: Date; offset: number; limit: number | null },
): Promise<OpenSession[]> {
  return db.query<OpenSession>(
    `select ref, device, created_at as since, last_seen as "lastSeen", token_hash = $4 as here from identity.session
      where region = $1 and subject_kind = $2 and subject_id = $3
        and expires_at > $5 and last_seen + make_interval(secs => idle_seconds) > $5
      order by here desc, last_seen desc, ref offset $6 limit $7`,
    [region, kind, id, here, now, offset, limit],
  );
}

/** Ends one session of somebody. */
export async function endSessionByRef(db: Db, { region, kind, id }: Subject, ref: string): Promise<void> {
  await db.query(
    'delete from identity.session where region = $1 and subject_kind = $2 and subject_id = $3 and ref = $4',
    [region, kind, id, ref],
  );
}

/** Ends every session of somebody but one. */
export async function endOtherSessions(db: Db, { region, kind, id }: Subject, keep: Buffer): Promise<void> {
  await db.query(
    'delete from identity.session where region = $1 and subject_kind = $2 and subject_id = $3 and token_hash <> $4',
    [region, kind, id, keep],
  );
}

/** Ends every session that was begun on an enrolled device. */
export async function endSessionsOn(db: Db, region: string, device: string): Promise<void> {
  await db.query('delete from identity.session where region = $1 and on_device = $2', [region, device]);
}

export async function sessionSeen(db: Db, region: string, hash: Buffer, at: Date): Promise<void> {
  await db.query('update identity.session set last_seen = $3 where region = $1 and token_hash = $2', [
    region,
    hash,
    at,
  ]);
}

export async function sessionProved(db: Db, region: string, hash: Buffer, at: Date): Promise<void> {
  await db.query('update identity.session set proved_at = $3 where region = $1 and token_hash = $2', [
    region,
    hash,
    at,
  ]);
}
