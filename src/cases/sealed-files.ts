import { createReadStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { NotOpened, Problem, type Vault, type Where } from '../platform/door.ts';

/**
 * Files, sealed piece by piece so that they can be sent on as they are read: each piece is its length (4 bytes) and the
 * sealed bytes, bound to the file, to its place in it, and to being the last or not. Pieces cannot be left out, moved or
 * cut off without the reader noticing before they have passed it on.
 */
export type SealedFiles = {
  /** Durable and whole when it returns. `suffix` keeps two writers of the same file apart. */
  write(region: string, address: string, bytes: Buffer, suffix: string): Promise<void>;
  read(region: string, address: string): AsyncGenerator<Buffer>;
  has(region: string, address: string): Promise<boolean>;
  /** Takes the bytes away for good, unless somebody has come to use them. */
  remove(region: string, address: string, isUsed: () => Promise<boolean>): Promise<void>;
  /** Everything that lies there, with the time it was written. */
  all(): AsyncGenerator<{ region: string; address: string; changed: string }>;
};

const pieceBytes = 64 * 1024;
/** What sealing adds to a piece is less. */
const mostAdded = 256;

export function openSealedFiles(vault: Vault, folder: string): SealedFiles {
  const pathOf = (region: string, address: string) => join(folder, region, address.slice(0, 2), address);
  return {
    async write(region, address, bytes, suffix) {
      const pieces: Buffer[] = [];
      for (let from = 0; from === 0 || from < bytes.length; from += pieceBytes) {
        const last = from + pieceBytes >= bytes.length;
        const place = placeOf(region, address, from / pieceBytes, last);
        const sealed = vault.seal(bytes.subarray(from, from + pieceBytes), place);
        const length = Buffer.alloc(4);
        length.writeUInt32BE(sealed.length);
        pieces.push(length, sealed);
      }
      await replace(pathOf(region, address), Buffer.concat(pieces), suffix);
    },
    async *read(region, address) {
      let waiting: Buffer | undefined;
      let index = 0;
      for await (const sealed of piecesOf(createReadStream(pathOf(region, address)))) {
        if (waiting) yield vault.open(waiting, placeOf(region, address, index++, false));
        waiting = sealed;
      }
      if (!waiting) throw new NotOpened();
      yield vault.open(waiting, placeOf(region, address, index, true));
    },
    has: (region, address) => isThere(pathOf(region, address)),
    /**
     * Aside first, then looked again: who stores the same bytes meanwhile has either noted it by now, and they are put
     * back, or finds them missing after noting it, and writes them once more.
     */
    async remove(region, address, isUsed) {
      const path = pathOf(region, address);
      if (!(await isUsed())) await rename(path, path + aside).catch(unlessMissing);
      if (!(await isUsed())) await rm(path + aside, { force: true });
      else if (!(await isThere(path))) await rename(path + aside, path).catch(unlessMissing);
    },
    all: () => lying(folder),
  };
}

/** The ending of a file that is being removed. */
const aside = '.gone';

async function* lying(folder: string) {
  const paths = await readdir(folder, { recursive: true, withFileTypes: true }).catch(unlessMissing);
  for (const entry of paths ?? []) {
    const region = basename(dirname(entry.parentPath));
    const address = entry.name.replace(aside, '');
    if (!entry.isFile() || !/^[0-9a-f]{32,64}$/.test(address)) continue;
    const found = await stat(join(entry.parentPath, entry.name)).catch(unlessMissing);
    if (found) yield { region, address, changed: found.mtime.toISOString() };
  }
}

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

const placeOf = (region: string, address: string, index: number, last: boolean): Where => ({
  region,
  table: 'cases.file',
  row: `${address}/${index}/${last ? 'last' : 'more'}`,
});

async function* piecesOf(stored: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let kept = Buffer.alloc(0);
  for await (const chunk of stored) {
    kept = Buffer.concat([kept, chunk]);
    for (;;) {
      const length = kept.length >= 4 ? kept.readUInt32BE(0) : 0;
      if (length > pieceBytes + mostAdded) throw new NotOpened();
      if (kept.length < 4 || kept.length < 4 + length) break;
      yield kept.subarray(4, 4 + length);
      kept = kept.subarray(4 + length);
    }
  }
  if (kept.length > 0) throw new NotOpened();
}

/** Writes beside and renames, so that a file at its address is always whole, and whoever reads the old one may go on. */
async function replace(path: string, bytes: Buffer, suffix: string): Promise<void> {
  const beside = `${path}.${suffix}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const handle = await open(beside, 'wx', 0o600);
    await handle.writeFile(bytes);
    await handle.sync();
    await handle.close();
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw new Problem('unavailable', { reason: (error as NodeJS.ErrnoException).code ?? 'write' });
  }
}
