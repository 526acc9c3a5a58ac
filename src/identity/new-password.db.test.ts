import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { limits } from '../../test/support/limits.ts';
import { testDatabase } from '../../test/support/testdb.ts';
import { testVault } from '../../test/support/vault.ts';
import { type Db, randomIds } from '../platform/door.ts';
import { type Identity, openIdentity } from './identity.ts';
import { addStaff } from './staff.ts';

const at = new Date('2026-03-02T01:00:00Z');
const ids = randomIds(() => at);
const region = '360121';
const breached = 'lotus over the quiet pond';
const good = 'a long enough password';
const staff = {
  ...{ region, login: 'zhou.min', name: '周敏', roles: ['clerk'] },
  ...{ division: '360121100000', agency: '360121100000-township-centre' },
};

let db: Db;
let folder: string;
let identity: Identity;
beforeAll(async () => {
  db = await testDatabase({ role: 'tongban_app' });
  folder = await mkdtemp(join(tmpdir(), 'tongban-breached-'));
  const breachedPasswords = join(folder, 'breached.txt');
  await writeFile(breachedPasswords, `${createHash('sha1').update(breached).digest('hex').toUpperCase()}:3\n`);
  const options = { clock: () => at, ids, demo: true, regions: [region], limits, folder: 'demo', breachedPasswords };
  identity = await openIdentity({ db, vault: await testVault(db), ...options });
});
afterAll(() => rm(folder, { recursive: true }));

test('no account is given a password of the list of breached ones, and none changes to one', async () => {
  const refused = { fields: [{ code: 'password-breached' }] };
  await expect(
    addStaff({ db, ids, clock: () => at, identity }, { ...staff, password: breached }),
  ).rejects.toMatchObject(refused);
  await addStaff({ db, ids, clock: () => at, identity }, { ...staff, password: good });
  const session = await identity.signIn(region, staff.login, good, at);
  const change = { current: good, next: breached, again: breached };
  await expect(identity.account.changePassword(session, change, at)).rejects.toMatchObject(refused);
  await identity.signIn(region, staff.login, good, at);
});
