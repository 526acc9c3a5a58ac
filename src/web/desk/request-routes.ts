import type { FastifyReply, FastifyRequest } from 'fastify';
import { scopeOf } from '../../identity/door.ts';
import { type Http, Problem } from '../../platform/door.ts';
import type { NoteIn } from '../../rights/door.ts';
import { formOf, type Kept, longerThan, longForm, paramOf, queryOf, shortened, type Wrong, wrongOf } from '../forms.ts';
import { entryOf, noted, record } from '../recorded.ts';
import type { Site } from '../site.ts';
import { type Desk, openDesk } from './desk.ts';
import { DeskRequestPage, DeskRequestsPage } from './requests.tsx';

/** Requests of people about their own data, as a counter answers them. */
export function registerDeskRequests(app: Http, site: Site): void {
  const { rights, identity, cases, trail, clock } = site.house;

  app.get('/desk/requests', async (request, reply) => {
    const desk = await counter(request);
    const done = queryOf(request).done === 'answered';
    const requests = await rights.atCounter(desk.actor);
    return site.page(request, reply, DeskRequestsPage({ desk, requests, done }));
  });

  app.get('/desk/requests/:id', async (request, reply) => show(request, reply));

  app.post('/desk/requests/:id', { ...noted('act', 'rights.answer'), ...longForm }, async (request, reply) => {
    const { actor, view } = await counter(request);
    const { outcome, reason = '' } = formOf(request);
    const noteIn: NoteIn = (tx, { cases, whose }) => {
      const said = { kind: 'act', what: 'case.erase', outcome: 'done', whose, reason: 'work' } as const;
      return trail.recordIn(tx, ...cases.map((about) => entryOf(site.house, request, { ...said, about })));
    };
    const kept = shortened(formOf(request));
    const tooLong = longerThan({ reason: 500 }, formOf(request));
    if (tooLong.length > 0) return show(request, reply, kept, wrongOf(view, tooLong));
    if (outcome !== 'done' && outcome !== 'refused')
      return show(request, reply, kept, { outcome: view.say('desk.requests.outcomeMissing') });
    try {
      const given = { outcome, reason } as const;
      await rights.answer(actor, paramOf(request, 'id'), given, clock().toISOString(), noteIn);
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
    if (scopeOf(desk.actor, 'request.list').length === 0) throw new Problem('not-allowed');
    return desk;
  }

  async function show(request: FastifyRequest, reply: FastifyReply, kept: Kept = { typed: {} }, wrong: Wrong = {}) {
    const desk = await counter(request);
    const found = await rights.read(desk.actor, paramOf(request, 'id'));
    const { person: whose, id: about } = found;
    // Looking again at what is answered is nobody's work.
    const reason = found.answer ? undefined : 'work';
    await record(site.house, request, {
      ...{ kind: 'reading', what: 'request.read', outcome: 'done', whose, about, reason },
    });
    const agencyName = (id: string) => identity.agencies.get(id)?.name[desk.view.lang] ?? id;
    const erases = await rights.wouldErase(desk.actor, about, clock());
    const asker = await identity.persons.whoAsked(desk.actor, found);
    const opens = found.about !== null && (await cases.lists.search(desk.actor, found.about)).rows.length > 0;
    const page = DeskRequestPage({ desk, request: found, asker, opens, erases, ...kept, wrong, agencyName });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  }
}
