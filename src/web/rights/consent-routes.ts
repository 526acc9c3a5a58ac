import type { FastifyRequest } from 'fastify';
import { type Http, Problem } from '../../platform/door.ts';
import { paramOf, queryOf } from '../forms.ts';
import { noted } from '../recorded.ts';
import type { Site } from '../site.ts';
import { type Citizen, citizenOf } from './citizen.ts';
import { ConsentsPage, WithdrawConsentPage } from './consents.tsx';

/** Consents to the use of sensitive answers: seeing them, and taking one back. */
export function registerConsents(app: Http, site: Site): void {
  const { cases, clock, elements } = site.house;
  const here = '/account/data/consents';

  app.get(here, async (request, reply) => {
    const { view, actor } = citizenOf(site, request);
    const consents = await cases.consents.own(actor);
    const done = queryOf(request).done === 'withdrawn';
    return site.page(request, reply, ConsentsPage({ view, consents, elements, done }));
  });

  app.get(`${here}/:number`, async (request, reply) => {
    const citizen = citizenOf(site, request);
    const given = await consentOf(request, citizen);
    if (given.withdrawnAt) return reply.redirect(here, 303);
    const { state } = await cases.read(citizen.actor, given.number);
    const running = ['submitted', 'returned', 'accepted'].includes(state.status);
    return site.page(request, reply, WithdrawConsentPage({ view: citizen.view, given, running }));
  });

  app.post(`${here}/:number`, noted('act', 'consent.withdraw'), async (request, reply) => {
    const { actor } = citizenOf(site, request);
    await cases.consents.withdraw(actor, paramOf(request, 'number'), clock().toISOString());
    return reply.redirect(`${here}?done=withdrawn`, 303);
  });

  async function consentOf(request: FastifyRequest, { actor }: Citizen) {
    const number = paramOf(request, 'number');
    const given = (await cases.consents.own(actor)).find((one) => one.number === number);
    if (!given) throw new Problem('case-not-found');
    return given;
  }
}
