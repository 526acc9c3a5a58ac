import { type Db, type IdSource, type Limits, type Page, Problem, pageFrom, pageSize } from '../platform/door.ts';
import { type Actor, staffActor } from './actor.ts';
import type { Agencies } from './agencies.ts';
import { browserName } from './browser-name.ts';
import { hashOfCookie } from './cookie.ts';
import { sessionCsrf } from './csrf.ts';
import type { Device } from './device.ts';
import { validAt } from './power.ts';
import { needsSecond, type SecondRequired } from './second-required.ts';
import type { SessionMemory } from './session-memory.ts';
import {
  endOtherSessions,
  endSession,
  endSessionByRef,
  openSession,
  type SessionRow,
  type Subject,
  sessionByHash,
  sessionProved,
  sessionSeen,
  sessionsOf,
} from './store-sessions.ts';

export type Session = {
  /** The value of the cookie: the region, a dot and a secret of which only the hash is kept. */
  token: string;
  actor: Actor;
  /** What every form of this session carries. */
  csrf: string;
  /** When somebody last proved who they are in it. */
  provedAt: string;
  /** The account has to have a second step and has none: nothing but setting one up opens. */
  secondMissing?: SecondMissing;
  /** The provider that vouched for who it is, and how sure it was; nothing when we know them ourselves. */
  via?: string;
  level?: number;
};

/** Why: its roles need one, or it had one that was taken away. */
export type SecondMissing = 'required' | 'reset';

/** One of somebody's own sessions, as they see it. */
export type OpenSession = {
  ref: string;
  /** Browser and system in a few words, or the name of an enrolled device; may be empty. */
  device: string;
  since: string;
  lastSeen: string;
  /** The one that asks. */
  here: boolean;
};

const minute = 60_000;
/** A session ends after so long, whatever happens. */
const life = 12 * 60 * minute;
/** A session ends after so long without a request: sooner at a desk, where others pass by. */
const idle = { staff: 30 * minute, person: 120 * minute };
/** For so long after proving who one is, dangerous acts need no further proof. */
const freshFor = 5 * minute;

/** Whether somebody proved a moment ago who they are. */
export function isFresh({ provedAt }: Session, now: Date): boolean {
  return now.getTime() - Date.parse(provedAt) < freshFor;
}

/** For acts that cannot be undone or that change who may do what: asks for proof unless there was one a moment ago. */
export function requireFresh(session: Session, now: Date): void {
  if (!isFresh(session, now)) throw new Problem('confirm-first');
}

export type Sessions = {
  /** A new session, never an old one taken up again. */
  start(subject: Subject, at: Date, from?: SessionFrom): Promise<Session>;
  /** A session counts only where it was begun: on that enrolled device, or off all of them. */
  read(token: string, now: Date, place?: Place): Promise<Session | undefined>;
  end(token: string): Promise<void>;
  /** Sessions of the same account, this one and then the latest first. */
  list(session: Session, now: Date, offset?: number): Promise<Page<OpenSession>>;
  /** All of them, for a copy of everything. */
  every(session: Session, now: Date): Promise<OpenSession[]>;
  /** Ends one session of the same account. */
  endOne(session: Session, ref: string): Promise<void>;
  /** Ends every session of the same account but this one. */
  endOthers(session: Session): Promise<void>;
  /** Somebody has proved who they are in this session. */
  prove(session: Session, at: Date): Promise<void>;
};

/** The enrolled device a request comes from; `quiet`: nobody touched anything, so the session goes on resting. */
export type Place = { on?: string; quiet?: boolean };
/** `replaces` is the cookie the browser came with, whose session ends; `agent` what the browser says it is; `via` and `level` who vouched; `on` the enrolled device; `browser` the cookie by which it is known to the account from now on. */
export type SessionFrom = {
  replaces?: string;
  agent?: string;
  via?: string;
  level?: number;
  organisation?: string;
  on?: Device;
  browser?: string;
};

export type SessionsOptions = {
  db: Db;
  ids: IdSource;
  agencies: Agencies;
  memory: SessionMemory;
  required: SecondRequired;
  /** A session at a device ends after its rest and the question that follows it. */
  limits: Pick<Limits, 'deviceRest' | 'deviceAsk'>;
};

export function openSessions({ db, ids, agencies, memory, required, limits }: SessionsOptions): Sessions {
  const idleOnDevice = (limits.deviceRest.seconds + limits.deviceAsk.seconds) * 1000;
  return { start, read, end, list, every, endOne, endOthers, prove };

  async function start(
    subject: Subject,
    at: Date,
    { replaces, agent, via, level, organisation, on, browser }: SessionFrom = {},
  ): Promise<Session> {
    if (subject.kind === 'staff') notAtKiosk(on);
    if (on && on.region !== subject.region) throw new Problem('not-allowed');
    const token = `${subject.region}.${ids.token()}`;
    const replaced = hashOfCookie(replaces);
    await openSession(db, {
      subject,
      hash: hashOfCookie(token)?.hash ?? Buffer.alloc(0),
      csrfSecret: ids.token(),
      ref: ids.token().slice(0, 16),
      device: on?.name ?? browserName(agent),
      onDevice: on?.id,
      via,
      level,
      organisation,
      idleSeconds: (on && subject.kind === 'person' ? idleOnDevice : idle[subject.kind]) / 1000,
      at,
      expiresAt: new Date(at.getTime() + life),
      replaces: replaced?.hash,
      browser: hashOfCookie(browser)?.hash,
    });
    if (replaced) memory.forget(keyOf(replaced.region, replaced.hash));
    const session = await read(token, at, { on: on?.id });
    if (session) return session;
    // The account was switched off, a moment ago or long since.
    await end(token);
    throw new Problem('sign-in-failed');
  }

  async function read(token: string, now: Date, { on, quiet }: Place = {}): Promise<Session | undefined> {
    const parts = hashOfCookie(token);
    if (!parts) return undefined;
    const { region, hash } = parts;
    const row = await memory.recall(keyOf(region, hash), now, () => sessionByHash(db, region, hash, now));
    if (!row || (row.onDevice ?? undefined) !== on) return undefined;
    if (!quiet && now.getTime() - Date.parse(row.lastSeen) > seenEvery(row)) {
      row.lastSeen = now.toISOString();
      await sessionSeen(db, region, hash, now);
    }
    const actor = actorOf(region, row, agencies, now);
    const missing = missingOf(row, actor, required);
    return {
      token,
      actor,
      csrf: sessionCsrf(row.csrfSecret),
      provedAt: row.provedAt,
      ...(missing && { secondMissing: missing }),
      ...(row.via && { via: row.via, level: row.level ?? 0 }),
    };
  }

  async function end(token: string): Promise<void> {
    const parts = hashOfCookie(token);
    if (!parts) return;
    await endSession(db, parts.region, parts.hash);
    memory.forget(keyOf(parts.region, parts.hash));
  }

  async function list(session: Session, now: Date, offset = 0): Promise<Page<OpenSession>> {
    const { subject, hash: here } = ownerOf(session);
    return pageFrom(await sessionsOf(db, subject, { here, now, offset, limit: pageSize + 1 }));
  }

  async function every(session: Session, now: Date): Promise<OpenSession[]> {
    const { subject, hash: here } = ownerOf(session);
    return sessionsOf(db, subject, { here, now, offset: 0, limit: null });
  }

  async function endOne(session: Session, ref: string): Promise<void> {
    await endSessionByRef(db, ownerOf(session).subject, ref);
    memory.forget();
  }

  async function endOthers(session: Session): Promise<void> {
    const { subject, hash } = ownerOf(session);
    await endOtherSessions(db, subject, hash);
    memory.forget();
  }

  async function prove(session: Session, at: Date): Promise<void> {
    const { subject, hash } = ownerOf(session);
    await sessionProved(db, subject.region, hash, at);
    memory.forget(keyOf(subject.region, hash));
  }
}

/** Seldom, so that reading a page seldom writes; the shorter a session may rest, the more exactly. */
const seenEvery = ({ idleSeconds }: SessionRow) => Math.min(minute, (idleSeconds * 1000) / 24);

/** A kiosk stands where anybody can look on and nobody looks after it. */
export function notAtKiosk(on: Device | undefined): void {
  if (on?.kind === 'kiosk') throw new Problem('kiosk-not-for-staff');
}

/** What a session is remembered by: the secret of a cookie opens nothing in another county. */
const keyOf = (region: string, hash: Buffer) => `${region}.${hash.toString('hex')}`;

function ownerOf({ token, actor }: Session): { subject: Subject; hash: Buffer } {
  const parts = hashOfCookie(token);
  if (!parts || actor.kind === 'guest') throw new Problem('sign-in-required');
  return { subject: { kind: actor.kind, region: parts.region, id: actor.id }, hash: parts.hash };
}

function missingOf(row: SessionRow, actor: Actor, required: SecondRequired): SecondMissing | undefined {
  if (actor.kind !== 'staff' || row.hasSecond) return undefined;
  if (row.secondReset) return 'reset';
  return needsSecond(required, actor.roles) ? 'required' : undefined;
}

function actorOf(region: string, row: SessionRow, agencies: Agencies, now: Date): Actor {
  const { id, name, division, agency, powers } = row;
  if (row.kind === 'person' || division === null || agency === null)
    return { kind: 'person', id, region, name, ...(row.actsFor && { for: row.actsFor }) };
  // An agency added a moment ago may not have been heard of yet; its id stands in for the name until then.
  const agencyName = agencies.get(agency)?.name ?? { zh: agency, en: agency };
  return staffActor({ id, region, name, division, agency, agencyName }, validAt(powers, now));
}
