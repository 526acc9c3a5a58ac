import type { FastifyReply, FastifyRequest } from 'fastify';
import { tidyNumber } from '../../cases/door.ts';
import { realDay } from '../../elements/door.ts';
import { networkOf } from '../../identity/door.ts';
import { dayEnd, dayOf, type FieldProblem, type Http, Problem } from '../../platform/door.ts';
import { type Form, formOf, longerThan, longForm, paramOf, queryOf, shortened, type Wrong, wrongOf } from '../forms.ts';
import type { Site } from '../site.ts';
import { type Admin, longest, openAdmin, openFresh } from './admin.ts';
import { HoldsPage } from './holds.tsx';

const manages = 'hold.manage';
const shown = 200;

/** Holds: the security administrator keeps cases from being erased, and lets go of them. */
export function registerHolds(app: Http, site: Site): void {
  const { cases, clock, identity } = site.house;
  const toldOf = ({ actor }: Admin, request: FastifyRequest) => ({
    ...{ who: { kind: 'staff' as const, id: actor.id }, from: networkOf(request.ip), requestId: request.id },
  });

  app.get('/admin/holds', async (request, reply) => show(request, reply));

  app.post('/admin/holds', longForm, async (request, reply) => {
    const admin = openAdmin(site, request, manages);
    const form = formOf(request);
    const { number = '', reason = '', until = '' } = form;
    const wrong = [...wrongIn(reason, until.trim(), dayOf(clock())), ...longerThan(longest, form)];
    if (wrong.length > 0) return show(request, reply, wrongOf(admin.view, wrong), form, 422);
    // The last day counts: it ends as the next one begins in China.
    const end = until.trim() && dayEnd(until.trim()).toISOString();
    const tidy = tidyNumber(number.slice(0, 60));
    const hold = { number: tidy, reason, by: admin.actor.id };
    try {
      if (!tidy.startsWith(admin.actor.region)) throw new Problem('case-not-found');
      await cases.holds.begin({ ...hold, until: end || undefined }, clock(), toldOf(admin, request));
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'case-not-found') throw error;
      // Not found, so that numbers somebody tries out are counted.
      return show(request, reply, wrongOf(admin.view, [{ field: 'number', code: 'number-wrong' }]), form, 404);
    }
    return reply.redirect('/admin/holds?done=begun', 303);
  });

  app.post('/admin/holds/:id/end', longForm, async (request, reply) => {
    const admin = openFresh(site, request, manages);
    const id = paramOf(request, 'id');
    const field = `why-${id}`;
    const { [field]: reason = '' } = formOf(request);
    const wrong = [...missingIn(field, reason), ...longerThan(longest, formOf(request))];
    if (wrong.length > 0) return show(request, reply, wrongOf(admin.view, wrong), formOf(request), 422);
    const { region, id: by } = admin.actor;
    await cases.holds.lift(region, id, { by, reason }, clock(), toldOf(admin, request));
    return reply.redirect('/admin/holds?done=ended', 303);
  });

  async function show(request: FastifyRequest, reply: FastifyReply, wrong: Wrong = {}, typed: Form = {}, status = 200) {
    const { view, actor } = openAdmin(site, request, manages);
    const holds = await cases.holds.list(actor.region, clock().toISOString(), shown);
    const ids = new Set(holds.flatMap(({ by, endedBy }) => [by, endedBy ?? '']));
    const names = await identity.staff.names(actor.region, [...ids]);
    const page = HoldsPage({ view, holds, names, wrong, typed: shortened(typed).typed, done: queryOf(request).done });
    return site.page(request, reply, page, status);
  }
}

const missingIn = (field: string, reason: string): FieldProblem[] =>
  [...reason.trim()].length < 2 ? [{ field, code: 'power-reason-missing' }] : [];

function wrongIn(reason: string, until: string, today: string): FieldProblem[] {
  return [
    ...missingIn('reason', reason),
    ...(until !== '' && !(realDay(until) && until >= today) ? [{ field: 'until', code: 'hold-end-wrong' }] : []),
  ];
}
