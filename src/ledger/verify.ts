import { type Act, type ActKey, decode, digestOf } from './entry.ts';
import { growingTree, leafHash, sameHash } from './merkle.ts';
import { openNote, readCheckpoint, type Verifier } from './note.ts';
import { grow, hashSize, pathOf, type Tile, type TileName, tileWidth } from './tiles.ts';

/**
 * Checks a whole log against itself, against the acts it is about, and against checkpoints kept elsewhere. It reads in
 * order, keeps little, recomputes everything, and stops at the first difference, which it names.
 */
export type StoredLeaf = { index: number; entry: string; hash?: Uint8Array; key?: ActKey };
export type StoredCheckpoint = { size: number; root?: Uint8Array; note: string };
/** An act with the columns that repeat what is in it. */
export type StoredAct = Act & { type?: string; at?: string };
export type LogSource = {
  verifiers: Verifier[];
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
  | 'tile-changed'
  | 'root-differs'
  | 'checkpoint-changed'
  | 'leaves-cut-off'
  | 'leaves-not-signed'
  | 'known-checkpoint-differs';
export type Difference = { what: What; index?: number; act?: ActKey; found?: ActKey; tile?: string; size?: number };
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
};

export async function verifyLog(log: LogSource, source?: ActSource, options: VerifyOptions = {}): Promise<Verdict> {
  const verdict: Verdict = { leaves: 0, checkpoints: 0, waiting: 0, difference: undefined };
  try {
    const acts = source && actsInTurn(source, options.anyOrder ?? false);
    await walk(log, acts, options.known ?? [], verdict);
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
  await roots.meet(0, tree.root);
  let edge: Tile[] = [];
  for await (const page of log.leaves) {
    const hashes: Uint8Array[] = [];
    for (const leaf of page) {
      const hash = checkLeaf(leaf, tree.size());
      if (acts) await checkAct(leaf, acts.next);
      tree.push(hash);
      hashes.push(hash);
      verdict.leaves = tree.size();
      await roots.meet(tree.size(), tree.root);
    }
    const grown = grow(tree.size() - page.length, edge, hashes);
    await checkTiles(log, grown.changed);
    edge = grown.edge;
  }
  roots.end(tree.size());
  await checkTiles(log, edge, true);
  verdict.waiting = acts ? await acts.rest() : 0;
}

function checkLeaf({ index, entry, hash, key }: StoredLeaf, expected: number): Uint8Array {
  if (index !== expected) throw new Found({ what: 'leaf-missing', index: expected });
  const computed = leafHash(Buffer.from(entry));
  const read = decode(entry);
  const act = key ?? (read && keyOf(read));
  if (hash && !sameHash(hash, computed)) throw new Found({ what: 'leaf-changed', index, act });
  if (!read) throw new Found({ what: 'leaf-unreadable', index, act });
  if (key && nameOf(key) !== nameOf(read))
    throw new Found({ what: 'leaf-renamed', index, act: keyOf(read), found: key });
  return computed;
}

type NextAct = (act: ActKey, index: number) => Promise<StoredAct | undefined>;

/** The act a leaf is about has to be as it was. */
async function checkAct({ index, entry }: StoredLeaf, next: NextAct): Promise<void> {
  const read = decode(entry);
  const act = read && keyOf(read);
  const stored = act && (await next(act, index));
  if (!read || !stored) return;
  const { event, type = event.type, at = event.at } = stored;
  if (event.type !== read.type || type !== read.type) throw new Found({ what: 'act-type-changed', index, act });
  if (event.at !== read.at || at !== read.at) throw new Found({ what: 'act-time-changed', index, act });
  if (digestOf(event) !== read.sha256) throw new Found({ what: 'act-changed', index, act });
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

/** A stored tile may have grown since; what was computed has to be its beginning, or at the end all of it. */
async function checkTiles(log: LogSource, tiles: Tile[], whole = false): Promise<void> {
  const names = tiles.map(({ level, index, hashes }) => ({ level, index, width: hashes.length }));
  const stored = names.length > 0 ? await log.hashesOf(names) : [];
  for (const [at, tile] of tiles.entries()) {
    const bytes = stored[at];
    const computed = Buffer.concat(tile.hashes);
    const right = bytes && sameHash(bytes.subarray(0, computed.length), computed);
    if (!right || (whole && bytes.length !== computed.length))
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
  const elsewhere = known.map((note) => readCheckpoint(openNote(note, log.verifiers).text));
  let next = await signed.next();
  let last = 0;
  return {
    async meet(size: number, root: () => Uint8Array): Promise<void> {
      for (const one of elsewhere)
        if (one.size === size && !sameHash(one.root, root()))
          throw new Found({ what: 'known-checkpoint-differs', size });
      for (; !next.done && next.value.size === size; next = await signed.next()) {
        checkNote(next.value, log.verifiers, root());
        verdict.checkpoints++;
        last = size;
      }
    },
    end(size: number): void {
      if (!next.done) throw new Found({ what: 'leaves-cut-off', size: next.value.size });
      if (elsewhere.some((one) => one.size > size)) throw new Found({ what: 'leaves-cut-off', size });
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
