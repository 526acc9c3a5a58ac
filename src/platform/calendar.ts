/**
 * Working days (行政许可法 art. 82: limits are working days and exclude statutory holidays). A day is YYYY-MM-DD.
 * Weekends are off, statutory holidays are off, make-up workdays (调休) count. Counting starts the day after.
 */
export type Calendar = {
  /** Last day for which the State Council's holiday notice is known. */
  coveredUntil: string;
  /** What it was made from; another value means other days. */
  source: string;
  isWorkday(day: string): boolean;
};

export type CalendarDay = { day: string; kind: 'holiday' | 'makeup' };

/** A calendar from the days that differ from the plain Monday-to-Friday week. */
export function calendarOf(days: Iterable<CalendarDay>, coveredUntil: string, source = ''): Calendar {
  const special = new Map<string, CalendarDay['kind']>();
  for (const { day, kind } of days) special.set(day, kind);
  return {
    coveredUntil,
    source,
    isWorkday(day) {
      const kind = special.get(day);
      return kind ? kind === 'makeup' : isWeekday(day);
    },
  };
}

/** The n-th working day after `day`; provisional when it lies past what the calendar knows. */
export function addWorkdays(calendar: Calendar, day: string, n: number): { due: string; provisional: boolean } {
  let due = day;
  for (let left = n; left > 0; ) {
    due = nextDay(due);
    if (calendar.isWorkday(due)) left--;
  }
  return { due, provisional: due > calendar.coveredUntil };
}

/** Working days after `from`, up to and including `to`; negative when `to` lies before `from`. */
export function workdaysBetween(calendar: Calendar, from: string, to: string): number {
  if (to < from) return -workdaysBetween(calendar, to, from);
  let n = 0;
  for (let day = from; day < to; ) {
    day = nextDay(day);
    if (calendar.isWorkday(day)) n++;
  }
  return n;
}

/** The calendar day after, in plain date arithmetic. */
export function nextDay(day: string): string {
  return new Date(Date.parse(day) + oneDay).toISOString().slice(0, 10);
}

const oneDay = 86_400_000;

function isWeekday(day: string): boolean {
  // 1970-01-01 was a Thursday. A plain date is read as UTC, so no zone can shift it.
  const weekday = (Date.parse(day) / oneDay + 4) % 7;
  return weekday !== 0 && weekday !== 6;
}
