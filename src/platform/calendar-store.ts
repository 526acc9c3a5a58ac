import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Calendar, type CalendarDay, calendarOf, nextDay } from './calendar.ts';
import type { Db } from './db.ts';

const require = createRequire(import.meta.url);

/**
 * Fills the calendar tables from the `chinese-days` package and reads them back. The package answers "workday" for
 * years it has no data for, so what it covers is worked out from the days it lists and stored beside them.
 */
export async function loadCalendar(db: Db): Promise<Calendar> {
  const source = await packageVersion();
  const [stored] = await db.query<{ source: string }>('select source from platform.calendar_coverage');
  if (stored?.source !== source) await store(db, source, await specialDays());
  const [coverage] = await db.query<{ covered_until: string }>('select covered_until from platform.calendar_coverage');
  const days = await db.query<CalendarDay>('select day, kind from platform.calendar_day');
  if (!coverage) throw new Error('the calendar has no coverage');
  return calendarOf(days, coverage.covered_until);
}

/** What the stored calendar was made from; another value means other days. */
export async function calendarSource(db: Db): Promise<string> {
  const [row] = await db.query<{ source: string }>('select source from platform.calendar_coverage');
  if (!row) throw new Error('the calendar has no coverage');
  return row.source;
}

async function store(db: Db, source: string, days: CalendarDay[]): Promise<void> {
  const lastYear = days.reduce((year, { day }) => (day > year ? day : year), '').slice(0, 4);
  await db.transaction(async (tx) => {
    await tx.query('delete from platform.calendar_day');
    await tx.query('delete from platform.calendar_coverage');
    await tx.query(
      `insert into platform.calendar_day (day, kind)
       select * from unnest($1::date[], $2::text[])`,
      [days.map((d) => d.day), days.map((d) => d.kind)],
    );
    await tx.query('insert into platform.calendar_coverage (covered_until, source) values ($1, $2)', [
      `${lastYear}-12-31`,
      source,
    ]);
    // Processes that run with the older one read it anew.
    await tx.query(`select pg_notify('calendar', '')`);
  });
}

async function specialDays(): Promise<CalendarDay[]> {
  // Loaded as the CommonJS it is: bundlers and Node disagree about its other shapes.
  const chineseDays = require('chinese-days') as typeof import('chinese-days');
  const years = await coveredYears();
  const days: CalendarDay[] = [];
  const end = `${Math.max(...years)}-12-31`;
  for (let day = `${Math.min(...years)}-01-01`; day <= end; day = nextDay(day)) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    const weekend = weekday === 0 || weekday === 6;
    const workday = chineseDays.isWorkday(day);
    if (workday && weekend) days.push({ day, kind: 'makeup' });
    if (!workday && !weekend) days.push({ day, kind: 'holiday' });
  }
  return days;
}

async function coveredYears(): Promise<number[]> {
  const files = await readdir(join(packageFolder(), 'dist', 'years'));
  return [...new Set(files.map((file) => Number(file.slice(0, 4))).filter((year) => year > 2000))];
}

async function packageVersion(): Promise<string> {
  const { version } = require(join(packageFolder(), 'package.json')) as { version: string };
  return `chinese-days ${version}`;
}

function packageFolder(): string {
  return dirname(dirname(require.resolve('chinese-days')));
}
