import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { publicOf, verifierText } from '../../src/ledger/keys.ts';
import { readCheckpoint, readNote } from '../../src/ledger/note.ts';
import { addActs, bringUpToDate, folder, keys, logged } from '../support/acts.ts';
import { testDatabase } from '../support/testdb.ts';

/** What we sign and prove, checked by programs that share no code with us. */
const root = join(import.meta.dirname, '../..');
const gopath = '/usr/share/gocode';
const has = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;
const go = has('go', 'version') && existsSync(join(gopath, 'src/golang.org/x/mod/sumdb/tlog'));
const openssl = has('openssl', 'version');

const [ed25519, sm2] = keys;
let at: string;
const file = (name: string) => join(at, name);

beforeAll(async () => {
  at = await folder();
  const db = await testDatabase();
  await addActs(db, ['a', 'b']);
  const ledger = await logged(db);
  const old = (await ledger.checkpoint()) ?? '';
  await addActs(
    db,
    Array.from({ length: 260 }, (_, n) => `case-${n}`),
  );
  await bringUpToDate(ledger);
  await ledger.exportTo(file('log'));
  const size = readCheckpoint((await ledger.checkpoint()) ?? '').size;
  const consistency = await ledger.consistency(readCheckpoint(old).size, size);
  await writeFile(file('old'), old);
  await writeFile(file('consistency'), JSON.stringify(consistency.map((hash) => Buffer.from(hash).toString('base64'))));
  await writeFile(file('note'), (await ledger.checkpoint()) ?? '');
  const proof = await ledger.proof({ kind: 'case-event', region: '360121', number: 'case-77' });
  await writeFile(file('proof.json'), JSON.stringify(proof));
  const [act] = proof?.acts ?? [];
  const entry = act?.entry.replace('submitted', 'withdrawn');
  await writeFile(file('forged.json'), JSON.stringify({ ...proof, acts: [{ ...act, entry }] }));
});

describe('Go’s sumdb/note and tlog (Debian: golang-go, golang-golang-x-mod-dev)', () => {
  const env = { ...process.env, GO111MODULE: 'off', GOPATH: gopath, GOFLAGS: '' };
  const run = (proof: string) => {
    const args = [file('log'), verifierText(ed25519 as never), file(proof), file('old'), file('consistency')];
    const program = join(root, 'test/support/outside/main.go');
    return spawnSync('go', ['run', program, ...args], { env: { ...env, GOCACHE: file('go-cache') }, encoding: 'utf8' });
  };

  test.skipIf(!go)(
    'accept the note, the tiles, a proof for every entry, ours, and that it continues',
    { timeout: 240_000 },
    () => {
      const done = run('proof.json');
      expect(done.stderr).toBe('');
      expect(done.stdout).toBe('786 entries, 3 proven, continues 6, 1 other signatures\n');
      expect(run('forged.json').status).toBe(1);
    },
  );
});

describe('OpenSSL', () => {
  test.skipIf(!openssl)('accepts the SM2 signature', async () => {
    const { text, lines } = readNote(await readFile(file('note'), 'utf8'));
    const head = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex');
    const der = Buffer.concat([head, publicOf('sm2', (sm2 as never as { secret: Uint8Array }).secret)]);
    await writeFile(
      file('sm2.pem'),
      `-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----\n`,
    );
    await writeFile(file('sm2.sig'), lines[1]?.signature ?? '');
    await writeFile(file('text'), text);
    const options = ['-verify', '-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678', '-pubin'];
    const check = () =>
      spawnSync(
        'openssl',
        ['pkeyutl', ...options, '-inkey', file('sm2.pem'), '-in', file('text'), '-sigfile', file('sm2.sig')],
        { encoding: 'utf8' },
      );
    const done = check();
    expect(done.stdout + done.stderr).toMatch(/Verified Successfully/);
    await writeFile(file('text'), text.replace('786', '787'));
    expect(check().status).not.toBe(0);
  });
});

describe('the script for outsiders', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'scripts/verify-proof.mjs'), ...args], { encoding: 'utf8' });

  test('accepts our proof and names the acts', () => {
    const done = run(file('proof.json'), verifierText(ed25519 as never));
    expect([done.status, done.stderr]).toEqual([0, '']);
    expect(done.stdout.match(/✓ .* of case-77 is entry \d+/g)).toHaveLength(3);
    expect(run(file('proof.json')).stdout).toContain('came with the proof');
  });

  test('refuses a forged entry, another key, and what is no proof', () => {
    expect(run(file('forged.json')).stderr).toMatch(/is not in the log/);
    expect(
      run(file('proof.json'), 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW').stderr,
    ).toMatch(/did not sign/);
    expect(run(file('consistency')).status).toBe(1);
  });
});
