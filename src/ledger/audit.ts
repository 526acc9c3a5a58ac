import type { Cursor, Db, Feed } from '../platform/door.ts';
import { type Change, periodsOf, verifiersIn, WrongChange } from './key-change.ts';
import { checkpointsFrom, hashesOf, latest, leavesFrom, leavesOf, type Signed } from './store.ts';
import { hashSize, widthIn } from './tiles.ts';
import type { ActSource, LogSource, StoredAct, StoredLeaf } from './verify.ts';

/** The log and the acts as they stand in the database, to be verified in order, a page at a time. */
const page = 4096;

/** The keys the log was begun with, how they changed, and those of whoever verifies, to which that has to lead. */
type Keys = { first: string[]; changes: Change[]; last: string[] };

function keysOf(
  origin: string,
  { first, changes, last }: Keys,
): Pick<LogSource, 'verifiersAt' | 'changes' | 'wrongChange'> {
  const notes = changes.map(({ note }) => note);
  try {
    const periods = periodsOf(origin, first, changes);
    const wrong = periods.at(-1)?.keys.join() !== last.join() && changes.length > 0;
    const own = changes.length > 0 ? periods : [{ after: 0, keys: last }];
    return { verifiersAt: verifiersIn(own), changes: notes, wrongChange: wrong ? changes.at(-1)?.size : undefined };
  } catch (error) {
    if (!(error instanceof WrongChange)) throw error;
    return { verifiersAt: () => [], changes: [], wrongChange: error.size };
  }
}

/** Up to the latest checkpoint there is now; what is added meanwhile is left for the next time. */
export async function openStored(db: Db, origin: string, keys: Keys): Promise<LogSource> {
  const head = await latest(db, origin);
  return {
    ...keysOf(origin, keys),
    leaves: storedLeaves(db, origin, head),
    checkpoints: storedCheckpoints(db, origin, head),
    // A tile that grew after this began is looked at as it was then.
    hashesOf: async (tiles) =>
      (await hashesOf(db, origin, tiles)).map((hashes, at) =>
        hashes?.subarray(0, widthIn(head?.size ?? 0, tiles[at] as { level: number; index: number }) * hashSize),
      ),
  };
}

export function openActs(db: Db, origin: string, feeds: Record<string, Feed<StoredAct>>): ActSource {
  const acts = Object.entries(feeds).map(([kind, feed]) => [kind, readAll(db, feed)] as const);
  return {
    acts: Object.fromEntries(acts),
    isLogged: async (key) => (await leavesOf(db, origin, key)).length > 0,
  };
}

async function* readAll(db: Db, feed: Feed<StoredAct>): AsyncGenerator<StoredAct, undefined> {
  let after: Cursor = { xid: '0', position: 0 };
  for (;;) {
    const rows = await feed(db, after, page);
    const last = rows.at(-1);
    if (!last) return undefined;
    yield* rows;
    after = { xid: last.xid, position: last.position };
  }
}

async function* storedLeaves(db: Db, origin: string, head: Signed | undefined): AsyncGenerator<StoredLeaf[]> {
  const size = head?.size ?? 0;
  for (let from = 0; from < size; ) {
    const rows = await leavesFrom(db, origin, from, Math.min(page, size - from));
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(({ index, hash, entry, kind, region, number, seq }) => ({
      ...{ index, hash, entry },
      key: { kind, region, number, seq },
    }));
    from = last.index + 1;
  }
}

async function* storedCheckpoints(db: Db, origin: string, head: Signed | undefined) {
  for (let from = 0; head; ) {
    const rows = (await checkpointsFrom(db, origin, from, page)).filter(({ size }) => size <= head.size);
    const last = rows.at(-1);
    if (!last) return;
    yield* rows;
    from = last.size + 1;
  }
}
