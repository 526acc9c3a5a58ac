import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addWorkdays, calendarOf, nextDay, workdaysBetween } from './calendar.ts';
import { dayOf } from './clock.ts';

/** The autumn of 2025 as the State Council announced it. */
const autumn = calendarOf(
  [
    ...['01', '02', '03', '06', '07', '08'].map((day) => ({ day: `2025-10-${day}`, kind: 'holiday' as const })),
    { day: '2025-09-28', kind: 'makeup' },
    { day: '2025-10-11', kind: 'makeup' },
  ],
  '2025-12-31',
);
const days = fc
  .integer({ min: 0, max: 700 })
  .map((n) => new Date(Date.UTC(2025, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));

describe('working days', () => {
  test('accepted on 2025-09-25, twenty working days end on 2025-10-29: make-up workdays count, the long holiday does not', () => {
    expect(addWorkdays(autumn, '2025-09-25', 20)).toEqual({ due: '2025-10-29', provisional: false });
  });

  test('a due date past what the calendar knows is provisional', () => {
    expect(addWorkdays(autumn, '2025-12-25', 20).provisional).toBe(true);
  });

  test('Saturday and Sunday are off, Monday is not', () => {
    expect(['2025-11-01', '2025-11-02', '2025-11-03'].map((day) => autumn.isWorkday(day))).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('counting back what was added gives what was added', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 90 }), (day, n) => {
        expect(workdaysBetween(autumn, day, addWorkdays(autumn, day, n).due)).toBe(n);
      }),
    );
  });

  test('there are as many working days back as forth', () => {
    fc.assert(
      fc.property(days, days, (a, b) => {
        expect(workdaysBetween(autumn, a, b) + workdaysBetween(autumn, b, a)).toBe(0);
      }),
    );
  });

  test('the day after the last of a month, a year and a February', () => {
    expect(['2025-12-31', '2024-02-28', '2025-02-28', '2025-09-30'].map(nextDay)).toEqual([
      '2026-01-01',
      '2024-02-29',
      '2025-03-01',
      '2025-10-01',
    ]);
  });
});

test('a day begins in China, not in London', () => {
  expect(dayOf('2026-01-01T15:59:59Z')).toBe('2026-01-01');
  expect(dayOf('2026-01-01T16:00:00Z')).toBe('2026-01-02');
});
