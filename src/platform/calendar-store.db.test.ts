import { expect, test } from 'vitest';
import { testDatabase } from '../../test/support/testdb.ts';
import { addWorkdays } from './calendar.ts';
import { loadCalendar, readCalendar } from './calendar-store.ts';

test('the real calendar: twenty working days from 2025-09-25 end on 2025-10-29, and its coverage is stored', async () => {
  const db = await testDatabase({ role: 'tongban_app' });
  const calendar = await loadCalendar(db);
  expect(addWorkdays(calendar, '2025-09-25', 20)).toEqual({ due: '2025-10-29', provisional: false });
  expect(['2026-02-14', '2026-10-10', '2026-02-17'].map((day) => calendar.isWorkday(day))).toEqual([true, true, false]);
  expect(calendar.coveredUntil).toMatch(/^20\d\d-12-31$/);
  expect(addWorkdays(calendar, calendar.coveredUntil, 1).provisional).toBe(true);
  expect(await loadCalendar(db)).toMatchObject({ coveredUntil: calendar.coveredUntil });
});

test('what a newer package has stored is left as it is, and what an older one has is replaced', async () => {
  const db = await testDatabase({ role: 'tongban_app' });
  const own = await loadCalendar(db);
  const stored = async (source: string) => {
    await db.query('update platform.calendar_coverage set source = $1', [source]);
    return (await loadCalendar(db)).source;
  };
  expect(await stored('chinese-days 99.10.0')).toBe('chinese-days 99.10.0');
  expect((await readCalendar(db)).source).toBe('chinese-days 99.10.0');
  expect(await stored('chinese-days 1.0.2')).toBe(own.source);
  expect(own.source).toMatch(/^chinese-days \d+\.\d+\.\d+$/);
});
