import type { FastifyReply, FastifyRequest } from 'fastify';
import { networkOf, type Session } from '../../identity/door.ts';
import { type Http, Problem } from '../../platform/door.ts';
import { mine } from '../account/mine.ts';
import { type Form, formOf, listOf, paramOf, queryOf, safeNext, type Wrong, wrongOf } from '../forms.ts';
import type { Site } from '../site.ts';
import { ChoosePage } from './choose.tsx';
import { LimitPage } from './limit.tsx';
import { PowersPage } from './powers.tsx';

const list = '/organisation/powers';

/** For whom one acts, and, for a legal representative, who else may act for the organisation. */
export function registerOrganisations(app: Http, site: Site): void {
  const { organisations } = site.house.identity;

  app.get('/organisation', async (request, reply) => {
    const session = mine(site, request);
    const choices = await organisations.mine(session);
    return site.page(request, reply, ChoosePage({ view: site.view(request), choices, next: queryOf(request).next }));
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
    const form = formOf(request);
    return surer(site, request, reply, session) ?? (await tried(request, reply, () => give(request, session, form)));
  });

  app.get(`${list}/:ref`, async (request, reply) => {
    const session = mine(site, request);
    return surer(site, request, reply, session) ?? showLimit(request, reply, session);
  });

  app.post(`${list}/:ref`, async (request, reply) => {
    const session = mine(site, request);
    const ref = paramOf(request, 'ref');
    const change = async () => {
      const held = (await organisations.powers(session)).find((power) => power.ref === ref)?.items ?? [];
      const given = { items: knownItems(site, request, held), until: formOf(request).until ?? '' };
      await organisations.limit(session, ref, given);
      await record(site, request, 'organisation.limit');
    };
    return surer(site, request, reply, session) ?? (await tried(request, reply, change, ref));
  });

  app.post(`${list}/:ref/revoke`, async (request, reply) => {
    const session = mine(site, request);
    const revoke = async () => {
      await organisations.revoke(session, paramOf(request, 'ref'));
      await record(site, request, 'organisation.revoke');
    };
    return surer(site, request, reply, session) ?? (await tried(request, reply, revoke));
  });

  async function give(request: FastifyRequest, session: Session, form: Form): Promise<void> {
    const { name = '', id_card: idCard = '', until = '' } = form;
    await organisations.grant(session, { name, idCard, until, items: knownItems(site, request) });
    await record(site, request, 'organisation.grant');
  }

  /** Does it and goes back to the list; what is wrong with a field is told beside it. */
  async function tried(request: FastifyRequest, reply: FastifyReply, act: () => Promise<void>, ref = '') {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'form-invalid') throw error;
      const wrong = wrongOf(site.view(request), error.fields);
      const session = mine(site, request);
      return ref ? showLimit(request, reply, session, wrong) : showPowers(request, reply, session, wrong);
    }
    return reply.redirect(`${list}?done=yes`, 303);
  }

  async function showPowers(request: FastifyRequest, reply: FastifyReply, session: Session, wrong: Wrong = {}) {
    const [powers, acts] = [await organisations.powers(session), await organisations.acts(session)];
    const typed = Object.keys(wrong).length > 0 ? formOf(request) : {};
    const chosen = Object.keys(wrong).length > 0 ? listOf(request, 'items') : [];
    const { done } = queryOf(request);
    const shown = { powers, acts, items: itemsOf(site), wrong, typed, chosen, done: done === 'yes' };
    const page = PowersPage({ view: site.view(request), ...shown });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  }

  async function showLimit(request: FastifyRequest, reply: FastifyReply, session: Session, wrong: Wrong = {}) {
    const ref = paramOf(request, 'ref');
    const power = (await organisations.powers(session)).find((each) => each.ref === ref && each.kind === 'agent');
    if (!power) throw new Problem('not-found');
    const page = LimitPage({ view: site.view(request), power, items: itemsOf(site), wrong });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  }
}

/** Powers decide who speaks for an organisation: whoever came by a provider has to be known more surely than usual. */
function surer(site: Site, request: FastifyRequest, reply: FastifyReply, session: Session): FastifyReply | undefined {
  const { provider } = site.house.identity;
  if (!session.via || !provider || (session.level ?? 0) >= provider.needs.powers) return undefined;
  const next = request.method === 'GET' ? request.url : list;
  return reply.redirect(`/sign-in/provider?need=powers&next=${encodeURIComponent(next)}`, 303);
}

/** Items an organisation can apply for. */
function itemsOf({ house }: Site) {
  return house.catalog
    .items()
    .filter(({ standalone, audience }) => standalone !== false && audience.includes('enterprise'));
}

/**
 * The items of a form: those there are, and those the power names already though they have gone. Throws `form-invalid`
 * for any other: left out, the last of them would leave none, and none means all.
 */
function knownItems(site: Site, request: FastifyRequest, held: string[] = []): string[] {
  const known = new Set([...itemsOf(site).map(({ id }) => id), ...held]);
  const chosen = listOf(request, 'items');
  if (!chosen.every((id) => known.has(id)))
    throw new Problem('form-invalid', {}, [{ field: 'items', code: 'organisation-items' }]);
  return chosen;
}

async function record({ house }: Site, request: FastifyRequest, what: string): Promise<void> {
  const actor = request.session?.actor;
  if (actor?.kind !== 'person') return;
  await house.trail.record({
    ...{ region: actor.region, at: house.clock(), kind: 'power', what, outcome: 'done', requestId: request.id },
    ...{ who: { kind: 'person', id: actor.id }, from: networkOf(request.ip), about: actor.for?.id },
  });
}
