import { type CaseFile, consentElements, consentText, otherPaper, pinnedIn } from '../../cases/door.ts';
import type { AskedElement } from '../../catalog/door.ts';
import type { Answers } from '../../elements/door.ts';
import type { House } from '../../house.ts';
import type { Actor } from '../../identity/door.ts';
import type { Text, Texts } from '../../platform/door.ts';
import type { ConsentAsked } from './consent-box.tsx';
import type { UploadEntry } from './materials.tsx';

/** A returned case on its way back: what may be handed in, and what is asked. */

/** What to call a paper that was asked for and is none of the item's own materials. */
export function otherName(texts: Texts): Text {
  const key = 'portal.correct.other';
  return { zh: texts.say('zh')(key), en: texts.say('en')(key) };
}

/** What may be handed in: the case's own materials, and anything else the list of missing things names. */
export function uploadsOf({ catalog, texts }: Pick<House, 'catalog' | 'texts'>, file: CaseFile): UploadEntry[] {
  const { subject, situation } = file.plan;
  const { materials } = catalog.tasks(subject, situation, pinnedIn(file.plan), file.answers);
  const own = materials
    .filter(({ material }) => material.source === 'applicant')
    .map(
      ({ material }): UploadEntry => ({ id: material.id, name: material.name, hint: material.hint, required: false }),
    );
  return [...own, { id: otherPaper, name: otherName(texts), required: false }];
}

/** The fields of the form, as far as these answers call for them. */
export function fieldsOf(
  { catalog }: Pick<House, 'catalog'>,
  { plan }: Pick<CaseFile, 'plan'>,
  answers: Answers,
): AskedElement[] {
  const { subject, situation } = plan;
  return catalog.questions(subject, situation, answers, pinnedIn(plan)).flatMap(({ elements }) => elements);
}

/** What these answers ask consent for that nobody was asked about when the case was handed in. */
export async function consentNewIn(
  house: Pick<House, 'catalog' | 'cases' | 'elements'>,
  actor: Actor,
  file: CaseFile,
  answers: Answers,
): Promise<ConsentAsked | undefined> {
  const needed = consentElements(house.elements, answers);
  const missing = await house.cases.consents.missing(actor, file.plan.number, needed);
  const elements = fieldsOf(house, file, answers).filter(({ id }) => missing.includes(id));
  if (elements.length === 0) return undefined;
  return { text: consentText, elements, child: elements.some(({ about }) => about === 'child') };
}
