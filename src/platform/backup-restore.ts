import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { type Opener, opened } from './backup-age.ts';
import { Damaged, type Head, type Manifest, type Piece, piecesOf } from './backup-format.ts';
import { progress } from './backup-make.ts';
import type { Clock } from './clock.ts';
import { migrateAsKept } from './migrate.ts';
import { copyIn, countOf, emptyAll, goOn, tablesOf, tablesThere } from './store-backup.ts';

export type Reading = { source: string; opener: Opener; clock: Clock; say: (line: string) => void };
export type Restoring = Reading & { url: string; files: string; migrations: string };

/** Reads a backup to its end and compares everything with its manifest. Throws `Damaged` for whatever is wrong with it. */
export async function verifyBackup(reading: Reading): Promise<{ head: Head; manifest: Manifest }> {
  const tell = progress(reading);
  let head: Head | undefined;
  for await (const piece of piecesIn(reading)) {
    if (piece.kind === 'head') head = piece.head;
    else if (piece.kind === 'manifest' && head) return { head, manifest: piece.manifest };
    else if ('content' in piece) {
      for await (const _ of piece.content);
      tell(piece.kind === 'table' ? piece.name : 'files');
    }
  }
  throw new Damaged('its end is missing');
}

/**
 * Brings a backup back into an empty database and an empty folder of files, all or nothing: it is verified to its end
 * first, then filled in within one transaction, on the shape of tables it was made from; the next start migrates on.
 */
export async function restoreBackup(restoring: Restoring): Promise<Manifest> {
  const { url, files, migrations, say } = restoring;
  const { head } = await verifyBackup(restoring);
  say(`The backup of ${head.at} is whole.`);
  await knownMigrations(head, migrations);
  if ((await readdir(files).catch(() => [])).length > 0)
    throw new Error(`${files} is not empty: a backup is restored beside nothing else`);
  const client = new pg.Client({ connectionString: url, application_name: 'tongban-restore' });
  await client.connect();
  const part = `${files}.part`;
  try {
    await client.query('select pg_advisory_lock(360121)'); // nobody migrates meanwhile
    if ((await tablesThere(client)) > 0)
      throw new Error('the database is not empty: a backup is restored only into a new one, and nothing was changed');
    await rm(part, { recursive: true, force: true });
    await mkdir(part, { recursive: true });
    await client.query('begin');
    const manifest = await fillIn(client, restoring, part);
    await rmdir(files).catch(() => undefined);
    await rename(part, files);
    await client.query('commit').catch(async (error: Error) => {
      await rename(files, part);
      throw error;
    });
    await client.query('analyze');
    return manifest;
  } finally {
    await rm(part, { recursive: true, force: true });
    await client.end().catch(() => undefined);
  }
}

async function fillIn(client: pg.Client, restoring: Restoring, part: string): Promise<Manifest> {
  const tell = progress(restoring);
  const load = loader(client);
  for await (const piece of piecesIn(restoring)) {
    if (piece.kind === 'head') {
      await migrateAsKept(client, restoring.migrations, piece.head.migrations);
      await emptyAll(
        client,
        (await tablesOf(client)).map(({ name }) => name),
      );
      load.expect(piece.head);
    } else if (piece.kind === 'table') {
      await load.add(piece.name, piece.content);
      tell(piece.name);
    } else if (piece.kind === 'file') {
      const path = join(part, piece.path);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, piece.content, { mode: 0o600, flag: 'wx', flush: true });
      tell('files');
    } else {
      await load.end();
      await compare(client, piece.manifest);
      const feeds = (await tablesOf(client)).filter(({ feed }) => feed).map(({ name }) => name);
      await goOn(client, piece.manifest.sequences, feeds);
      return piece.manifest;
    }
  }
  throw new Damaged('its end is missing');
}

async function compare(client: pg.Client, manifest: Manifest): Promise<void> {
  for (const [name, { rows }] of Object.entries(manifest.tables)) {
    const there = await countOf(client, name);
    if (there !== rows) throw new Damaged(`${name} has ${there} rows now and had ${rows}`);
  }
}

/** Pieces of the same table follow each other and go into one COPY. */
function loader(client: pg.Client) {
  let head: Head | undefined;
  let open: { name: string; copy: Writable; done: Promise<void> } | undefined;
  const end = async () => {
    open?.copy.end();
    await open?.done;
    open = undefined;
  };
  return {
    expect(found: Head) {
      head = found;
    },
    async add(name: string, content: AsyncIterable<Buffer>) {
      if (open?.name !== name) {
        await end();
        const table = head?.tables.find((one) => one.name === name);
        if (!table) throw new Damaged(`${name} is not in its list`);
        const copy = copyIn(client, table);
        const done = finished(copy);
        done.catch(() => undefined); // told where it is awaited
        open = { name, copy, done };
      }
      const { copy, done } = open;
      for await (const chunk of content) if (!copy.write(chunk)) await Promise.race([once(copy, 'drain'), done]);
    },
    end,
  };
}

/** A backup of a newer version, or of one that was changed by hand, would not fit. */
async function knownMigrations(head: Head, folder: string): Promise<void> {
  for (const { name, hash } of head.migrations) {
    const sql = await readFile(join(folder, name), 'utf8').catch(() => undefined);
    if (sql === undefined)
      throw new Error(`the backup was made by a newer version: ${name} is not known here. Restore with that version.`);
    if (createHash('sha256').update(sql).digest('hex') !== hash)
      throw new Error(`the backup was made with another ${name} than the one here`);
  }
}

/** The pieces, with every failure to open or read them said as what it means for the operator. */
async function* piecesIn({ source, opener }: Reading): AsyncGenerator<Piece> {
  const stored = createReadStream(source);
  let plain: Readable | undefined;
  try {
    plain = await opened(stored, opener);
    for await (const piece of piecesOf(plain))
      yield 'content' in piece ? { ...piece, content: guarded(piece.content) } : piece;
  } catch (error) {
    throw explained(error as Error & { code?: string });
  } finally {
    stored.destroy();
    plain?.destroy();
  }
}

async function* guarded(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* content;
  } catch (error) {
    throw explained(error as Error);
  }
}

function explained(error: Error & { code?: string }): Error {
  if (error instanceof Damaged || error.code === 'ENOENT' || error.code === 'EACCES') return error;
  if (/no identity matched/.test(error.message))
    return new Damaged('it was made for another key, or with another passphrase');
  return new Damaged('it was changed, or cut off');
}
