import type { SessionRow } from './store-sessions.ts';

/**
 * Whom a cookie stands for, remembered by this process for a moment, so that most requests ask the database nothing.
 * What was remembered is forgotten when the database tells of a change (migration 0017), at once when this process made
 * it, and after `kept` in any case: so long a session may outlive its end when the connection that hears is lost.
 */
export type SessionMemory = {
  /** What is remembered under a key, `360121.` and the hash of the cookie's secret, or else what `load` finds. */
  recall(key: string, now: Date, load: () => Promise<SessionRow | undefined>): Promise<SessionRow | undefined>;
  /** Forgets one session; without a key, all. */
  forget(key?: string): void;
};

const kept = 5000;
const most = 20_000;

export function openSessionMemory(): SessionMemory {
  const rows = new Map<string, { row: SessionRow; at: number }>();
  /** Goes up with every forgetting: what was asked for before is not remembered after it. */
  let era = 0;
  return {
    async recall(key, now, load) {
      const known = rows.get(key);
      if (known && Math.abs(now.getTime() - known.at) < kept) return isOpen(known.row, now) ? known.row : undefined;
      const asked = era;
      const row = await load();
      if (!row) rows.delete(key);
      else if (asked === era) {
        if (rows.size >= most) rows.clear();
        rows.set(key, { row, at: now.getTime() });
      }
      return row;
    },
    forget(key) {
      era++;
      if (key) rows.delete(key);
      else rows.clear();
    },
  };
}

/** Whether a session has neither reached its end nor rested for too long; the database asks the same of a row. */
export function isOpen({ expiresAt, lastSeen, idleSeconds }: SessionRow, now: Date): boolean {
  return now.getTime() < Date.parse(expiresAt) && now.getTime() < Date.parse(lastSeen) + idleSeconds * 1000;
}
