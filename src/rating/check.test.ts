import { expect, test } from 'vitest';
import { opinionOf, type Wish } from './check.ts';

const codesOf = (wish: Wish) => {
  const read = opinionOf(wish);
  return 'problems' in read ? read.problems.map(({ field, code }) => `${field} ${code}`) : [];
};

test('a level is enough; reasons are sorted and named once, the comment is trimmed', () => {
  expect(opinionOf({ level: 4 })).toEqual({ opinion: { level: 4, codes: [], comment: '' } });
  expect(opinionOf({ level: 2, codes: ['210', '207', '210'], comment: ' 太慢\r\n ' })).toEqual({
    opinion: { level: 2, codes: ['207', '210'], comment: '太慢' },
  });
});

test('nothing stands in for a level that was not chosen', () => {
  for (const level of [undefined, '', 0, 6, 4.5, '5']) expect(codesOf({ level })).toEqual(['level rating-level']);
});

test('reasons must be those of the level', () => {
  expect(codesOf({ level: 5, codes: ['510', '107'] })).toEqual(['codes rating-codes']);
  expect(codesOf({ level: 5, codes: ['108'] })).toEqual(['codes rating-codes']);
});

test('everything wrong is said together, counted in characters', () => {
  expect(codesOf({ comment: '😀'.repeat(501) })).toEqual(['level rating-level', 'comment rating-comment']);
  expect(codesOf({ level: 5, comment: '😀'.repeat(500) })).toEqual([]);
});
