import { beforeAll, expect, test, vi } from 'vitest';
import { limits } from '../../test/support/limits.ts';
import { testDatabase } from '../../test/support/testdb.ts';
import { testVault } from '../../test/support/vault.ts';
import { type Db, randomIds } from '../platform/door.ts';
import { type Identity, openIdentity } from './identity.ts';

const at = new Date('2026-03-02T01:00:00Z');
const clock = () => at;
let db: Db;
let identity: Identity;
const open = async () =>
  openIdentity({
    db,
    clock,
    ids: randomIds(clock),
    vault: await testVault(db),
    demo: true,
    regions: ['360121'],
    limits,
    folder: 'demo',
  });

beforeAll(async () => {
  db = await testDatabase({ role: 'tongban_app' });
  identity = await open();
});

test('a process that remembers a session hears that it has ended in another one', async () => {
  const other = await open();
  const session = await identity.signInAs('approver-health', at);
  expect(await other.session(session.token, at)).toBeDefined();
  await identity.signOut(session.token);
  expect(await identity.session(session.token, at)).toBeUndefined();
  await vi.waitFor(async () => expect(await other.session(session.token, at)).toBeUndefined());
});

test('a process that remembers a session hears that its account was switched off', async () => {
  const session = await identity.signInAs('clerk-liantang', at);
  expect(await identity.session(session.token, at)).toBeDefined();
  const active = (yes: boolean) =>
    db.query(`update identity.staff set active = $1 where region = '360121' and id = '360121-clerk-liantang'`, [yes]);
  await active(false);
  await vi.waitFor(async () => expect(await identity.session(session.token, at)).toBeUndefined());
  await active(true);
});
