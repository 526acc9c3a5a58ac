import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session } from '../../identity/door.ts';
import { type Http, Problem } from '../../platform/door.ts';
import { mine } from '../account/mine.ts';
import { flawsIn, formOf, listOf, paramOf, queryOf, safeNext, type Wrong, wrongOf } from '../forms.ts';
import { formOnce } from '../once.ts';
import { offsetOf, pageOf } from '../paging.ts';
import type { Site } from '../site.ts';
import { ChoosePage } from './choose.tsx';
import { grantPower, isSureEnough, itemsOf, limitPower, revokePower } from './giving.ts';
import { LimitPage } from './limit.tsx';
import { PowersPage } from './powers.tsx';

const list = '/organisation/powers';

/** For whom one acts, and, for a legal representative, who else may act for the organisation. */
export function registerOrganisations(app: Http, site: Site): void {
  const { organisations } = site.house.identity;

  app.get('/organisation', async (request, reply) => {
    const session = mine(site, request);
    const at = pageOf(request);
    const choices = await organisations.mine(session, offsetOf(at));
    const { next } = queryOf(request);
    return site.page(request, reply, ChoosePage({ view: site.view(request), at, choices, next }));
  });

  app.post('/organisation', async (request, reply) => {
    const { organisation = '', next } = formOf(request);
    await organisations.choose(mine(site, request), organisation);
    return reply.redirect(safeNext(next, '/organisation'), 303);
  });

  app.get(list, async (request, reply) => {
    const session = mine(site, request);
    return surer(site, request, reply, session) ?? showPowers(request, reply, session);
  });

  app.post(list, async (request, reply) => {
    const session = mine(site, request);
    const { name = '', id_card: idCard = '', until = '' } = formOf(request);
    const given = { name, idCard, until, items: listOf(request, 'items') };
    const give = () => formOnce(site, request, (once) => grantPower(site, request, session, { ...given, once }));
    return surer(site, request, reply, session) ?? (await tried(request, reply, give));
  });

  app.get(`${list}/:ref`, async (request, reply) => {
    const session = mine(site, request);
    return surer(site, request, reply, session) ?? showLimit(request, reply, session);
  });

  app.post(`${list}/:ref`, async (request, reply) => {
    const session = mine(site, request);
    const ref = paramOf(request, 'ref');
    const given = { items: listOf(request, 'items'), until: formOf(request).until ?? '' };
    const change = () => limitPower(site, request, session, ref, given);
    return surer(site, request, reply, session) ?? (await tried(request, reply, change, ref));
  });

  app.post(`${list}/:ref/revoke`, async (request, reply) => {
    const session = mine(site, request);
    const revoke = () => revokePower(site, request, session, paramOf(request, 'ref'));
    return surer(site, request, reply, session) ?? (await tried(request, reply, revoke));
  });

  /** Does it and goes back to the list; what is wrong with a field is told beside it. */
  async function tried(request: FastifyRequest, reply: FastifyReply, act: () => Promise<unknown>, ref = '') {
    try {
      await act();
    } catch (error) {
      const wrong = wrongOf(site.view(request), flawsIn(error));
      const session = mine(site, request);
      return ref ? showLimit(request, reply, session, wrong) : showPowers(request, reply, session, wrong);
    }
    return reply.redirect(`${list}?done=yes`, 303);
  }

  async function showPowers(request: FastifyRequest, reply: FastifyReply, session: Session, wrong: Wrong = {}) {
    const at = { page: pageOf(request), acts: pageOf(request, 'acts') };
    const powers = await organisations.powers(session, offsetOf(at.page));
    const acts = await organisations.acts(session, offsetOf(at.acts));
    const typed = Object.keys(wrong).length > 0 ? formOf(request) : {};
    const chosen = Object.keys(wrong).length > 0 ? listOf(request, 'items') : [];
    const { done } = queryOf(request);
    const shown = { at, powers, acts, items: itemsOf(site), wrong, typed, chosen, done: done === 'yes' };
    const page = PowersPage({ view: site.view(request), ...shown });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  }

  async function showLimit(request: FastifyRequest, reply: FastifyReply, session: Session, wrong: Wrong = {}) {
    const ref = paramOf(request, 'ref');
    const power = await organisations.power(session, ref);
    if (power?.kind !== 'agent') throw new Problem('not-found');
    const page = LimitPage({ view: site.view(request), power, items: itemsOf(site), wrong });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  }
}

/** Powers decide who speaks for an organisation: whoever came by a provider has to be known more surely than usual. */
function surer(site: Site, request: FastifyRequest, reply: FastifyReply, session: Session): FastifyReply | undefined {
  if (isSureEnough(site, session)) return undefined;
  const next = request.method === 'GET' ? request.url : list;
  return reply.redirect(`/sign-in/provider?need=powers&next=${encodeURIComponent(next)}`, 303);
}
