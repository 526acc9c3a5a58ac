import { expect, test } from 'vitest';
import { testDatabase } from '../../test/support/testdb.ts';

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
