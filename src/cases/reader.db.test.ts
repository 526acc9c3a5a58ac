import { beforeAll, describe, expect, it } from 'vitest';
import { clerk, people, person, seenWorld } from '../../test/support/seen-world.ts';
import { testDatabase } from '../../test/support/testdb.ts';
import { sightFor } from '../identity/door.ts';
import type { Db } from '../platform/door.ts';

let db: Db;

beforeAll(async () => {
  db = await testDatabase({ role: 'tongban_app' });
  await seenWorld(db);
});

describe('a reader', () => {
  it('sees nothing without a sight', async () => {
    const tables = await guarded();
    expect(tables.length).toBeGreaterThan(9);
    for (const table of tables) {
      const count = `select count(*)::int as n from ${table}`;
      expect((await db.query<{ n: number }>(count))[0]?.n, table).toBeGreaterThan(0);
      expect(await db.seenBy('').query(count), table).toEqual([{ n: 0 }]);
      expect(await db.seenBy('{}').query(count), table).toEqual([{ n: 0 }]);
    }
  });

  it('writes nothing', async () => {
    const reader = db.seenBy(sightFor(clerk));
    for (const table of await guarded()) {
      for (const statement of [`delete from ${table}`, `update ${table} set region = region`]) {
        await expect(reader.query(statement), statement).rejects.toThrow('permission denied');
      }
    }
  });

  it('may read no table that is not guarded, except what names nobody', async () => {
    const open = await db.query<{ table: string }>(
      `select c.oid::regclass::text as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'v', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
          and has_any_column_privilege('tongban_reader', c.oid, 'select') and not c.relrowsecurity`,
    );
    expect(open).toEqual([]);
  });

  it('leaves no sight behind on its connection, also after an error', async () => {
    const one = await testDatabase({ role: 'tongban_app', max: 1 });
    const left = () => one.seenBy('').prepared('left', `select current_setting('tongban.sight', true) as sight`, []);
    await one.seenBy(sightFor(clerk)).query('select 1');
    expect(await left()).toEqual([{ sight: '' }]);
    await expect(one.seenBy(sightFor(clerk)).query('select 1 / 0')).rejects.toThrow('division by zero');
    await expect(one.seenBy(sightFor(clerk)).query('select nothing')).rejects.toThrow('nothing');
    expect(await left()).toEqual([{ sight: '' }]);
    expect(await one.seenBy('x').prepared('set', `select current_setting('tongban.sight') as sight`, [])).toEqual([
      { sight: 'x' },
    ]);
  });

  it('never sees what another reads at the same moment', async () => {
    const statement = 'select applicant, pg_sleep(0) from cases.case';
    const wishes = Array.from({ length: 300 }, (_, n) => people[n % people.length] ?? '');
    const answers = await Promise.all(
      wishes.map(async (id, n) => {
        const reader = db.seenBy(sightFor(person(id)));
        if (n % 7 === 0) await reader.query('select 1 / 0').catch(() => undefined);
        const rows =
          n % 2
            ? reader.prepared<{ applicant: string }>('interleaved', statement, [])
            : reader.query<{ applicant: string }>(statement);
        return (await rows).map(({ applicant }) => applicant);
      }),
    );
    answers.forEach((found, n) => {
      expect(found.length).toBeGreaterThan(0);
      expect(new Set(found)).toEqual(new Set([wishes[n]]));
    });
  });
});

/** Every table of which a reader may see rows. */
async function guarded(): Promise<string[]> {
  const rows = await db.query<{ table: string }>(
    `select format('%I.%I', n.nspname, c.relname) as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relrowsecurity and has_any_column_privilege('tongban_reader', c.oid, 'select') order by 1`,
  );
  return rows.map(({ table }) => table);
}
