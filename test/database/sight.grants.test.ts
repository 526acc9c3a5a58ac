import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../../src/platform/door.ts';
import { testDatabase } from '../support/testdb.ts';

/** What the role may do in which everything is read for somebody, over the whole schema: read what is guarded, and no more. */
let db: Db;
beforeAll(async () => {
  db = await testDatabase();
});

const ours = `n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'`;
/** Tables and views of ours of which the role may read something, called `c`. */
const readable = `pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and ${ours} and has_any_column_privilege('tongban_reader', c.oid, 'select')`;
const nameOf = `n.nspname || '.' || c.relname`;
const tables = async () =>
  (await db.query<{ name: string }>(`select ${nameOf} as name from ${readable} order by 1`)).map(({ name }) => name);

describe('the role that reads for somebody', () => {
  test('may read exactly the tables that the documentation lists', async () => {
    const text = await readFile(join(import.meta.dirname, '../../docs/protection.md'), 'utf8');
    const [, section = ''] = text.split('\n## Who sees which rows\n');
    const rows = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));
    const listed = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name));
    expect(listed.toSorted()).toEqual(await tables());
  });

  test('reads whole rows, but of accounts no password, no home and not who took a second step away or gave a code', async () => {
    const hidden = await db.query(
      `select ${nameOf} as name, array_agg(a.attname::text order by a.attname) as columns
         from pg_attribute a join (select c.* from ${readable}) c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        where a.attnum > 0 and not a.attisdropped and not has_column_privilege('tongban_reader', c.oid, a.attnum, 'select')
        group by 1`,
    );
    expect(hidden).toEqual([
      {
        name: 'identity.staff',
        columns: ['home', 'home_building', 'password_hash', 'second_reset_by', 'start_given_at', 'start_given_by'],
      },
    ]);
  });

  test('meets row-level security on each, and policies that let nothing through by themselves', async () => {
    const open = await db.query<{ name: string }>(`select ${nameOf} as name from ${readable} and not c.relrowsecurity`);
    // Nothing is public by exception: a table that names nobody is guarded too, if only by "whoever sees any of the county".
    expect(open).toEqual([]);
    const policies = await db.query<{ name: string; cmd: string; permissive: string; qual: string }>(
      `select schemaname || '.' || tablename as name, cmd, permissive, qual from pg_policies
        where roles && array['tongban_reader', 'public']::name[]`,
    );
    expect(policies.map(({ name }) => name).toSorted()).toEqual(await tables());
    for (const { name, cmd, permissive, qual } of policies) {
      expect([cmd, permissive], name).toEqual(['SELECT', 'PERMISSIVE']);
      // By the sight, or by a row whose own policy holds inside.
      expect(qual, name).toMatch(/platform\.sight\(|FROM (cases\."case"|rights\.request|rating\.invitation) /);
    }
  });

  test('is bound by it: it owns nothing, is a member of nothing, and nothing passes by security', async () => {
    const roles = await db.query(
      `select rolname as name, rolsuper or rolbypassrls or rolcreaterole or rolcanlogin as free,
              exists (select from pg_auth_members m where m.member = r.oid) as member,
              exists (select from pg_class c where c.relowner = r.oid) as owner
         from pg_roles r where rolname in ('tongban_app', 'tongban_reader') order by 1`,
    );
    const bound = { free: false, member: false, owner: false };
    expect(roles).toEqual([
      { name: 'tongban_app', ...bound },
      { name: 'tongban_reader', ...bound },
    ]);
  });

  test('writes nothing, makes nothing, and calls nothing that acts with the rights of another', async () => {
    const written = await db.query(
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where ${ours} and case
          when c.relkind in ('r', 'p', 'v', 'm', 'f')
            then has_any_column_privilege('tongban_reader', c.oid, 'insert, update')
              or has_table_privilege('tongban_reader', c.oid, 'insert, update, delete, truncate, references, trigger')
          when c.relkind = 'S' then has_sequence_privilege('tongban_reader', c.oid, 'usage, update')
          else false end`,
    );
    expect(written).toEqual([]);
    const made = await db.query(
      `select n.nspname as name from pg_namespace n where ${ours} and has_schema_privilege('tongban_reader', n.oid, 'create')`,
    );
    expect(made).toEqual([]);
    const called = await db.query(
      `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where ${ours} and p.prosecdef and has_function_privilege('tongban_reader', p.oid, 'execute')`,
    );
    expect(called).toEqual([]);
  });
});
