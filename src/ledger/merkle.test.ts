import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  consistencyRanges,
  emptyRoot,
  fold,
  growingTree,
  type Hash,
  inclusionRanges,
  isConsistent,
  isIncluded,
  leafHash,
  nodeHash,
  type Range,
} from './merkle.ts';

/** The definition of RFC 6962, 2.1, word for word. */
function naive(leaves: Hash[]): Hash {
  if (leaves.length === 0) return emptyRoot;
  if (leaves.length === 1) return leaves[0] as Hash;
  const split = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return nodeHash(naive(leaves.slice(0, split)), naive(leaves.slice(split)));
}
const hex = (hash: Hash) => Buffer.from(hash).toString('hex');
const leavesOf = (count: number) => Array.from({ length: count }, (_, at) => leafHash(Buffer.from(`leaf ${at}`)));
const hashesOf = (leaves: Hash[], ranges: Range[]) => ranges.map(({ from, to }) => naive(leaves.slice(from, to)));
const size = fc.integer({ min: 1, max: 300 });
/** A tree and a smaller number, down to zero. */
const within = size.chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 1 })));

describe('the tree of RFC 6962', () => {
  test('has the published roots of the eight standard leaves', () => {
    const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
    const tree = growingTree();
    const roots = inputs.map((input) => {
      tree.push(leafHash(Buffer.from(input, 'hex')));
      return hex(tree.root());
    });
    expect(hex(emptyRoot)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(roots).toEqual([
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ]);
  });

  test('grown leaf by leaf is the tree as it is defined', () => {
    fc.assert(
      fc.property(size, (size) => {
        const leaves = leavesOf(size);
        const tree = growingTree();
        for (const leaf of leaves) tree.push(leaf);
        expect(hex(tree.root())).toBe(hex(naive(leaves)));
      }),
    );
    expect(hex(fold(leavesOf(64)))).toBe(hex(naive(leavesOf(64))));
  });
});

describe('a proof that a leaf is in a tree', () => {
  test('holds for every leaf of every tree', () => {
    fc.assert(
      fc.property(within, ([size, index]) => {
        const leaves = leavesOf(size);
        const proof = hashesOf(leaves, inclusionRanges(index, size));
        expect(isIncluded(leaves[index] as Hash, index, size, proof, naive(leaves))).toBe(true);
      }),
    );
  });

  test('does not hold for another leaf, place, size, root, or with a bit turned, a hash more or less', () => {
    fc.assert(
      fc.property(within, fc.nat(), (chosen, seed) => {
        const [size, index] = chosen;
        const leaves = leavesOf(size);
        const [leaf, root] = [leaves[index] as Hash, naive(leaves)];
        const proof = hashesOf(leaves, inclusionRanges(index, size));
        const turned = (hash: Hash) => hash.map((byte, at) => (at === seed % 32 ? byte ^ (1 << (seed % 8)) : byte));
        const broken = proof.map((hash, at) => (at === seed % proof.length ? turned(hash) : hash));
        expect(isIncluded(turned(leaf), index, size, proof, root)).toBe(false);
        expect(isIncluded(leaf, index, size, proof, turned(root))).toBe(false);
        expect(isIncluded(leaf, index, size, [...proof, leaf], root)).toBe(false);
        expect(isIncluded(leaf, size + (seed % 3), size, proof, root)).toBe(false);
        if (proof.length === 0) return;
        expect(isIncluded(leaf, index, size, broken, root)).toBe(false);
        expect(isIncluded(leaf, index, size, proof.slice(1), root)).toBe(false);
        expect(isIncluded(leaf, (index + 1) % size, size, proof, root)).toBe(false);
      }),
    );
  });
});

describe('a proof that a tree continues an earlier one', () => {
  test('holds for every two sizes', () => {
    fc.assert(
      fc.property(within, ([size, old]) => {
        const leaves = leavesOf(size);
        const [before, root] = [naive(leaves.slice(0, old)), naive(leaves)];
        const proof = hashesOf(leaves, consistencyRanges(old, size));
        expect(isConsistent(old, before, size, root, proof)).toBe(true);
        expect(isConsistent(size, root, size, root, [])).toBe(true);
      }),
    );
  });

  test('does not hold when an earlier leaf was changed, or the proof', () => {
    fc.assert(
      fc.property(
        within.filter(([, old]) => old > 0),
        fc.nat(),
        ([size, old], seed) => {
          const leaves = leavesOf(size);
          const rewritten = leaves.with(seed % old, leafHash(Buffer.from('another')));
          const before = naive(leaves.slice(0, old));
          const proof = hashesOf(rewritten, consistencyRanges(old, size));
          expect(isConsistent(old, before, size, naive(rewritten), proof)).toBe(false);
          const right = hashesOf(leaves, consistencyRanges(old, size));
          expect(isConsistent(old, before, size, naive(leaves), right.slice(1))).toBe(false);
          expect(isConsistent(old, before, size, naive(leaves), [...right, emptyRoot])).toBe(false);
          expect(isConsistent(size, naive(leaves), old, before, right)).toBe(false);
        },
      ),
    );
  });
});
