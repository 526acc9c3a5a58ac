import type { FastifyReply, FastifyRequest } from 'fastify';
import { isMeasure } from '../../efficacy/door.ts';
import { type Http, Problem } from '../../platform/door.ts';
import { queryOf } from '../forms.ts';
import { record } from '../recorded.ts';
import type { Site } from '../site.ts';
import { csvOf } from './csv.ts';
import { narrowings } from './look.ts';
import { casesTable, figuresTable } from './tables.ts';
import { overviewOf, watchedBy } from './watched.ts';

/** Lines of one export at most; whoever needs more chooses fewer days. */
const most = 20_000;

/** The tables of the watch as files. Each export is written into the trail. */
export function registerExports(app: Http, site: Site): void {
  const { efficacy } = site.house;

  app.get('/watch/figures.csv', async (request, reply) => {
    const { watch, filter, status } = watchedBy(site, request);
    const by = narrowings.find((name) => name === queryOf(request).by);
    if (!by) throw new Problem('not-found');
    if (status !== 200) throw new Problem('form-invalid');
    const overview = await overviewOf(site, watch, filter);
    return send(site, request, reply, `figures-${by}`, figuresTable(watch.view, by, overview), filter);
  });

  app.get('/watch/cases.csv', async (request, reply) => {
    const { watch, filter, status } = watchedBy(site, request);
    const { measure = '' } = queryOf(request);
    if (!isMeasure(measure)) throw new Problem('not-found');
    if (status !== 200) throw new Problem('form-invalid');
    const list = await efficacy.cases(watch.view.actor, { ...filter, measure }, 0, most);
    return send(site, request, reply, measure, casesTable(watch.view, list), filter);
  });
}

async function send(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  what: string,
  rows: (string | number)[][],
  { from, to }: { from: string; to: string },
): Promise<FastifyReply> {
  const detail = { from, to, lines: rows.length - 1 };
  await record(site.house, request, { kind: 'export', what: `watch.${what}`, outcome: 'done', detail });
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="tongban-${what}-${from}-${to}.csv"`)
    .header('cache-control', 'no-store')
    .send(csvOf(rows));
}
