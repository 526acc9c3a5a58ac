import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { growingTree, type Hash, leafHash } from './merkle.ts';
import {
  bundleOf,
  edgeOf,
  entriesOf,
  grow,
  hashOf,
  pathOf,
  rootOfEdge,
  type Tile,
  tileAt,
  tilesOf,
  tileWidth,
} from './tiles.ts';

const leaf = (at: number) => leafHash(Buffer.from(`leaf ${at}`));
const leaves = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => leaf(from + at));
function rootOf(from: number, to: number): Hash {
  const tree = growingTree();
  for (const one of leaves(from, to)) tree.push(one);
  return tree.root();
}

describe('tile paths', () => {
  test('are spelt as C2SP spells them', () => {
    expect(pathOf({ level: 0, index: 1234067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(pathOf({ level: 'entries', index: 0, width: 7 })).toBe('tile/entries/000.p/7');
  });

  test('are read back, and only in that spelling', () => {
    const name = fc.record({
      level: fc.oneof(fc.constant('entries' as const), fc.integer({ min: 0, max: 5 })),
      index: fc.integer({ min: 0, max: 10 ** 12 }),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(
      fc.property(name, (name) => {
        expect(tileAt(pathOf(name))).toEqual(name);
      }),
    );
    for (const path of [
      'tile/00/000',
      'tile/0/0',
      'tile/0/x000/001',
      'tile/0/000.p/256',
      'tile/0/000.p/0',
      'tile/0/../1',
    ])
      expect(tileAt(path), path).toBeUndefined();
  });
});

describe('the tiles of a growing tree', () => {
  test('a tree of 70,000 has the tiles the specification counts', () => {
    const tiles = [...tilesOf(70_000)];
    const of = (level: number) => tiles.filter((tile) => tile.level === level).map(({ width }) => width);
    expect([of(0).length, of(0).at(-1), of(1), of(2)]).toEqual([274, 112, [256, 17], [1]]);
    expect(edgeOf(256)).toEqual([{ level: 1, index: 0, width: 1 }]);
  });

  test('grown in any steps give the root and the hash of any range, and the edge says where to go on', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(steps, (steps) => {
        const kept = new Map<string, Hash[]>();
        let size = 0;
        let edge: Tile[] = [];
        for (const step of steps) {
          const grown = grow(size, edge, leaves(size, size + step));
          for (const { level, index, hashes } of grown.changed) kept.set(`${level}/${index}`, hashes);
          size += step;
          edge = grown.edge;
          expect(edge.map(({ level, index, hashes }) => ({ level, index, width: hashes.length }))).toEqual(
            edgeOf(size),
          );
        }
        const root = rootOf(0, size);
        expect(rootOfEdge(edge)).toEqual(root);
        const wanted = [...tilesOf(size)].map(({ level, index, width }) => [`${level}/${index}`, width]);
        expect([...kept].map(([name, hashes]) => [name, hashes.length]).sort()).toEqual(wanted.sort());
        const hashes = hashOf({ from: 0, to: size }, ({ level, index }) => kept.get(`${level}/${index}`) ?? []);
        expect(hashes).toEqual(root);
      }),
      { numRuns: 15 },
    );
  });

  test('a third level begins after 65,536 leaves', () => {
    const size = tileWidth ** 2 + 300;
    const { edge, changed } = grow(0, [], leaves(0, size));
    expect(edge.map(({ level, index, hashes }) => [level, index, hashes.length])).toEqual([
      [2, 0, 1],
      [1, 1, 1],
      [0, 257, 44],
    ]);
    expect(rootOfEdge(edge)).toEqual(rootOf(0, size));
    expect(changed.length).toBe(258 + 2 + 1);
  });
});

test('a bundle gives back its entries, and one that ends too early is refused', () => {
  const entries = fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 20 });
  fc.assert(
    fc.property(entries, (entries) => {
      const read = entriesOf(bundleOf(entries));
      expect(read.map((entry) => [...entry])).toEqual(entries.map((entry) => [...entry]));
    }),
  );
  expect(() => entriesOf(Uint8Array.of(0, 2, 65))).toThrow(/too early/);
});
