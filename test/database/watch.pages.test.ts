import { beforeAll, expect, test } from 'vitest';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { submitted } from '../support/newborn.ts';

let product: Product;
let supervisor: Client;

beforeAll(async () => {
  product = await openProduct();
  await submitted(await product.as('father'));
  await product.house.drain();
  supervisor = await product.as('supervisor');
});

const get = (who: Client, path: string) => who.call('GET', path);

test('a supervisor chooses the days freely, and is told beside the field what is wrong with them', async () => {
  const day = await get(supervisor, '/watch?from=2026-06-10&to=2026年6月10日');
  expect(day.status).toBe(200);
  expect(day.text).toContain('6月10日至6月10日');
  const before = await get(supervisor, '/watch?from=2026-05-01&to=2026-06-09');
  expect(before.text).toContain('收到 0 件');
  const wrong = await get(supervisor, '/watch?from=2026-06-31&to=2026-06-01');
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('id="from-error"');
  expect(wrong.text).toContain('value="2026-06-31"');
  expect((await get(supervisor, '/watch/figures.csv?by=division&from=2026-06-31&to=2026-06-01')).status).toBe(422);
});

test('whoever takes a table away is noted with the agency and roles they had', async () => {
  await get(supervisor, '/watch/figures.csv?by=division');
  const [line] = await product.entries('watch.figures-division');
  const actor = await product.house.identity.staff.actor('360121', line?.whoId ?? '', product.house.clock());
  expect(line).toMatchObject({
    region: actor?.region,
    detail: { agency: actor?.agency, roles: 'supervisor', lines: 2 },
  });
});

test('the tables are taken away as files with Chinese headings, and their last line is the whole', async () => {
  const figures = await get(supervisor, '/watch/figures.csv?by=division');
  expect(figures.type).toBe('text/csv; charset=utf-8');
  const [head = '', ...lines] = figures.text.trimEnd().split('\r\n');
  expect(head.startsWith('\ufeff乡镇,期间收到的办件,')).toBe(true);
  expect(lines.map((line) => line.split(',').slice(0, 2))).toEqual([
    ['莲塘镇', '1'],
    ['合计', '1'],
  ]);
  const cases = await get(supervisor, '/watch/cases.csv?measure=submitted');
  expect(cases.text.trim().split('\r\n')).toHaveLength(2);
  expect(cases.text).toContain('办件编号,办什么事,乡镇');
  // What the lines say of papers adds up to the figure they stand behind.
  const [names = '', ...rows] = cases.text.trim().split('\r\n');
  const sum = (name: string) =>
    rows.reduce((total, row) => total + Number(row.split(',')[names.split(',').indexOf(name)]), 0);
  const { body } = await supervisor.call<{ total: { id: string; value: number; part: number; of: number }[] }>(
    'GET',
    '/api/v1/watch/figures',
  );
  const spared = body.total.find(({ id }) => id === 'materials-spared');
  expect(spared).toMatchObject({ part: sum('免交材料（份）'), of: sum('要求材料（份）') });
  expect(spared?.of).toBeGreaterThan(0);
});

test('in English the files name places in English', async () => {
  const inEnglish = (path: string) =>
    supervisor.call('GET', path, undefined, { cookie: `${supervisor.cookie}; tb_lang=en` });
  const figures = await inEnglish('/watch/figures.csv?by=division');
  expect(figures.text).toContain('\r\nLiantang Town,1,');
  const cases = await inEnglish('/watch/cases.csv?measure=submitted');
  expect(cases.text).toContain(',Liantang Town,');
  expect(figures.text + cases.text).not.toContain('莲塘镇');
});

test('a file is only for who may look, and is written into the trail without anybody’s data', async () => {
  await get(supervisor, '/watch/cases.csv?measure=submitted');
  expect((await get(await product.as('father'), '/watch/cases.csv?measure=submitted')).status).toBe(403);
  const kept = await product.house.db.query<{ entry: string }>(
    `select to_jsonb(t)::text as entry from ledger.trail t where to_jsonb(t)::text like '%watch.submitted%'`,
  );
  expect(kept.length).toBeGreaterThan(0);
  expect(kept[0]?.entry).toContain('"lines": 1');
});
