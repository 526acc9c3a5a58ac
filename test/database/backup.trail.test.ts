import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runBackup, runRestore } from '../../src/cli-backup.ts';
import { openDb, openLog } from '../../src/platform/door.ts';
import { openProduct, type Product } from '../support/api.ts';
import { emptyDatabaseUrl } from '../support/testdb.ts';

/** Whoever takes all data out, checks what was taken, or puts it in, leaves a line in the trail of the database concerned. */
let product: Product;
let folder: string;
let target: string;
beforeAll(async () => {
  product = await openProduct();
  folder = await mkdtemp(join(tmpdir(), 'tongban-backup-trail-'));
  target = join(folder, 'whole.age');
  vi.stubEnv('TONGBAN_BACKUP_PASSPHRASE', 'a long sentence nobody would guess');
  here();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const here = () => {
  vi.stubEnv('DATABASE_URL', product.house.config.databaseUrl);
  vi.stubEnv('TONGBAN_DATA', product.house.config.data);
};
const say = () => undefined;
async function lines(url = product.house.config.databaseUrl ?? '') {
  const db = openDb({ url, log: openLog('silent'), max: 1 });
  const rows = await db.query<{ what: string; kind: string; outcome: string; who: string; rows: string | null }>(
    `select what, kind, outcome, who_id as who, detail->>'rows' as rows from ledger.trail where what like 'backup.%' order by position`,
  );
  await db.end();
  return rows;
}

test('a backup is an export, and checking it an act; what is broken is noted too', async () => {
  expect(await runBackup([target], say)).toBe(0);
  expect(await runBackup(['verify', target], say)).toBe(0);
  const broken = join(folder, 'broken.age');
  await writeFile(broken, (await readFile(target)).subarray(0, -1));
  await expect(runBackup(['verify', broken], say)).rejects.toThrow('cannot be used');
  const said = await lines();
  expect(said.map(({ what, kind, outcome, who }) => [what, kind, outcome, who])).toEqual([
    ['backup.make', 'export', 'done', 'setup'],
    ['backup.verify', 'act', 'done', 'setup'],
    ['backup.verify', 'act', 'failed', 'setup'],
  ]);
  expect(Number(said[0]?.rows)).toBeGreaterThan(100);
});

test('a restore is noted in what was restored', async () => {
  const url = await emptyDatabaseUrl();
  vi.stubEnv('DATABASE_URL', url);
  vi.stubEnv('TONGBAN_DATA', join(folder, 'elsewhere'));
  expect(await runRestore([target], say)).toBe(0);
  expect((await lines(url)).map(({ what, kind }) => [what, kind])).toEqual([['backup.restore', 'act']]);
  here();
});

test('a backup that cannot be noted is not kept', async () => {
  const { db } = product.house;
  const owner = openDb({ url: product.house.config.databaseUrl ?? '', log: openLog('silent'), max: 1 });
  await owner.query('revoke insert on ledger.trail from tongban_app');
  const other = join(folder, 'other.age');
  await expect(runBackup([other], say)).rejects.toThrow();
  await owner.query('grant insert on ledger.trail to tongban_app');
  await owner.end();
  await expect(readFile(other)).rejects.toThrow('ENOENT');
  expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]);
});
