import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotComplete } from '../../cases/door.ts';
import type { Item, Subject } from '../../catalog/door.ts';
import { assertCan, covers, type Person, type StaffActor } from '../../identity/door.ts';
import { type Http, Problem, regionOf } from '../../platform/door.ts';
import { channelAt } from '../device/channel.ts';
import { type Form, formOf, listOf, longForm, paramOf, queryOf, shortened, type Wrong } from '../forms.ts';
import { recordEntered } from '../recorded.ts';
import type { Site } from '../site.ts';
import { perform, showRefusal } from './case-routes.ts';
import { CounterPage } from './counter.tsx';
import { type Choice, CounterChoosePage } from './counter-choose.tsx';
import { type Entry, entryOf, fillFrom, handedIn, wrongInAnswers, wrongInEntry, wrongInSpot } from './counter-form.ts';
import { type Desk, openDesk } from './desk.ts';
import { knownAtCounter } from './known-person.ts';

/** Entering a case for somebody who came in. */
export function registerCounter(app: Http, site: Site): void {
  app.get('/desk/counter', async (request, reply) => {
    const desk = await openCounter(site, request);
    const typed = (queryOf(request).q ?? '').slice(0, 100);
    return site.page(request, reply, CounterChoosePage({ desk, typed, choices: choicesOf(desk, typed) }));
  });

  app.get('/desk/counter/:kind/:id', async (request, reply) => {
    const desk = await openCounter(site, request);
    const blank = { draft: newId(desk), commandId: newId(desk), actId: newId(desk) };
    const entry = entryOf(site.house, subjectOf(desk, request), blank, []);
    return site.page(request, reply, page(desk, entry));
  });

  app.post('/desk/counter/:kind/:id', longForm, async (request, reply) => {
    const desk = await openCounter(site, request);
    const typed = withIds(desk, formOf(request));
    const entry = entryOf(site.house, subjectOf(desk, request), typed, listOf(request, 'm'));
    const known = await knownAtCounter(site, request, desk.actor, entry.person);
    if (!['enter', 'accept', 'spot'].includes(typed.do ?? '')) {
      const filled = entryOf(site.house, entry.subject, fillFrom(entry, known), entry.papers);
      return site.page(request, reply, page(desk, filled, {}, known));
    }
    const wrong = wrongInEntry(site.house, desk.view, entry, desk.today);
    const spot = typed.do === 'spot' ? spotOf(desk, entry) : undefined;
    if (spot) Object.assign(wrong, wrongInSpot(desk.view, spot, typed));
    const division = divisionOf(desk, typed);
    if (!division) wrong.division = desk.view.say('desk.counter.placeMissing');
    if (Object.keys(wrong).length === 0 && division) {
      const number = await submit(site, request, desk, { entry, division, wrong });
      if (number) return finish(site, request, reply, number, typed);
    }
    return site.page(request, reply, page(desk, entry, wrong, known), 422);
  });
}

async function openCounter(site: Site, request: FastifyRequest): Promise<Desk> {
  const desk = await openDesk(site, request);
  assertCan(desk.actor, 'case.enter', { kind: 'queue', division: desk.actor.division });
  return desk;
}

/** Registers the applicant and submits. What the rooms find wrong is added to `wrong`. */
async function submit(
  site: Site,
  request: FastifyRequest,
  desk: Desk,
  { entry, division, wrong }: { entry: Entry; division: string; wrong: Wrong },
): Promise<string | undefined> {
  const { house, actor, view } = desk;
  const { subject, situation, answers, typed, person } = entry;
  try {
    const applicant = await house.identity.persons.register({ region: division.slice(0, 6), division, ...person });
    const made = await house.cases.submit({
      actor,
      commandId: typed.commandId ?? newId(desk),
      at: view.now.toISOString(),
      application: {
        // A name of its own: the id comes with the form, and must never be that of somebody's draft.
        draft: `${actor.region}-counter.${typed.draft ?? newId(desk)}`,
        division,
        subject,
        situation,
        answers,
        materials: handedIn(entry),
        applicant: { id: applicant.id, name: applicant.name },
        channel: channelAt(view, 'counter'),
        consent: typed.consent,
      },
    });
    await recordEntered(site.house, request, made);
    return made.plan.number;
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'form-invalid') throw error;
    Object.assign(wrong, wrongFrom(desk, entry, error));
    return undefined;
  }
}

/** The same messages from the rooms, should they see more than the page did. */
function wrongFrom({ view }: Desk, entry: Entry, problem: Problem): Wrong {
  if (problem instanceof NotComplete) return wrongInAnswers(view, entry, problem);
  const named = problem.fields.some(({ code }) => code === 'name-differs-from-id-card');
  return named ? { p_name: view.say('desk.counter.nameDiffers') } : { p_idCard: view.say('desk.counter.cardWrong') };
}

/** Accepts or decides at once when that was asked for; a refusal comes back on the page of the new case. */
async function finish(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  number: string,
  typed: Form,
): Promise<FastifyReply> {
  const act = typed.do === 'accept' ? 'accept' : typed.do === 'spot' ? 'on-the-spot' : undefined;
  if (!act) return reply.redirect(`/desk/cases/${number}?done=entered`, 303);
  const form: Form = { ...typed, act, commandId: typed.actId ?? '' };
  try {
    await perform(site, request, number, act, form);
  } catch (error) {
    return showRefusal(site, request, reply, number, form, error);
  }
  return reply.redirect(`/desk/cases/${number}?done=${act === 'accept' ? 'accepted' : act}`, 303);
}

function page(desk: Desk, entry: Entry, wrong: Wrong = {}, known?: Person) {
  const { catalog } = desk.house;
  const { kind, id } = entry.subject;
  const name = (kind === 'bundle' ? catalog.bundle(id) : catalog.item(id))?.name[desk.view.lang] ?? '';
  const { typed, cut } = shortened(entry.typed);
  return CounterPage({
    desk,
    name,
    entry: { ...entry, typed },
    wrong,
    cut,
    places: placesOf(desk),
    spot: spotOf(desk, entry),
    known: known !== undefined,
  });
}

/** The item when it can be finished here and now: on the spot, and decided by this very counter. */
function spotOf({ house, actor }: Desk, { subject, typed }: Entry): Item | undefined {
  const item = subject.kind === 'item' ? house.catalog.item(subject.id) : undefined;
  if (item?.handling !== 'on-the-spot') return undefined;
  const agency = house.identity.agencies.resolve(item.agency, typed.division || actor.division);
  return agency?.id === actor.agency ? item : undefined;
}

function subjectOf({ house }: Desk, request: FastifyRequest): Subject {
  const [kind, id] = [paramOf(request, 'kind'), paramOf(request, 'id')];
  if (kind === 'bundle' && house.catalog.bundle(id)) return { kind, id };
  const item = kind === 'item' ? house.catalog.item(id) : undefined;
  if (!item || item.standalone === false) throw new Problem(kind === 'bundle' ? 'bundle-not-found' : 'item-not-found');
  return { kind: 'item', id };
}

function choicesOf({ house, view }: Desk, typed: string): Choice[] {
  const { catalog } = house;
  const onTheSpot = (kind: string, id: string) => kind === 'item' && catalog.item(id)?.handling === 'on-the-spot';
  if (typed.trim() !== '')
    return catalog.search(typed).map((hit) => ({ ...hit, onTheSpot: onTheSpot(hit.kind, hit.id) }));
  const items = catalog.items().filter(({ standalone }) => standalone !== false);
  const sorted = items.toSorted((a, b) => a.name[view.lang].localeCompare(b.name[view.lang], view.lang));
  return [
    ...catalog.bundles().map((bundle) => ({ ...bundle, kind: 'bundle' as const, onTheSpot: false })),
    ...sorted.map((item) => ({ ...item, kind: 'item' as const, onTheSpot: onTheSpot('item', item.id) })),
  ];
}

/** The townships this counter serves. */
function placesOf({ house, actor, view }: Desk): { value: string; label: string }[] {
  const townships = house.identity.divisions.townships(actor.region);
  return townships
    .filter(({ code }) => covers(actor.division, code))
    .map(({ code, name }) => ({ value: code, label: view.placeName(name) }));
}

function divisionOf(desk: Desk, typed: Form): string | undefined {
  const places = placesOf(desk);
  return places.length === 1 ? places[0]?.value : places.find(({ value }) => value === typed.division)?.value;
}

/** The ids of the form: made when it was opened, so that the same form sent twice is one case. */
function withIds(desk: Desk, form: Form): Form {
  const kept = (name: string) =>
    regionOf(form[name] ?? '') === desk.actor.region ? form[name]?.slice(0, 60) : newId(desk);
  return { ...form, draft: kept('draft') ?? '', commandId: kept('commandId') ?? '', actId: kept('actId') ?? '' };
}

const newId = ({ house, actor }: { house: Desk['house']; actor: StaffActor }) => house.ids.id(actor.region);
