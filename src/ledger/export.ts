import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Db } from '../platform/door.ts';
import { verifierOf } from './keys.ts';
import { readCheckpoint, readNote } from './note.ts';
import { bundle, hashesOf, latestCosigned } from './store.ts';
import { bundleOf, entriesOf, hashSize, pathOf, type TileName, tilesOf, tileWidth, widthIn } from './tiles.ts';
import type { LogSource, StoredCheckpoint, StoredLeaf } from './verify.ts';

/** The name of the file with the verifier keys, beside `checkpoint` and `tile/`. */
const keysFile = 'keys';

/**
 * Writes the log as C2SP tlog-tiles lays it out. Entries say when something happened in which case, so an export is for
 * those who may know; the tiles alone say nothing.
 */
export async function exportLog(db: Db, origin: string, keys: string[], folder: string): Promise<number> {
  const note = await latestCosigned(db, origin);
  if (!note) throw new Error('the log is empty');
  const { size } = readCheckpoint(readNote(note).text);
  const put = async (path: string, content: Uint8Array | string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  };
  for (const tile of tilesOf(size)) {
    const [hashes] = await hashesOf(db, origin, [tile]);
    if (!hashes || hashes.length < tile.width * hashSize) throw new Error(`${pathOf(tile)} is missing`);
    await put(pathOf(tile), hashes.subarray(0, tile.width * hashSize));
    if (tile.level > 0) continue;
    const leaves = await bundle(db, origin, tile);
    await put(pathOf({ ...tile, level: 'entries' }), bundleOf(leaves.map(({ entry }) => Buffer.from(entry))));
  }
  await put(keysFile, keys.map((key) => `${key}\n`).join(''));
  await put('checkpoint', note);
  return size;
}

/** An exported log, to be verified without a database. `key` is what one trusts; otherwise what the export says. */
export async function openExport(folder: string, key?: string): Promise<LogSource> {
  const note = await readFile(join(folder, 'checkpoint'), 'utf8');
  const { size, root } = readCheckpoint(readNote(note).text);
  const keys = key ? [key] : (await readFile(join(folder, keysFile), 'utf8')).trim().split('\n');
  const bytesOf = (tile: TileName) => readFile(join(folder, pathOf(tile))).catch(() => undefined);
  return {
    verifiersAt: () => keys.map(verifierOf),
    checkpoints: one({ size, root, note }),
    leaves: entriesIn(size, bytesOf),
    hashesOf: (tiles) => Promise.all(tiles.map((tile) => bytesOf({ ...tile, width: widthIn(size, tile) }))),
  };
}

async function* one(checkpoint: StoredCheckpoint) {
  yield checkpoint;
}

async function* entriesIn(size: number, bytesOf: (tile: TileName) => Promise<Buffer | undefined>) {
  for (const { level, index, width } of tilesOf(size)) {
    if (level > 0) return;
    const bytes = await bytesOf({ level: 'entries', index, width });
    const entries = bytes ? entriesOf(bytes).slice(0, width) : [];
    yield entries.map(
      (entry, at): StoredLeaf => ({ index: index * tileWidth + at, entry: Buffer.from(entry).toString() }),
    );
  }
}
