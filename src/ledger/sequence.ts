import { randomBytes } from 'node:crypto';
import type { Clock, Db } from '../platform/door.ts';
import { type Act, decode, digestOf, encode, entryOf } from './entry.ts';
import { leafHash, sameHash } from './merkle.ts';
import { checkpointText, type Signer, signNote } from './note.ts';
import { append, entriesOfActs, hashesOf, keysNow, latest, takeTurn } from './store.ts';
import { edgeOf, grow, hashSize, rootOfEdge, split, type Tile } from './tiles.ts';

const nonceSize = 16;

/** The log contradicts itself, so nothing may be added to it. */
export class Inconsistent extends Error {}

type Options = {
  kind: string;
  origin: string;
  /** Verifier keys of the signers. */
  own: string[];
  signers: Signer[];
  clock: Clock;
  /** Some of the acts may be in the log already. */
  again: boolean;
};

/**
 * Adds acts to the log and signs the new size, in the transaction it is given: leaves, tiles, checkpoint and the
 * subscriber's cursor are written together or not at all. Before that the edge of the tree has to give the root that
 * was signed last, so that a log that was tampered with is never signed again. Gives how many were in it already.
 */
export async function sequence(
  tx: Db,
  delivered: Act[],
  { kind, origin, own, signers, clock, again }: Options,
): Promise<number> {
  await takeTurn(tx, origin);
  // Somebody may have changed the keys since this process was started.
  if ((await keysNow(tx, origin))?.join() !== own.join()) throw new Inconsistent('the log has other keys by now');
  const acts = again ? await notLogged(tx, origin, kind, delivered) : delivered;
  if (acts.length === 0) return delivered.length;
  const head = await latest(tx, origin);
  const size = head?.size ?? 0;
  const edge = await loadEdge(tx, origin, size);
  if (head && !sameHash(rootOfEdge(edge), head.root))
    throw new Inconsistent(`the tiles of ${size} leaves do not give the root that was signed`);
  const nonces = randomBytes(nonceSize * acts.length).toString('hex');
  const leaves = acts.map((act, at) => {
    const { region, number, seq } = act;
    const nonce = nonces.slice(at * nonceSize * 2, (at + 1) * nonceSize * 2);
    const entry = encode(entryOf(kind, act, nonce));
    return { index: size + at, kind, region, number, seq, entry, hash: leafHash(entry) as Buffer };
  });
  const grown = grow(
    size,
    edge,
    leaves.map(({ hash }) => hash),
  );
  const checkpoint = { origin, size: size + acts.length, root: rootOfEdge(grown.edge) as Buffer };
  const signed = { ...checkpoint, note: signNote(checkpointText(checkpoint), signers) };
  await append(tx, origin, { leaves, tiles: grown.changed, signed, at: clock().toISOString() });
  return delivered.length - acts.length;
}

/** Passes over acts that are in the log already, as they are after a restore; one that has changed since stops it. */
async function notLogged(tx: Db, origin: string, kind: string, acts: Act[]): Promise<Act[]> {
  const entries = await entriesOfActs(tx, origin, kind, acts);
  return acts.filter((act, at) => {
    const entry = entries[at];
    if (entry && decode(entry)?.sha256 !== digestOf(act.event))
      throw new Inconsistent('an act that was delivered again is not as it was logged');
    return !entry;
  });
}

async function loadEdge(tx: Db, origin: string, size: number): Promise<Tile[]> {
  const names = edgeOf(size);
  const found = names.length > 0 ? await hashesOf(tx, origin, names) : [];
  return names.map(({ level, index, width }, at) => {
    const hashes = found[at];
    if (hashes?.length !== width * hashSize) throw new Inconsistent(`tile ${level}/${index} is not ${width} wide`);
    return { level, index, hashes: split(hashes) };
  });
}
