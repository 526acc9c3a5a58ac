import { expect, test } from 'vitest';
import { limits } from '../../test/support/limits.ts';
import { testDatabase } from '../../test/support/testdb.ts';
import { testVault } from '../../test/support/vault.ts';
import { pageSize, randomIds } from '../platform/door.ts';
import { openIdentity } from './identity.ts';

const at = new Date('2026-03-02T01:00:00Z');
const clock = () => at;

test('more sessions than a page holds are all there, this one first', async () => {
  const db = await testDatabase({ role: 'tongban_app' });
  const options = { clock, ids: randomIds(clock), demo: true, regions: ['360121'], limits, folder: 'demo' };
  const identity = await openIdentity({ db, vault: await testVault(db), ...options });
  for (let n = 0; n < pageSize; n++) await identity.signInAs('mother', at);
  const here = await identity.signInAs('mother', at);
  const [first, last] = [
    await identity.account.sessions(here, at),
    await identity.account.sessions(here, at, pageSize),
  ];
  expect([first.rows.length, first.more, last.rows.length, last.more]).toEqual([pageSize, true, 1, false]);
  expect(first.rows[0]?.here).toBe(true);
  const refs = (rows: { ref: string }[]) => rows.map(({ ref }) => ref);
  const every = refs(await identity.account.everySession(here, at));
  expect(refs([...first.rows, ...last.rows])).toEqual(every);
  expect(new Set(every).size).toBe(pageSize + 1);
});
