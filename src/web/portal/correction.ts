import { type CaseFile, type CaseMaterial, pinnedIn, type StoredFile } from '../../cases/door.ts';
import type { AskedElement } from '../../catalog/door.ts';
import { type Answers, check, normalise } from '../../elements/door.ts';
import type { House } from '../../house.ts';
import type { FieldProblem, Text } from '../../platform/door.ts';
import type { Form } from '../forms.ts';
import type { UploadEntry } from './materials.tsx';

/** A returned case on its way back: what may be uploaded, what was answered, and the two put together. */

/** Something that was asked for and is none of the item's own materials. */
export const other = 'other_paper';

/** What may be handed in: the case's own materials, and anything else the list of missing things names. */
export function uploadsOf({ catalog }: Pick<House, 'catalog'>, file: CaseFile, otherName: Text): UploadEntry[] {
  const { subject, situation } = file.plan;
  const { materials } = catalog.tasks(subject, situation, pinnedIn(file.plan), file.answers);
  const own = materials
    .filter(({ material }) => material.source === 'applicant')
    .map(
      ({ material }): UploadEntry => ({ id: material.id, name: material.name, hint: material.hint, required: false }),
    );
  return [...own, { id: other, name: otherName, required: false }];
}

/** What was handed in before, each with its newest file where a new one came. */
export function correctedMaterials(file: CaseFile, uploads: UploadEntry[], files: StoredFile[]): CaseMaterial[] {
  const fresh = new Map(files.map(({ material, id }) => [material, id]));
  const kept = file.materials.filter(({ material }) => !fresh.has(material));
  const added = uploads.flatMap(({ id, name }): CaseMaterial[] => {
    const uploaded = fresh.get(id);
    return uploaded ? [{ material: id, name, state: 'uploaded', file: uploaded }] : [];
  });
  return [...kept, ...added];
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

export type Corrected = { answers: Answers; problems: FieldProblem[]; together: { field: string; message: Text }[] };

/** What was typed, over what was answered before: in its one form, and everything that is wrong with it. */
export function correctedAnswers(house: Pick<House, 'catalog'>, file: CaseFile, form: Form, today: string): Corrected {
  const { subject, situation } = file.plan;
  const typed = { ...file.answers, ...form };
  const answers: Answers = {};
  const problems: FieldProblem[] = [];
  for (const element of fieldsOf(house, file, typed)) {
    const value = normalise(element, typed[element.id] ?? '');
    const problem = check(element, value, { today, optional: element.optional });
    if (problem) problems.push(problem);
    else if (value !== '') answers[element.id] = value;
  }
  return {
    answers,
    problems,
    together: house.catalog.checkTogether(subject, situation, answers, today, pinnedIn(file.plan)),
  };
}
