import type { Catalog } from '../../catalog/door.ts';
import type { Filter } from '../../efficacy/door.ts';
import type { Identity } from '../../identity/door.ts';
import { dayOf, Problem } from '../../platform/door.ts';
import { dayText, shortDayText } from '../format.ts';
import type { Form } from '../forms.ts';
import type { View } from '../view.ts';
import type { Dates } from './dates.ts';

/** What the reader looks at: a period, and what it is narrowed to. Lives in the address. */
export const periods = ['month', '30d', '3m'] as const;
export type Period = (typeof periods)[number];
export type Narrowing = 'division' | 'agency' | 'item';
export const narrowings: Narrowing[] = ['division', 'agency', 'item'];
/** A period that moves with the calendar, or days that were chosen. */
export type Look = ({ period: Period } | { period: 'dates'; dates: Dates }) & Partial<Record<Narrowing, string>>;

const shapes: Record<Narrowing, RegExp> = {
  division: /^\d{12}$/,
  agency: /^\d{6,12}-[a-z][a-z0-9-]{0,60}$/,
  item: /^[a-z][a-z0-9-]{1,60}$/,
};

/** The look an address asks for. What cannot be an address of ours is not found, rather than quietly left out. */
export function lookOf(query: Form, dates?: Dates): Look {
  const period = periods.find((one) => one === query.period) ?? '3m';
  return { ...(dates ? { period: 'dates', dates } : { period }), ...narrowedBy(query) };
}

function narrowedBy(query: Form): Partial<Record<Narrowing, string>> {
  const look: Partial<Record<Narrowing, string>> = {};
  for (const name of narrowings) {
    const value = query[name];
    if (!value) continue;
    if (!shapes[name].test(value)) throw new Problem('not-found');
    look[name] = value;
  }
  return look;
}

/** Address of a page of the watch under a look; `more` adds what only that page knows. */
export function lookHref(path: string, look: Look, more: Record<string, string | number> = {}): string {
  const days = look.period === 'dates' ? look.dates : { period: look.period === '3m' ? undefined : look.period };
  const fields = Object.entries({ ...more, ...only(look), ...days });
  const query = fields.filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)]);
  return query.length > 0 ? `${path}?${new URLSearchParams(query)}` : path;
}

/** What a look is narrowed to. */
export function only(look: Look): Partial<Record<Narrowing, string>> {
  return Object.fromEntries(narrowings.flatMap((name) => (look[name] ? [[name, look[name]]] : [])));
}

/** The same look over another period. */
export function over(look: Look, period: Period): Look {
  return { period, ...only(look) };
}

/** The look without one of its narrowings. */
export function widened(look: Look, name: Narrowing): Look {
  const { [name]: _, ...rest } = look;
  return rest as Look;
}

/** The days of a look, both counted in. Three months are 92 days, so that equal looks are equally long. */
export function filterOf(look: Look, today: string): Filter {
  const { period } = look;
  if (period === 'dates') return { ...look.dates, ...only(look) };
  const from = period === 'month' ? `${today.slice(0, 8)}01` : daysBefore(today, period === '30d' ? 29 : 91);
  return { from, to: today, ...only(look) };
}

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

/** 7月9日至10月8日; with the year where it is not the year it is now. */
export function spanText({ say, lang, now }: View, { from, to }: Pick<Filter, 'from' | 'to'>): string {
  const year = dayOf(now).slice(0, 4);
  const near = [from, to].every((day) => day.startsWith(year));
  const text = (day: string) => (near ? shortDayText({ lang, now }, day) : dayText(lang, day));
  return say('watch.period.span', { from: text(from), to: text(to) });
}

/** What a narrowing is called; the code itself when nobody knows it any more. */
export function nameOf(
  house: { identity: Identity; catalog: Catalog },
  view: View,
  name: Narrowing,
  key: string,
): string {
  if (name === 'division') return view.placeName(house.identity.divisions.get(key)?.name ?? key);
  const found = name === 'agency' ? house.identity.agencies.get(key) : house.catalog.item(key);
  return found?.name[view.lang] ?? key;
}
