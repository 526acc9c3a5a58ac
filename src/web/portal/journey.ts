import type { Draft, StoredFile } from '../../cases/door.ts';
import type { AskedElement, AskedQuestion, Bundle, Item, TaskList } from '../../catalog/door.ts';
import { type Answers, check, type Element } from '../../elements/door.ts';
import type { House } from '../../house.ts';
import type { ActsFor, Person } from '../../identity/door.ts';
import { type FieldProblem, Problem, type Text } from '../../platform/door.ts';

/** A draft with everything its pages need: what is asked in this situation and after these answers, what to bring. */
export type Journey = {
  draft: Draft;
  name: Text;
  questions: AskedQuestion[];
  list: TaskList;
};

/** Steps of a form: each question, the materials if any are to be brought, and the check. */
export type Step = { kind: 'question'; id: string } | { kind: 'materials' } | { kind: 'check' };

export function journeyOf({ catalog }: Pick<House, 'catalog'>, draft: Draft): Journey {
  const { subject, subjectVersion, situation, answers } = draft;
  const entry: Bundle | Item | undefined =
    subject.kind === 'bundle' ? catalog.bundle(subject.id, subjectVersion) : catalog.item(subject.id, subjectVersion);
  if (!entry) throw new Problem(`${subject.kind}-not-found`);
  return {
    draft,
    name: entry.name,
    questions: catalog.questions(subject, situation, answers, draft),
    list: catalog.tasks(subject, situation, draft, answers),
  };
}

/** Materials the applicant brings. */
export function toBring({ list }: Pick<Journey, 'list'>): TaskList['materials'] {
  return list.materials.filter(({ material }) => material.source === 'applicant');
}

export function stepsOf(journey: Journey): Step[] {
  const questions = journey.questions.map(({ id }): Step => ({ kind: 'question', id }));
  return [...questions, ...(toBring(journey).length > 0 ? [{ kind: 'materials' } as const] : []), { kind: 'check' }];
}

/** Where a step stands among all: 第 3 步，共 7 步. */
export function placeInSteps(journey: Journey, step: Step): { at: number; of: number } {
  const steps = stepsOf(journey);
  return { at: steps.findIndex((other) => hrefOf(journey, other) === hrefOf(journey, step)) + 1, of: steps.length };
}

export function hrefOf({ draft }: Pick<Journey, 'draft'>, step: Step): string {
  return `/apply/${draft.id}/${step.kind === 'question' ? step.id : step.kind}`;
}

/** The first question without a right answer, in the order they are asked. */
export function firstOpen(
  { questions, draft }: Pick<Journey, 'questions' | 'draft'>,
  today: string,
): AskedQuestion | undefined {
  return questions.find(({ elements }) => elements.some((element) => isOpen(element, draft.answers, today)));
}

/** An element nobody has been asked yet, or whose answer is wrong. Left empty on its page, an optional one is answered. */
function isOpen(element: AskedElement, answers: Answers, today: string): boolean {
  const value = answers[element.id];
  return value === undefined || check(element, value, { today, optional: element.optional }) !== undefined;
}

/** Where somebody goes on who comes back to a draft. */
export function nextHref(journey: Journey, today: string): string {
  const open = firstOpen(journey, today);
  if (open) return hrefOf(journey, { kind: 'question', id: open.id });
  const [first] = stepsOf(journey).filter(({ kind }) => kind !== 'question');
  return hrefOf(journey, first ?? { kind: 'check' });
}

/** Everything that is wrong with single answers. */
export function answerProblems(questions: AskedQuestion[], answers: Answers, today: string): FieldProblem[] {
  return questions.flatMap(({ elements }) =>
    elements.flatMap(
      (element) => check(element, answers[element.id] ?? '', { today, optional: element.optional }) ?? [],
    ),
  );
}

/** The newest file of each material. */
export function inHand(files: StoredFile[]): Record<string, string> {
  return Object.fromEntries(files.map(({ material, id }) => [material, id]));
}

/** What the person's own record says about an element; empty when it says nothing about them. */
export function prefillOf(element: Element, person: Person | undefined, actsFor?: ActsFor): string {
  if (element.prefill === 'organisation') return actsFor?.name ?? '';
  if (element.prefill === 'credit_code') return actsFor?.creditCode ?? '';
  if (!person || !element.prefill) return '';
  if (element.prefillFor && element.prefillFor !== person.sex) return '';
  const record = {
    name: person.name,
    id_card: person.idCard,
    phone: person.phone,
    address: person.address,
    sex: person.sex,
  };
  return record[element.prefill];
}
