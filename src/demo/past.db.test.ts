import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabaseUrl } from '../../test/support/testdb.ts';
import { fold } from '../cases/door.ts';
import { type House, openHouse } from '../house.ts';
import { openLog, readConfig } from '../platform/door.ts';
import { fillWithPast } from './past.ts';

const root = resolve(import.meta.dirname, '../..');
let house: House;

beforeAll(async () => {
  const data = await mkdtemp(join(tmpdir(), 'tongban-past-'));
  const config = readConfig({ TONGBAN_DATA: data, TONGBAN_DEMO: 'on', TONGBAN_DEMO_CASES: '1000' }, root);
  house = await openHouse({
    config,
    url: await testDatabaseUrl(),
    root,
    log: openLog('error'),
    clock: () => new Date('2026-09-28T08:00:00.000Z'),
  });
  await fillWithPast(house, () => undefined);
});
afterAll(() => house.close());

test('the past is made of events: every row is the fold of what happened', async () => {
  const rows = await house.db.query<{ number: string; state: unknown }>(
    'select number, state from cases.case order by number',
  );
  expect(rows.length).toBe(1000);
  for (const { number, state } of rows) {
    const events = await house.db.query<{ data: Parameters<typeof fold>[0][number] }>(
      'select data from cases.event where region = $1 and number = $2 order by seq',
      ['360121', number],
    );
    expect(fold(events.map(({ data }) => data)).state).toEqual(state);
  }
});

test('at the counter one can sign in at, cases wait for an answer, whatever day it is', async () => {
  const waiting = await house.db.query<{ number: string }>(
    `select number from cases.case where division = '360121100000' and status = 'submitted'`,
  );
  expect(waiting.length).toBeGreaterThanOrEqual(4);
});

test('nothing in it lies in the future', async () => {
  const [row] = await house.db.query<{ latest: string }>('select max(at) as latest from cases.event');
  expect(row && row.latest <= '2026-09-28T08:00:00.000Z').toBe(true);
});

test('it has all kinds of things: late ones, returned ones, refused ones, running ones, bad ratings', async () => {
  const [row] = await house.db.query<Record<string, number>>(
    `select (select count(*) from cases.branch where used_days > promised_days) as late,
            (select count(*) from cases.event where type = 'returned') as returned,
            (select count(*) from cases.branch where status = 'refused') as refused,
            (select count(*) from cases.branch where status in ('open', 'claimed')) as running,
            (select count(*) from rating.rating where level <= 2) as bad,
            (select count(*) from rating.rating) as rated`,
  );
  for (const [what, count] of Object.entries(row ?? {})) expect(count, what).toBeGreaterThan(0);
});

test('a telling that was cut short goes on without doing anything twice', async () => {
  const count = async () => (await house.db.query<{ n: number }>('select count(*) as n from cases.event'))[0]?.n;
  const before = await count();
  await house.db.query('update demo.past set finished_at = null');
  await fillWithPast(house, () => undefined);
  expect(await count()).toBe(before);
});
