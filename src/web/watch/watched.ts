import type { FastifyRequest } from 'fastify';
import type { Filter, Overview } from '../../efficacy/door.ts';
import { dayOf } from '../../platform/door.ts';
import { queryOf, wrongOf } from '../forms.ts';
import type { Site } from '../site.ts';
import { datesOf } from './dates.ts';
import { filterOf, lookOf, nameOf, narrowings, spanText } from './look.ts';
import type { Watch } from './watch-page.tsx';

/** What a request looks at, in words and as a filter, and what is wrong with the days it names. */
export function watchedBy(site: Site, request: FastifyRequest) {
  const view = site.view(request);
  const query = queryOf(request);
  const { typed, dates, problems } = datesOf(query, dayOf(view.now));
  const look = lookOf(query, dates);
  const filter = filterOf(look, dayOf(view.now));
  const named = (field: string) => view.say(`watch.dates.${field}`);
  const wrong = wrongOf(
    view,
    problems.map(({ field, code }) => ({ field, code, params: { name: named(field), nameEn: named(field) } })),
  );
  const narrowed = narrowings.flatMap((name) => {
    const key = look[name];
    return key ? [[name, nameOf(site.house, view, name, key)] as const] : [];
  });
  const names = Object.fromEntries(narrowed);
  const watch: Watch = { view, look, names, span: spanText(view, filter), asked: { typed, wrong } };
  return { watch, filter, status: problems.length > 0 ? 422 : 200 };
}

/** The figures of what is watched, with the names of places as the reader reads them. */
export async function overviewOf({ house }: Site, { view }: Watch, filter: Filter): Promise<Overview> {
  const overview = await house.efficacy.overview(view.actor, filter);
  const named = overview.division.map((slice) => {
    const name = view.placeName(slice.name.zh);
    return { ...slice, name: { ...slice.name, [view.lang]: name } };
  });
  return { ...overview, division: named };
}
