import { createHash } from 'node:crypto';
import type { Db, IdSource } from '../platform/door.ts';
import type { Actor } from './actor.ts';
import type { Agencies } from './agencies.ts';
import { sessionCsrf } from './csrf.ts';
import {
  endOtherSessions,
  endSession,
  openSession,
  type SessionRow,
  type Subject,
  sessionByHash,
  sessionSeen,
} from './store-sessions.ts';

export type Session = {
  /** The value of the cookie: the region, a dot and a secret of which only the hash is kept. */
  token: string;
  actor: Actor;
  /** What every form of this session carries. */
  csrf: string;
};

const hour = 3_600_000;
const life = 12 * hour;
const seenEvery = hour / 6;

export type Sessions = {
  /** A new session, never an old one taken up again; `replaces` is the cookie the browser came with, which ends. */
  start(subject: Subject, at: Date, replaces?: string): Promise<Session>;
  read(token: string, now: Date): Promise<Session | undefined>;
  end(token: string): Promise<void>;
  /** Ends every session of the same account but this one. */
  endOthers(session: Session): Promise<void>;
};

export function openSessions({ db, ids, agencies }: { db: Db; ids: IdSource; agencies: Agencies }): Sessions {
  return { start, read, end, endOthers };

  async function start(subject: Subject, at: Date, replaces?: string): Promise<Session> {
    const token = `${subject.region}.${ids.token()}`;
    await openSession(db, {
      subject,
      hash: partsOf(token)?.hash ?? Buffer.alloc(0),
      csrfSecret: ids.token(),
      at,
      expiresAt: new Date(at.getTime() + life),
      replaces: partsOf(replaces ?? '')?.hash,
    });
    const session = await read(token, at);
    if (!session) throw new Error('the session that was just opened cannot be read');
    return session;
  }

  async function read(token: string, now: Date): Promise<Session | undefined> {
    const parts = partsOf(token);
    if (!parts) return undefined;
    const row = await sessionByHash(db, parts.region, parts.hash, now);
    if (!row) return undefined;
    if (now.getTime() - Date.parse(row.lastSeen) > seenEvery) await sessionSeen(db, parts.region, parts.hash, now);
    return { token, actor: actorOf(parts.region, row, agencies), csrf: sessionCsrf(row.csrfSecret) };
  }

  async function end(token: string): Promise<void> {
    const parts = partsOf(token);
    if (parts) await endSession(db, parts.region, parts.hash);
  }

  async function endOthers({ token, actor }: Session): Promise<void> {
    const parts = partsOf(token);
    if (!parts || actor.kind === 'guest') return;
    await endOtherSessions(db, { kind: actor.kind, region: parts.region, id: actor.id }, parts.hash);
  }
}

function actorOf(region: string, row: SessionRow, agencies: Agencies): Actor {
  const { id, name, division, agency, roles } = row;
  if (row.kind === 'person' || division === null || agency === null || roles === null)
    return { kind: 'person', id, region, name };
  // An agency added a moment ago may not have been heard of yet; its id stands in for the name until then.
  const agencyName = agencies.get(agency)?.name ?? { zh: agency, en: agency };
  return { kind: 'staff', id, region, name, division, agency, agencyName, roles };
}

function partsOf(token: string): { region: string; hash: Buffer } | undefined {
  const [, region, secret] = /^(\d{6})\.([\w-]{43})$/.exec(token) ?? [];
  return region && secret ? { region, hash: createHash('sha256').update(secret).digest() } : undefined;
}
