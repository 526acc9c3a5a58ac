import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { type Pack, pack } from 'tar-stream';
import { type Lock, locked } from './backup-age.ts';
import { writeWhole } from './backup-file.ts';
import { filePath, format, type Head, type Manifest, names, openTally, type Table } from './backup-format.ts';
import type { Clock } from './clock.ts';
import { beginSnapshot, copyOut, migrationsOf, sequencesOf, tablesOf } from './store-backup.ts';

/** Rows are gathered to pieces of about so many bytes: a tar has to say the size of each piece before it. */
const pieceBytes = 4 * 1024 * 1024;
const sayEvery = 5000;

export type Making = {
  url: string;
  /** Folder of uploaded files. */
  files: string;
  target: string;
  lock: Lock;
  /** Tables whose rows are of no use tomorrow, such as who is signed in. */
  without: string[];
  clock: Clock;
  say: (line: string) => void;
};

/**
 * Makes a backup of one moment, while the product may go on: every table, then the uploaded files. Streamed, so that its
 * size does not matter. The file has its name only when it is whole. Neither the master key nor the keys of the log are in it.
 */
export async function makeBackup(making: Making): Promise<Manifest & { written: number }> {
  const client = new pg.Client({ connectionString: making.url, application_name: 'tongban-backup' });
  await client.connect();
  const tar = pack();
  try {
    await beginSnapshot(client);
    const filled = fill(tar, client, making);
    // Whichever of the two fails takes the other with it.
    filled.catch((error: Error) => tar.destroy(error));
    const written = await writeWhole(
      making.target,
      await locked(Readable.from(tar, { objectMode: false }), making.lock),
    );
    return { ...(await filled), written };
  } finally {
    tar.destroy();
    await hangUp(client);
  }
}

/** Ends a connection even in the middle of a COPY, which the ordinary way would wait for. */
async function hangUp(client: pg.Client): Promise<void> {
  const { stream } = (client as unknown as { connection: { stream: { destroy(): void } } }).connection;
  client.on('error', () => undefined);
  stream.destroy();
}

async function fill(tar: Pack, client: pg.Client, making: Making): Promise<Manifest> {
  const tally = openTally();
  const tell = progress(making);
  const tables = inOrder(await tablesOf(client));
  const kept = tables.filter(({ name }) => !making.without.includes(name));
  const head: Head = {
    format,
    at: making.clock().toISOString(),
    migrations: await migrationsOf(client),
    tables: kept.map(({ name, columns }) => ({ name, columns })),
    without: making.without,
  };
  await put(tar, names.head, Buffer.from(JSON.stringify(head)));
  for (const table of kept) {
    let at = 0;
    const rows = tally.table(table.name, copyOut(client, table) as AsyncIterable<Buffer>);
    for await (const piece of gathered(rows)) {
      await put(tar, `tables/${table.name}/${at++}`, piece);
      tell(`${table.name}: ${tally.rows(table.name)} rows`);
    }
  }
  const sequences = await sequencesOf(client);
  for await (const path of storedFiles(making.files)) {
    await putFile(tar, making.files, path, tally);
    tell(`files: ${tally.files().count}`);
  }
  const manifest = { tables: tally.tables(), files: tally.files(), sequences };
  await put(tar, names.manifest, Buffer.from(JSON.stringify(manifest)));
  tar.finalize();
  return manifest;
}

/** What is referred to before what refers to it. */
function inOrder<T extends Table & { needs: string[] }>(tables: T[]): T[] {
  const placed: T[] = [];
  const place = (table: T, above: string[]) => {
    if (placed.includes(table) || above.includes(table.name)) return;
    for (const name of table.needs) {
      const needed = tables.find((one) => one.name === name);
      if (needed) place(needed, [...above, table.name]);
    }
    placed.push(table);
  };
  for (const table of tables) place(table, []);
  return placed;
}

/** At least one piece, be it empty, so that every table is in the backup. */
async function* gathered(rows: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let size = 0;
  let some = false;
  for await (const chunk of rows) {
    waiting.push(chunk);
    size += chunk.length;
    if (size < pieceBytes) continue;
    yield Buffer.concat(waiting);
    [waiting, size, some] = [[], 0, true];
  }
  if (size > 0 || !some) yield Buffer.concat(waiting);
}

function put(tar: Pack, name: string, content: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    tar.once('error', reject);
    const entry = tar.entry({ name, size: content.length, mode: 0o600 }, (error) => {
      tar.off('error', reject);
      if (error) reject(error);
      else resolve();
    });
    entry.end(content);
  });
}

/** Files lie whole at their address and are replaced, never changed; the largest fits in memory many times. */
async function putFile(tar: Pack, folder: string, path: string, tally: ReturnType<typeof openTally>): Promise<void> {
  const whole = Readable.from([await readFile(join(folder, path))], { objectMode: true });
  for await (const content of tally.file(path, whole)) await put(tar, `files/${path}`, content);
}

/** Addresses of the store in order; half-written files have other names. */
async function* storedFiles(folder: string): AsyncGenerator<string> {
  const list = (at: string) =>
    readdir(join(folder, at)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
      throw error;
    });
  for (const region of (await list('.')).sort())
    for (const two of (await list(region)).sort())
      for (const address of (await list(join(region, two))).sort()) {
        const path = `${region}/${two}/${address}`;
        if (filePath.test(path)) yield path;
      }
}

/** Says now and then how far it is, so that nobody ends a long one. */
export function progress({ clock, say }: { clock: Clock; say: (line: string) => void }): (line: string) => void {
  const begun = clock().getTime();
  let last = begun;
  return (line) => {
    const now = clock().getTime();
    if (now - last < sayEvery) return;
    last = now;
    say(`  ${Math.round((now - begun) / 1000)} s · ${line}`);
  };
}
