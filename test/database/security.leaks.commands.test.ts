import { spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openProduct, type Product } from '../support/api.ts';
import { idCardOf, seeker } from '../support/leaks.ts';
import { fillIn } from '../support/newborn.ts';
import { freePort } from '../support/product.ts';

/**
 * The built command line, started as whoever runs a node starts it, on a county with values nobody else has. What it says on
 * the terminal often ends up in a ticket or in the journal of a night's job: nothing of anybody, and no secret, is in it.
 */
const root = join(import.meta.dirname, '../..');
const inCases = {
  child: '濮阳璎宸',
  mother: '公冶皎然',
  motherCard: idCardOf('36012119940818886'),
  motherPhone: '13697213485',
  home: '江西省南昌市南昌县莲塘镇淳于巷1707号',
};
const ofStaff = { name: '太叔琬琰', address: '南昌县莲塘镇百里坊2903号4栋' };
const passwords = { given: 'nobody would guess this heron', weak: 'kestrel7' };
const secrets = {
  passphrase: 'a heron stands in nobody’s pond',
  master: randomBytes(32).toString('base64'),
  database: 'heron-in-a-pond-7731',
};
const found = seeker({ ...inCases, ...ofStaff, ...passwords, ...secrets });

let product: Product;
let folder: string;
let number: string;
beforeAll(async () => {
  expect(spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, encoding: 'utf8' })).toMatchObject({
    ...{ status: 0, stderr: '' },
  });
  product = await openProduct(() => new Date());
  folder = await mkdtemp(join(tmpdir(), 'tongban-commands-'));
  const father = await product.as('father');
  const answers = {
    ...{ child_name: inCases.child, mother_name: inCases.mother, child_home_address: inCases.home },
    ...{ mother_id_card: inCases.motherCard, mother_phone: inCases.motherPhone, child_birth_date: dayBefore(9) },
  };
  const draft = await fillIn(father, answers);
  await fillIn(father, answers);
  const done = await father.call<{ number: string }>('POST', `/api/v1/drafts/${draft}/submission`, { consent: true });
  number = done.body.number;
  expect(number, done.text).toMatch(/^360121/);
  await product.house.drain();
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const dayBefore = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

type Said = { code: number; out: string };
/** Runs one command to its end; everything it says, with its log at its most talkative. */
async function tongban(args: string[], env: Record<string, string> = {}): Promise<Said> {
  const { databaseUrl: url, data } = product.house.config;
  const settings = { DATABASE_URL: url, TONGBAN_DATA: data, TONGBAN_DEMO: 'off', LOG_LEVEL: 'trace', ...env };
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/cli.js', ...args], {
    ...{ cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH, ...settings } },
  });
  const said = Promise.all([child.stdout, child.stderr].map((stream) => (stream ? text(stream) : '')));
  const [code] = await once(child, 'close');
  return { code, out: (await said).join('') };
}

const place = ['360121100000-township-centre', '360121100000', 'clerk'];
type Run = [what: string, code: number, args: () => string[], env?: () => Record<string, string>];
const password = (value: string) => () => ({ TONGBAN_PASSWORD: value });
const home = () => ({ TONGBAN_HOME_ADDRESS: ofStaff.address });
const passphrase = (words = secrets.passphrase) => ({ TONGBAN_BACKUP_PASSPHRASE: words });
const at = (name: string) => join(folder, name);
const runs: Run[] = [
  ['adds an account', 0, () => ['add-staff', 'taishu.wy', ofStaff.name, ...place], password(passwords.given)],
  ['does not add it twice', 1, () => ['add-staff', 'taishu.wy', ofStaff.name, ...place], password(passwords.given)],
  ['takes no weak password', 1, () => ['add-staff', 'taishu.w', ofStaff.name, ...place], password(passwords.weak)],
  ['keeps where somebody lives', 0, () => ['set-home', 'taishu.wy', '360121100003'], home],
  ['and of nobody there is not', 1, () => ['set-home', ofStaff.name, '360121100003'], home],
  [
    'takes no private key of a system',
    1,
    () => ['add-client', 'x', 'case.read', '360121000000', '2099-12-31', at('jwks')],
  ],
  ['holds a case', 0, () => ['hold', 'begin', number, 'security-admin', 'a lawsuit']],
  ['holds no card', 1, () => ['hold', 'begin', inCases.motherCard, 'security-admin', 'a lawsuit']],
  ['lists holds', 0, () => ['hold', 'list']],
  ['erases what is past its time', 0, () => ['retention', '--run']],
  ['proves a case', 0, () => ['ledger', 'proof', number]],
  ['writes the log out', 0, () => ['ledger', 'export', at('log')]],
  ['seals anew', 0, () => ['rotate-keys']],
  ['backs up', 0, () => ['backup', at('whole.age')], passphrase],
  [
    'opens a backup by no other words',
    1,
    () => ['backup', 'verify', at('whole.age')],
    () => passphrase(`${secrets.passphrase}!`),
  ],
  ['changes the master key', 0, () => ['change-master-key'], () => ({ TONGBAN_NEW_MASTER_KEY: secrets.master })],
  ['takes no words for a key', 1, () => ['change-master-key'], () => ({ TONGBAN_NEW_MASTER_KEY: secrets.database })],
  ['does not know the command', 2, () => [inCases.motherCard, inCases.mother]],
];

describe('nothing of anybody is said by a command that', () => {
  beforeAll(async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = { ...privateKey.export({ format: 'jwk' }), kid: 'x', alg: 'ES256' };
    await writeFile(at('jwks'), JSON.stringify({ keys: [key] }));
    Object.assign(secrets, { private: String(key.d) });
  });

  test.each(runs)('%s', async (_what, code, args, env = () => ({})) => {
    const said = await tongban(args(), env());
    expect(said.code, said.out).toBe(code);
    expect(seeker(secrets)(said.out)).toEqual([]);
    expect(found(said.out)).toEqual([]);
    const log = said.out.split('\n').filter((line) => line.startsWith('{"level"'));
    expect(log.join('\n')).not.toContain(number);
  });

  test('finds no database, whose address has a password in it', async () => {
    const secret = encodeURIComponent(secrets.database);
    for (const url of [
      `postgres://tongban:${secret}@127.0.0.1:${await freePort()}/tongban`,
      `postgres://tongban:${secret}@127.0.0.1:99999/tongban`,
      `postgres://tongban:${secret}@[/tongban`,
    ]) {
      const said = await tongban(['hold', 'list'], { DATABASE_URL: url });
      expect([said.code, found(said.out)], url).toEqual([1, []]);
      expect(said.out).not.toContain(secret);
    }
  });
});

test('nor is it in what they leave: the trail, the log that was written out, the backup', async () => {
  const rows = await product.house.db.query<{ what: string; row: string }>(
    'select what, t::text as row from ledger.trail t',
  );
  const acts = new Set(rows.map(({ what }) => what));
  for (const what of ['account.add', 'account.home', 'hold.begin', 'ledger.export', 'keys.rotate', 'backup.make'])
    expect(acts, what).toContain(what);
  expect(found(rows.map(({ row }) => row).join('\n'))).toEqual([]);
  const files = (await readdir(at('log'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(2);
  for (const { parentPath, name } of files)
    expect(found(await readFile(join(parentPath, name), 'latin1').then(asText)), name).toEqual([]);
  expect(found(asText(await readFile(at('whole.age'), 'latin1')))).toEqual([]);
});

/** Bytes as they would be read, whatever they are. */
const asText = (bytes: string) => Buffer.from(bytes, 'latin1').toString('utf8');
