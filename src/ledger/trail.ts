import type { Db, IdSource, Seen } from '../platform/door.ts';
import { addEntries, hasRead } from './store-trail.ts';
import { type Looked, looksAt, searchTrail, type TrailFilter } from './store-trail-search.ts';
import { type KeptEntry, type TrailEntry, tidyEntry } from './trail-entry.ts';

export type Trail = ReturnType<typeof openTrail>;

/** A look at a person's data, as that person may see it. */
export type Look = {
  /** ISO instant. */
  at: string;
  what: string;
  /** Case number. */
  about?: string;
  /** The case is somebody else's, and names the person. */
  named: boolean;
  /** `work`, `break-glass`, or the code of the reason that was given. */
  why?: string;
  /** Id of the agency the reader worked for, and their roles, as they were then. */
  agency?: string;
  roles: string[];
};

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** Entries that go into one statement at most. */
const batchSize = 200;

/**
 * Opens the trail. `record` returns when the entry is on disk and throws when it could not be written: whoever shows
 * data records first, so that a reading that cannot be recorded is not shown.
 */
export function openTrail(db: Db, ids: IdSource) {
  type Waiting = { entry: KeptEntry; resolve: () => void; reject: (error: unknown) => void };
  let waiting: Waiting[] = [];
  let underWay = false;
  const kept = (entry: TrailEntry): KeptEntry => ({ ...tidyEntry(entry), id: ids.id(entry.region) });

  const write = async (batch: Waiting[]): Promise<void> => {
    try {
      await addEntries(
        db,
        batch.map(({ entry }) => entry),
      );
      for (const { resolve } of batch) resolve();
    } catch (error) {
      // One bad entry must not take its neighbours with it.
      if (batch.length > 1) for (const one of batch) await write([one]);
      else batch[0]?.reject(error);
    }
  };
  const pump = async () => {
    if (underWay) return;
    underWay = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, batchSize);
      waiting = waiting.slice(batchSize);
      await write(batch);
    }
    underWay = false;
  };
  return {
    /** Records one entry, together with those that arrive in the same moment. */
    record: (entry: TrailEntry): Promise<void> =>
      new Promise((resolve, reject) => {
        waiting.push({ entry: kept(entry), resolve, reject });
        setImmediate(() => void pump());
      }),
    /** Entries that whoever is read for sees, the latest first: only the audit administrator sees any (`trail.read`). */
    search: (seen: Seen, filter: TrailFilter, limit: number) => searchTrail(seen, filter, limit),
    /**
     * Who looked at a person's data: when, what, of which case, for which agency in which roles, and why as a code. The
     * name of the clerk and what they wrote are not told. The latest first.
     */
    async whoLooked(region: string, at: Looked, limit = 200): Promise<Look[]> {
      const rows = await looksAt(db, region, at, limit);
      return rows.map(({ at: moment, what, about, whose, reason, detail }) => ({
        ...{ at: moment, what, about: about ?? undefined, why: reason?.split(':')[0] },
        named: !at.whose.includes(whose ?? ''),
        agency: textOf(detail?.agency),
        roles: textOf(detail?.roles)?.split(',') ?? [],
      }));
    },
    /** When and from where somebody signed in, the latest first; for themselves. */
    async signInsOf(
      region: string,
      who: string,
      limit = 200,
    ): Promise<{ at: string; from: string; outcome: string }[]> {
      const rows = await searchTrail(db, { region, who, kind: 'sign-in' }, limit);
      return rows.map(({ at, network, outcome }) => ({ at, from: network, outcome }));
    },
    /** Whether somebody has said since then why they read a case in full. */
    hasTold: (region: string, who: string, about: string, since: Date) =>
      hasRead(db, { region, who, about, what: 'case.read-in-full', since }),
    /** Records entries in a transaction of the caller: they stand with what it does or not at all. */
    recordIn: (tx: Db, ...entries: TrailEntry[]): Promise<void> => addEntries(tx, entries.map(kept)),
  };
}
