import { expect, test } from 'vitest';
import { lineTo } from '../../test/support/line.ts';
import { testDatabase, testDatabaseUrl } from '../../test/support/testdb.ts';
import { openDb, openLog } from './door.ts';
import { isLost } from './pool.ts';

test('a connection that is lost between two statements costs its transaction, and nothing else', async () => {
  const db = await testDatabase();
  const lost = db.transaction(async (tx) => {
    const [own] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
    await db.query('select pg_terminate_backend($1, 5000)', [own?.pid]);
    return tx.query('select 1');
  });
  await expect(lost).rejects.toThrow();
  expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]);
});

test('a statement that is cut off under way, and one that finds no way there, are known as lost', async () => {
  const line = await lineTo(await testDatabaseUrl());
  const db = openDb({ url: line.url, log: openLog('silent'), max: 2 });
  const watch = await testDatabase();
  const lost = db.query(`select pg_sleep(60) as "cut off"`).catch((error: Error) => error);
  await expect
    .poll(() => watch.query(`select from pg_stat_activity where query like '%cut off%' and wait_event = 'PgSleep'`))
    .toHaveLength(1);
  line.cut();
  expect(await lost).toSatisfy(isLost);
  expect(await db.query('select 1').catch((error: Error) => error)).toSatisfy(
    (error: Error & { code?: string }) => isLost(error) || error.code === 'ECONNRESET',
  );
  line.mend();
  expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]);
  await db.end();
});
