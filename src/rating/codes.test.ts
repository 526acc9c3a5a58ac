import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadTexts } from '../platform/door.ts';
import { belongsTo, codes, isBad, isLevel, levels } from './codes.ts';

const texts = loadTexts(join(import.meta.dirname, '../../texts'));

describe('the national reason codes', () => {
  test.each(levels)('level %d offers eight reasons, each with words in both languages', (level) => {
    expect(codes(level)).toHaveLength(8);
    for (const { code, text } of codes(level)) {
      expect(code[0]).toBe(String(level));
      expect(texts.has(text), text).toBe(true);
    }
    expect(texts.has(`rating.level.${level}`)).toBe(true);
  });

  test('a reason belongs to one level only', () => {
    expect(belongsTo(5, '510')).toBe(true);
    expect(belongsTo(4, '510')).toBe(false);
  });

  test('there are five levels and no sixth', () => {
    expect([0, 1, 5, 6, '5', undefined].map(isLevel)).toEqual([false, true, true, false, false, false]);
    expect(levels.filter(isBad)).toEqual([2, 1]);
  });
});
