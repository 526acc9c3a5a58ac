import { type Clock, type Db, type Feed, type Log, type Subscriber, subscribe } from '../platform/door.ts';
import { openActs, openStored } from './audit.ts';
import { changeKeyFile, isFrom } from './change-keys.ts';
import type { Act, ActKey } from './entry.ts';
import { exportLog } from './export.ts';
import { type Key, signerOf, verifierText } from './keys.ts';
import { consistencyRanges, type Hash, subtreesOf } from './merkle.ts';
import { readCheckpoint } from './note.ts';
import { inclusionOf, nameOf, type ProofDocument, tilesNeeded } from './proof.ts';
import { Inconsistent, sequence } from './sequence.ts';
import * as store from './store.ts';
import { hashOf, hashSize, placeOf, split, tileAt } from './tiles.ts';
import { type StoredAct, type Verdict, type VerifyOptions, verifyLog } from './verify.ts';
import type { KnownLog } from './witness.ts';
import { keepCosignature, witness } from './witnessing.ts';

export type Ledger = Awaited<ReturnType<typeof openLedger>>;
type Options = { db: Db; log: Log; clock: Clock; keys: Key[]; origin: string };

/** Opens the log of this node. With other keys, or another name, than it was begun with, it is read and not written. */
export async function openLedger({ db, log, clock, keys, origin }: Options) {
  const own = keys.map(verifierText);
  const signers = keys.map(signerOf);
  const watch = watchWrites(log);
  const first = await store.knowLog(db, origin, own, clock().toISOString());
  const known = first && (await store.keysNow(db, origin));
  if (known?.join() !== own.join()) watch.halt(known ? 'ledger-keys-differ' : 'ledger-origin-differs');
  const tiles = tileReader(db, origin);
  return {
    origin,
    /** What the checkpoints of this log are verified with. */
    keys: known ?? own,
    /** False when acts are no longer written to the log. */
    healthy: watch.healthy,
    /** One for each feed of acts; the name of the feed becomes the kind of the entries. */
    subscribers(feeds: Record<string, Feed<Act>>): Subscriber[] {
      return Object.entries(feeds).map(([kind, feed]) =>
        subscribe({
          ...{ db, log, name: `ledger.${kind}` },
          feed: async (tx, after, limit) => (watch.halted() ? [] : feed(tx, after, limit)),
          handle: (tx, acts: Act[]) =>
            watch.write((again) => sequence(tx, acts, { kind, origin, own, signers, clock, again })),
        }),
      );
    },
    /** The latest signed note, with what witnesses signed of it. */
    checkpoint: () => store.latestCosigned(db, origin),
    /** A tile of hashes by its path, `tile/0/x001/067.p/12`. Entries are not handed out by path. */
    async tile(path: string): Promise<Uint8Array | undefined> {
      const name = tileAt(path);
      if (!name || name.level === 'entries') return undefined;
      const [hashes] = await store.hashesOf(db, origin, [{ level: name.level, index: name.index }]);
      return hashes && hashes.length >= name.width * hashSize ? hashes.subarray(0, name.width * hashSize) : undefined;
    },
    proof: (key: Omit<ActKey, 'seq'> & { seq?: number }) => prove(db, origin, known ?? own, tiles, key),
    /** Proves that the log of `size` continues that of `old`. */
    async consistency(old: number, size: number): Promise<Hash[]> {
      const ranges = consistencyRanges(old, size);
      const kept = await tiles(ranges.flatMap(subtreesOf).map((subtree) => placeOf(subtree).tile));
      return ranges.map((range) => hashOf(range, (tile) => kept.get(nameOf(tile)) ?? []));
    },
    /** Recomputes everything from the rows and compares it with the acts; names the first difference. */
    async verify(acts: Record<string, Feed<StoredAct>> = {}, options: VerifyOptions = {}): Promise<Verdict> {
      const changes = await store.changesOf(db, origin);
      const stored = await openStored(db, origin, { first: first ?? own, changes, last: own });
      return verifyLog(stored, Object.keys(acts).length > 0 ? openActs(db, origin, acts) : undefined, options);
    },
    exportTo: (folder: string) => exportLog(db, origin, known ?? own, folder),
    /** As a witness: signs a checkpoint of another log when it continues the last one seen (`add-checkpoint`). */
    witness: (body: string, logs: KnownLog[]) => witness(db, clock, keys, body, logs),
    /** Keeps what a witness signed of our latest checkpoint, or of the one that was sent to it. */
    addCosignature: (line: string, witnesses: string[], sent?: string) =>
      keepCosignature(db, origin, line, witnesses, sent),
    /** How the keys followed each other: signed notes, oldest first. */
    keyChanges: async () => (await store.changesOf(db, origin)).map(({ note }) => note),
    /** Adds new keys beside those in the file, or retires the older ones. Every process has to be started again then. */
    async changeKeys(file: string, what: 'add' | 'retire'): Promise<{ size: number; keys: string[] }> {
      if (!(await isFrom(file, keys))) throw new Error(`the keys of this log are not those in ${file}`);
      return changeKeyFile({ db, clock, origin, keys }, file, what);
    },
  };
}

type TileReader = (tiles: { level: number; index: number }[]) => Promise<Map<string, Hash[]>>;

function tileReader(db: Db, origin: string): TileReader {
  return async (tiles) => {
    const hashes = tiles.length > 0 ? await store.hashesOf(db, origin, tiles) : [];
    return new Map(tiles.map((tile, at) => [nameOf(tile), split(hashes[at] ?? Buffer.alloc(0))]));
  };
}

/** The acts of one case (or one of them) with their way to the latest checkpoint; nothing when none is logged yet. */
async function prove(
  db: Db,
  origin: string,
  keys: string[],
  tiles: TileReader,
  key: Omit<ActKey, 'seq'> & { seq?: number },
): Promise<ProofDocument | undefined> {
  const leaves = await store.leavesOf(db, origin, key);
  const checkpoint = leaves.length > 0 ? await store.latestCosigned(db, origin) : undefined;
  if (!checkpoint) return undefined;
  const { size } = readCheckpoint(checkpoint);
  const needed = tilesNeeded(
    leaves.map(({ index }) => index),
    size,
  );
  const kept = await tiles(needed);
  const acts = leaves.map(({ index, entry }) => {
    const hashes = inclusionOf(index, size, kept).map((hash) => Buffer.from(hash).toString('base64'));
    return { index, entry, hashes };
  });
  return { format: 'tongban-proof/v1', checkpoint, keys, acts };
}

/**
 * Halts the log on the first write that fails for any reason but two: what is not understood must not be signed over.
 * A lost connection has written nothing, so the same acts are tried again. Acts that are in the log already (a restore
 * delivers everything once more) are refused by the key of the table; then they are looked at one by one.
 */
function watchWrites(log: Log) {
  let halted = false;
  let failing = false;
  let again = false;
  const halt = (code: string, error?: Error & { code?: string }) => {
    halted = true;
    const because = error instanceof Inconsistent ? error.message : error?.name;
    log.fatal({ code, error: because, errorCode: error?.code });
  };
  return {
    halt,
    halted: () => halted,
    healthy: () => !halted && !failing,
    async write(work: (again: boolean) => Promise<number>): Promise<void> {
      // As this write began: another feed may learn meanwhile that its acts are in the log already, and so may this one.
      const tried = again;
      try {
        again = (await work(tried)) > 0;
        failing = false;
      } catch (error) {
        failing = true;
        if (!tried && (error as { code?: string }).code === '23505') again = true;
        else if (!isLostConnection(error as Error)) halt('ledger-halted', error as Error);
        throw error;
      }
    },
  };
}

/** Lost or ended connections (SQLSTATE classes 08 and 57) and transactions asked to try again (40). */
function isLostConnection({ code = '', message }: Error & { code?: string }): boolean {
  return /^(08|40|57)\w{3}$/.test(code) || /^E[A-Z]+$/.test(code) || /^Connection terminated/.test(message);
}
