import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allLines, difference } from './difference.ts';

const signs = (before: string, after: string) =>
  difference(before, after).map((part) => part.map(({ sign, text, at }) => `${sign}${at} ${text}`));

describe('the difference of two texts', () => {
  it('is nothing when they are the same', () => {
    expect(difference('a\nb', 'a\nb')).toEqual([]);
  });

  it('shows what is gone and what is new where it was, with a few lines around', () => {
    const before = ['1', '2', '3', '4', '5', '6', '7', '8', '9'].join('\n');
    expect(signs(before, before.replace('5', 'five'))).toEqual([
      [' 2 2', ' 3 3', ' 4 4', '-5 5', '+5 five', ' 6 6', ' 7 7', ' 8 8'],
    ]);
  });

  it('keeps changes that are far from each other apart', () => {
    const lines = Array.from({ length: 40 }, (_, at) => String(at));
    const after = lines.with(2, 'x').with(35, 'y').join('\n');
    expect(difference(lines.join('\n'), after)).toHaveLength(2);
  });

  it('holds both texts whole, and says no line twice that is in both', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = allLines(before, after);
        expect(lines.filter(({ sign }) => sign !== '+').map((line) => line.text)).toEqual(before);
        expect(lines.filter(({ sign }) => sign !== '-').map((line) => line.text)).toEqual(after);
        for (const { sign, text: said, at } of lines) expect((sign === '-' ? before : after)[at - 1]).toBe(said);
        if (before.join('\n') === after.join('\n')) expect(lines.every(({ sign }) => sign === ' ')).toBe(true);
      }),
    );
  });
});
