import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AskedQuestion } from '../../catalog/door.ts';
import { type Answers, check, normalise } from '../../elements/door.ts';
import { dayOf, type Http, Problem } from '../../platform/door.ts';
import { type Form, formOf, longForm, paramOf, queryOf, shortened, type Wrong, wrongOf } from '../forms.ts';
import type { Site } from '../site.ts';
import { firstOpen, hrefOf, type Journey, journeyOf, nextHref, placeInSteps, prefillOf, stepsOf } from './journey.ts';
import { isTownship, placeOf } from './place.ts';
import { PlacePage } from './place-page.tsx';
import { QuestionPage } from './question.tsx';

/** The joint form: one question a page, each page saved. */
export function registerApply(app: Http, site: Site): void {
  app.get('/apply/:draft', async (request, reply) => {
    const journey = await openJourney(site, request);
    return reply.redirect(
      journey.draft.number ? `/cases/${journey.draft.number}/submitted` : nextHref(journey, dayOf(site.house.clock())),
      303,
    );
  });
  app.get('/apply/:draft/place', async (request, reply) => {
    const { draft } = await unsubmitted(site, request);
    const { townships } = await placeOf(site, request);
    return site.page(
      request,
      reply,
      PlacePage({ view: site.view(request), draft, place: { townships, chosen: draft.division } }),
    );
  });
  app.post('/apply/:draft/place', async (request, reply) => {
    const { draft } = await unsubmitted(site, request);
    const division = formOf(request).division ?? '';
    if (!isTownship(site, division))
      throw new Problem('form-invalid', {}, [{ field: 'division', code: 'division-format' }]);
    await site.house.cases.drafts.move(site.view(request).actor, draft.id, division, site.house.clock().toISOString());
    return reply.redirect(`/apply/${draft.id}/check`, 303);
  });
  app.post('/apply/:draft/discard', async (request, reply) => {
    await site.house.cases.drafts.discard(site.view(request).actor, paramOf(request, 'draft'));
    return reply.redirect('/cases', 303);
  });
  app.get('/apply/:draft/:question', (request, reply) => ask(site, request, reply));
  app.post('/apply/:draft/:question', longForm, (request, reply) => answer(site, request, reply));
}

/** The draft of the address; the policy is asked by the drafts themselves. */
export async function openJourney(site: Site, request: FastifyRequest): Promise<Journey> {
  const draft = await site.house.cases.drafts.read(site.view(request).actor, paramOf(request, 'draft'));
  return journeyOf(site.house, draft);
}

/** The same, for pages that change it: what has become a case is no longer a draft. */
export async function unsubmitted(site: Site, request: FastifyRequest): Promise<Journey> {
  const journey = await openJourney(site, request);
  if (journey.draft.number) throw new Problem('action-not-possible', { status: 'submitted' });
  return journey;
}

async function ask(site: Site, request: FastifyRequest, reply: FastifyReply) {
  const journey = await openJourney(site, request);
  if (journey.draft.number) return reply.redirect(`/cases/${journey.draft.number}/submitted`, 303);
  const question = questionOf(journey, request);
  if (!question) return reply.redirect(`/apply/${journey.draft.id}`, 303);
  const { answers } = journey.draft;
  const fresh = question.elements.filter(({ id, prefill }) => prefill && answers[id] === undefined);
  const { actor } = site.view(request);
  const person =
    fresh.length > 0 && actor.kind === 'person'
      ? await site.house.identity.persons.get(actor, actor.region, actor.id)
      : undefined;
  const known = Object.fromEntries(
    fresh
      .map((element) => [element.id, prefillOf(element, person, actor.kind === 'person' ? actor.for : undefined)])
      .filter(([, value]) => value),
  );
  return showQuestion(site, request, reply, {
    journey,
    question,
    typed: { ...known, ...answers },
    prefilled: Object.keys(known).length > 0,
  });
}

async function answer(site: Site, request: FastifyRequest, reply: FastifyReply) {
  const journey = await unsubmitted(site, request);
  const question = questionOf(journey, request);
  if (!question) return reply.redirect(`/apply/${journey.draft.id}`, 303);
  const { house } = site;
  const form = formOf(request);
  const given = normalised(question, form);
  const wrong = wrongWith(site, request, journey, question, given);
  if (Object.keys(wrong).length > 0) {
    const { typed, cut } = shortened(form);
    return showQuestion(site, request, reply, { journey, question, typed, cut, wrong, status: 422 });
  }
  const draft = await house.cases.drafts.save(
    site.view(request).actor,
    journey.draft.id,
    given,
    house.clock().toISOString(),
  );
  return reply.redirect(afterSaving(journeyOf(house, draft), question, request, dayOf(house.clock())), 303);
}

/** From the check page one comes back to it, unless the answer has opened a new question; otherwise on to the next. */
function afterSaving(journey: Journey, { id }: AskedQuestion, request: FastifyRequest, today: string): string {
  if (queryOf(request).from === 'check') {
    const open = firstOpen(journey, today);
    return open
      ? `${hrefOf(journey, { kind: 'question', id: open.id })}?from=check`
      : hrefOf(journey, { kind: 'check' });
  }
  const steps = stepsOf(journey);
  const at = steps.findIndex((step) => step.kind === 'question' && step.id === id);
  return hrefOf(journey, steps[at + 1] ?? { kind: 'check' });
}

type Shown = {
  journey: Journey;
  question: AskedQuestion;
  typed: Answers;
  prefilled?: boolean;
  cut?: number;
  wrong?: Wrong;
  status?: number;
};

function showQuestion(site: Site, request: FastifyRequest, reply: FastifyReply, shown: Shown) {
  const { journey, question, typed, prefilled = false, cut, wrong = {}, status } = shown;
  const view = site.view(request);
  const here = hrefOf(journey, { kind: 'question', id: question.id });
  const fromCheck = queryOf(request).from === 'check';
  const page = QuestionPage({
    view,
    subject: journey.name[view.lang],
    question,
    steps: placeInSteps(journey, { kind: 'question', id: question.id }),
    back: fromCheck ? hrefOf(journey, { kind: 'check' }) : stepBefore(journey, here),
    action: fromCheck ? `${here}?from=check` : here,
    typed,
    wrong,
    prefilled,
    cut,
    places: site.house.identity.divisions.townships(view.region),
  });
  return site.page(request, reply, page, status);
}

/** The page before: the step before this one, or where the form was begun. */
export function stepBefore(journey: Journey, here: string): string {
  const hrefs = stepsOf(journey).map((step) => hrefOf(journey, step));
  return hrefs[hrefs.indexOf(here) - 1] ?? '/cases';
}

function questionOf(journey: Journey, request: FastifyRequest): AskedQuestion | undefined {
  return journey.questions.find(({ id }) => id === paramOf(request, 'question'));
}

function normalised(question: AskedQuestion, form: Form): Answers {
  return Object.fromEntries(
    question.elements.map((element) => [element.id, normalise(element, form[element.id] ?? '')]),
  );
}

/** Each answer by itself first; when these are right, against what is known already. */
function wrongWith(
  site: Site,
  request: FastifyRequest,
  { draft }: Journey,
  question: AskedQuestion,
  given: Answers,
): Wrong {
  const today = dayOf(site.house.clock());
  const alone = question.elements.flatMap(
    (element) => check(element, given[element.id] ?? '', { today, optional: element.optional }) ?? [],
  );
  const { subject, situation, answers } = draft;
  const together = site.house.catalog
    .checkTogether(subject, situation, { ...answers, ...given }, today, draft)
    .filter(({ field }) => given[field]);
  return wrongOf(site.view(request), alone, together);
}
