import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Bucket, isEmpty, type Pace, taken, waitFor } from './pace.ts';

const pace: Pace = { burst: 3, perMinute: 2 };
const goes = (times: number[]) => times.reduce<Bucket | undefined>((bucket, at) => taken(bucket, pace, at), undefined);

test('a few at once are free, the next waits until one has drained', () => {
  expect(waitFor(goes([]), pace, 0)).toBe(0);
  expect(waitFor(goes([0, 0]), pace, 0)).toBe(0);
  expect(waitFor(goes([0, 0, 0]), pace, 0)).toBe(30);
  expect(waitFor(goes([0, 0, 0]), pace, 10_000)).toBe(20);
  expect(waitFor(goes([0, 0, 0]), pace, 30_000)).toBe(0);
});

test('after a rest it is empty and may be forgotten', () => {
  const bucket = goes([0, 0, 0]) as Bucket;
  expect(isEmpty(bucket, pace, 89_999)).toBe(false);
  expect(isEmpty(bucket, pace, 90_000)).toBe(true);
});

test('a clock that is set back gives nothing away and holds nobody for ever', () => {
  const bucket = goes([60_000, 60_000, 60_000]);
  expect(waitFor(bucket, pace, 0)).toBe(30);
});

test('whoever waits as long as they are told is let in, and nobody gets more than the burst and what drains', () => {
  const paces = fc.record({ burst: fc.integer({ min: 1, max: 50 }), perMinute: fc.integer({ min: 1, max: 600 }) });
  const gaps = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(paces, gaps, (any, pauses) => {
      let [bucket, at, done]: [Bucket | undefined, number, number] = [undefined, 0, 0];
      for (const pause of pauses) {
        at += pause;
        const wait = waitFor(bucket, any, at);
        if (wait > 0) {
          expect(waitFor(bucket, any, at + wait * 1000)).toBe(0);
          continue;
        }
        bucket = taken(bucket, any, at);
        done++;
      }
      expect(done).toBeLessThanOrEqual(any.burst + (at / 60_000) * any.perMinute + 1e-6);
    }),
  );
});
