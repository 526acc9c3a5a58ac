import { describe, expect, test } from 'vitest';
import { datesOf } from './dates.ts';
import { filterOf, lookHref, lookOf, over, widened } from './look.ts';

describe('what an address asks for', () => {
  test('three months of everything unless it says otherwise', () => {
    expect(lookOf({})).toEqual({ period: '3m' });
    expect(lookOf({ period: 'for ever' })).toEqual({ period: '3m' });
  });

  test('what cannot be a code is not found', () => {
    expect(() => lookOf({ division: '360121' })).toThrow('not-found');
    expect(() => lookOf({ agency: "x' or 1=1" })).toThrow('not-found');
    expect(() => lookOf({ item: '<b>' })).toThrow('not-found');
  });

  test('days that were chosen go in and come out too', () => {
    const look = { period: 'dates', dates: { from: '2026-01-05', to: '2026-02-01' }, item: 'a1' } as const;
    const query = Object.fromEntries(new URL(lookHref('/watch', look), 'http://x').searchParams);
    expect(lookOf(query, datesOf(query, '2026-03-04').dates)).toEqual(look);
    expect(filterOf(look, '2026-03-04')).toEqual({ from: '2026-01-05', to: '2026-02-01', item: 'a1' });
    expect(over(look, '30d')).toEqual({ period: '30d', item: 'a1' });
  });

  test.each([
    [{}, []],
    [{ from: '2026年1月5日', to: '20260201' }, []],
    [{ from: '2026-01-05' }, ['to watch-to-missing']],
    [{ to: '2026-01-05' }, ['from watch-from-missing']],
    [{ from: '2026-02-30', to: 'soon' }, ['from date-impossible', 'to date-format']],
    [{ from: '2026-02-01', to: '2026-01-05' }, ['to watch-to-before-from']],
    [{ from: '2026-02-01', to: '2026-03-05' }, ['to date-future']],
    [{ from: '2019-02-01', to: '2026-02-05' }, ['from watch-too-long']],
  ])('%j is answered with %j', (query, expected) => {
    const { problems, dates } = datesOf(query, '2026-03-04');
    expect(problems.map(({ field, code }) => `${field} ${code}`)).toEqual(expected);
    if (expected.length > 0) expect(dates).toBeUndefined();
  });

  test('goes into an address and comes out again', () => {
    const look = {
      period: 'month',
      division: '360121100000',
      agency: '360121-tax',
      item: 'birth-registration',
    } as const;
    const href = lookHref('/watch/cases', look, { measure: 'late' });
    expect(lookOf(Object.fromEntries(new URL(href, 'http://x').searchParams))).toEqual(look);
    expect(lookHref('/watch', { period: '3m' })).toBe('/watch');
    expect(lookHref('/watch', widened({ period: '3m', item: 'a1' }, 'item'))).toBe('/watch');
  });
});

test.each([
  ['month', '2026-03-01'],
  ['30d', '2026-02-03'],
  ['3m', '2025-12-03'],
] as const)('%s begins on %s', (period, from) => {
  expect(filterOf({ period }, '2026-03-04')).toEqual({ from, to: '2026-03-04' });
});
