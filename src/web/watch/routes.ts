import type { FastifyRequest } from 'fastify';
import { h } from 'preact';
import { isMeasure, listSize } from '../../efficacy/door.ts';
import { dayOf, type Http, Problem } from '../../platform/door.ts';
import { queryOf } from '../forms.ts';
import type { Site } from '../site.ts';
import { ListPage } from './list.tsx';
import { filterOf, lookOf, nameOf, narrowings, spanText } from './look.ts';
import { OverviewPage } from './overview.tsx';
import type { Watch } from './watch-page.tsx';

/** The pages of supervisors and agency leads. The room of figures asks the policy. */
export function registerWatch(app: Http, site: Site): void {
  const { efficacy } = site.house;

  app.get('/watch', async (request, reply) => {
    const { watch, filter } = open(site, request);
    const overview = await efficacy.overview(watch.view.actor, filter);
    return site.page(request, reply, h(OverviewPage, { watch, overview }));
  });

  app.get('/watch/cases', async (request, reply) => {
    const { watch, filter } = open(site, request);
    const { measure = '', page } = queryOf(request);
    if (!isMeasure(measure)) throw new Problem('not-found');
    const list = await efficacy.cases(watch.view.actor, { ...filter, measure }, (pageOf(page) - 1) * listSize);
    return site.page(request, reply, h(ListPage, { watch, list }));
  });
}

function open(site: Site, request: FastifyRequest) {
  const view = site.view(request);
  const look = lookOf(queryOf(request));
  const filter = filterOf(look, dayOf(view.now));
  const named = narrowings.flatMap((name) => {
    const key = look[name];
    return key ? [[name, nameOf(site.house, view, name, key)] as const] : [];
  });
  const watch: Watch = { view, look, names: Object.fromEntries(named), span: spanText(view, filter) };
  return { watch, filter };
}

function pageOf(text = '1'): number {
  const page = Number.parseInt(text, 10);
  return page >= 1 && page <= 100_000 ? page : 1;
}
