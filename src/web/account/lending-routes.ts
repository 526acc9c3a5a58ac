import type { FastifyReply, FastifyRequest } from 'fastify';
import { assertCan, type Power, requireFresh, type StaffActor } from '../../identity/door.ts';
import { type Http, Problem } from '../../platform/door.ts';
import { longest } from '../admin/admin.ts';
import { momentOf } from '../admin/people-routes.ts';
import { wordsOf } from '../admin/power-words.ts';
import {
  type Form,
  flawsIn,
  formOf,
  longForm,
  queryOf,
  refuseTooLong,
  shortened,
  type Wrong,
  wrongOf,
} from '../forms.ts';
import { formOnce } from '../once.ts';
import type { Site } from '../site.ts';
import { LendingPage } from './lending.tsx';
import { mine } from './mine.ts';

/** Who may lend, proved a moment ago; throws what the policy says, or `confirm-first`. */
export function lenderOf(site: Site, request: FastifyRequest): StaffActor {
  const session = mine(site, request);
  const { actor } = session;
  if (actor.kind !== 'staff') throw new Problem('not-allowed');
  assertCan(actor, 'power.lend', { kind: 'inbox', agency: actor.agency });
  requireFresh(session, site.house.clock());
  return actor;
}

/** What somebody may lend: their own powers to decide or lead, not those lent to them. */
export const lendable = ({ powers }: StaffActor): Power[] =>
  powers.filter(({ role, lentBy }) => !lentBy && (role === 'approver' || role === 'lead'));

/** Lending one's own powers to a colleague for a while, and taking them back. */
export function registerLending(app: Http, site: Site): void {
  const { identity, clock } = site.house;
  const lender = (request: FastifyRequest) => lenderOf(site, request);

  app.get('/account/lending', async (request, reply) => show(request, reply));
  app.post('/account/lending', longForm, async (request, reply) => {
    const actor = lender(request);
    const { power = '', to = '', until = '', reason = '' } = formOf(request);
    try {
      refuseTooLong(longest, formOf(request));
      const given = { power, to, until: until.trim(), reason };
      await formOnce(site, request, (once) => identity.powers.lend(actor, given, momentOf(site, request, once)));
    } catch (error) {
      return show(request, reply, wrongOf(site.view(request), flawsIn(error)), shortened(formOf(request)).typed);
    }
    return reply.redirect('/account/lending?done=lent', 303);
  });
  app.post('/account/lending/take-back', async (request, reply) => {
    const actor = lender(request);
    await identity.powers.takeBack(actor, formOf(request).id ?? '', momentOf(site, request));
    return reply.redirect('/account/lending?done=back', 303);
  });

  async function show(request: FastifyRequest, reply: FastifyReply, wrong: Wrong = {}, typed: Form = {}) {
    const actor = lender(request);
    const view = site.view(request);
    const page = LendingPage({
      ...{ view, wrong, typed, done: queryOf(request).done },
      own: await Promise.all(lendable(actor).map((power) => wordsOf(site, view, power))),
      colleagues: await identity.powers.colleagues(actor, clock()),
      lent: await identity.powers.lent(actor, clock()),
    });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  }
}
