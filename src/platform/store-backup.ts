import type { Readable, Writable } from 'node:stream';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { Manifest, Table } from './backup-format.ts';

/** The SQL of backups. A backup and whatever deletes for good take turns through this lock; backups share it. */
const keepLock = 360_123;

/** Begins the one moment a backup shows. Nothing is hidden from it: where a row policy would, it fails instead. */
export async function beginSnapshot(client: pg.Client): Promise<void> {
  await client.query('select pg_advisory_lock_shared($1)', [keepLock]);
  await client.query('begin isolation level repeatable read read only');
  await client.query('set local row_security = off');
}

/** Takes the turn for deleting, until the end of the transaction; false while a backup is being made. */
export const mayDelete = `select pg_try_advisory_xact_lock(${keepLock}) as free`;

/** Tables of the rooms, each with its columns, whether it is a feed, and what it refers to. */
export async function tablesOf(client: pg.Client): Promise<(Table & { feed: boolean; needs: string[] })[]> {
  const { rows } = await client.query<Table & { feed: boolean; needs: string[] }>(
    `select n.nspname || '.' || c.relname as name,
            (select array_agg(quote_ident(a.attname) order by a.attnum) from pg_attribute a
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
            (select count(*) = 2 from pg_attribute a
              where a.attrelid = c.oid and (a.attname, a.atttypid) in (('xid', 'xid8'::regtype), ('position', 'int8'::regtype))) as feed,
            array(select distinct fn.nspname || '.' || f.relname from pg_constraint k
                    join pg_class f on f.oid = k.confrelid join pg_namespace fn on fn.oid = f.relnamespace
                   where k.conrelid = c.oid and k.contype = 'f' and f.oid <> c.oid) as needs
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public')
      order by 1`,
  );
  return rows;
}

export async function migrationsOf(client: pg.Client): Promise<{ name: string; hash: string }[]> {
  return (await client.query('select name, hash from public.migration order by name')).rows;
}

export async function sequencesOf(client: pg.Client): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ name: string; last: string }>(
    `select quote_ident(schemaname) || '.' || quote_ident(sequencename) as name, last_value::text as last
       from pg_sequences where last_value is not null and schemaname <> 'public' order by 1`,
  );
  return rows.map(({ name, last }) => ({ name, last: Number(last) }));
}

/**
 * The rows of a table as text. Transaction ids mean nothing in another cluster, and feeds are ordered by them: there
 * every row gets the oldest id there is, and its place in the feed becomes its position, so that the order stays.
 */
export function copyOut(client: pg.Client, { name, columns, feed }: Table & { feed: boolean }): Readable {
  if (!feed) return client.query(copyTo(`copy ${name} (${columns.join(', ')}) to stdout`));
  const written = columns.map((column) => {
    if (column === 'xid') return `'3'::xid8`;
    if (column === 'position') return 'row_number() over (order by t.xid, t.position)';
    return `t.${column}`;
  });
  return client.query(
    copyTo(`copy (select ${written.join(', ')} from ${name} t order by t.xid, t.position) to stdout`),
  );
}

export const copyIn = (client: pg.Client, { name, columns }: Table): Writable =>
  client.query(copyFrom(`copy ${name} (${columns.join(', ')}) from stdin`));

/** How many tables somebody has made in a database, of whatever kind. */
export async function tablesThere(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`,
  );
  return rows[0]?.count ?? 0;
}

/** Empties what migrations have put into the tables of a new database. */
export async function emptyAll(client: pg.Client, tables: string[]): Promise<void> {
  if (tables.length > 0) await client.query(`truncate ${tables.join(', ')}`);
}

export async function countOf(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(`select count(*)::text as count from ${table}`);
  return Number(rows[0]?.count);
}

/** Numbers go on after the last one; feeds are read from their beginning, by subscribers that pass over what they know. */
export async function goOn(client: pg.Client, sequences: Manifest['sequences'], feeds: string[]): Promise<void> {
  for (const { name, last } of sequences) await client.query('select setval($1::regclass, $2)', [name, last]);
  for (const table of feeds)
    await client.query(
      `select setval(pg_get_serial_sequence($1, 'position'), greatest(1, (select coalesce(max(position), 1) from ${table})))`,
      [table],
    );
  await client.query(`update platform.outbox_cursor set xid = '0', position = 0`);
}
