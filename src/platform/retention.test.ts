import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Keeping, limitOf, loadRetention, type RetentionClass, sweep } from './retention.ts';

const now = new Date('2026-08-31T02:00:00.000Z');
const kind = (id: string, more: Partial<RetentionClass> = {}): RetentionClass => ({
  ...{ id, name: { zh: id, en: id }, after: { days: 30 } },
  ...{ basis: [{ source: '法', article: '第一条', says: '…', verified: false }] },
  ...more,
});
/** Things with the day they are of, and what was erased of them. */
function things(id: string, days: string[]): Keeping & { left: string[] } {
  const keeping = {
    class: id,
    left: days,
    count: async (before: string) => keeping.left.filter((day) => day < before).length,
    async erase(before: string) {
      const first = keeping.left.find((day) => day < before);
      keeping.left = keeping.left.filter((day) => day !== first);
      return first ? 1 : 0;
    },
  };
  return keeping;
}

describe('how long', () => {
  test('months and years go by the calendar', () => {
    expect(limitOf({ after: { days: 30 } }, now)).toBe('2026-08-01T02:00:00.000Z');
    expect(limitOf({ after: { months: 6 } }, now)).toBe('2026-02-28T02:00:00.000Z');
    expect(limitOf({ after: { years: 10 } }, now)).toBe('2016-08-31T02:00:00.000Z');
    expect(limitOf({ after: { years: 1 } }, new Date('2024-02-29T00:00:00Z'))).toBe('2023-02-28T00:00:00.000Z');
  });

  test('a limit is never later than a shorter time would give, whatever the day', () => {
    const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 400 }), (at, months) => {
        const limit = limitOf({ after: { months } }, at);
        expect(limit < at.toISOString()).toBe(true);
        expect(limitOf({ after: { months: months + 1 } }, at) < limit).toBe(true);
      }),
    );
  });

  test('our own classes can be read, each says where it comes from, and the trail is kept half a year or more', async () => {
    const classes = await loadRetention(join(import.meta.dirname, '../../rules/retention.yaml'));
    expect(classes.every(({ basis }) => basis.length > 0)).toBe(true);
    expect(classes.find(({ id }) => id === 'trail')).toMatchObject({ keep: true, after: { months: 6 } });
  });
});

describe('a sweep', () => {
  const days = ['2026-07-01', '2026-07-31', '2026-08-02'];

  test('erases what is past its time, and only that; told first, it only counts', async () => {
    const drafts = things('draft', days);
    const needs = { classes: [kind('draft')], keepings: [drafts], now };
    expect(await sweep({ ...needs, dry: true })).toMatchObject([{ class: 'draft', count: 2 }]);
    expect(drafts.left).toEqual(days);
    const told: number[] = [];
    const done = async ({ count }: { count: number }) => void told.push(count);
    expect(await sweep({ ...needs, dry: false, done })).toMatchObject([{ class: 'draft', count: 2 }]);
    expect(drafts.left).toEqual(['2026-08-02']);
    expect(await sweep({ ...needs, dry: false, done })).toMatchObject([{ count: 0 }]);
    expect(told).toEqual([2]);
  });

  test('a class nobody erases, and something without a class, are errors', async () => {
    const drafts = things('draft', days);
    await expect(sweep({ classes: [kind('other')], keepings: [drafts], now, dry: true })).rejects.toThrow('draft');
    const classes = [kind('draft'), kind('other')];
    await expect(sweep({ classes, keepings: [drafts], now, dry: true })).rejects.toThrow('other');
    const kept = [kind('draft', { keep: true })];
    await expect(sweep({ classes: kept, keepings: [drafts], now, dry: false })).rejects.toThrow('draft');
    expect(drafts.left).toEqual(days);
  });
});
