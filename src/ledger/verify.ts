import { type Act, type ActKey, decode, digestOf, type Entry } from './entry.ts';
import { growingTree, leafHash, sameHash } from './merkle.ts';
import { openNote, readCheckpoint, readNote, type Verifier } from './note.ts';
import { growingTiles, hashSize, pathOf, type Tile, type TileName, tileWidth } from './tiles.ts';

/**
 * Checks a whole log against itself, against the acts it is about, and against checkpoints kept elsewhere. It reads in
 * order, keeps little, recomputes everything, and stops at the first difference, which it names.
 */
export type StoredLeaf = { index: number; entry: string; hash?: Uint8Array; key?: ActKey };
export type StoredCheckpoint = { size: number; root?: Uint8Array; note: string };
/** An act with the columns that repeat what is in it; `astray` when one of the others does not. */
export type StoredAct = Act & { type?: string; at?: string; astray?: boolean };
/** Something a room keeps that does not follow from its acts: whose, after which act, and where it lies. */
export type Stray = ActKey & { column: string };
export type LogSource = {
  /** Who may have signed a checkpoint of this size. */
  verifiersAt(size: number): Verifier[];
  /** Notes by which keys were changed; the log has to continue them as well. */
  changes?: string[];
  /** A change of keys that does not follow from those before, by its size. */
  wrongChange?: number;
  leaves: AsyncIterable<StoredLeaf[]>;
  /** By size, smallest first. */
  checkpoints: AsyncIterable<StoredCheckpoint>;
  hashesOf(tiles: (TileName & { level: number })[]): Promise<(Uint8Array | null | undefined)[]>;
};
export type ActSource = {
  acts: Record<string, AsyncIterator<StoredAct>>;
  isLogged(key: ActKey): Promise<boolean>;
};
export type What =
  | 'leaf-missing'
  | 'leaf-changed'
  | 'leaf-unreadable'
  | 'leaf-renamed'
  | 'act-missing'
  | 'act-added'
  | 'act-moved'
  | 'act-changed'
  | 'act-type-changed'
  | 'act-time-changed'
  | 'kept-differs'
  | 'tile-changed'
  | 'root-differs'
  | 'checkpoint-changed'
  | 'leaves-cut-off'
  | 'leaves-not-signed'
  | 'known-checkpoint-differs'
  | 'key-change-wrong';
export type Difference = {
  what: What;
  index?: number;
  act?: ActKey;
  found?: ActKey;
  tile?: string;
  size?: number;
  column?: string;
};
export type Verdict = { leaves: number; checkpoints: number; waiting: number; difference?: Difference };

class Found extends Error {
  readonly difference: Difference;
  constructor(difference: Difference) {
    super(difference.what);
    this.difference = difference;
  }
}

export type VerifyOptions = {
  /** Notes of this log that were kept elsewhere; the log has to continue every one of them. */
  known?: string[];
  /** After a logical restore acts come in another order than they were logged in; then only that is forgiven. */
  anyOrder?: boolean;
  /** What rooms keep that does not follow from their acts; looked for when the acts themselves are as they were. */
  strays?: AsyncIterable<Stray>;
};

export async function verifyLog(log: LogSource, source?: ActSource, options: VerifyOptions = {}): Promise<Verdict> {
  const verdict: Verdict = { leaves: 0, checkpoints: 0, waiting: 0, difference: undefined };
  try {
    const acts = source && actsInTurn(source, options.anyOrder ?? false);
    await walk(log, acts, options.known ?? [], verdict);
    for await (const { column, ...act } of options.strays ?? []) throw new Found({ what: 'kept-differs', act, column });
  } catch (error) {
    if (!(error instanceof Found)) throw error;
    verdict.difference = error.difference;
  }
  return verdict;
}

async function walk(
  log: LogSource,
  acts: ReturnType<typeof actsInTurn> | undefined,
  known: string[],
  verdict: Verdict,
): Promise<void> {
  const tree = growingTree();
  const roots = await rootsToMeet(log, known, verdict);
  const tiles = growingTiles();
  await roots.meet(0, tree.root);
  for await (const page of log.leaves) {
    for (const leaf of page) {
      const { hash, entry } = checkLeaf(leaf, tree.size());
      if (acts) await checkAct(leaf.index, entry, acts.next);
      tiles.add(tree.push(hash));
      verdict.leaves = tree.size();
      if (tree.size() >= roots.nextSize()) await roots.meet(tree.size(), tree.root);
    }
    await checkTiles(log, tiles.take());
  }
  roots.end(tree.size());
  await checkTiles(log, tiles.partial());
  verdict.waiting = acts ? await acts.rest() : 0;
}

function checkLeaf({ index, entry, hash, key }: StoredLeaf, expected: number): { hash: Uint8Array; entry: Entry } {
  if (index !== expected) throw new Found({ what: 'leaf-missing', index: expected });
  const computed = leafHash(entry);
  const read = decode(entry);
  const act = key ?? (read && keyOf(read));
  if (hash && !sameHash(hash, computed)) throw new Found({ what: 'leaf-changed', index, act });
  if (!read) throw new Found({ what: 'leaf-unreadable', index, act });
  if (key && nameOf(key) !== nameOf(read))
    throw new Found({ what: 'leaf-renamed', index, act: keyOf(read), found: key });
  return { hash: computed, entry: read };
}

type NextAct = (act: ActKey, index: number) => Promise<StoredAct | undefined>;

/** The act a leaf is about has to be as it was. */
async function checkAct(index: number, entry: Entry, next: NextAct): Promise<void> {
  const act = keyOf(entry);
  const stored = await next(act, index);
  if (!stored) return;
  const { event, type = event.type, at = event.at } = stored;
  if (event.type !== entry.type || type !== entry.type) throw new Found({ what: 'act-type-changed', index, act });
  if (event.at !== entry.at || at !== entry.at) throw new Found({ what: 'act-time-changed', index, act });
  if (stored.astray || digestOf(event) !== entry.sha256) throw new Found({ what: 'act-changed', index, act });
}

/** Hands out acts in the order of the log, which is the order of their feed unless another is forgiven. */
function actsInTurn({ acts, isLogged }: ActSource, anyOrder: boolean) {
  const early = new Map<string, StoredAct>();
  const next: NextAct = async (act, index) => {
    const feed = acts[act.kind];
    const waiting = early.get(nameOf(act));
    if (!feed || early.delete(nameOf(act))) return waiting;
    for (;;) {
      const { value: stored, done } = await feed.next();
      if (done) throw new Found({ what: 'act-missing', index, act });
      const found = keyOf({ ...stored, kind: act.kind });
      if (nameOf(found) === nameOf(act)) return stored;
      if (!(await isLogged(found))) throw new Found({ what: 'act-added', index, act: found });
      if (!anyOrder)
        throw new Found({ what: (await isAhead(feed, act)) ? 'act-moved' : 'act-missing', index, act, found });
      early.set(nameOf(found), stored);
    }
  };
  const rest = async () => {
    let count = early.size;
    for (const feed of Object.values(acts)) while (!(await feed.next()).done) count++;
    return count;
  };
  return { next, rest };
}

async function isAhead(feed: AsyncIterator<StoredAct>, act: ActKey): Promise<boolean> {
  for (let next = await feed.next(); !next.done; next = await feed.next())
    if (nameOf({ ...next.value, kind: act.kind }) === nameOf(act)) return true;
  return false;
}

async function checkTiles(log: LogSource, tiles: Tile[]): Promise<void> {
  const names = tiles.map(({ level, index, hashes }) => ({ level, index, width: hashes.length }));
  const stored = names.length > 0 ? await log.hashesOf(names) : [];
  for (const [at, tile] of tiles.entries()) {
    const bytes = stored[at];
    const computed = Buffer.concat(tile.hashes);
    if (!bytes || !sameHash(bytes, computed))
      throw new Found({
        what: 'tile-changed',
        tile: pathOf({ ...tile, width: tileWidth }),
        size: computed.length / hashSize,
      });
  }
}

/** Every signed root, met when the tree has that size. */
async function rootsToMeet(log: LogSource, known: string[], verdict: Verdict) {
  const signed = log.checkpoints[Symbol.asyncIterator]();
  if (log.wrongChange !== undefined) throw new Found({ what: 'key-change-wrong', size: log.wrongChange });
  const opened = (note: string) => {
    const { size } = readCheckpoint(readNote(note).text);
    return readCheckpoint(openNote(note, log.verifiersAt(size)).text);
  };
  let ahead = [...known, ...(log.changes ?? [])].map(opened);
  let next = await signed.next();
  let last = 0;
  const nextSize = () => Math.min(next.done ? Infinity : next.value.size, ...ahead.map(({ size }) => size));
  return {
    nextSize,
    async meet(size: number, root: () => Uint8Array): Promise<void> {
      for (const one of ahead)
        if (one.size === size && !sameHash(one.root, root()))
          throw new Found({ what: 'known-checkpoint-differs', size });
      ahead = ahead.filter((one) => one.size > size);
      for (; !next.done && next.value.size === size; next = await signed.next()) {
        checkNote(next.value, log.verifiersAt(size), root());
        verdict.checkpoints++;
        last = size;
      }
    },
    end(size: number): void {
      if (!next.done) throw new Found({ what: 'leaves-cut-off', size: next.value.size });
      if (ahead.length > 0) throw new Found({ what: 'leaves-cut-off', size });
      if (last !== size) throw new Found({ what: 'leaves-not-signed', index: last });
    },
  };
}

function checkNote({ size, root, note }: StoredCheckpoint, verifiers: Verifier[], computed: Uint8Array): void {
  let stated: { size: number; root: Uint8Array };
  try {
    stated = readCheckpoint(openNote(note, verifiers).text);
  } catch {
    throw new Found({ what: 'checkpoint-changed', size });
  }
  const same = stated.size === size && (!root || sameHash(root, stated.root));
  if (!same) throw new Found({ what: 'checkpoint-changed', size });
  if (!sameHash(stated.root, computed)) throw new Found({ what: 'root-differs', size });
}

const keyOf = ({ kind, region, number, seq }: ActKey): ActKey => ({ kind, region, number, seq });
const nameOf = ({ kind, region, number, seq }: ActKey) => `${kind}/${region}/${number}/${seq}`;
