import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Http, Problem } from '../../platform/door.ts';
import { codes, isLevel, longestComment } from '../../rating/door.ts';
import { formOf, listOf, longForm, queryOf, shortened, type Wrong, wrongOf } from '../forms.ts';
import type { Site } from '../site.ts';
import { ownCase } from './case-routes.ts';
import { GradePage, RatedPage, ReasonsPage } from './rate.tsx';

type Typed = { level: string; codes: string[]; comment: string };

/** Rating a case: first a grade, then that grade's reasons and free words. Once, and only if the reader likes to. */
export function registerRate(app: Http, site: Site): void {
  const { house } = site;

  app.get('/cases/:number/rate', async (request, reply) => {
    const file = await ownCase(site, request);
    const view = site.view(request);
    const standing = await house.rating.of(view.actor, file.plan.number);
    if (standing?.rating) return site.page(request, reply, RatedPage({ view, theCase: file, rating: standing.rating }));
    if (!standing?.closedAt) throw new Problem('not-yet-rateable');
    const { level, asked } = queryOf(request);
    const typed: Typed = { level: level ?? '', codes: [], comment: '' };
    return show(site, request, reply, typed, { missing: asked === 'yes' });
  });

  app.post('/cases/:number/rate', longForm, async (request, reply) => {
    const file = await ownCase(site, request);
    const view = site.view(request);
    const form = formOf(request);
    const { number } = file.plan;
    const typed: Typed = { level: form.level ?? '', codes: listOf(request, 'codes'), comment: form.comment ?? '' };
    const level = Number(typed.level);
    if (!isLevel(level)) return show(site, request, reply, typed, { missing: true });
    try {
      const at = house.clock().toISOString();
      const commandId = form.command || house.ids.token();
      await house.rating.rate(view.actor, { number, level, codes: typed.codes, comment: typed.comment, commandId, at });
    } catch (error) {
      if (!(error instanceof Problem) || error.fields.length === 0) throw error;
      return show(site, request, reply, typed, { wrong: wrongOf(view, error.fields), command: form.command });
    }
    return reply.redirect(`/cases/${number}/rate`, 303);
  });
}

async function show(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: Typed,
  { missing = false, wrong = {}, command }: { missing?: boolean; wrong?: Wrong; command?: string },
) {
  const file = await ownCase(site, request);
  const view = site.view(request);
  const level = Number(typed.level);
  if (!isLevel(level))
    return site.page(request, reply, GradePage({ view, theCase: file, missing }), missing ? 422 : 200);
  const { typed: kept, cut } = shortened({ comment: typed.comment });
  const page = ReasonsPage({
    view,
    theCase: file,
    level,
    reasons: codes(level),
    chosen: typed.codes,
    comment: kept.comment ?? '',
    cut,
    longest: longestComment,
    wrong,
    command: command || site.house.ids.token(),
  });
  return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
}
