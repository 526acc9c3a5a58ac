import { h } from 'preact';
import { isMeasure, listSize } from '../../efficacy/door.ts';
import { type Http, Problem } from '../../platform/door.ts';
import { queryOf } from '../forms.ts';
import type { Site } from '../site.ts';
import { registerExports } from './exports.ts';
import { ListPage } from './list.tsx';
import { OverviewPage } from './overview.tsx';
import { overviewOf, watchedBy } from './watched.ts';

/** The pages of supervisors and agency leads. The room of figures asks the policy. */
export function registerWatch(app: Http, site: Site): void {
  const { efficacy } = site.house;
  registerExports(app, site);

  app.get('/watch', async (request, reply) => {
    const { watch, filter, status } = watchedBy(site, request);
    const overview = await overviewOf(site, watch, filter);
    return site.page(request, reply, h(OverviewPage, { watch, overview }), status);
  });

  app.get('/watch/cases', async (request, reply) => {
    const { watch, filter, status } = watchedBy(site, request);
    const { measure = '', page } = queryOf(request);
    if (!isMeasure(measure)) throw new Problem('not-found');
    const list = await efficacy.cases(watch.view.actor, { ...filter, measure }, (pageOf(page) - 1) * listSize);
    return site.page(request, reply, h(ListPage, { watch, list }), status);
  });
}

function pageOf(text = '1'): number {
  const page = Number.parseInt(text, 10);
  return page >= 1 && page <= 100_000 ? page : 1;
}
