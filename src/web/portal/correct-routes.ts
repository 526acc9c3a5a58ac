import type { FastifyReply, FastifyRequest } from 'fastify';
import { type CaseFile, consentElements, consentText } from '../../cases/door.ts';
import { type Answers, normalise } from '../../elements/door.ts';
import { dayOf, type Http, Problem } from '../../platform/door.ts';
import { channelAt } from '../device/channel.ts';
import { formOf, longForm, shortened, type Wrong, wrongOf } from '../forms.ts';
import type { Site } from '../site.ts';
import { ownCase, seen } from './case-routes.ts';
import type { ConsentAsked } from './consent-box.tsx';
import { CorrectAnswersPage, CorrectPage } from './correct.tsx';
import { correctedAnswers, correctedMaterials, fieldsOf, uploadsOf } from './correction.ts';
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
    if (!uploads(site, file).some(({ id }) => id === material)) throw new Problem('form-invalid');
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
    const asked = await consentAsked(site, request, file, file.answers);
    return showAnswers(site, request, reply, file, { typed: file.answers, wrong: {}, asked });
  });
  app.post('/cases/:number/correct/answers', longForm, async (request, reply) => resubmit(site, request, reply));
}

async function resubmit(site: Site, request: FastifyRequest, reply: FastifyReply) {
  const { house } = site;
  const file = await returned(site, request);
  const form = formOf(request);
  const { number } = file.plan;
  const { answers, problems, together } = correctedAnswers(house, file, form, dayOf(house.clock()));
  const wrong = wrongOf(site.view(request), problems, together);
  const asked = await consentAsked(site, request, file, answers);
  if (asked && form.consent !== asked.text) wrong.consent = site.view(request).say('rights.consent.here');
  if (Object.keys(wrong).length > 0) {
    return showAnswers(site, request, reply, file, {
      ...shortened({ ...file.answers, ...form }),
      wrong,
      asked,
      command: form.command,
      status: 422,
    });
  }
  const files = await house.cases.files.ofDraft(site.view(request).actor, number);
  await house.cases.act({
    actor: site.view(request).actor,
    number,
    command: {
      type: 'resubmit',
      answers,
      materials: correctedMaterials(file, uploads(site, file), files),
      channel: channelAt(site.view(request), 'online'),
      consent: form.consent,
    },
    commandId: form.command || house.ids.token(),
    seenVersion: seen(form.version),
    at: house.clock().toISOString(),
  });
  return reply.redirect(`/cases/${number}`, 303);
}

async function returned(site: Site, request: FastifyRequest): Promise<CaseFile> {
  const file = await ownCase(site, request);
  if (file.state.status !== 'returned') throw new Problem('action-not-possible', { status: file.state.status });
  return file;
}

function uploads({ house }: Site, file: CaseFile) {
  const key = 'portal.correct.other';
  return uploadsOf(house, file, { zh: house.texts.say('zh')(key), en: house.texts.say('en')(key) });
}

async function showPapers(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  file: CaseFile,
  wrong?: MaterialProblem,
) {
  const kept = await site.house.cases.files.ofDraft(site.view(request).actor, file.plan.number);
  const page = CorrectPage({ view: site.view(request), file, uploads: uploads(site, file), kept, wrong });
  return site.page(request, reply, page, wrong ? 422 : 200);
}

/** What these answers ask consent for that nobody was asked about when the case was handed in. */
async function consentAsked(
  { house, view }: Site,
  request: FastifyRequest,
  file: CaseFile,
  answers: Answers,
): Promise<ConsentAsked | undefined> {
  const needed = consentElements(house.elements, answers);
  const missing = await house.cases.consents.missing(view(request).actor, file.plan.number, needed);
  const elements = fieldsOf(house, file, answers).filter(({ id }) => missing.includes(id));
  if (elements.length === 0) return undefined;
  return { text: consentText, elements, child: elements.some(({ about }) => about === 'child') };
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
