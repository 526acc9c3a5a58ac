import { mkdtemp, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { testDatabase } from '../../test/support/testdb.ts';
import { testMaster, testVault } from '../../test/support/vault.ts';
import { keyIdOf, openVault, rewrapKeys } from './vault.ts';
import { holderOf, type KeyHolder, readMasterKey } from './vault-master.ts';
import { NotOpened, type SuiteName } from './vault-suite.ts';

const here = { region: '360121', table: 'cases.draft', row: 'd1' };
const plain = Buffer.from('360121199503120013');

describe.each<SuiteName>(['aes-256-gcm', 'sm4-ctr-hmac-sm3'])('a vault with %s', (suite) => {
  test('opens what it sealed, in the place it was sealed for and nowhere else', async () => {
    const vault = await testVault(await testDatabase({ role: 'tongban_app' }), suite);
    const sealed = vault.seal(plain, here);
    expect(sealed.includes(plain)).toBe(false);
    expect(await vault.open(sealed, here)).toEqual(plain);
    for (const elsewhere of [
      { ...here, region: '360122' },
      { ...here, table: 'cases.sealed' },
      { ...here, row: 'd2' },
    ])
      await expect(vault.open(sealed, elsewhere)).rejects.toThrow(NotOpened);
  });

  test('refuses a value with any byte changed, its head included', async () => {
    const vault = await testVault(await testDatabase({ role: 'tongban_app' }), suite);
    const sealed = vault.seal(plain, here);
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(vault.open(changed, here), `byte ${at}`).rejects.toThrow(NotOpened);
    }
    await expect(vault.open(Buffer.alloc(0), here)).rejects.toThrow(NotOpened);
  });

  test('finds an equal value again, by purpose and county', async () => {
    const db = await testDatabase({ role: 'tongban_app' });
    const [vault, other] = [await testVault(db, suite), await testVault(db, suite)];
    const index = vault.blindIndex('360121199503120013', 'id-card', '360121');
    expect(index.length).toBe(16);
    expect(other.blindIndex('360121199503120013', 'id-card', '360121')).toEqual(index);
    expect(vault.blindIndex('360121199503120013', 'phone', '360121')).not.toEqual(index);
    expect(vault.blindIndex('360121199503120013', 'id-card', '360122')).not.toEqual(index);
  });
});

describe('keys', () => {
  test('a new key seals from now on, in other processes too; the old one opens, also when retired', async () => {
    const db = await testDatabase({ role: 'tongban_app' });
    const [vault, other] = [await testVault(db), await testVault(db)];
    const before = vault.seal(plain, here);
    const id = await vault.renew();
    expect(keyIdOf(vault.seal(plain, here))).toBe(id);
    expect(await other.open(vault.seal(plain, here), here)).toEqual(plain);
    await vi.waitFor(() => expect(other.keyId()).toBe(id), 5000);
    expect(await vault.retireOlder()).toEqual([keyIdOf(before)]);
    expect(await other.open(before, here)).toEqual(plain);
  });

  test('another suite brings a new key; the blind index stays', async () => {
    const db = await testDatabase({ role: 'tongban_app' });
    const common = await testVault(db);
    const sealed = common.seal(plain, here);
    const before = common.keyId();
    const national = await testVault(db, 'sm4-ctr-hmac-sm3');
    expect(national.keyId()).toBeGreaterThan(before);
    expect(await national.open(sealed, here)).toEqual(plain);
    expect(await common.open(national.seal(plain, here), here)).toEqual(plain);
    expect(national.blindIndex('x', 'y', '360121')).toEqual(common.blindIndex('x', 'y', '360121'));
  });

  test('the wrong master key opens nothing and says so', async () => {
    const db = await testDatabase({ role: 'tongban_app' });
    await testVault(db);
    const holder = async () => holderOf(Buffer.alloc(32, 'wrong'), 'aes-256-gcm');
    await expect(openVault({ db, holder, suite: 'aes-256-gcm' })).rejects.toThrow('does not fit');
  });

  test('another master key: the data keys are wrapped anew, what is sealed stays, the old one no longer fits', async () => {
    const db = await testDatabase({ role: 'tongban_app' });
    const sealed = (await testVault(db)).seal(plain, here);
    const [old, next] = [testMaster, Buffer.alloc(32, 'next!')].map((key) => holderOf(key, 'aes-256-gcm'));
    const open = (holder = next) => openVault({ db, holder: async () => holder as KeyHolder, suite: 'aes-256-gcm' });
    expect(await rewrapKeys(db, old as KeyHolder, next as KeyHolder)).toBe(2);
    expect(await (await open()).open(sealed, here)).toEqual(plain);
    await expect(open(old)).rejects.toThrow('does not fit');
    await expect(rewrapKeys(db, old as KeyHolder, next as KeyHolder)).rejects.toThrow('does not fit');
  });

  test('a master key file is made once, for its owner only, and never beside sealed data', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tongban-key-'));
    const file = join(folder, 'data', 'master.key');
    await expect(readMasterKey({ file, mayMake: false })).rejects.toThrow('bring it back');
    const [one, two] = await Promise.all([1, 2].map(() => readMasterKey({ file, mayMake: true })));
    expect(one).toEqual(two);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const given = (await readFile(file, 'utf8')).trim();
    expect(await readMasterKey({ file: '/nowhere', given, mayMake: false })).toEqual(one);
    for (const bad of ['changeme', Buffer.alloc(32).toString('base64url')])
      await expect(readMasterKey({ file, given: bad, mayMake: false })).rejects.toThrow('random bytes');
  });
});
