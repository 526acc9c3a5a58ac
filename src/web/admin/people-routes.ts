import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Moment, networkOf, type StaffActor } from '../../identity/door.ts';
import { type Http, type Once, Problem } from '../../platform/door.ts';
import {
  type Form,
  flawsIn,
  formOf,
  longForm,
  paramOf,
  queryOf,
  refuseTooLong,
  shortened,
  type Wrong,
  wrongOf,
} from '../forms.ts';
import { formOnce } from '../once.ts';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';
import { longest, openAdmin, openFresh } from './admin.ts';
import { PeoplePage } from './people.tsx';
import { PersonPage } from './person.tsx';
import { wordsOf } from './power-words.ts';
import { staffAsked } from './staff-found.tsx';

/** When and from where a request came, for the trail, and under which id what it makes is made once. */
export function momentOf(site: Site, request: FastifyRequest, once?: Once): Moment {
  return { at: site.house.clock(), from: networkOf(request.ip), requestId: request.id, once };
}

/** Revokes a power and what was lent from it; throws `form-invalid` when nobody says why. */
export async function revokePower(
  site: Site,
  request: FastifyRequest,
  actor: StaffActor,
  { power, why }: { power: string; why: string },
): Promise<void> {
  if (why.trim() === '') throw new Problem('form-invalid', {}, [{ field: 'why', code: 'power-reason-missing' }]);
  await site.house.identity.powers.revoke(actor, power, why, momentOf(site, request));
}

/** People and their powers: who looks after them proves again who they are before changing any. */
export function registerPeople(app: Http, site: Site): void {
  const { identity, clock } = site.house;
  const open = (request: FastifyRequest): StaffActor => openFresh(site, request, 'power.grant').actor;

  app.get('/admin/people', list);
  app.post('/admin/people', list);
  app.get('/admin/people/:id', async (request, reply) => {
    open(request);
    return show(request, reply);
  });
  app.post('/admin/people/:id/grant', longForm, async (request, reply) => {
    const actor = open(request);
    const account = paramOf(request, 'id');
    const { role = '', division = '', agency = '', item = '', from = '', until = '', reason = '' } = formOf(request);
    const given = { account, role, division, agency, item, from: from.trim(), until: until.trim(), reason };
    const grant = (once: Once) => identity.powers.grant(actor, given, momentOf(site, request, once));
    return attempt(request, reply, 'granted', () => formOnce(site, request, grant));
  });
  app.post('/admin/people/:id/revoke', longForm, async (request, reply) => {
    const actor = open(request);
    const { power = '', why = '' } = formOf(request);
    return attempt(request, reply, 'revoked', async () => {
      if (power === '') throw new Problem('form-invalid', {}, [{ field: 'power', code: 'power-missing' }]);
      await revokePower(site, request, actor, { power, why });
    });
  });

  async function list(request: FastifyRequest, reply: FastifyReply) {
    const { view, actor } = openAdmin(site, request, 'power.grant');
    const asked = staffAsked(request);
    const found = await identity.powers.people(actor, clock(), asked);
    return site.page(request, reply, PeoplePage({ view, asked, found, agencies: identity.agencies }));
  }

  /** What is wrong comes back on the page, with everything typed still there. */
  async function attempt(request: FastifyRequest, reply: FastifyReply, done: string, act: () => Promise<unknown>) {
    try {
      refuseTooLong(longest, formOf(request));
      await act();
    } catch (error) {
      return show(request, reply, wrongOf(site.view(request), flawsIn(error)), shortened(formOf(request)).typed);
    }
    return reply.redirect(`/admin/people/${encodeURIComponent(paramOf(request, 'id'))}?done=${done}`, 303);
  }

  async function show(request: FastifyRequest, reply: FastifyReply, wrong: Wrong = {}, typed: Form = {}) {
    const { view, actor } = openAdmin(site, request, 'power.grant');
    const person = await identity.powers.person(actor, paramOf(request, 'id'), clock());
    const words = await Promise.all(person.powers.map((power) => wordsOf(site, view, power)));
    const choices = choicesOf(site, actor, view);
    const { done } = queryOf(request);
    const page = PersonPage({ view, person, words, choices, wrong, typed, done });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  }
}

export type Choices = Record<'divisions' | 'agencies' | 'items', { value: string; label: string }[]>;
export function choicesOf({ house }: Site, { region }: StaffActor, { lang, placeName }: View): Choices {
  const { divisions, agencies } = house.identity;
  const places = [divisions.county(region), ...divisions.townships(region)];
  return {
    divisions: places.map(({ code, name }) => ({ value: code, label: placeName(name) })),
    agencies: agencies.all(region).map(({ id, name }) => ({ value: id, label: name[lang] })),
    items: house.catalog.items().map(({ id, name }) => ({ value: id, label: name[lang] })),
  };
}
