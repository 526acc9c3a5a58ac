import type { FastifyReply, FastifyRequest } from 'fastify';
import { type CaseFile, NotComplete } from '../../cases/door.ts';
import { type Answers, normalise } from '../../elements/door.ts';
import { type Http, Problem } from '../../platform/door.ts';
import { channelAt } from '../device/channel.ts';
import { type Form, formOf, longForm, shortened, type Wrong, wrongOf } from '../forms.ts';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';
import { ownCase, seen } from './case-routes.ts';
import type { ConsentAsked } from './consent-box.tsx';
import { CorrectAnswersPage, CorrectPage } from './correct.tsx';
import { consentNewIn, fieldsOf, otherName, uploadsOf } from './correction.ts';
import { takeFile } from './material-routes.ts';
import type { MaterialProblem } from './materials.tsx';

/** A returned case: first the papers, each saved at once, then the answers, then back to the counter. */
export function registerCorrect(app: Http, site: Site): void {
  app.get('/cases/:number/correct', async (request, reply) => {
    const file = await ownCase(site, request);
    if (file.state.status !== 'returned') return reply.redirect(`/cases/${file.plan.number}`, 303);
    return showPapers(site, request, reply, file);
  });
  app.post('/cases/:number/correct', { config: { upload: true } }, async (request, reply) => {
    const upload = await site.upload(request);
    const file = await returned(site, request);
    const material = upload.fields.material ?? '';
    if (!uploadsOf(site.house, file).some(({ id }) => id === material)) throw new Problem('form-invalid');
    // A case has no draft any more: what comes later is kept under its number.
    const { number, applicant, subject } = file.plan;
    const target = { draft: number, owner: applicant.id, subject, material };
    const problem = await takeFile(site, request, target, upload);
    if (problem) return showPapers(site, request, reply, file, { material, problem });
    return reply.redirect(`/cases/${file.plan.number}/correct#${material}`, 303);
  });
  app.get('/cases/:number/correct/answers', async (request, reply) => {
    const file = await ownCase(site, request);
    if (file.state.status !== 'returned') return reply.redirect(`/cases/${file.plan.number}`, 303);
    const asked = await consentNewIn(site.house, site.view(request).actor, file, file.answers);
    return showAnswers(site, request, reply, file, { typed: file.answers, wrong: {}, asked });
  });
  app.post('/cases/:number/correct/answers', longForm, async (request, reply) => resubmit(site, request, reply));
}

async function resubmit(site: Site, request: FastifyRequest, reply: FastifyReply) {
  const { house } = site;
  const view = site.view(request);
  const file = await ownCase(site, request);
  const form = formOf(request);
  const { number } = file.plan;
  try {
    await house.cases.correct({
      actor: view.actor,
      number,
      answers: answersIn(site, file, form),
      otherName: otherName(house.texts),
      channel: channelAt(view, 'online'),
      consent: form.consent,
      commandId: form.command || house.ids.token(),
      seenVersion: seen(form.version),
      at: house.clock().toISOString(),
    });
  } catch (error) {
    if (!(error instanceof NotComplete)) throw error;
    const typed = { ...file.answers, ...form };
    const asked = await consentNewIn(house, view.actor, file, typed);
    const wrong = wrongIn(view, error);
    if (asked && form.consent !== asked.text) wrong.consent = view.say('rights.consent.here');
    const shown = { ...shortened(typed), wrong, asked, command: form.command, status: 422 };
    return showAnswers(site, request, reply, file, shown);
  }
  return reply.redirect(`/cases/${number}`, 303);
}

/** What was typed into the fields of answers; whatever else came with the form is none. */
function answersIn({ house }: Site, { answers }: CaseFile, form: Form): Answers {
  const known = house.elements.questions.flatMap(({ elements }) => elements.map(({ id }) => id));
  const typed = known.flatMap((id) => (form[id] === undefined ? [] : [[id, form[id]] as const]));
  return { ...answers, ...Object.fromEntries(typed) };
}

/** The messages beside the fields; papers the changed answers call for are brought to the counter. */
function wrongIn(view: View, { fields, together, missingMaterials }: NotComplete): Wrong {
  const answers = fields.filter(({ field }) => field !== 'consent');
  const wrong = wrongOf(view, answers, together);
  if (missingMaterials.length > 0) wrong.papers = view.say('portal.correct.paperToo');
  return wrong;
}

async function returned(site: Site, request: FastifyRequest): Promise<CaseFile> {
  const file = await ownCase(site, request);
  if (file.state.status !== 'returned') throw new Problem('action-not-possible', { status: file.state.status });
  return file;
}

async function showPapers(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  file: CaseFile,
  wrong?: MaterialProblem,
) {
  const kept = await site.house.cases.files.ofDraft(site.view(request).actor, file.plan.number);
  const page = CorrectPage({ view: site.view(request), file, uploads: uploadsOf(site.house, file), kept, wrong });
  return site.page(request, reply, page, wrong ? 422 : 200);
}

type Shown = {
  asked?: ConsentAsked;
  typed: Answers;
  cut?: number;
  wrong: Wrong;
  command?: string;
  status?: number;
};

function showAnswers(site: Site, request: FastifyRequest, reply: FastifyReply, file: CaseFile, shown: Shown) {
  const { house } = site;
  const view = site.view(request);
  const elements = fieldsOf(house, file, shown.typed);
  const typed = shown.status
    ? shown.typed
    : Object.fromEntries(elements.map((element) => [element.id, normalise(element, shown.typed[element.id] ?? '')]));
  const places = house.identity.divisions.townships(view.region);
  const page = CorrectAnswersPage({
    view,
    file,
    elements,
    typed,
    cut: shown.cut,
    wrong: shown.wrong,
    asked: shown.asked,
    places,
    command: shown.command || house.ids.token(),
  });
  return site.page(request, reply, page, shown.status);
}
