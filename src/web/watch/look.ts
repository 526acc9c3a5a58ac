import type { Catalog } from '../../catalog/door.ts';
import type { Filter } from '../../efficacy/door.ts';
import type { Identity } from '../../identity/door.ts';
import { Problem } from '../../platform/door.ts';
import { shortDayText } from '../format.ts';
import type { Form } from '../forms.ts';
import type { View } from '../view.ts';

/** What the reader looks at: a period that moves with the calendar, and what it is narrowed to. Lives in the address. */
export const periods = ['month', '30d', '3m'] as const;
export type Period = (typeof periods)[number];
export type Narrowing = 'division' | 'agency' | 'item';
export const narrowings: Narrowing[] = ['division', 'agency', 'item'];
export type Look = { period: Period } & Partial<Record<Narrowing, string>>;

const shapes: Record<Narrowing, RegExp> = {
  division: /^\d{12}$/,
  agency: /^\d{6,12}-[a-z][a-z0-9-]{0,60}$/,
  item: /^[a-z][a-z0-9-]{1,60}$/,
};

/** The look an address asks for. What cannot be an address of ours is not found, rather than quietly left out. */
export function lookOf(query: Form): Look {
  const look: Look = { period: periods.find((period) => period === query.period) ?? '3m' };
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
  const fields = Object.entries({ ...more, ...look, period: look.period === '3m' ? undefined : look.period });
  const query = fields.filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)]);
  return query.length > 0 ? `${path}?${new URLSearchParams(query)}` : path;
}

/** The look without one of its narrowings. */
export function widened(look: Look, name: Narrowing): Look {
  const { [name]: _, ...rest } = look;
  return rest;
}

/** The days of a look, both counted in. Three months are 92 days, so that equal looks are equally long. */
export function filterOf({ period, ...narrowed }: Look, today: string): Filter {
  const from = period === 'month' ? `${today.slice(0, 8)}01` : daysBefore(today, period === '30d' ? 29 : 91);
  return { from, to: today, ...narrowed };
}

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

/** 7月9日至10月8日 */
export function spanText({ say, lang }: View, { from, to }: Filter): string {
  return say('watch.period.span', { from: shortDayText(lang, from), to: shortDayText(lang, to) });
}

/** What a narrowing is called; the code itself when nobody knows it any more. */
export function nameOf(
  house: { identity: Identity; catalog: Catalog },
  view: View,
  name: Narrowing,
  key: string,
): string {
  if (name === 'division') return house.identity.divisions.get(key)?.name ?? key;
  const found = name === 'agency' ? house.identity.agencies.get(key) : house.catalog.item(key);
  return found?.name[view.lang] ?? key;
}
