import { describe, expect, test } from 'vitest';
import { filterOf, lookHref, lookOf, widened } from './look.ts';

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
