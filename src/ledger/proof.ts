import { type ActKey, decode, digestOf } from './entry.ts';
import { type Hash, inclusionRanges, isIncluded, leafHash, subtreesOf } from './merkle.ts';
import { openNote, readCheckpoint, type Verifier } from './note.ts';
import { sha256Hex } from './sha256.ts';
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
  /** The act the entry hashes, where it is handed out; and what its commitment is of, in base64. */
  act?: { sealed?: string };
  opened?: string;
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

/** The proof with the acts it is about, each beside its entry, so that it binds what was done and not only that something was. */
export function withActs(proof: ProofDocument, acts: { seq: number; act: object; opened?: string }[]): ProofDocument {
  const bySeq = new Map(acts.map(({ seq, ...act }) => [seq, act]));
  return { ...proof, acts: proof.acts.map((one) => ({ ...one, ...bySeq.get(decode(one.entry)?.seq ?? 0) })) };
}

/** Checks a proof with the keys one trusts. Gives the acts it proves; an error says what is wrong. */
export function checkProof(document: ProofDocument, verifiers: Verifier[]): (ActKey & { type: string; at: string })[] {
  const { size, root } = readCheckpoint(openNote(document.checkpoint, verifiers).text);
  return document.acts.map(({ index, entry, hashes, act, opened }) => {
    const read = decode(entry);
    const path = hashes.map((hash) => Buffer.from(hash, 'base64'));
    if (!read) throw new Error(`entry ${index} is not in its one form`);
    if (!isIncluded(leafHash(entry), index, size, path, root))
      throw new Error(`entry ${index} is not in the tree of ${size}`);
    if (act && digestOf(act) !== read.sha256) throw new Error(`the act is not the one of entry ${index}`);
    if (opened !== undefined && sha256Hex(Buffer.from(opened, 'base64')) !== act?.sealed)
      throw new Error(`what was sealed is not that of entry ${index}`);
    const { kind, region, number, seq, type, at } = read;
    return { kind, region, number, seq, type, at };
  });
}
