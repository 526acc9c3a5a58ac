import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Log } from './log.ts';

/**
 * Brings a database to today's shape: every `NNNN-room-what.sql` not yet applied, in order, each in a transaction of
 * its own. A migration that was applied and has changed since is an error: add a new file instead.
 */
export async function migrate(url: string, folder: string, log: Log): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'tongban-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(360121)'); // one process at a time, the others wait
    await client.query(list);
    const applied = new Map(
      (await client.query<{ name: string; hash: string }>('select name, hash from public.migration')).rows.map(
        (row) => [row.name, row.hash],
      ),
    );
    for (const name of (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()) {
      const sql = await readFile(join(folder, name), 'utf8');
      const hash = createHash('sha256').update(sql).digest('hex');
      if (applied.get(name) === hash) continue;
      if (applied.has(name)) throw new Error(`migration ${name} has changed after it was applied`);
      await apply(client, name, hash, sql);
      log.info({ code: 'migrated', migration: name });
    }
  } finally {
    await client.end();
  }
}

/**
 * Makes the shape of tables a backup was made from, in the transaction of its restore. Whether the files are the same
 * ones has been looked at.
 */
export async function migrateAsKept(
  client: pg.Client,
  folder: string,
  kept: { name: string; hash: string }[],
): Promise<void> {
  await client.query(list);
  for (const { name, hash } of kept) {
    await client.query(await readFile(join(folder, name), 'utf8'));
    await client.query('insert into public.migration (name, hash) values ($1, $2)', [name, hash]);
  }
}

const list = `create table if not exists public.migration (
  name text primary key, hash text not null, applied_at timestamptz not null default now())`;

async function apply(client: pg.Client, name: string, hash: string, sql: string): Promise<void> {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query('insert into public.migration (name, hash) values ($1, $2)', [name, hash]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`migration ${name} failed: ${(error as Error).message}`, { cause: error });
  }
}
