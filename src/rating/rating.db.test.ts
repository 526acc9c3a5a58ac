import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { limits } from '../../test/support/limits.ts';
import { testDatabase } from '../../test/support/testdb.ts';
import type { FeedEvent } from '../cases/door.ts';
import { type Actor, can, staffActor } from '../identity/door.ts';
import { calendarOf, type Db, openLog, type Problem, pageSize, type Seen } from '../platform/door.ts';
import { invitationsFrom } from './invite.ts';
import { resourceOf } from './rate.ts';
import { openRating, type Rating } from './rating.ts';
import { noteCases, readFeed, standingOf } from './store.ts';

const region = '360121';
const at = '2026-03-06T02:00:00Z'; // a Friday
const person: Actor = { kind: 'person', id: 'p1', region, name: '陈' };
const other: Actor = { kind: 'person', id: 'p2', region, name: '刘' };

let db: Db;
let rating: Rating;
let number = '';
let serial = 0;

beforeAll(async () => {
  db = await testDatabase({ role: 'tongban_app' });
  rating = openRating({ db, log: openLog('silent'), calendar: () => calendarOf([], '2026-12-31'), limits });
});
beforeEach(() => {
  serial += 1;
  number = `360121100000${serial}`;
});

/** Delivers events of the case of this test. */
async function happened(...events: { type: string; [more: string]: unknown }[]): Promise<void> {
  const rows = events.map((event, seq) => ({ region, number, seq, event })) as unknown as FeedEvent[];
  const { submitted, closed } = invitationsFrom(rows);
  await db.transaction((tx) => noteCases(tx, submitted, closed));
}
const plan = {
  applicant: { id: 'p1', name: '陈' },
  division: '360121100000',
  subject: { kind: 'item', id: 'a', version: 1, name: { zh: '甲', en: 'A' } },
  branches: [
    { agency: 'x', item: 'a' },
    { agency: 'x', item: 'b' },
    { agency: 'y', item: 'c' },
  ],
};
const submitted = { type: 'submitted', at, plan };
const closed = { type: 'closed', at, outcome: 'granted' };
const wish = (commandId: string) => ({ number, level: 5, codes: ['510'], commandId, at });
const refused = (code: string) => expect.objectContaining({ code }) as Problem;

describe('invitations', () => {
  test('a case may be rated once it is closed, also when both come in one batch or twice', async () => {
    await happened(submitted);
    expect(await rating.of(person, number)).toMatchObject({ closedAt: null, rating: null });
    await expect(rating.rate(person, wish('early'))).rejects.toEqual(refused('not-yet-rateable'));
    await happened(submitted, closed);
    await happened(submitted, closed);
    expect((await rating.invitations(person)).rows.map((one) => one.number)).toEqual([number]);
    expect((await rating.invitations(other)).rows).toEqual([]);
    expect((await rating.invitations({ kind: 'guest' })).rows).toEqual([]);
  });
});

test('invitations go on over pages, also those of cases that closed at the same moment', async () => {
  const busy: Actor = { kind: 'person', id: 'p3', region, name: '万' };
  const numbers = Array.from({ length: pageSize + 1 }, (_, n) => `360121100999${n}`);
  const noted = numbers.map((each) => ({
    ...{ region, number: each, person: busy.id, division: plan.division, agencies: [], parts: [] },
    subject: plan.subject.name,
  }));
  const ended = numbers.map((each) => ({ region, number: each, at }));
  await db.transaction((tx) => noteCases(tx, noted, ended));
  const [first, last] = [await rating.invitations(busy), await rating.invitations(busy, pageSize)];
  expect([first.rows.length, first.more, last.rows.length, last.more]).toEqual([pageSize, true, 1, false]);
  expect([...first.rows, ...last.rows].map((one) => one.number).toSorted()).toEqual(numbers.toSorted());
});

describe('rating', () => {
  test('is given once; the same command again gives the same rating', async () => {
    await happened(submitted, closed);
    const given = await rating.rate(person, wish('c1'));
    expect(given).toMatchObject({ level: 5, codes: ['510'], verifyDue: null });
    expect(await rating.rate(person, wish('c1'))).toMatchObject({ level: 5, codes: ['510'] });
    await expect(rating.rate(person, wish('c2'))).rejects.toEqual(refused('already-rated'));
    expect((await rating.of(person, number))?.rating).toMatchObject({ level: 5 });
    expect((await rating.invitations(person)).rows.map((one) => one.number)).not.toContain(number);
  });

  test('keeps of an id as long as a book its beginning, by which it is known again', async () => {
    await happened(submitted, closed);
    const long = 'x'.repeat(100_000);
    await rating.rate(person, wish(long));
    expect(await rating.rate(person, wish(long))).toMatchObject({ level: 5 });
    const [row] = await db.query<{ kept: number }>(
      'select length(command) as kept from rating.rating where number = $1',
      [number],
    );
    expect(row?.kept).toBe(200);
  });

  test('two at the same moment: one wins', async () => {
    await happened(submitted, closed);
    const both = await Promise.allSettled([rating.rate(person, wish('a')), rating.rate(person, wish('b'))]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('is the applicant’s own: anybody else finds no such case', async () => {
    await happened(submitted, closed);
    await expect(rating.rate(other, wish('c'))).rejects.toEqual(refused('case-not-found'));
    await expect(rating.rate({ kind: 'guest' }, wish('c'))).rejects.toEqual(refused('sign-in-required'));
    expect(await rating.of(other, number)).toBeUndefined();
  });

  test('is given and seen by who may for one of its items, and by nobody whose power names others', async () => {
    await happened({ ...submitted, plan: { ...plan, applicant: { id: 'firm', name: '甲公司' } } }, closed);
    const agent = (items: string[]): Actor => {
      const organisation = { id: 'firm', name: '甲公司', creditCode: '', representative: false, items };
      return { kind: 'person', id: 'p9', region, name: '周', for: organisation };
    };
    const approver = (agency: string, item: string) => {
      const place = { division: '360121000000', agency };
      const who = { id: 'k', region, name: '', agencyName: { zh: '', en: '' }, ...place };
      return staffActor(who, [{ id: 'w', role: 'approver', item, ...place }]);
    };
    await expect(rating.rate(agent(['d']), wish('e'))).rejects.toEqual(refused('case-not-found'));
    const standing = await standingOf(db as unknown as Seen, region, number);
    if (!standing) throw new Error('the case was noted');
    const reads = (actor: Actor) => can(actor, 'case.read', resourceOf(region, standing));
    const asked = [agent(['d']), approver('x', 'c'), approver('y', 'a'), agent(['b']), approver('x', 'a')];
    expect(asked.map(reads)).toEqual([false, false, false, true, true]);
    expect(await rating.rate(agent(['d', 'b']), wish('f'))).toMatchObject({ level: 5 });
  });

  test('without a level nothing is written', async () => {
    await happened(submitted, closed);
    const { level: _, ...empty } = wish('c');
    await expect(rating.rate(person, empty)).rejects.toEqual(
      expect.objectContaining({ code: 'form-invalid', fields: [{ field: 'level', code: 'rating-level' }] }),
    );
    expect((await rating.of(person, number))?.rating).toBeNull();
  });

  test('a bad one is due for a call on the next working day', async () => {
    await happened(submitted, closed);
    const given = await rating.rate(person, { ...wish('c'), level: 1, codes: ['113'], comment: '跑了三个窗口' });
    expect(given.verifyDue).toBe('2026-03-09');
  });

  test('cannot be changed by the application, and reaches subscribers without its comment', async () => {
    await expect(db.query('update rating.rating set level = 5')).rejects.toThrow('permission denied');
    await expect(db.query('delete from rating.rating')).rejects.toThrow('permission denied');
    const rows = await readFeed(db, { xid: '0', position: 0 }, 10);
    expect(rows.length).toBeGreaterThan(2);
    expect(rows[0]).not.toHaveProperty('comment');
  });
});
