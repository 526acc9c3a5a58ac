import { describe, expect, test } from 'vitest';
import { covers, levelOf, prefixOf } from './division.ts';

describe('the level of a code', () => {
  test.each([
    ['360000000000', 1, '36'],
    ['360100000000', 2, '3601'],
    ['360121000000', 3, '360121'],
    ['360121100000', 4, '360121100'],
    ['360121100003', 5, '360121100003'],
    ['441900000000', 2, '4419'], // 东莞 has no counties
    ['441900003000', 4, '441900003'],
    ['110101001001', 5, '110101001001'],
  ] as const)('%s is level %i and owns %s', (code, level, prefix) => {
    expect(levelOf(code)).toBe(level);
    expect(prefixOf(code)).toBe(prefix);
  });
});

describe('a division covers', () => {
  test.each([
    ['itself', '360121000000', '360121000000', true],
    ['its townships', '360121000000', '360121100000', true],
    ['its villages', '360121100000', '360121100003', true],
    ['no other township', '360121100000', '360121101000', false],
    ['not what is above', '360121100000', '360121000000', false],
    ['not the neighbour county', '360121000000', '360123000000', false],
    ['as a city without counties, its townships', '441900000000', '441900003000', true],
    ['nothing when it is the country', '000000000000', '360121000000', false],
    ['nothing when it is no code', '36', '360121000000', false],
    ['nothing that is no code', '360121000000', '360121', false],
  ])('%s', (_what, division, other, expected) => {
    expect(covers(division, other)).toBe(expected);
  });
});
