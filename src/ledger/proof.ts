import { type ActKey, decode } from './entry.ts';
import { type Hash, inclusionRanges, isIncluded, leafHash, subtreesOf } from './merkle.ts';
import { openNote, readCheckpoint, type Verifier } from './note.ts';
import { hashOf, placeOf } from './tiles.ts';

/** A proof that acts are in the log, to be checked by anybody, offline, with the key of the log. Pure. */
export type ProofDocument = {
  format: 'tongban-proof/v1';
  /** Signed note: name of the log, size, root, signatures. */
  checkpoint: string;
  /** The keys that verify it. Whoever checks should know the right one from elsewhere. */
  keys: string[];
  acts: ProvenAct[];
};
export type ProvenAct = {
  index: number;
  /** The leaf, byte for byte. */
  entry: string;
  /** Siblings on the way to the root, in base64, nearest first. */
  hashes: string[];
};

/** Tiles needed to prove that leaves are in a tree. */
export function tilesNeeded(indexes: number[], size: number): { level: number; index: number }[] {
  const places = indexes
    .flatMap((index) => inclusionRanges(index, size))
    .flatMap(subtreesOf)
    .map((subtree) => placeOf(subtree).tile);
  return [...new Map(places.map((tile) => [nameOf(tile), tile])).values()];
}

export function inclusionOf(index: number, size: number, tiles: Map<string, Hash[]>): Hash[] {
  return inclusionRanges(index, size).map((range) => hashOf(range, (tile) => tiles.get(nameOf(tile)) ?? []));
}

export const nameOf = ({ level, index }: { level: number; index: number }) => `${level}/${index}`;

/** The same proof of one act in the public form (C2SP tlog-proof). */
export function tlogProof({ checkpoint }: ProofDocument, { index, hashes }: ProvenAct): string {
  return `c2sp.org/tlog-proof@v1\nindex ${index}\n${hashes.map((hash) => `${hash}\n`).join('')}\n${checkpoint}`;
}

/** Checks a proof with the keys one trusts. Gives the acts it proves; an error says what is wrong. */
export function checkProof(document: ProofDocument, verifiers: Verifier[]): (ActKey & { type: string; at: string })[] {
  const { size, root } = readCheckpoint(openNote(document.checkpoint, verifiers).text);
  return document.acts.map(({ index, entry, hashes }) => {
    const read = decode(entry);
    const path = hashes.map((hash) => Buffer.from(hash, 'base64'));
    if (!read) throw new Error(`entry ${index} is not in its one form`);
    if (!isIncluded(leafHash(entry), index, size, path, root))
      throw new Error(`entry ${index} is not in the tree of ${size}`);
    const { kind, region, number, seq, type, at } = read;
    return { kind, region, number, seq, type, at };
  });
}
