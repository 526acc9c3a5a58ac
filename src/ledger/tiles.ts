import { fold, type Hash, join, type Range, type Subtree, subtreesOf } from './merkle.ts';

/**
 * The tree cut into tiles of height 8, as C2SP tlog-tiles serves it: level 0 holds leaf hashes, each hash above is the
 * root of a full tile below. A tile that is not full yet is partial; it is the beginning of the fuller one. Pure.
 */
export const tileWidth = 256;
export const tileHeight = 8;
export const hashSize = 32;

/** `entries` names a bundle of entries; it is numbered as the tiles of level 0. */
export type TileName = { level: number | 'entries'; index: number; width: number };
export type Tile = { level: number; index: number; hashes: Hash[] };

/** `tile/0/x001/067` and `tile/0/x001/067.p/12`. */
export function pathOf({ level, index, width }: TileName): string {
  const digits = String(index);
  const parts = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  const number = parts.map((part, at) => (at < parts.length - 1 ? `x${part}` : part)).join('/');
  return `tile/${level}/${number}${width < tileWidth ? `.p/${width}` : ''}`;
}

/** Reads what `pathOf` writes; nothing for any other spelling of it. */
export function tileAt(path: string): TileName | undefined {
  const [, level = '', number = '', width] =
    /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? [];
  const name: TileName = {
    level: level === 'entries' ? level : Number(level),
    index: Number(number.replace(/[x/]/g, '')),
    width: width === undefined ? tileWidth : Number(width),
  };
  return name.width > 0 && path === pathOf(name) ? name : undefined;
}

/** Every tile of a tree of this size, partial ones as wide as they are. */
export function* tilesOf(size: number): Generator<TileName & { level: number }> {
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / tileWidth))
    for (let index = 0; index * tileWidth < count; index++)
      yield { level, index, width: Math.min(tileWidth, count - index * tileWidth) };
}

/** How wide a tile is in a tree of this size. */
export const widthIn = (size: number, { level, index }: { level: number; index: number }): number =>
  Math.min(tileWidth, Math.floor(size / tileWidth ** level) - index * tileWidth);

/** The tiles at the right edge that are not full, from the top down: what is needed to go on. */
export function edgeOf(size: number): (TileName & { level: number })[] {
  const edge: (TileName & { level: number })[] = [];
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / tileWidth)) {
    const width = count % tileWidth;
    if (width > 0) edge.unshift({ level, index: Math.floor(count / tileWidth), width });
  }
  return edge;
}

/** The root of the tree that has these edge tiles, from the top down. */
export function rootOfEdge(edge: Tile[]): Hash {
  return join(edge.flatMap(({ hashes }) => inTile(hashes, { from: 0, to: hashes.length })));
}

/** Adds leaves to the edge of a tree. Gives every tile that changed, and the new edge. */
export function grow(size: number, edge: Tile[], leaves: Hash[]): { changed: Tile[]; edge: Tile[] } {
  const open = edge.map((tile) => ({ ...tile, hashes: [...tile.hashes] })).reverse();
  const byLevel: Tile[] = [];
  for (const tile of open) byLevel[tile.level] = tile;
  const changed = new Set<Tile>();
  const add = (level: number, hash: Hash) => {
    const tile = byLevel[level] ?? { level, index: Math.floor(size / tileWidth ** (level + 1)), hashes: [] };
    byLevel[level] = tile;
    tile.hashes.push(hash);
    changed.add(tile);
    if (tile.hashes.length < tileWidth) return;
    byLevel[level] = { level, index: tile.index + 1, hashes: [] };
    add(level + 1, fold(tile.hashes));
  };
  for (const leaf of leaves) add(0, leaf);
  return { changed: [...changed], edge: byLevel.filter((tile) => tile && tile.hashes.length > 0).reverse() };
}

/** The tile a subtree's hash can be computed from, and where in it. */
export function placeOf({ level, index }: Subtree): { tile: { level: number; index: number }; range: Range } {
  const tileLevel = Math.floor(level / tileHeight);
  const width = 2 ** (level % tileHeight);
  const first = index * width;
  const from = first % tileWidth;
  return { tile: { level: tileLevel, index: Math.floor(first / tileWidth) }, range: { from, to: from + width } };
}

/** The hash of a range of leaves, with tiles from wherever they are kept. */
export function hashOf(range: Range, hashesOf: (tile: { level: number; index: number }) => Hash[]): Hash {
  const hashes = subtreesOf(range).map((subtree) => {
    const { tile, range } = placeOf(subtree);
    return fold(hashesOf(tile).slice(range.from, range.to));
  });
  return join(hashes);
}

export function split(bytes: Uint8Array): Hash[] {
  return Array.from({ length: bytes.length / hashSize }, (_, at) => bytes.subarray(at * hashSize, (at + 1) * hashSize));
}

/** A bundle of entries: each with its length in two bytes before it. */
export function bundleOf(entries: Uint8Array[]): Uint8Array {
  return Buffer.concat(entries.flatMap((entry) => [Buffer.of(entry.length >> 8, entry.length & 255), entry]));
}

export function entriesOf(bundle: Uint8Array): Uint8Array[] {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bundle.length; ) {
    const length = (bundle[at] as number) * 256 + (bundle[at + 1] ?? Number.NaN);
    const entry = bundle.subarray(at + 2, at + 2 + length);
    if (entry.length !== length) throw new Error('a bundle of entries ends too early');
    entries.push(entry);
    at += 2 + length;
  }
  return entries;
}

const inTile = (hashes: Hash[], range: Range): Hash[] =>
  subtreesOf(range).map(({ level, index }) => fold(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level)));

/** Tiles of a tree that grows, made of the subtrees it completes; those that became full wait to be taken. */
export function growingTiles() {
  const open: Tile[] = [];
  let full: Tile[] = [];
  return {
    add(completed: Uint8Array[]): void {
      for (let level = 0; level * tileHeight < completed.length; level++) {
        const tile = open[level] ?? { level, index: 0, hashes: [] };
        open[level] = tile;
        tile.hashes.push(completed[level * tileHeight] as Uint8Array);
        if (tile.hashes.length < tileWidth) continue;
        full.push(tile);
        open[level] = { level, index: tile.index + 1, hashes: [] };
      }
    },
    take(): Tile[] {
      const taken = full;
      full = [];
      return taken;
    },
    partial: () => open.filter(({ hashes }) => hashes.length > 0),
  };
}
