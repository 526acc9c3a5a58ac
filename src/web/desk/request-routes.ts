import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Http, Problem } from '../../platform/door.ts';
import { formOf, type Kept, longerThan, longForm, paramOf, queryOf, shortened, type Wrong, wrongOf } from '../forms.ts';
import { offsetOf, pageOf } from '../paging.ts';
import { noted } from '../recorded.ts';
import type { Site } from '../site.ts';
import { assertAnswers, longestAnswer, notedErasing, readRequest } from './answering.ts';
import { type Desk, openDesk } from './desk.ts';
import { DeskRequestPage, DeskRequestsPage } from './requests.tsx';

/** Requests of people about their own data, as a counter answers them. */
export function registerDeskRequests(app: Http, site: Site): void {
  const { rights, identity, cases, clock } = site.house;

  app.get('/desk/requests', async (request, reply) => {
    const desk = await counter(request);
    const done = queryOf(request).done === 'answered';
    const at = pageOf(request);
    const found = await rights.atCounter(desk.actor, offsetOf(at));
    return site.page(request, reply, DeskRequestsPage({ desk, at, found, done }));
  });

  app.get('/desk/requests/:id', async (request, reply) => show(request, reply));

  app.post('/desk/requests/:id', { ...noted('act', 'rights.answer'), ...longForm }, async (request, reply) => {
    const { actor, view } = await counter(request);
    const { outcome, reason = '' } = formOf(request);
    const kept = shortened(formOf(request));
    const tooLong = longerThan(longestAnswer, formOf(request));
    if (tooLong.length > 0) return show(request, reply, kept, wrongOf(view, tooLong));
    if (outcome !== 'done' && outcome !== 'refused')
      return show(request, reply, kept, { outcome: view.say('desk.requests.outcomeMissing') });
    try {
      const given = { outcome, reason } as const;
      await rights.answer(actor, paramOf(request, 'id'), given, clock().toISOString(), notedErasing(site, request));
    } catch (error) {
      const wrong = error instanceof Problem && wrongFrom(error);
      if (!wrong) throw error;
      return show(request, reply, kept, wrong);
    }
    return reply.redirect('/desk/requests?done=answered', 303);

    function wrongFrom(problem: Problem): Wrong | undefined {
      if (problem.code === 'reason-required') return { reason: view.say('desk.requests.reasonMissing') };
      if (problem.code !== 'form-invalid') return undefined;
      return { outcome: Object.values(wrongOf(view, problem.fields)).join(' ') };
    }
  });

  async function counter(request: FastifyRequest): Promise<Desk> {
    const desk = await openDesk(site, request);
    assertAnswers(desk.actor);
    return desk;
  }

  async function show(request: FastifyRequest, reply: FastifyReply, kept: Kept = { typed: {} }, wrong: Wrong = {}) {
    const desk = await counter(request);
    const { found, erases, asker } = await readRequest(site, request, desk.actor, paramOf(request, 'id'));
    const agencyName = (id: string) => identity.agencies.get(id)?.name[desk.view.lang] ?? id;
    const opens = found.about !== null && (await cases.lists.search(desk.actor, found.about)).rows.length > 0;
    const page = DeskRequestPage({ desk, request: found, asker, opens, erases, ...kept, wrong, agencyName });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  }
}
