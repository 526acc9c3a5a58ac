import type { Lang, Say } from '../platform/door.ts';

/** Dates, numbers and time left the way people read them. Days are `YYYY-MM-DD`, instants ISO; both are read in Shanghai. */
const zone = 'Asia/Shanghai';
const locale = { zh: 'zh-CN', en: 'en-GB' } as const;

type DateStyle = 'day' | 'short' | 'month' | 'time' | 'moment' | 'minute';
const styles: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  day: { year: 'numeric', month: 'long', day: 'numeric' },
  short: { month: 'long', day: 'numeric' },
  month: { year: 'numeric', month: 'long' },
  time: { month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  moment: { year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  minute: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
};
const formats = new Map<string, Intl.DateTimeFormat>();
const days = new Map<string, string>();
/** A list says the same few days again and again. */
const daysKept = 2000;

function dated(lang: Lang, value: string | Date, style: DateStyle): string {
  if (typeof value !== 'string' || value.length !== 10) return formatted(lang, value, style);
  const key = `${lang} ${style} ${value}`;
  const known = days.get(key);
  if (known !== undefined) return known;
  if (days.size >= daysKept) days.clear();
  const text = formatted(lang, value, style);
  days.set(key, text);
  return text;
}

/** Who reads it, and when. */
type Reader = { lang: Lang; now: Date };

/** China has one clock and has not changed it since 1991. */
const yearOf = (at: Date) => new Date(at.getTime() + 8 * 3600_000).getUTCFullYear();

/** Without its year only while that is the reader's own. */
function datedNear({ lang, now }: Reader, value: string | Date, near: DateStyle, far: DateStyle): string {
  return dated(lang, value, yearOf(instantOf(value)) === yearOf(now) ? near : far);
}

/** A bare day is taken at noon in Shanghai, so that no zone moves it to its neighbour. */
function instantOf(value: string | Date): Date {
  return new Date(typeof value === 'string' && value.length === 10 ? `${value}T12:00:00+08:00` : value);
}

function formatted(lang: Lang, value: string | Date, style: DateStyle): string {
  const key = `${lang} ${style}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale[lang], { timeZone: zone, ...styles[style] });
    formats.set(key, format);
  }
  const at = instantOf(value);
  return Number.isNaN(at.getTime()) ? String(value) : format.format(at);
}

/** 2026年1月2日 · 2 January 2026 */
export const dayText = (lang: Lang, value: string | Date) => dated(lang, value, 'day');
/** 1月2日 · 2 January; of another year 2025年1月2日 · 2 January 2025 */
export const shortDayText = (reader: Reader, value: string | Date) => datedNear(reader, value, 'short', 'day');
/** 2026年1月 · January 2026 */
export const monthText = (lang: Lang, value: string | Date) => dated(lang, value, 'month');
/** 1月2日 09:30 · 2 January at 09:30; of another year with it */
export const timeText = (reader: Reader, value: string | Date) => datedNear(reader, value, 'time', 'moment');
/** 2026年1月2日 09:30 · 2 January 2026 at 09:30: for paper and files, which are read in any year. */
export const momentText = (lang: Lang, value: string | Date) => dated(lang, value, 'moment');
/** 09:30 */
export const minuteText = (lang: Lang, value: string | Date) => dated(lang, value, 'minute');

/** Who reads of a day something is due, and how far the calendar is known. */
type DueReader = Reader & { say: Say; coveredUntil: string };

/** A day something is due, marked as provisional where no holidays are announced for it yet (`addWorkdays`). */
function due(reader: DueReader, day: string, text: string): string {
  return day > reader.coveredUntil ? reader.say('components.time.provisional', { day: text }) : text;
}
/** 1月2日 · 1月2日（暂定） */
export const shortDueText = (reader: DueReader, day: string) => due(reader, day, shortDayText(reader, day));
/** 2026年1月2日 · 2027年1月2日（暂定） */
export const dueText = (reader: DueReader, day: string) => due(reader, day, dayText(reader.lang, day));

/** A result of a case as people read it: certificates bring days and months too. */
export function resultText(lang: Lang, value: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return dayText(lang, value);
  return /^\d{4}-\d{2}$/.test(value) ? monthText(lang, value) : value;
}

const numbers = new Map<string, Intl.NumberFormat>();

// Made once each: making one takes longer than formatting a page of numbers.
function numbered(lang: Lang, style: 'decimal' | 'percent', digits: number): Intl.NumberFormat {
  const key = `${lang} ${style} ${digits}`;
  const format = numbers.get(key) ?? new Intl.NumberFormat(locale[lang], { style, maximumFractionDigits: digits });
  numbers.set(key, format);
  return format;
}

/** 1,135 · 3.5 */
export function numberText(lang: Lang, value: number, digits = 1): string {
  return numbered(lang, 'decimal', digits).format(value);
}

/** 0.973 becomes 97.3%. A share that is not quite all is never rounded up to 100%. */
export function percentText(lang: Lang, share: number, digits = 1): string {
  const step = 10 ** (digits + 2);
  const shown = share < 1 && Math.round(share * step) === step ? (step - 1) / step : share;
  return numbered(lang, 'percent', digits).format(shown);
}

/** 820 KB, 3.1 MB */
export function sizeText(lang: Lang, bytes: number): string {
  if (bytes < 1024 * 1024) return `${numberText(lang, Math.max(1, bytes / 1024), 0)} KB`;
  return `${numberText(lang, bytes / 1024 / 1024)} MB`;
}

/** 3 个工作日 · 3 working days */
export const workdaysText = (say: Say, days: number) => say('components.time.workdays', { days });

/** 还剩 3 个工作日 · 今天到期 · 已超期 2 个工作日 */
export function daysLeftText(say: Say, left: number): string {
  if (left > 0) return say('components.time.left', { days: left });
  return left === 0 ? say('components.time.today') : say('components.time.late', { days: -left });
}

export type Urgency = 'calm' | 'soon' | 'today' | 'late';

/** How pressing a limit is: a fifth of it (at least one day, at most three) counts as soon. */
export function urgency(left: number, total: number): Urgency {
  if (left < 0) return 'late';
  if (left === 0) return 'today';
  return left <= Math.min(3, Math.max(1, Math.ceil(total / 5))) ? 'soon' : 'calm';
}
