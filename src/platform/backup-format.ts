import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';

/**
 * What is in a backup: a tar of `backup.json` (what it is), `tables/<table>/<n>` (COPY text of each table, in pieces),
 * `files/…` (uploaded files, sealed as they lie), `manifest.json` (counts and hashes of all that) at the end.
 */
export const format = 'tongban-backup/v1';
export const names = { head: 'backup.json', manifest: 'manifest.json' } as const;

export type Table = { name: string; columns: string[] };
export type Head = {
  format: typeof format;
  at: string;
  migrations: { name: string; hash: string }[];
  /** In an order in which they can be filled: what is referred to comes before what refers to it. */
  tables: Table[];
  /** Tables that are left empty on purpose. */
  without: string[];
};
export type Count = { rows: number; bytes: number; sha256: string };
export type Manifest = {
  tables: Record<string, Count>;
  /** `sha256` is of one line a file: path, size, hash. */
  files: { count: number; bytes: number; sha256: string };
  sequences: { name: string; last: number }[];
};

/** Where a file of the store may lie: region, two characters, address. Anything else is not ours. */
export const filePath = /^\d{6}\/[0-9a-f]{2}\/(?:[0-9a-f]{32}|[0-9a-f]{64})$/;

export class Damaged extends Error {
  constructor(why: string) {
    super(`this backup cannot be used: ${why}`);
    this.name = 'Damaged';
  }
}

type Entry = AsyncIterable<Buffer> & { header: { name: string; size?: number } };
export type Piece =
  | { kind: 'head'; head: Head }
  | { kind: 'table'; name: string; content: AsyncIterable<Buffer> }
  | { kind: 'file'; path: string; size: number; content: AsyncIterable<Buffer> }
  | { kind: 'manifest'; manifest: Manifest };

/**
 * The pieces of a backup in order. The content of each has to be read to its end. The last piece is the manifest, given
 * only when everything before it is as it says; throws `Damaged` otherwise.
 */
export async function* piecesOf(plain: Readable): AsyncGenerator<Piece> {
  const entries = extract();
  const fed = pipeline(plain, entries).catch((error: Error) => entries.destroy(error));
  const tally = openTally();
  let head: Head | undefined;
  let manifest: Manifest | undefined;
  for await (const entry of entries as unknown as AsyncIterable<Entry>) {
    const name = entry.header.name;
    if (manifest) throw new Damaged('something follows its end');
    if (name === names.manifest) {
      manifest = await readJson<Manifest>(entry);
      const wrong = tally.difference(manifest);
      if (wrong) throw new Damaged(`${wrong} is not as its manifest says`);
      continue;
    }
    if (name === names.head && !head) {
      head = await readJson<Head>(entry);
      if (head.format !== format) throw new Damaged('it is of another kind than this version knows');
      yield { kind: 'head', head };
      continue;
    }
    if (!head) throw new Damaged('it does not begin like one');
    yield pieceOf(entry, head, tally);
  }
  await fed;
  if (!manifest) throw new Damaged('its end is missing');
  yield { kind: 'manifest', manifest };
}

function pieceOf(entry: Entry, head: Head, tally: ReturnType<typeof openTally>): Piece {
  const { name, size = 0 } = entry.header;
  const table = /^tables\/([^/]+)\/\d+$/.exec(name)?.[1];
  if (table && head.tables.some((one) => one.name === table))
    return { kind: 'table', name: table, content: tally.table(table, entry) };
  const path = name.slice('files/'.length);
  if (!name.startsWith('files/') || !filePath.test(path)) throw new Damaged('it holds something that is not of it');
  return { kind: 'file', path, size, content: tally.file(path, entry) };
}

async function readJson<T>(entry: Entry): Promise<T> {
  const chunks: Buffer[] = [];
  for await (const chunk of entry) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as T;
}

const lineEnd = 0x0a;

/** Counts and hashes what passes, whether it is written or read. */
export function openTally() {
  const tables = new Map<string, { rows: number; bytes: number; hash: ReturnType<typeof createHash> }>();
  const list = createHash('sha256');
  const files = { count: 0, bytes: 0 };
  const counts = () =>
    Object.fromEntries(
      [...tables].map(([name, { rows, bytes, hash }]) => [name, { rows, bytes, sha256: hash.copy().digest('hex') }]),
    );
  return {
    async *table(name: string, content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      const one = tables.get(name) ?? { rows: 0, bytes: 0, hash: createHash('sha256') };
      tables.set(name, one);
      for await (const chunk of content) {
        // In the text of COPY a line end within a value is written as two other characters.
        for (let at = chunk.indexOf(lineEnd); at >= 0; at = chunk.indexOf(lineEnd, at + 1)) one.rows++;
        one.bytes += chunk.length;
        one.hash.update(chunk);
        yield chunk;
      }
    },
    async *file(path: string, content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      const hash = createHash('sha256');
      let size = 0;
      for await (const chunk of content) {
        hash.update(chunk);
        size += chunk.length;
        yield chunk;
      }
      files.count++;
      files.bytes += size;
      list.update(`${path} ${size} ${hash.digest('hex')}\n`);
    },
    tables: counts,
    files: () => ({ ...files, sha256: list.copy().digest('hex') }),
    rows: (name: string) => tables.get(name)?.rows ?? 0,
    /** The first thing that is not as a manifest says. */
    difference(manifest: Manifest): string | undefined {
      const found = counts();
      const all = new Set([...Object.keys(found), ...Object.keys(manifest.tables)]);
      const table = [...all].find((name) => JSON.stringify(found[name]) !== JSON.stringify(manifest.tables[name]));
      const same = JSON.stringify(this.files()) === JSON.stringify(manifest.files);
      return table ?? (same ? undefined : 'the list of files');
    },
  };
}
