import type { FastifyReply, FastifyRequest } from 'fastify';
import { tidyNumber } from '../../cases/door.ts';
import { assertCan, requireFresh, type StaffActor } from '../../identity/door.ts';
import type { Http } from '../../platform/door.ts';
import { mine } from '../account/mine.ts';
import { bareDesk } from '../desk/desk.ts';
import {
  type Form,
  flawsIn,
  formOf,
  longerThan,
  longForm,
  paramOf,
  queryOf,
  refuseTooLong,
  shortened,
  type Wrong,
  wrongOf,
} from '../forms.ts';
import { formOnce } from '../once.ts';
import { offsetOf, pageOf } from '../paging.ts';
import type { Site } from '../site.ts';
import { longest, openAdmin, openFresh } from './admin.ts';
import { GlassPage } from './glass.tsx';
import { GlassReviewPage, type RefusedReview } from './glass-review.tsx';
import { momentOf } from './people-routes.ts';

/** Who may open a case in an emergency, proved a moment ago; throws what the policy says, or `confirm-first`. */
export function opensInEmergency(site: Site, request: FastifyRequest): StaffActor {
  const { actor } = bareDesk(site, request);
  assertCan(actor, 'break-glass.open', { kind: 'house' });
  requireFresh(mine(site, request), site.house.clock());
  return actor;
}

/** Access in an emergency: asked for at the desk, reviewed by the security administrator. */
export function registerGlass(app: Http, site: Site): void {
  const { identity } = site.house;
  const asks = (request: FastifyRequest) => opensInEmergency(site, request);
  const show = (request: FastifyRequest, reply: FastifyReply, wrong: Wrong = {}, typed: Form = {}) => {
    const page = GlassPage({ view: site.view(request), wrong, typed: shortened(typed).typed });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  };

  app.get('/desk/break-glass', async (request, reply) => {
    asks(request);
    return show(request, reply);
  });
  app.post('/desk/break-glass', longForm, async (request, reply) => {
    const actor = asks(request);
    const form = formOf(request);
    const number = tidyNumber((form.number ?? '').slice(0, 60));
    try {
      refuseTooLong(longest, form);
      const asked = { number, reason: form.reason ?? '' };
      await formOnce(site, request, (once) => identity.powers.breakGlass(actor, asked, momentOf(site, request, once)));
    } catch (error) {
      return show(request, reply, wrongOf(site.view(request), flawsIn(error)), form);
    }
    return reply.redirect(`/desk/cases/${number}`, 303);
  });

  app.get('/admin/break-glass', async (request, reply) => review(request, reply));
  app.post('/admin/break-glass/:power', longForm, async (request, reply) => {
    const { view, actor } = openFresh(site, request, 'break-glass.review');
    const { verdict, remark = '' } = formOf(request);
    const power = paramOf(request, 'power');
    const found = verdict === 'justified' || verdict === 'unjustified' ? verdict : undefined;
    const wrong = [
      ...(found ? [] : [{ field: 'verdict', code: 'verdict-missing' }]),
      ...longerThan(longest, formOf(request)),
    ];
    if (!found || wrong.length > 0) {
      return review(request, reply, { power, wrong: wrongOf(view, wrong), typed: shortened(formOf(request)).typed });
    }
    await identity.powers.review(actor, { power, verdict: found, remark }, momentOf(site, request));
    return reply.redirect('/admin/break-glass?done=reviewed', 303);
  });

  async function review(request: FastifyRequest, reply: FastifyReply, refused?: RefusedReview) {
    const { view, actor } = openAdmin(site, request, 'break-glass.review');
    const page = pageOf(request);
    const found = await identity.powers.openings(actor, offsetOf(page));
    const shown = GlassReviewPage({ view, page, found, done: queryOf(request).done, refused });
    return site.page(request, reply, shown, refused ? 422 : 200);
  }
}
