import { sha256 } from './sha256.ts';

/**
 * The Merkle tree of RFC 6962 over leaf hashes: roots, proofs that a leaf is in a tree, proofs that a tree continues an
 * earlier one. A proof is made of ranges of leaves; what holds the hashes (memory or tiles) is somebody else's matter.
 * Pure. Sizes are plain numbers and stay exact up to 2^53.
 */
export type Hash = Uint8Array;
/** A full subtree: the 2^level leaves from index × 2^level on. */
export type Subtree = { level: number; index: number };
/** Leaves from `from` up to, not including, `to`. */
export type Range = { from: number; to: number };

export const emptyRoot: Hash = sha256('');

export function leafHash(entry: Uint8Array | string): Hash {
  if (typeof entry === 'string') return sha256(`\0${entry}`);
  const bytes = new Uint8Array(entry.length + 1);
  bytes.set(entry, 1);
  return sha256(bytes);
}

const pair = new Uint8Array(65).fill(1, 0, 1);
export function nodeHash(left: Hash, right: Hash): Hash {
  pair.set(left, 1);
  pair.set(right, 33);
  return sha256(pair);
}

export const sameHash = (one: Hash, other: Hash): boolean => Buffer.compare(one, other) === 0;

/** The full subtrees a range is made of, largest first. The range has to be one the tree splits into. */
export function subtreesOf({ from, to }: Range): Subtree[] {
  const found: Subtree[] = [];
  for (let at = from; at < to; ) {
    const width = largestPower(to - at);
    found.push({ level: Math.log2(width), index: at / width });
    at += width;
  }
  return found;
}

/** The hash of neighbouring subtrees, largest first: the hash of their range. */
export function join(hashes: Hash[]): Hash {
  const last = hashes.at(-1);
  if (!last) return emptyRoot;
  return hashes.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
}

/** The hash of 2^n neighbours. */
export function fold(hashes: Hash[]): Hash {
  let row = hashes;
  while (row.length > 1)
    row = Array.from({ length: row.length / 2 }, (_, at) => nodeHash(row[at * 2] as Hash, row[at * 2 + 1] as Hash));
  return row[0] as Hash;
}

/** Which ranges prove that the leaf at `index` is in a tree of `size`, nearest the leaf first. */
export function inclusionRanges(index: number, size: number): Range[] {
  const ranges: Range[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  return ranges.reverse();
}

/** Which ranges prove that a tree of `size` continues one of `old` leaves. None when there is nothing to prove. */
export function consistencyRanges(old: number, size: number): Range[] {
  if (old === 0 || old === size) return [];
  const ranges: Range[] = [];
  let [from, to] = [0, size];
  while (to !== old) {
    const middle = from + splitOf(to - from);
    if (old <= middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  // The old tree itself is known to who asks.
  if (from > 0) ranges.push({ from, to });
  return ranges.reverse();
}

/** Whether the proof leads from the leaf to the root (RFC 9162, 2.1.3.2). */
export function isIncluded(leaf: Hash, index: number, size: number, proof: Hash[], root: Hash): boolean {
  if (index < 0 || index >= size) return false;
  let [at, last] = [index, size - 1];
  let hash = leaf;
  for (const next of proof) {
    if (last === 0) return false;
    if (odd(at) || at === last) {
      hash = nodeHash(next, hash);
      for (; !odd(at) && at !== 0; last = half(last)) at = half(at);
    } else hash = nodeHash(hash, next);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameHash(hash, root);
}

/** Whether the proof leads from the old root to the new one (RFC 9162, 2.1.4.2). */
export function isConsistent(old: number, oldRoot: Hash, size: number, root: Hash, proof: Hash[]): boolean {
  if (old > size) return false;
  if (old === size) return proof.length === 0 && sameHash(oldRoot, root);
  if (old === 0) return proof.length === 0 && sameHash(oldRoot, emptyRoot);
  const path = largestPower(old) === old ? [oldRoot, ...proof] : proof;
  let [at, last] = [old - 1, size - 1];
  for (; odd(at); last = half(last)) at = half(at);
  const [first, ...rest] = path;
  if (!first) return false;
  let [before, now] = [first, first];
  for (const next of rest) {
    if (last === 0) return false;
    if (odd(at) || at === last) {
      [before, now] = [nodeHash(next, before), nodeHash(next, now)];
      for (; !odd(at) && at !== 0; last = half(last)) at = half(at);
    } else now = nodeHash(now, next);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameHash(before, oldRoot) && sameHash(now, root);
}

/**
 * A tree that grows leaf by leaf and keeps only what the next root needs. `push` gives the hashes of the full subtrees
 * the leaf completes, smallest first, the leaf itself included.
 */
export function growingTree() {
  const edge: Hash[] = [];
  let size = 0;
  return {
    size: () => size,
    push(leaf: Hash): Hash[] {
      const completed = [leaf];
      let hash = leaf;
      for (let at = size; odd(at); at = half(at)) {
        hash = nodeHash(edge.pop() as Hash, hash);
        completed.push(hash);
      }
      edge.push(hash);
      size++;
      return completed;
    },
    root: (): Hash => join(edge),
  };
}

const odd = (number: number) => number % 2 === 1;
const half = (number: number) => Math.floor(number / 2);

/** The largest power of two that is not larger. */
function largestPower(number: number): number {
  let power = 1;
  while (power * 2 <= number) power *= 2;
  return power;
}

/** Where a tree of this many leaves splits: the largest power of two that is smaller. */
const splitOf = (leaves: number) => largestPower(leaves - 1);
