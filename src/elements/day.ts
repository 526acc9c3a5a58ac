/** Days as people type them and as we keep them (YYYY-MM-DD). */

/** Whether the text is a day that exists, e.g. not 2026-02-30. */
export function realDay(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return false;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

/** `2026年1月2日`, `2026/1/2`, `2026.1.2`, `2026-1-2` or `20260102` as YYYY-MM-DD; anything else as it is. */
export function normaliseDay(text: string): string {
  const parts = /^(\d{4})[年/.-](\d{1,2})[月/.-](\d{1,2})[日号]?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (!parts) return text;
  const [, year = '', month = '', day = ''] = parts;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Whole years from one day to another, as ages are counted; undefined when either is no day. */
export function yearsBetween(from: string, to: string): number | undefined {
  if (!realDay(from) || !realDay(to)) return undefined;
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
}

/** Days from one day to another; negative when the second is earlier; undefined when either is no day. */
export function daysBetween(from: string, to: string): number | undefined {
  if (!realDay(from) || !realDay(to)) return undefined;
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
