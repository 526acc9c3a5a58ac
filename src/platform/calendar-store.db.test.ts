import { expect, test } from 'vitest';
import { testDatabase } from '../../test/support/testdb.ts';
import { addWorkdays } from './calendar.ts';
import { loadCalendar } from './calendar-store.ts';

test('the real calendar: twenty working days from 2025-09-25 end on 2025-10-29, and its coverage is stored', async () => {
  const db = await testDatabase({ role: 'tongban_app' });
  const calendar = await loadCalendar(db);
  expect(addWorkdays(calendar, '2025-09-25', 20)).toEqual({ due: '2025-10-29', provisional: false });
  expect(['2026-02-14', '2026-10-10', '2026-02-17'].map((day) => calendar.isWorkday(day))).toEqual([true, true, false]);
  expect(calendar.coveredUntil).toMatch(/^20\d\d-12-31$/);
  expect(addWorkdays(calendar, calendar.coveredUntil, 1).provisional).toBe(true);
  expect(await loadCalendar(db)).toMatchObject({ coveredUntil: calendar.coveredUntil });
});
