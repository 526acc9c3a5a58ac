import type { FastifyReply, FastifyRequest } from 'fastify';
import { tidyNumber } from '../../cases/door.ts';
import { assertCan, type StaffActor } from '../../identity/door.ts';
import { type Http, Problem } from '../../platform/door.ts';
import { bareDesk } from '../desk/desk.ts';
import { type Form, formOf, paramOf, queryOf, type Wrong, wrongOf } from '../forms.ts';
import type { Site } from '../site.ts';
import { openAdmin } from './admin.ts';
import { GlassPage } from './glass.tsx';
import { GlassReviewPage } from './glass-review.tsx';
import { momentOf } from './people-routes.ts';

/** Access in an emergency: asked for at the desk, reviewed by the security administrator. */
export function registerGlass(app: Http, site: Site): void {
  const { identity } = site.house;
  const asks = (request: FastifyRequest): StaffActor => {
    const { actor } = bareDesk(site, request);
    assertCan(actor, 'break-glass.open', { kind: 'house' });
    return actor;
  };
  const show = (request: FastifyRequest, reply: FastifyReply, wrong: Wrong = {}, typed: Form = {}) => {
    const page = GlassPage({ view: site.view(request), wrong, typed });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  };

  app.get('/desk/break-glass', async (request, reply) => {
    asks(request);
    return show(request, reply);
  });
  app.post('/desk/break-glass', async (request, reply) => {
    const actor = asks(request);
    const form = formOf(request);
    const number = tidyNumber((form.number ?? '').slice(0, 60));
    try {
      await identity.powers.breakGlass(actor, { number, reason: form.reason ?? '' }, momentOf(site, request));
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'form-invalid') throw error;
      return show(request, reply, wrongOf(site.view(request), error.fields), form);
    }
    return reply.redirect(`/desk/cases/${number}`, 303);
  });

  app.get('/admin/break-glass', async (request, reply) => review(request, reply));
  app.post('/admin/break-glass/:power', async (request, reply) => {
    const { view, actor } = openAdmin(site, request, 'break-glass.review');
    const { verdict, remark = '' } = formOf(request);
    const power = paramOf(request, 'power');
    if (verdict !== 'justified' && verdict !== 'unjustified')
      return review(request, reply, power, wrongOf(view, [{ field: 'verdict', code: 'verdict-missing' }]));
    await identity.powers.review(actor, { power, verdict, remark: remark.slice(0, 300) }, momentOf(site, request));
    return reply.redirect('/admin/break-glass?done=reviewed', 303);
  });

  async function review(request: FastifyRequest, reply: FastifyReply, power = '', wrong: Wrong = {}) {
    const { view, actor } = openAdmin(site, request, 'break-glass.review');
    const openings = await identity.powers.openings(actor);
    const { done } = queryOf(request);
    const page = GlassReviewPage({ view, openings, done, wrong, power });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  }
}
