import {
  type Application,
  type CaseFile,
  type CaseMaterial,
  type Command,
  consentText,
  pinnedIn,
  prepare,
} from '../../cases/door.ts';
import type { House } from '../../house.ts';
import type { Actor, Device } from '../../identity/door.ts';
import { dayOf, type Lang, Problem } from '../../platform/door.ts';
import { channelAt } from '../device/channel.ts';
import { other } from '../portal/correction.ts';
import type { Wish } from './commands.ts';

type Resubmission = Extract<Wish, { type: 'resubmit' }>;

/** Puts a resubmission together: new answers over the old ones, new files and papers in place of the old, checked as one. */
export async function correctionOf(
  house: House,
  actor: Actor,
  { plan, answers: before, materials: brought }: CaseFile,
  given: Resubmission,
  device?: Device,
): Promise<Command> {
  const channel = channelAt({ device }, actor.kind === 'staff' ? 'counter' : 'online');
  const papers = given.papers ?? [];
  if (actor.kind !== 'staff' && papers.length > 0) {
    throw new Problem('form-invalid', {}, [{ field: 'papers', code: 'material-unknown' }]);
  }
  const uploaded = await house.cases.files.ofDraft(actor, plan.number);
  const { number, division, subject, situation, applicant } = plan;
  const application: Application = {
    draft: number,
    division,
    subject,
    ...pinnedIn(plan),
    situation,
    answers: { ...before, ...given.answers },
    materials: {
      ...Object.fromEntries(brought.map(({ material, file }) => [material, file ?? 'paper'])),
      ...Object.fromEntries(uploaded.map(({ material, id }) => [material, id])),
      ...Object.fromEntries(papers.map((material) => [material, 'paper'])),
    },
    applicant,
    channel,
  };
  const { answers, materials } = prepare(house, application, dayOf(house.clock()));
  const say = (lang: Lang) => house.texts.say(lang)('portal.correct.other');
  const also = uploaded
    .filter(({ material }) => material === other)
    .slice(-1)
    .map(
      ({ id }): CaseMaterial => ({
        material: other,
        name: { zh: say('zh'), en: say('en') },
        state: 'uploaded',
        file: id,
      }),
    );
  const consent = given.consent ? consentText : undefined;
  return { type: 'resubmit', answers, materials: [...materials, ...also], channel, consent };
}
