import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Application, consentElements, consentText, NotComplete, type StoredFile } from '../../cases/door.ts';
import { normalise } from '../../elements/door.ts';
import { applicantOf } from '../../identity/door.ts';
import { dayOf, type Http, Problem } from '../../platform/door.ts';
import { channelAt } from '../device/channel.ts';
import { formOf, wrongOf } from '../forms.ts';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';
import { openJourney, stepBefore } from './apply-routes.ts';
import { CheckPage, type Flaw } from './check.tsx';
import type { ConsentAsked } from './consent-box.tsx';
import { answerProblems, hrefOf, inHand, type Journey, placeInSteps, toBring } from './journey.ts';
import { agencyName } from './place.ts';

/** Check the answers, and hand them in. */
export function registerCheck(app: Http, site: Site): void {
  app.get('/apply/:draft/check', async (request, reply) => {
    const journey = await openJourney(site, request);
    if (journey.draft.number) return reply.redirect(`/cases/${journey.draft.number}/submitted`, 303);
    const files = await filesOf(site, request, journey);
    return show(site, request, reply, journey, { files, flaws: flawsOf(site, request, journey, files) });
  });

  app.post('/apply/:draft/submit', async (request, reply) => {
    const journey = await openJourney(site, request);
    if (journey.draft.number) return reply.redirect(`/cases/${journey.draft.number}/submitted`, 303);
    const { command = '', declared, consent } = formOf(request);
    const asked = consentAsked(site, journey);
    const consented = !asked || asked.text === consent;
    const files = await filesOf(site, request, journey);
    if (declared !== 'yes' || !consented || command === '') {
      return show(site, request, reply, journey, {
        files,
        flaws: flawsOf(site, request, journey, files),
        undeclared: declared !== 'yes',
        unconsented: !consented,
        ticked: { declared: declared === 'yes', consent: consented },
        command,
        status: 422,
      });
    }
    const { house } = site;
    const view = site.view(request);
    const { actor } = view;
    try {
      const at = house.clock().toISOString();
      const made = await house.cases.submit({
        actor,
        application: { ...applicationOf(journey, view, inHand(files)), consent },
        commandId: command,
        at,
      });
      return reply.redirect(`/cases/${made.plan.number}/submitted`, 303);
    } catch (error) {
      if (!(error instanceof NotComplete)) throw error;
      return show(site, request, reply, journey, {
        files,
        flaws: flawsIn(site, request, journey, error),
        command,
        status: 422,
      });
    }
  });
}

function applicationOf({ draft }: Journey, view: View, materials: Record<string, string>): Application {
  const { actor } = view;
  if (actor.kind !== 'person') throw new Problem('not-allowed');
  const { division, subject, subjectVersion, itemVersions, situation, answers } = draft;
  return {
    draft: draft.id,
    division,
    subject,
    subjectVersion,
    itemVersions,
    situation,
    answers,
    materials,
    applicant: applicantOf(actor),
    channel: channelAt(view, 'online'),
  };
}

/** What the answers ask consent for, with the words of today; nothing when they need none. */
function consentAsked({ house }: Site, { draft, questions }: Journey): ConsentAsked | undefined {
  const ids = consentElements(house.elements, draft.answers);
  const elements = questions.flatMap(({ elements }) => elements).filter(({ id }) => ids.includes(id));
  if (elements.length === 0) return undefined;
  return { text: consentText, elements, child: elements.some(({ about }) => about === 'child') };
}

const filesOf = (site: Site, request: FastifyRequest, { draft }: Journey): Promise<StoredFile[]> =>
  site.house.cases.files.ofDraft(site.view(request).actor, draft.id);

/** What still stands in the way of handing it in, found the way the cases room will find it. */
function flawsOf(site: Site, request: FastifyRequest, journey: Journey, files: StoredFile[]): Flaw[] {
  const today = dayOf(site.house.clock());
  const { subject, situation, answers } = journey.draft;
  const asked = journey.questions.flatMap(({ elements }) => elements);
  const settled = Object.fromEntries(
    asked.map((element) => [element.id, normalise(element, answers[element.id] ?? '')]).filter(([, value]) => value),
  );
  const held = inHand(files);
  const missing = toBring(journey).filter(({ material, required }) => required && !held[material.id]);
  return flawsIn(site, request, journey, {
    fields: answerProblems(journey.questions, answers, today),
    together: site.house.catalog.checkTogether(subject, situation, settled, today, journey.draft),
    missingMaterials: missing.map(({ material }) => material.id),
  });
}

/** Each flaw in words, with the page where it can be put right. */
function flawsIn(
  site: Site,
  request: FastifyRequest,
  journey: Journey,
  found: Pick<NotComplete, 'fields' | 'together' | 'missingMaterials'>,
): Flaw[] {
  const view = site.view(request);
  const wrong = wrongOf(view, found.fields, found.together);
  const answers = Object.entries(wrong).map(([field, message]): Flaw => {
    const question = journey.questions.find(({ elements }) => elements.some(({ id }) => id === field));
    return {
      message,
      href: question ? `${hrefOf(journey, { kind: 'question', id: question.id })}?from=check` : undefined,
    };
  });
  const materials = found.missingMaterials.map((id): Flaw => {
    const name = site.house.elements.material(id)?.name[view.lang] ?? id;
    return {
      message: view.say('portal.check.missing', { name }),
      href: `${hrefOf(journey, { kind: 'materials' })}#${id}`,
    };
  });
  return [...answers, ...materials];
}

type Shown = Pick<Parameters<typeof CheckPage>[0], 'ticked'> & {
  files: StoredFile[];
  flaws: Flaw[];
  undeclared?: boolean;
  unconsented?: boolean;
  command?: string;
  status?: number;
};

function show(site: Site, request: FastifyRequest, reply: FastifyReply, journey: Journey, shown: Shown) {
  const view = site.view(request);
  const { identity, ids } = site.house;
  const page = CheckPage({
    view,
    journey,
    flaws: shown.flaws,
    undeclared: shown.undeclared ?? false,
    unconsented: shown.unconsented ?? false,
    ticked: shown.ticked,
    consent: consentAsked(site, journey),
    command: shown.command || ids.token(),
    files: shown.files,
    steps: placeInSteps(journey, { kind: 'check' }),
    back: stepBefore(journey, hrefOf(journey, { kind: 'check' })),
    divisionName: (code) => view.placeName(identity.divisions.get(code)?.name ?? code),
    receives: agencyName(site, 'township-centre', journey.draft.division, view.lang),
  });
  return site.page(request, reply, page, shown.status);
}
