import type { FastifyReply, FastifyRequest } from 'fastify';
import { requireFresh } from '../../identity/door.ts';
import { type Http, Problem } from '../../platform/door.ts';
import { requestKinds, type Wish } from '../../rights/door.ts';
import {
  type Form,
  flawsIn,
  formOf,
  type Kept,
  longerThan,
  longForm,
  paramOf,
  queryOf,
  shortened,
  type Wrong,
  wrongOf,
} from '../forms.ts';
import { formOnce } from '../once.ts';
import { offsetOf, pageOf } from '../paging.ts';
import { noted } from '../recorded.ts';
import type { Site } from '../site.ts';
import { AskPage } from './ask.tsx';
import { type Citizen, citizenOf } from './citizen.ts';
import { ContactPage } from './contact.tsx';
import { readContact } from './contact-form.ts';
import { ErasePage } from './erase.tsx';
import { RequestsPage } from './requests.tsx';

/** How long what is asked may be, in characters. */
export const longestAsked = { words: 500, value: 50 };

/** Correcting and deleting one's own data, and asking the office about it. */
export function registerRequests(app: Http, site: Site): void {
  const { house } = site;
  const { cases, identity, rights, clock } = house;
  const statusOf = (wrong: Wrong) => (Object.keys(wrong).length > 0 ? 422 : 200);

  app.get('/account/data/contact', async (request, reply) => {
    const { actor } = citizenOf(site, request);
    const person = await identity.persons.get(actor, actor.region, actor.id);
    return showContact(request, reply, { phone: person?.phone ?? '', address: person?.address ?? '' });
  });
  app.post('/account/data/contact', { ...noted('act', 'person.contact'), ...longForm }, async (request, reply) => {
    const { view, actor } = citizenOf(site, request);
    const { phone = '', address = '' } = formOf(request);
    const { contact, problems } = readContact(house, { phone, address });
    if (problems.length > 0) return showContact(request, reply, shortened(contact).typed, wrongOf(view, problems));
    await identity.persons.changeContact(actor, contact);
    return reply.redirect('/account/data?done=contact', 303);
  });

  app.get('/account/data/ask/:kind', async (request, reply) => showAsk(request, reply));
  app.post('/account/data/ask/:kind', { ...noted('act', 'rights.ask'), ...longForm }, async (request, reply) => {
    const citizen = citizenOf(site, request);
    const { view, actor } = citizen;
    const { words = '', field, value, about, division = '' } = formOf(request);
    const asked = { kind: kindOf(request), division, about: about || undefined };
    const missing: Wrong = placesOf(citizen).some((place) => place.value === division)
      ? {}
      : { division: view.say('rights.ask.placeMissing') };
    const tooLong = longerThan(longestAsked, formOf(request));
    if (tooLong.length > 0) return showAsk(request, reply, shortened(formOf(request)), wrongOf(view, tooLong));
    try {
      const wish = { words, field: field as Wish['field'], value };
      if (statusOf(missing) === 422) return showAsk(request, reply, shortened(formOf(request)), missing);
      const at = clock().toISOString();
      await formOnce(site, request, (once) => rights.ask(actor, { ...asked, wish }, at, once));
    } catch (error) {
      return showAsk(request, reply, shortened(formOf(request)), wrongOf(view, flawsIn(error)));
    }
    return reply.redirect('/account/data/requests?done=asked', 303);
  });

  app.get('/account/data/requests', async (request, reply) => {
    const { view, actor } = citizenOf(site, request);
    const at = pageOf(request);
    const page = RequestsPage({
      ...{ view, at, found: await rights.own(actor, offsetOf(at)), asked: queryOf(request).done === 'asked' },
      divisionName: (code) => view.placeName(identity.divisions.get(code)?.name ?? code),
      agencyName: (id) => identity.agencies.get(id)?.name[view.lang] ?? id,
    });
    return site.page(request, reply, page);
  });

  app.get('/account/data/delete', async (request, reply) => {
    const { view, actor } = citizenOf(site, request);
    const names = new Map((await cases.lists.everyOwn(actor)).map((row) => [row.number, row.subjectName]));
    const verdicts = await rights.deletable(actor, clock());
    const drafts = (await cases.drafts.ownIds(actor)).length;
    const list = verdicts.map((one) => ({ ...one, name: names.get(one.number) }));
    return site.page(request, reply, ErasePage({ view, drafts, cases: list, done: queryOf(request).done }));
  });
  app.post('/account/data/delete', noted('act', 'drafts.erase'), async (request, reply) => {
    const { actor, session } = citizenOf(site, request);
    requireFresh(session, clock());
    await cases.erasing.drafts(actor);
    return reply.redirect('/account/data/delete?done=drafts', 303);
  });
  app.post('/account/data/delete/:number', noted('act', 'case.erase'), async (request, reply) => {
    const { actor, session } = citizenOf(site, request);
    requireFresh(session, clock());
    await rights.eraseCase(actor, paramOf(request, 'number'), clock());
    return reply.redirect('/account/data/delete?done=case', 303);
  });

  function kindOf(request: FastifyRequest) {
    const kind = requestKinds.find((one) => one === paramOf(request, 'kind'));
    if (!kind) throw new Problem('not-found');
    return kind;
  }
  function placesOf({ actor, view }: Citizen) {
    const townships = identity.divisions.townships(actor.region);
    return townships.map(({ code, name }) => ({ value: code, label: view.placeName(name) }));
  }
  function showContact(request: FastifyRequest, reply: FastifyReply, typed: Form, wrong: Wrong = {}) {
    return site.page(request, reply, ContactPage({ view: site.view(request), typed, wrong }), statusOf(wrong));
  }
  async function showAsk(request: FastifyRequest, reply: FastifyReply, kept?: Kept, wrong: Wrong = {}) {
    const citizen = citizenOf(site, request);
    const { view, actor } = citizen;
    const kind = kindOf(request);
    const person = await identity.persons.get(actor, actor.region, actor.id);
    const home = person?.division ? `${person.division.slice(0, 9)}000` : '';
    const own = await cases.lists.everyOwn(actor);
    const list = own.map(({ number, subjectName }) => ({
      value: number,
      label: `${subjectName[view.lang]} ${number.slice(-7)}`,
    }));
    const page = AskPage({
      view,
      kind,
      wrong,
      ...(kept ?? { typed: { division: home } }),
      places: placesOf(citizen),
      cases: list,
    });
    return site.page(request, reply, page, statusOf(wrong));
  }
}
