import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../test/support/testdb.ts';
import { powersOf, type StaffActor, staffActor } from '../identity/door.ts';
import { type Db, openLog, type Subscriber } from '../platform/door.ts';
import { type Efficacy, listSize, openEfficacy } from './efficacy.ts';
import type { Filter } from './filter.ts';
import { agencies, calendar, feedOf, histories, region, townships } from './histories.ts';
import { wholeTransactions } from './listen.ts';
import { type MeasureId, measureIds, measures, sumIds } from './measures.ts';

const today = '2026-06-10T02:00:00Z';
const period: Filter = { from: '2026-04-01', to: '2026-05-15' };
const staff = (roles: StaffActor['roles'], agency: string, division = '360121000000'): StaffActor =>
  staffActor(
    { id: 's', region, name: '陶', division, agency, agencyName: { zh: '', en: '' } },
    powersOf(roles, { division, agency }),
  );
const supervisor = staff(['supervisor'], '360121-government-services');
const lead = staff(['lead'], '360121-tax');

const { cases, ratings } = histories(1500);
const feeds = { cases: feedOf(cases), ratings: feedOf(ratings) };
let db: Db;
let efficacy: Efficacy;

async function drained(subscribers: Subscriber[]): Promise<void> {
  for (const subscriber of subscribers) await subscriber.drain();
  for (const subscriber of subscribers) await subscriber.stop();
}

beforeAll(async () => {
  db = await testDatabase({ role: 'tongban_app' });
  efficacy = openEfficacy({ db, log: openLog('silent'), calendar: () => calendar, clock: () => new Date(today) });
  // Ratings first: the two feeds may come in any order.
  await drained(efficacy.subscribers(feeds).reverse());
});

const total = async (filter: Filter, measure: MeasureId, actor = supervisor) =>
  (await efficacy.cases(actor, { ...filter, measure })).total;

describe('figures', () => {
  test('agree with counting the events by hand', async () => {
    const { total: figures } = await efficacy.overview(supervisor, { from: '2026-01-01', to: '2026-12-31' });
    const of = (type: string) => cases.filter(({ event }) => event.type === type).length;
    expect(figures.submitted).toBe(1500);
    expect(figures.closed).toBe(of('closed'));
    expect(figures.running).toBe(1500 - of('closed') - of('withdrawn') - of('not-accepted'));
    expect(figures.decided).toBe(of('branch-decided'));
    expect(figures.rated).toBe(ratings.length);
    expect(figures.sum.satisfaction).toBe(ratings.reduce((sum, { level }) => sum + level * 20, 0));
    expect(figures['on-time'] + figures.late).toBe(figures.decided);
    const toBeIssued = cases.filter(({ event }) => event.type === 'branch-decided' && event.issueDue);
    expect(figures.issued).toBe(of('branch-issued'));
    expect(figures['to-issue']).toBe(toBeIssued.length - figures.issued);
    expect(figures['issued-on-time'] + figures['issued-late']).toBe(figures.issued);
    for (const id of ['late', 'issued-late', 'late-to-issue'] as const) expect(figures[id], id).toBeGreaterThan(0);
    expect(figures['late-running']).toBeGreaterThanOrEqual(figures['overdue-running']);
  });

  test('every breakdown adds up to the whole', async () => {
    const { total: whole, ...slices } = await efficacy.overview(supervisor, period);
    expect(slices.division).toHaveLength(townships.length);
    for (const id of measureIds) {
      const by = measures[id].unit === 'case' ? (['division'] as const) : (['division', 'agency', 'item'] as const);
      for (const breakdown of by) {
        const added = slices[breakdown].reduce((sum, { totals }) => sum + totals[id], 0);
        expect(added, `${id} by ${breakdown}`).toBe(whole[id]);
      }
    }
    for (const id of sumIds) {
      expect(
        slices.division.reduce((sum, { totals }) => sum + totals.sum[id], 0),
        id,
      ).toBe(whole.sum[id]);
    }
  });

  test('the list behind a figure has as many lines as the figure says', async () => {
    const { total: whole, division, agency } = await efficacy.overview(supervisor, period);
    for (const measure of measureIds) {
      expect(await total(period, measure), measure).toBe(whole[measure]);
      for (const { key, totals } of division) {
        expect(await total({ ...period, division: key }, measure), `${measure} ${key}`).toBe(totals[measure]);
      }
      if (measures[measure].unit !== 'branch') continue;
      for (const { key, totals } of agency) {
        expect(await total({ ...period, agency: key }, measure), `${measure} ${key}`).toBe(totals[measure]);
      }
    }
  });

  test('a filtered overview says the same as its row in the whole one', async () => {
    const whole = await efficacy.overview(supervisor, period);
    for (const { key, totals } of whole.division) {
      expect((await efficacy.overview(supervisor, { ...period, division: key })).total).toEqual(totals);
    }
  });

  test('an empty period is all zeros', async () => {
    const {
      total: none,
      division,
      medianUsedDays,
    } = await efficacy.overview(supervisor, { from: '2020-01-01', to: '2020-01-31' });
    expect(none.submitted).toBe(0);
    expect(medianUsedDays).toBeNull();
    expect(division.every(({ totals }) => totals.submitted === 0)).toBe(true);
  });
});

describe('lists', () => {
  test('come in pages that together are the whole, each line once', async () => {
    const seen = new Set<string>();
    for (let offset = 0; ; offset += listSize) {
      const list = await efficacy.cases(supervisor, { ...period, measure: 'decided' }, offset);
      if (list.unit !== 'branch') throw new Error('items expected');
      for (const { number, item } of list.rows) seen.add(`${number} ${item}`);
      if (offset + listSize >= list.total) {
        expect(seen.size).toBe(list.total);
        return;
      }
    }
  });

  test('say how late an item is', async () => {
    const late = await efficacy.cases(supervisor, { ...period, measure: 'late' });
    const onTime = await efficacy.cases(supervisor, { ...period, measure: 'on-time' });
    if (late.unit !== 'branch' || onTime.unit !== 'branch') throw new Error('items expected');
    expect(late.rows.every(({ lateDays }) => lateDays > 0)).toBe(true);
    expect(onTime.rows.every(({ lateDays }) => lateDays === 0)).toBe(true);
  });

  test('of issuing say how late it was issued, or still waits, not how late it was decided', async () => {
    for (const [measure, isLate] of [
      ['issued-late', true],
      ['late-to-issue', true],
      ['issued-on-time', false],
    ] as const) {
      const list = await efficacy.cases(supervisor, { ...period, measure });
      if (list.unit !== 'branch') throw new Error('items expected');
      expect(list.rows.length, measure).toBeGreaterThan(0);
      expect(
        list.rows.every(({ lateDays }) => lateDays > 0 === isLate),
        measure,
      ).toBe(true);
    }
  });
});

describe('who may look', () => {
  test('a lead sees items of the own agency only', async () => {
    const { agency, total: mine } = await efficacy.overview(lead, period);
    expect(agency.map(({ key }) => key)).toEqual(['360121-tax']);
    const whole = await efficacy.overview(supervisor, period);
    expect(mine.decided).toBe(whole.agency.find(({ key }) => key === lead.agency)?.totals.decided);
    expect(await total({ ...period, agency: agencies[0] as string }, 'decided', lead)).toBe(0);
  });

  test('a township’s supervisor sees that township', async () => {
    const { division } = await efficacy.overview(staff(['supervisor'], 'x', townships[0]), period);
    expect(division.map(({ key }) => key)).toEqual([townships[0]]);
  });

  test('nobody else', async () => {
    await expect(efficacy.overview(staff(['clerk', 'approver'], 'x'), period)).rejects.toMatchObject({
      code: 'not-allowed',
    });
    await expect(efficacy.overview({ kind: 'guest' }, period)).rejects.toMatchObject({ code: 'sign-in-required' });
  });
});

describe('facts', () => {
  const everything = async () =>
    JSON.stringify([
      await db.query('select * from efficacy.case_fact order by region, number'),
      await db.query('select * from efficacy.branch_fact order by region, number, item'),
      await db.query('select * from efficacy.rating_fact order by region, number'),
    ]);

  test('can be made again from the events, and come out the same', async () => {
    const before = await everything();
    await db.query(`update efficacy.branch_fact set on_time_promised = not on_time_promised`);
    await db.query(`delete from efficacy.rating_fact`);
    expect(await everything()).not.toBe(before);
    await efficacy.rebuild(feeds);
    expect(await everything()).toBe(before);
  });

  test('do not change when everything is delivered again', async () => {
    const before = await everything();
    await db.query(`update platform.outbox_cursor set xid = '0', position = 0`);
    await drained(efficacy.subscribers(feeds));
    expect(await everything()).toBe(before);
  });

  test('never end a batch in the middle of a transaction', async () => {
    const rows = await wholeTransactions(
      feedOf(
        [1, 2, 3, 4, 5, 6, 7, 8].map((n) => ({ n })),
        3,
      ),
    )(db, { xid: '0', position: 0 }, 4);
    expect(rows.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
