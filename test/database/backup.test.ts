import { spawnSync } from 'node:child_process';
import { chmod, copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type House, openHouse } from '../../src/house.ts';
import type { Actor } from '../../src/identity/door.ts';
import { newBackupKey, openerFrom } from '../../src/platform/backup-age.ts';
import { makeBackup } from '../../src/platform/backup-make.ts';
import { restoreBackup, verifyBackup } from '../../src/platform/backup-restore.ts';
import { type Db, openDb, openLog } from '../../src/platform/door.ts';
import { openProduct, type Product } from '../support/api.ts';
import { fillIn, submitted } from '../support/newborn.ts';
import { emptyDatabaseUrl } from '../support/testdb.ts';

/** A backup of a product with people's cases in it, made while they go on, brought back on another machine. */
const root = join(import.meta.dirname, '../..');
const migrations = join(root, 'migrations');
const father: Actor = { kind: 'person', id: '360121-father', region: '360121', name: '陈志远' };
const without = ['identity.session', 'identity.sign_in_step', 'identity.start_code'];
const clock = () => new Date('2026-06-10T02:00:00.000Z');
const say = () => undefined;

let product: Product;
let folder: string;
let number: string;
let made: { target: string; env: Record<string, string>; recipient: string };
const endings: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of endings.reverse()) await end();
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongban-backup-'));
  endings.push(() => rm(folder, { recursive: true, force: true }));
  product = await openProduct();
  const client = await product.as('father');
  number = await submitted(client);
  await fillIn(client);
  await product.house.drain();

  const keyFile = join(folder, 'backup.key');
  const recipient = await newBackupKey(keyFile, clock());
  made = { target: join(folder, 'first.age'), env: { TONGBAN_BACKUP_KEY_FILE: keyFile }, recipient };
  // People go on while it is made.
  let going = true;
  const others = (async () => {
    while (going) await submitted(client);
  })();
  await backup(product.house, made.target);
  going = false;
  await others;
});

async function backup({ config }: House, target: string, lock = { recipients: [made.recipient] }) {
  const url = config.databaseUrl ?? '';
  return makeBackup({ url, files: join(config.data, 'files'), target, lock, without, clock, say });
}

async function restored(source: string, url: string, files: string, env = made.env) {
  return restoreBackup({ source, opener: await openerFrom(env), url, files, migrations, clock, say });
}

/** Another machine: the restored database and files, and the two keys, which were kept apart. */
async function elsewhere(source: string) {
  const data = await mkdtemp(join(tmpdir(), 'tongban-elsewhere-'));
  const url = await emptyDatabaseUrl();
  const manifest = await restored(source, url, join(data, 'files'));
  for (const key of ['master.key', 'ledger.key']) await copyFile(join(product.house.config.data, key), join(data, key));
  const config = { ...product.house.config, data, databaseUrl: url };
  const house = await openHouse({ config, url, root, log: openLog('silent'), clock });
  endings.push(() => rm(data, { recursive: true, force: true }));
  endings.push(() => house.close());
  return { house, manifest, url };
}

async function counts(db: Db): Promise<Record<string, number>> {
  const tables = await db.query<{ name: string }>(
    `select schemaname || '.' || tablename as name from pg_tables where schemaname !~ '^pg_|^information_schema$|^public$' order by 1`,
  );
  const found: Record<string, number> = {};
  for (const { name } of tables)
    found[name] = Number((await db.query<{ n: number }>(`select count(*) as n from ${name}`))[0]?.n);
  return found;
}

function owner(url: string): Db {
  const db = openDb({ url, log: openLog('silent'), max: 2 });
  endings.push(() => db.end());
  return db;
}

describe('brought back on another machine', () => {
  let there: Awaited<ReturnType<typeof elsewhere>>;
  beforeAll(async () => {
    there = await elsewhere(made.target);
  });

  test('every table has the rows it had, of one moment', async () => {
    const db = owner(there.url);
    const rows = Object.fromEntries(Object.entries(there.manifest.tables).map(([name, { rows }]) => [name, rows]));
    const found = await counts(db);
    // Opening the house notes a few things: cursors of subscribers and the house's own.
    for (const [name, count] of Object.entries(rows)) expect(found[name], name).toBeGreaterThanOrEqual(count);
    for (const name of ['cases.case', 'cases.event', 'cases.sealed', 'cases.file', 'identity.person', 'ledger.leaf'])
      expect(rows[name], name).toBeGreaterThan(0);
    for (const name of without) expect(found[name]).toBe(0);
    const torn = await db.query(
      `select number from cases.case c where version <> (select count(*) from cases.event e where (e.region, e.number) = (c.region, c.number))`,
    );
    expect(torn).toEqual([]);
  });

  test('a case opens with what is sealed of it, and so does its file', async () => {
    const [before, now] = await Promise.all(
      [product.house, there.house].map((house) => house.cases.read(father, number)),
    );
    expect(now).toEqual(before);
    expect(now?.answers.father_id_card).toBe('360121199503120013');
    const id = now?.materials.find(({ file }) => file)?.file ?? '';
    const contents = await Promise.all(
      [product.house, there.house].map(async ({ cases }) => {
        const file = await cases.files.get(father, id);
        return file ? buffer(cases.files.read(file)) : undefined;
      }),
    );
    expect(contents[1]).toBeDefined();
    expect(contents[1]).toEqual(contents[0]);
  });

  test('the log of acts verifies in its old order, goes on, and figures are counted once', async () => {
    const { house, url } = there;
    const db = owner(url);
    const before = await counts(db);
    // Each feed may be refused once, as what it delivers is in the log, and then looks at its acts one by one.
    for (let tries = Object.keys(house.acts).length; tries > 0; tries--) await house.drain().catch(() => undefined);
    await house.drain();
    expect(house.ledger.healthy()).toBe(true);
    expect(await house.ledger.verify(house.acts)).toMatchObject({ waiting: 0, difference: undefined });
    const now = await counts(db);
    for (const table of ['efficacy.case_fact', 'rating.invitation']) expect(now[table]).toBe(now['cases.case']);
    expect(now['ledger.leaf']).toBeGreaterThanOrEqual(before['ledger.leaf'] ?? 0);
    const { id } = await house.cases.drafts.start(father, draft, clock().toISOString());
    expect(id).toContain('360121-');
    const numbers = await db.query<{ last: number }>('select last_value as last from cases.number_serial');
    expect(numbers[0]?.last).toBeGreaterThan(0);
  });

  test('what came back is refused a second time, and nothing of it is changed', async () => {
    const before = await counts(owner(there.url));
    const other = join(folder, 'other-files');
    await expect(restored(made.target, there.url, other)).rejects.toThrow('not empty');
    expect(await counts(owner(there.url))).toEqual(before);
    const full = join(product.house.config.data, 'files');
    await expect(restored(made.target, await emptyDatabaseUrl(), full)).rejects.toThrow('not empty');
  });
});

const draft = {
  ...{ owner: father.id, division: '360121100000', subjectVersion: 1, situation: {} },
  subject: { kind: 'item' as const, id: 'birth-service-record' },
};

describe('a backup that is not whole', () => {
  test('changed anywhere, cut off anywhere, or made for another key, it is refused before anything is written', async () => {
    const bytes = await readFile(made.target);
    const url = await emptyDatabaseUrl();
    const files = join(folder, 'never');
    const wrong: [string, Buffer][] = [20, 200, 0.3, 0.6, 0.99].map((at) => {
      const place = at < 1 ? Math.floor(bytes.length * at) : at;
      const changed = Buffer.from(bytes);
      changed[place] = (changed[place] ?? 0) ^ 1;
      return [`changed at ${at}`, changed];
    });
    for (const at of [0, 100, 0.5]) wrong.push([`cut at ${at}`, bytes.subarray(0, at < 1 ? bytes.length * at : at)]);
    wrong.push(['without its last byte', bytes.subarray(0, -1)]);
    // Cut where one locked piece ends: what is left is well-formed but for its end.
    const head = bytes.indexOf('\n---') + 4;
    const first = bytes.indexOf('\n', head) + 1 + 16 + (64 * 1024 + 16) * 2;
    wrong.push(['cut between pieces', bytes.subarray(0, first)]);
    for (const [what, content] of wrong) {
      const file = join(folder, 'wrong.age');
      await writeFile(file, content);
      await expect(restored(file, url, files), what).rejects.toThrow('this backup cannot be used');
    }
    const otherKey = join(folder, 'other.key');
    await newBackupKey(otherKey, clock());
    const another = { TONGBAN_BACKUP_KEY_FILE: otherKey };
    await expect(restored(made.target, url, files, another)).rejects.toThrow('another key');
    expect(await counts(owner(url))).toEqual({});
    expect(await readdir(folder)).not.toContain('never');
  });

  test('one made by a newer version is refused with the name of what is not known', async () => {
    const db = owner(product.house.config.databaseUrl ?? '');
    await db.query(`insert into public.migration (name, hash) values ('9999-tomorrow.sql', 'x')`);
    const target = join(folder, 'tomorrow.age');
    await backup(product.house, target);
    await db.query(`delete from public.migration where name = '9999-tomorrow.sql'`);
    await expect(restored(target, await emptyDatabaseUrl(), join(folder, 'never'))).rejects.toThrow(
      '9999-tomorrow.sql',
    );
  });
});

describe('the file itself', () => {
  test('holds nothing in clear, and no key', async () => {
    const bytes = await readFile(made.target);
    for (const text of ['陈志远', 'cases.event', 'tongban-backup']) expect(bytes.includes(text), text).toBe(false);
    expect(bytes.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
  });

  test('opens with a passphrase when it was made with one', async () => {
    const target = join(folder, 'passphrase.age');
    const passphrase = 'a long sentence nobody would guess';
    const { config } = product.house;
    await makeBackup({
      ...{ url: config.databaseUrl ?? '', files: join(config.data, 'files'), target, without, clock, say },
      lock: { passphrase },
    });
    const opener = await openerFrom({ TONGBAN_BACKUP_PASSPHRASE: passphrase });
    expect((await verifyBackup({ source: target, opener, clock, say })).manifest.files.count).toBeGreaterThan(0);
    const wrong = await openerFrom({ TONGBAN_BACKUP_PASSPHRASE: 'another sentence, and wrong' });
    await expect(verifyBackup({ source: target, opener: wrong, clock, say })).rejects.toThrow('another passphrase');
  });

  test('is never written over another, and leaves no half of it when there is no room', async () => {
    await expect(backup(product.house, made.target)).rejects.toThrow('is there already');
    const script = `
      import { Readable } from 'node:stream';
      import { writeWhole } from '${join(root, 'src/platform/backup-file.ts')}';
      await writeWhole('${join(folder, 'full.age')}', Readable.from([Buffer.alloc(1 << 20)])).catch((error) => console.log(error.message));`;
    const limited = spawnSync('sh', [
      '-c',
      'ulimit -f 64; exec "$0" --input-type=module -e "$1"',
      process.execPath,
      script,
    ]);
    expect(limited.stdout.toString()).toMatch(/no room left for .*full\.age \((EFBIG|ENOSPC)\); nothing was kept/);
    expect((await readdir(folder)).filter((name) => name.startsWith('full.age'))).toEqual([]);
  });
});

const age = spawnSync('age', ['--version']).status === 0;
if (!age) process.stderr.write('age is not on this machine (Debian: age): its reading of a backup is not tried\n');

test.skipIf(!age)('the ordinary age and tar open it', async () => {
  const tar = join(folder, 'plain.tar');
  const key = made.env.TONGBAN_BACKUP_KEY_FILE ?? '';
  await chmod(key, 0o600);
  const opened = spawnSync('age', ['--decrypt', '--identity', key, '--output', tar, made.target]);
  expect(opened.stderr.toString()).toBe('');
  const list = spawnSync('tar', ['--list', '--file', tar]).stdout.toString().trim().split('\n');
  expect(list[0]).toBe('backup.json');
  expect(list.at(-1)).toBe('manifest.json');
  expect(list).toContain('tables/cases.event/0');
  expect(list.some((name) => /^files\/360121\/[0-9a-f]{2}\/[0-9a-f]{32}$/.test(name))).toBe(true);
});
