import type { Static } from 'typebox';
import { consentText, spokenNumber } from '../../cases/door.ts';
import { applicantOf, type Device } from '../../identity/door.ts';
import { dayOf, type Once } from '../../platform/door.ts';
import { channelAt } from '../device/channel.ts';
import { longForm } from '../forms.ts';
import { offsetOf } from '../paging.ts';
import type { Site } from '../site.ts';
import { type Api, instant, makeOnce, type Signed, signedIn } from './api.ts';
import { answersOf, situationOf, townshipOf } from './application.ts';
import { entryOf, Questions } from './catalogue.ts';
import {
  DraftAnswer,
  DraftChange,
  DraftId,
  DraftList,
  DraftStart,
  Submission,
  Submitted,
  shownDraft,
} from './draft-shapes.ts';
import { answer, created, IdempotencyKey, nothing, Paged } from './shapes.ts';

const tags = ['drafts'];
const path = '/api/v1/drafts/:draft';

/** Filling in: start, read, save, discard, submit. A draft is its owner's alone. */
export function registerDrafts(api: Api, site: Site): void {
  const { house } = site;
  const { catalog, cases } = house;

  api.post('/api/v1/drafts', {
    ...longForm,
    schema: {
      operationId: 'startDraft',
      summary: 'Start a form',
      tags,
      headers: IdempotencyKey,
      body: DraftStart,
      response: created(DraftAnswer),
    },
    handler: async (request, reply) => {
      const { actor } = signedIn(site, request);
      const id = await makeOnce(site, request, (once) => startDraft(site, actor, request.body, once));
      const draft = await cases.drafts.read(actor, id);
      return reply.status(201).send(shownDraft(draft, await cases.files.ofDraft(actor, id)));
    },
  });
  api.get('/api/v1/drafts', {
    schema: {
      operationId: 'listDrafts',
      summary: 'My unfinished forms, the latest first',
      tags,
      querystring: Paged,
      response: answer(DraftList),
    },
    handler: async (request) => {
      const { rows, more } = await cases.drafts.ofOwner(signedIn(site, request).actor, offsetOf(request.query.page));
      return { drafts: rows, more };
    },
  });
  api.get(path, {
    schema: { operationId: 'readDraft', summary: 'One form', tags, params: DraftId, response: answer(DraftAnswer) },
    handler: async (request) => {
      const { actor } = signedIn(site, request);
      const draft = await cases.drafts.read(actor, request.params.draft);
      return shownDraft(draft, await cases.files.ofDraft(actor, draft.id));
    },
  });
  api.get(`${path}/questions`, {
    schema: {
      operationId: 'listDraftQuestions',
      summary: 'The questions of a form, given what was answered so far',
      tags,
      params: DraftId,
      response: answer(Questions),
    },
    handler: async (request) => {
      const draft = await cases.drafts.read(signedIn(site, request).actor, request.params.draft);
      const { subject, situation, answers } = draft;
      return { questions: catalog.questions(subject, situation, answers, draft) };
    },
  });
  registerChanges(api, site);
}

function registerChanges(api: Api, site: Site): void {
  const { house } = site;
  const { cases } = house;

  api.patch(path, {
    ...longForm,
    schema: {
      operationId: 'saveDraft',
      summary: 'Save answers over those there are, or send the form to another township',
      tags,
      params: DraftId,
      body: DraftChange,
      response: answer(DraftAnswer),
    },
    handler: async (request) => {
      const { actor } = signedIn(site, request);
      const at = instant(site);
      const { answers = {}, division } = request.body;
      const checked = answersOf(house, answers, dayOf(at));
      if (division !== undefined) await cases.drafts.move(actor, request.params.draft, townshipOf(house, division), at);
      const draft = await cases.drafts.save(actor, request.params.draft, checked, at);
      return shownDraft(draft, await cases.files.ofDraft(actor, draft.id));
    },
  });
  api.delete(path, {
    schema: { operationId: 'discardDraft', summary: 'Discard a form', tags, params: DraftId, response: nothing },
    handler: async (request, reply) => {
      await cases.drafts.discard(signedIn(site, request).actor, request.params.draft);
      return reply.status(204).send(null);
    },
  });
  api.post(`${path}/submission`, {
    schema: {
      operationId: 'submitDraft',
      summary: 'Submit a form; doing it twice gives the same case',
      tags,
      params: DraftId,
      body: Submission,
      response: answer(Submitted),
    },
    handler: async (request) => {
      const consent = request.body?.consent ? consentText : undefined;
      return submitDraft(site, request.params.draft, signedIn(site, request).actor, consent, request.device);
    },
  });
}

async function startDraft(site: Site, actor: Signed, body: Static<typeof DraftStart>, once: Once): Promise<string> {
  const { house } = site;
  const at = instant(site);
  const pinned = house.catalog.pin(entryOf(house, body.subject));
  const situation = situationOf(house, body.subject, body.situation);
  const answers = answersOf(house, body.answers ?? {}, dayOf(at));
  const division = townshipOf(house, body.division);
  const start = { owner: applicantOf(actor).id, division, subject: body.subject, ...pinned, situation, answers };
  return (await house.cases.drafts.start(actor, start, at, once)).id;
}

async function submitDraft({ house }: Site, id: string, actor: Signed, consent: string | undefined, device?: Device) {
  const { cases, clock } = house;
  const draft = await cases.drafts.read(actor, id);
  if (draft.number) return { number: draft.number, spoken: spokenNumber(draft.number) };
  const files = await cases.files.ofDraft(actor, draft.id);
  const { subject, subjectVersion, itemVersions, situation, answers, division } = draft;
  const applicant = applicantOf(actor);
  const materials = Object.fromEntries(files.map((file) => [file.material, file.id]));
  const pinned = { subjectVersion, itemVersions };
  const application = { draft: id, division, subject, ...pinned, situation, answers, materials, applicant };
  const { plan } = await cases.submit({
    actor,
    application: { ...application, channel: channelAt({ device }, 'online'), consent },
    commandId: `submit.${id}`,
    at: clock().toISOString(),
  });
  return { number: plan.number, spoken: spokenNumber(plan.number) };
}
