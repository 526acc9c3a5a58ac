import { randomBytes } from 'node:crypto';
import { chmod, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { aKms, aProgram } from '../../test/support/kms.ts';
import { testDatabase } from '../../test/support/testdb.ts';
import { testMaster, testVault } from '../../test/support/vault.ts';
import type { Db } from './db.ts';
import { openVault, rewrapKeys } from './vault.ts';
import { openKms } from './vault-kms.ts';
import { holderOf, type KeyHolder } from './vault-master.ts';
import { NotOpened, type SuiteName } from './vault-suite.ts';

const here = { region: '360121', table: 'cases.draft', row: 'd1' };
const plain = Buffer.from('360121199503120013');
const suite: SuiteName = 'aes-256-gcm';
const file = holderOf(testMaster, suite);
const open = (db: Db, holder: KeyHolder, by: SuiteName = suite) =>
  openVault({ db, holder: async () => holder, suite: by });
const database = () => testDatabase({ role: 'tongban_app' });
const wrappedIn = (db: Db) =>
  db
    .query<{ wrapped: Buffer }>('select wrapped from platform.data_key order by id')
    .then((rows) => rows.map(({ wrapped }) => wrapped));

describe('a key management system holds the master key', () => {
  test.each<SuiteName>(['aes-256-gcm', 'sm4-ctr-hmac-sm3'])('from the first start on, with %s', async (by) => {
    vi.stubEnv('TONGBAN_MASTER_KEY', 'a secret of ours');
    vi.stubEnv('DATABASE_URL', 'postgres://app:another@db/tongban');
    const db = await database();
    const { program, asked } = await aKms();
    const sealed = (await open(db, openKms(program), by)).seal(plain, here);
    expect(await (await open(db, openKms(program), by)).open(sealed, here)).toEqual(plain);
    // Each new key is had back once before it counts, then read at every start; the settings of the node stay with it.
    const [one, two] = [`1 index ${by}`, `2 seal ${by}`];
    const start = [`unwrap ${one} `, `unwrap ${two} `];
    const made = [one, two].flatMap((name) => [`wrap ${name} `, `unwrap ${name} `]);
    expect(await asked()).toEqual([...made, ...start, ...start]);
    vi.unstubAllEnvs();
  });

  test('moves in from a file, on to another one, and back: nothing that is sealed changes', async () => {
    const db = await database();
    const vault = await testVault(db);
    const [sealed, index] = [vault.seal(plain, here), vault.blindIndex('x', 'id-card', '360121')];
    const holders = [file, openKms((await aKms()).program), openKms((await aKms()).program), file];
    for (const [at, next] of holders.slice(1).entries()) {
      const before = holders[at] as KeyHolder;
      expect(await rewrapKeys(db, before, next)).toBe(2);
      const opened = await open(db, next);
      expect(await opened.open(sealed, here)).toEqual(plain);
      expect(opened.blindIndex('x', 'id-card', '360121')).toEqual(index);
      await expect(open(db, before), `holder ${at}`).rejects.toThrow();
    }
  });

  test('that it holds it, or does not, is said to whoever starts with the other setting', async () => {
    const db = await database();
    await testVault(db);
    const kms = openKms((await aKms()).program);
    await expect(open(db, kms)).rejects.toThrow('change-master-key');
    await rewrapKeys(db, file, kms);
    await expect(open(db, file)).rejects.toThrow('TONGBAN_KMS_COMMAND');
  });

  test('its wrapped key opens under its own name only, and no other KMS is taken for it', async () => {
    const [one, other] = [openKms((await aKms()).program), openKms((await aKms()).program)];
    const key = randomBytes(32);
    const wrapped = await one.wrap(key, '1 seal');
    expect(await one.unwrap(wrapped, '1 seal')).toEqual(key);
    await expect(one.unwrap(wrapped, '2 seal')).rejects.toThrow('ended with 1');
    await expect(other.unwrap(wrapped, '1 seal')).rejects.toThrow('ended with 1');
    for (const cut of [wrapped.subarray(0, 20), wrapped.subarray(0, 33)])
      await expect(one.unwrap(cut, '1 seal')).rejects.toThrow();
  });
});

describe('a program that does not do what it should', () => {
  const key = randomBytes(32);
  const constant = randomBytes(48).toString('base64');

  test.each([
    ['fails', 'exit 3', 'ended with 3'],
    ['is killed', 'kill -9 $$', 'ended with SIGKILL'],
    ['says nothing', 'exit 0', 'not base64'],
    ['prints rubbish', 'echo "Error: session expired"', 'not base64'],
    ['prints without end', 'exec yes', 'far more than a key'],
    ['does not end', 'sleep 300', 'did not answer within 0.5 seconds'],
    ['ends, and leaves somebody behind who holds its output', 'sleep 300 &', 'did not answer within 0.5 seconds'],
    ['gives the key back as it was', 'cat', 'gave the key back as it was'],
    ['says the same to everything', `echo ${constant}`, 'does not give back what it wrapped'],
    ['wraps only', `[ $1 = wrap ] && openssl rand -base64 60`, 'ended with 1'],
  ])('%s: nothing is wrapped, and the key is not in what is said', async (_name, lines, why) => {
    const program = await aProgram(lines);
    const failure = await openKms(program, 500)
      .wrap(key, '1 seal')
      .catch((error: Error) => error);
    expect(failure).toBeInstanceOf(Error);
    const { message } = failure as Error;
    expect(message).toContain(why);
    expect(message).toContain('docs/protection.md');
    for (const secret of [key.toString('base64'), key.toString('hex'), constant, 'session expired'])
      expect(message).not.toContain(secret);
  });

  test.each([
    ['is not there', '/nowhere/kms', 'is not there'],
    ['is a folder', '/tmp', 'is not there'],
  ])('%s', async (_name, program, why) => {
    await expect(openKms(program).wrap(key, '1 seal')).rejects.toThrow(why);
  });

  test('may not be started, or can be changed by others', async () => {
    await expect(openKms(await aProgram('cat', 0o600)).wrap(key, '1 seal')).rejects.toThrow(
      'cannot be started: EACCES',
    );
    const { program } = await aKms();
    await chmod(program, 0o770);
    await expect(openKms(program).wrap(key, '1 seal')).rejects.toThrow('chmod go-w');
    await chmod(program, 0o700);
    const link = join(dirname((await aKms()).program), 'link');
    await symlink(program, link);
    for (const [folder, at] of [
      [dirname(program), program],
      [dirname(program), link],
      [dirname(link), link],
    ] as const) {
      await chmod(folder, 0o777);
      await expect(openKms(at).wrap(key, '1 seal'), at).rejects.toThrow('in a folder that can be changed');
      await chmod(folder, 0o700);
      expect(await openKms(at).wrap(key, '1 seal')).toBeInstanceOf(Buffer);
    }
  });

  test('unwraps to another key: it does not fit, and no key is used', async () => {
    const { program } = await aKms();
    const wrapped = await openKms(program).wrap(key, '1 seal');
    const wrong = openKms(await aProgram(`echo ${constant}`));
    await expect(wrong.unwrap(wrapped, '1 seal')).rejects.toThrow(NotOpened);
    const db = await database();
    await open(db, openKms(program));
    await expect(open(db, wrong)).rejects.toThrow('the master key does not fit this database');
  });

  test('fails in the middle of a change of the master key: every key is wrapped as before', async () => {
    const db = await database();
    await testVault(db);
    const before = await wrappedIn(db);
    const { program } = await aKms();
    const second = openKms(await aProgram(`case "$2" in 2*) exit 1;; esac; exec '${program}' "$@"`));
    const told = vi.fn();
    await expect(rewrapKeys(db, file, second, told)).rejects.toThrow('ended with 1');
    expect(await wrappedIn(db)).toEqual(before);
    expect(told).not.toHaveBeenCalled();
  });
});
