import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Calendar, type CalendarDay, calendarOf, nextDay } from './calendar.ts';
import type { Db } from './db.ts';

const require = createRequire(import.meta.url);

/**
 * Fills the calendar tables from the `chinese-days` package of this process, unless a newer one has filled them, and reads
 * them back. For the start only: what others write later is read with `readCalendar`. The package answers "workday" for
 * years it has no data for, so what it covers is worked out from the days it lists and stored beside them.
 */
export async function loadCalendar(db: Db): Promise<Calendar> {
  const source = await packageSource();
  if (isNewer(source, await storedSource(db))) await store(db, source, await specialDays());
  return readCalendar(db);
}

/** The calendar as it is stored, days and coverage of one moment. */
export async function readCalendar(db: Db): Promise<Calendar> {
  const [row] = await db.query<{ source: string; until: string; days: CalendarDay[] }>(
    `select source, covered_until as until,
            (select coalesce(json_agg(json_build_object('day', day, 'kind', kind)), '[]') from platform.calendar_day) as days
       from platform.calendar_coverage`,
  );
  if (!row) throw new Error('the calendar has no coverage');
  return calendarOf(row.days, row.until, row.source);
}

async function storedSource(db: Db): Promise<string | undefined> {
  return (await db.query<{ source: string }>('select source from platform.calendar_coverage'))[0]?.source;
}

/** Whether `chinese-days 1.5.10` is newer than `chinese-days 1.5.7`. */
function isNewer(source: string, stored: string | undefined): boolean {
  return stored === undefined || source.localeCompare(stored, 'en', { numeric: true }) > 0;
}

async function store(db: Db, source: string, days: CalendarDay[]): Promise<void> {
  const lastYear = days.reduce((year, { day }) => (day > year ? day : year), '').slice(0, 4);
  await db.transaction(async (tx) => {
    // Of two processes that start together one fills; during an upgrade the older one leaves it as it is.
    await tx.query(`select pg_advisory_xact_lock(hashtext('platform.calendar'))`);
    if (!isNewer(source, await storedSource(tx))) return;
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

/** What a calendar from the package of this process is called. */
async function packageSource(): Promise<string> {
  const { version } = require(join(packageFolder(), 'package.json')) as { version: string };
  return `chinese-days ${version}`;
}

function packageFolder(): string {
  return dirname(dirname(require.resolve('chinese-days')));
}
