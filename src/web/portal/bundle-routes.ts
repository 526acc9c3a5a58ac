import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Bundle, Pinned, Situation, Subject } from '../../catalog/door.ts';
import { type Actor, applicantOf } from '../../identity/door.ts';
import { type Http, type Once, Problem } from '../../platform/door.ts';
import { type Form, formOf, paramOf, queryOf } from '../forms.ts';
import { formOnce } from '../once.ts';
import type { Site } from '../site.ts';
import { BundlePage, SituationPage } from './bundle.tsx';
import { agencyName, isTownship, placeOf } from './place.ts';
import { situationQuery } from './situation.ts';
import { TasksPage } from './tasks.tsx';

/** Life events: what it is, a few questions about the family, the reader's own list, and the start of a form. */
export function registerBundles(app: Http, site: Site): void {
  app.get('/bundles/:id', (request, reply) => showBundle(site, request, reply));
  app.get('/bundles/:id/tasks', (request, reply) => showTasks(site, request, reply));
  app.post('/drafts', (request, reply) => startDraft(site, request, reply));
}

/** The answers so far travel in the address; each press adds one, until none is missing. */
async function showBundle(site: Site, request: FastifyRequest, reply: FastifyReply) {
  const { catalog } = site.house;
  const view = site.view(request);
  const { bundle, given, asked } = bundleOf(site, request);
  const query = queryOf(request);
  const next = asked.find(({ id }) => given[id] === undefined);
  const begun = Object.keys(given).length > 0 || query.asked !== undefined;
  if (!next && begun) return reply.redirect(`/bundles/${bundle.id}/tasks?${situationQuery(given)}`, 303);
  if (!next || !begun) {
    const office = (kind: string) => agencyName(site, kind, `${view.region}000000`, view.lang);
    const items = bundle.items.flatMap(({ item }) => catalog.item(item) ?? []);
    return site.page(
      request,
      reply,
      BundlePage({ view, bundle, items, questions: asked, office, cite: site.house.cite }),
    );
  }
  const at = asked.indexOf(next);
  return site.page(
    request,
    reply,
    SituationPage({ view, bundle, question: next, at, of: asked.length, given, unanswered: query.asked === next.id }),
  );
}

async function showTasks(site: Site, request: FastifyRequest, reply: FastifyReply) {
  const view = site.view(request);
  const { bundle, subject, given, asked } = bundleOf(site, request);
  if (asked.some(({ id }) => given[id] === undefined))
    return reply.redirect(`/bundles/${bundle.id}?${situationQuery(given)}`, 303);
  const place = await placeOf(site, request);
  const list = site.house.catalog.tasks(subject, given);
  const office = (kind: string) => agencyName(site, kind, place.chosen, view.lang);
  return site.page(request, reply, TasksPage({ view, bundle, list, asked, given, place, office }));
}

/** Begins a form, or goes on with the one that was begun for the same situation. */
async function startDraft(site: Site, request: FastifyRequest, reply: FastifyReply) {
  const { house } = site;
  const { actor } = site.view(request);
  const form = formOf(request);
  const { subject, pinned, situation } = wishOf(site, form);
  const division = form.division ?? '';
  const back =
    subject.kind === 'bundle'
      ? `/bundles/${subject.id}/tasks?${situationQuery(situation, division)}`
      : `/items/${subject.id}?division=${encodeURIComponent(division)}`;
  if (actor.kind === 'guest') return reply.redirect(`/sign-in?next=${encodeURIComponent(back)}`, 303);
  refuseForOrganisation(actor, house.catalog, subject);
  if (!isTownship(site, division))
    throw new Problem('form-invalid', {}, [{ field: 'division', code: 'division-format' }]);
  const { subjectVersion } = pinned;
  const same = await house.cases.drafts.begun(actor, { division, subject, subjectVersion, situation });
  const at = house.clock().toISOString();
  const begun = { owner: applicantOf(actor).id, division, subject, ...pinned, situation };
  const begin = async (once?: Once) => (await house.cases.drafts.start(actor, begun, at, once)).id;
  const id = same?.id ?? (await formOnce(site, request, begin));
  // Begun on this page before, and thrown away or handed in since: then this is another one.
  const open = (await house.cases.drafts.ownIds(actor)).includes(id);
  return reply.redirect(`/apply/${open ? id : await begin()}`, 303);
}

/** Some things only people can have: an organisation is told before it has filled in anything. */
function refuseForOrganisation(actor: Actor, catalog: Site['house']['catalog'], { kind, id }: Subject): void {
  if (actor.kind !== 'person' || !actor.for) return;
  const item = kind === 'item' ? catalog.item(id) : undefined;
  if (!item?.audience.includes('enterprise')) throw new Problem('not-for-organisations');
}

/** What is applied for, with every question about the situation answered. */
function wishOf({ house }: Site, form: Form): { subject: Subject; pinned: Required<Pinned>; situation: Situation } {
  const subject: Subject = { kind: form.kind === 'bundle' ? 'bundle' : 'item', id: form.id ?? '' };
  const entry = subject.kind === 'bundle' ? house.catalog.bundle(subject.id) : house.catalog.item(subject.id);
  if (!entry) throw new Problem(`${subject.kind}-not-found`);
  if ('standalone' in entry && entry.standalone === false) throw new Problem('item-not-found');
  const given = givenOf(house.catalog.situation(subject), form);
  const asked = house.catalog.situation(subject, given);
  if (asked.some(({ id }) => given[id] === undefined)) throw new Problem('form-invalid');
  return {
    subject,
    pinned: house.catalog.pin(entry),
    situation: Object.fromEntries(asked.map(({ id }) => [id, given[id] ?? ''])),
  };
}

function bundleOf({ house }: Site, request: FastifyRequest) {
  const bundle: Bundle | undefined = house.catalog.bundle(paramOf(request, 'id'));
  if (!bundle) throw new Problem('bundle-not-found');
  const subject: Subject = { kind: 'bundle', id: bundle.id };
  const all = givenOf(bundle.situation, queryOf(request));
  const asked = house.catalog.situation(subject, all);
  const given = Object.fromEntries(Object.entries(all).filter(([id]) => asked.some((question) => question.id === id)));
  return { bundle, subject, given, asked };
}

/** Answers that are among the options; anything else in the address is left out. */
function givenOf(questions: Bundle['situation'], form: Form): Situation {
  return Object.fromEntries(
    questions.flatMap(({ id, options }) =>
      options.filter(({ value }) => value === form[id]).map(({ value }) => [id, value]),
    ),
  );
}
