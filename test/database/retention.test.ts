import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { beforeAll, expect, test } from 'vitest';
import { type CaseEvent, fold } from '../../src/cases/door.ts';
import { runHold, runRetention } from '../../src/cli-retention.ts';
import type { House } from '../../src/house.ts';
import type { Actor } from '../../src/identity/door.ts';
import { type Db, openDb, openLog } from '../../src/platform/door.ts';
import { openProduct, type Product } from '../support/api.ts';
import { fillIn, submitted } from '../support/newborn.ts';

/** What is past its time goes for good; what is held stays; and evidence stays whole. */
const father: Actor = { kind: 'person', id: '360121-father', region: '360121', name: '陈志远' };
let product: Product;
let house: House;
let owner: Db;

beforeAll(async () => {
  product = await openProduct();
  house = product.house;
  owner = openDb({ url: house.config.databaseUrl ?? '', log: openLog('silent'), max: 2 });
  return () => owner.end();
});

/** The same house, so many years later. */
const later = (years: number): House => ({
  ...house,
  clock: () => new Date(house.clock().getTime() + years * 366 * 24 * 3600 * 1000),
});

async function run(of: House, ...args: string[]): Promise<string[]> {
  const lines: string[] = [];
  expect(await runRetention(of, args, (line) => void lines.push(line))).toBe(0);
  return lines;
}

async function withdrawn(): Promise<string> {
  // Signed in anew each time: a sweep ends what has ended.
  const client = await product.as('father');
  const number = await submitted(client);
  const answer = await client.call('POST', `/api/v1/cases/${number}/commands`, {
    command: { type: 'withdraw' },
    commandId: `withdraw-${number}`,
  });
  expect(answer.status, answer.text).toBe(200);
  return number;
}

const stored = async () =>
  (await readdir(join(house.config.data, 'files'), { recursive: true })).filter((name) => /[0-9a-f]{32}$/.test(name));

test('a draft nobody submits goes with its files; what a case has, and what is young, stays', async () => {
  const client = await product.as('father');
  const number = await submitted(client);
  const old = await fillIn(client);
  const young = await fillIn(client);
  const edge = later(1).clock();
  await owner.query('update cases.draft set updated_at = $2 where id = $1', [young, edge.toISOString()]);
  expect((await run(later(1), '--dry-run'))[0]).toMatch(/^1 to erase · draft/);
  expect(await owner.query('select id from cases.draft where id = $1', [old])).toHaveLength(1);
  await run(later(1), '--run');
  expect(await owner.query('select id from cases.draft where id = $1', [old])).toEqual([]);
  expect(await owner.query('select id from cases.file where draft = $1', [old])).toEqual([]);
  expect(await house.cases.files.ofDraft(father, young)).toHaveLength(1);
  // All three hold the same bytes, which lie once: they stay as long as one of them does.
  const theCase = await house.cases.read(father, number);
  const file = await house.cases.files.get(father, theCase.materials.find(({ file }) => file)?.file ?? '');
  expect(file && (await buffer(house.cases.files.read(file))).length).toBeGreaterThan(0);
});

test('of a case whose time is over the classified part and the papers go; events, fold and log stay whole', async () => {
  const number = await withdrawn();
  await house.drain();
  const before = await house.cases.read(father, number);
  expect(before.answers.father_id_card).toBe('360121199503120013');
  const events = () => owner.query('select seq, data from cases.event where number = $1 order by seq', [number]);
  const written = await events();

  await run(later(9), '--run');
  expect((await house.cases.read(father, number)).answers).toEqual(before.answers);
  await run(later(11), '--run');

  const now = await house.cases.read(father, number);
  expect(now.answers.father_id_card).toBeUndefined();
  expect(now.answers.card_bank).toBe(before.answers.card_bank);
  expect(await owner.query('select seq from cases.sealed where number = $1', [number])).toEqual([]);
  expect(await owner.query('select id from cases.file where draft = $1 or draft = $2', [number, 'x'])).toEqual([]);
  const [draft] = await owner.query('select * from cases.draft where number = $1', [number]);
  expect(draft).toMatchObject({ answers: {}, sealed: null, key_id: null });
  expect(await owner.query('select class, parts, files from cases.erasure where number = $1', [number])).toEqual([
    { class: 'case-not-decided', parts: 1, files: 1 },
  ]);
  expect(await events()).toEqual(written);
  const [row] = await owner.query<{ state: unknown }>('select state from cases.case where number = $1', [number]);
  const stored = await owner.query<{ data: CaseEvent }>('select data from cases.event where number = $1 order by seq', [
    number,
  ]);
  expect(fold(stored.map(({ data }) => data)).state).toEqual(row?.state);
  await house.drain();
  expect(await house.ledger.verify(house.acts)).toMatchObject({ difference: undefined, waiting: 0 });
});

test('a held case stays until the hold ends, and every order and erasure is in the trail', async () => {
  const [held, free] = [await withdrawn(), await withdrawn()];
  const say = () => undefined;
  expect(await runHold(house, ['begin', held, 'security', '行政诉讼'], say)).toBe(0);
  await run(later(20), '--run');
  expect((await house.cases.read(father, held)).answers.father_id_card).toBeDefined();
  expect((await house.cases.read(father, free)).answers.father_id_card).toBeUndefined();
  expect(await runHold(later(20), ['end', held, 'security'], say)).toBe(0);
  await run(later(21), '--run');
  expect((await house.cases.read(father, held)).answers.father_id_card).toBeUndefined();
  const trail = await owner.query<{ what: string }>('select distinct what from ledger.trail where what ~ $1', [
    'hold|ret',
  ]);
  expect(trail.map(({ what }) => what).sort()).toEqual(['hold.begin', 'hold.end', 'retention.erase']);
  await expect(runHold(house, ['begin', '360121', 'security', '诉讼'], say)).rejects.toMatchObject({
    code: 'case-not-found',
  });
});

test('bytes nobody refers to go when they are old, those somebody does never', async () => {
  await run(later(40), '--run');
  const rows = await owner.query<{ address: string }>('select distinct address from cases.file');
  const names = (await stored()).map((name) => name.slice(-32)).sort();
  expect(names).toEqual(rows.map(({ address }) => address).sort());
});

test('nothing is erased while a backup is made', async () => {
  await withdrawn();
  const backup = openDb({ url: house.config.databaseUrl ?? '', log: openLog('silent'), max: 1 });
  await backup.query('select pg_advisory_lock_shared(360123)');
  await expect(run(later(60), '--run')).rejects.toThrow('a backup is being made');
  await backup.query('select pg_advisory_unlock_shared(360123)');
  await backup.end();
  await run(later(60), '--run');
});

test('nothing that is sealed is left of an erased case, in any table', async () => {
  const number = await withdrawn();
  const [row] = await owner.query<{ draft: string }>('select draft from cases.case where number = $1', [number]);
  const sealing = await owner.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.columns where column_name = 'key_id'
      and table_schema <> 'platform'`,
  );
  expect(sealing.map(({ name }) => name)).toEqual(expect.arrayContaining(['cases.draft', 'cases.sealed']));
  const left = async () => {
    const keys = [number, row?.draft];
    const of = 'key_id is not null and exists (select from jsonb_each_text(to_jsonb(t)) where value = any($1))';
    const found = sealing.map(async ({ name }) => {
      const rows = await owner.query(`select from ${name} as t where ${of} limit 1`, [keys]);
      return rows.length > 0 ? [name] : [];
    });
    return (await Promise.all(found)).flat().sort();
  };
  expect(await left()).toEqual(['cases.file', 'cases.sealed']);
  await run(later(11), '--run');
  expect(await left()).toEqual([]);
});
