import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Http, type Once, Problem } from '../../platform/door.ts';
import { type Form, flawsIn, formOf, longForm, paramOf, queryOf, shortened, type Wrong, wrongOf } from '../forms.ts';
import { formOnce } from '../once.ts';
import { pageOf } from '../paging.ts';
import type { Site } from '../site.ts';
import { openAdmin, openFresh } from './admin.ts';
import { beginHold, endHold, holdsOf } from './holding.ts';
import { HoldsPage } from './holds.tsx';

const manages = 'hold.manage';

/** Holds: the security administrator keeps cases from being erased, and lets go of them. */
export function registerHolds(app: Http, site: Site): void {
  app.get('/admin/holds', async (request, reply) => show(request, reply));

  app.post('/admin/holds', longForm, async (request, reply) => {
    const admin = openFresh(site, request, manages);
    const form = formOf(request);
    const { number = '', reason = '', until = '' } = form;
    try {
      const begin = (once: Once) => beginHold(site, request, admin, { number, reason, until, once });
      await formOnce(site, request, begin);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code === 'form-invalid') return show(request, reply, wrongOf(admin.view, error.fields), form, 422);
      if (error.code !== 'case-not-found') throw error;
      // Not found, so that numbers somebody tries out are counted.
      return show(request, reply, wrongOf(admin.view, [{ field: 'number', code: 'number-wrong' }]), form, 404);
    }
    return reply.redirect('/admin/holds?done=begun', 303);
  });

  app.post('/admin/holds/:id/end', longForm, async (request, reply) => {
    const admin = openFresh(site, request, manages);
    const id = paramOf(request, 'id');
    const field = `why-${id}`;
    try {
      await endHold(site, request, admin, { id, why: formOf(request)[field] ?? '' });
    } catch (error) {
      const wrong = wrongOf(
        admin.view,
        flawsIn(error).map((one) => ({ ...one, field })),
      );
      return show(request, reply, wrong, formOf(request), 422);
    }
    return reply.redirect('/admin/holds?done=ended', 303);
  });

  async function show(request: FastifyRequest, reply: FastifyReply, wrong: Wrong = {}, typed: Form = {}, status = 200) {
    const { view, actor } = openAdmin(site, request, manages);
    const at = pageOf(request);
    const { found, names } = await holdsOf(site, actor, at);
    const said = { wrong, typed: shortened(typed).typed, done: queryOf(request).done };
    return site.page(request, reply, HoldsPage({ view, at, found, names, ...said }), status);
  }
}
