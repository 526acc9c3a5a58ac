import { type Answers, type Element, type Material, normalise, type Question } from '../elements/door.ts';
import type { Text } from '../platform/door.ts';
import type { Condition } from './conditions.ts';
import { criticalDays, inOrder } from './graph.ts';
import type { Bundle, Item, Pinned, Situation, SituationQuestion, Subject } from './model.ts';
import type { Shelf } from './shelf.ts';

export type Task = { item: Item /** Only items that are in the same list. */; dependsOn: string[] };
export type TaskList = {
  /** What comes after what it depends on. */
  tasks: Task[];
  /** Each material once, whichever items ask for it. */
  materials: { material: Material; required: boolean; items: string[] }[];
  /** Required materials as the items ask for them one by one, and how many of these nobody has to bring. */
  asked: number;
  spared: number;
  /** Working days when everything that can runs in parallel, and one after the other. */
  promisedDays: number;
  statutoryDays: number;
  promisedDaysInARow: number;
  visits: number;
  visitsSeparately: number;
  elementsAsked: number;
  elementsSeparately: number;
};
export type AskedElement = Element & { optional: boolean };
export type AskedQuestion = Omit<Question, 'elements'> & { elements: AskedElement[] };

/** What is needed to judge conditions: the words, and what was answered so far. */
type Given = { shelf: Shelf; situation: Situation; answers: Answers };

/** The situation questions that are asked after these answers; answers to what is not asked do not count. */
export function situationAsked(shelf: Shelf, bundle: Bundle, given: Situation): SituationQuestion[] {
  const situation: Situation = {};
  return bundle.situation.filter(({ id, when, options }) => {
    if (!applies(when, { shelf, situation, answers: {} })) return false;
    const answer = given[id];
    if (answer !== undefined && options.some(({ value }) => value === answer)) situation[id] = answer;
    return true;
  });
}

/** The answers that count: to questions that are asked, and among their options. A single item has no situation. */
export function situationGiven(shelf: Shelf, subject: Subject, given: Situation, pinned: Pinned): Situation {
  const bundle = subject.kind === 'bundle' ? shelf.bundle(subject.id, pinned.subjectVersion) : undefined;
  const asked = bundle ? situationAsked(shelf, bundle, given) : [];
  return Object.fromEntries(
    asked.flatMap(({ id, options }) =>
      options.filter(({ value }) => value === given[id]).map(({ value }) => [id, value]),
    ),
  );
}

/** What somebody who begins an item or a bundle today is to keep: its version, and those of everything in it. */
export function pinOf(shelf: Shelf, entry: Item | Bundle): Required<Pinned> {
  const inside = 'items' in entry ? entry.items : [];
  const versions = inside.flatMap(({ item }) => {
    const version = shelf.item(item)?.version;
    return version === undefined ? [] : [[item, version] as const];
  });
  return { subjectVersion: entry.version, itemVersions: Object.fromEntries(versions) };
}

/** The items somebody in this situation needs, in the versions pinned; none when there is no such item or bundle. */
export function chosenTasks(shelf: Shelf, subject: Subject, situation: Situation, pinned: Pinned): Task[] {
  const { subjectVersion: version, itemVersions = {} } = pinned;
  if (subject.kind === 'item') {
    const item = shelf.item(subject.id, version);
    return item ? [{ item, dependsOn: [] }] : [];
  }
  const bundle = shelf.bundle(subject.id, version);
  if (!bundle) return [];
  const chosen = new Map<string, Task>();
  for (const entry of bundle.items) {
    const item = shelf.item(entry.item, itemVersions[entry.item]);
    if (item && applies(entry.when, { shelf, situation, answers: {} }))
      chosen.set(item.id, { item, dependsOn: entry.dependsOn });
  }
  const tasks = [...chosen.values()].map(({ item, dependsOn }) => ({
    item,
    dependsOn: dependsOn.filter((id) => chosen.has(id)),
  }));
  const order = inOrder(timed(tasks, () => 0));
  return order.flatMap((id) => tasks.find(({ item }) => item.id === id) ?? []);
}

/** What these items cost somebody: papers, days, visits, words. */
export function taskList(tasks: Task[], given: Given): TaskList {
  const materials = unitedMaterials(tasks, given);
  const required = tasks.flatMap(({ item }) =>
    item.materials.filter((each) => each.required && applies(each.when, given)),
  );
  const toBring = materials.filter(({ material, required: must }) => must && material.source === 'applicant');
  const elements = tasks.map(({ item }) =>
    item.elements.filter(({ when }) => applies(when, given)).map(({ element }) => element),
  );
  return {
    tasks,
    materials,
    asked: required.length,
    spared: required.length - toBring.length,
    promisedDays: criticalDays(timed(tasks, (item) => item.limits.promised.days)),
    statutoryDays: criticalDays(timed(tasks, (item) => item.limits.statutory.days)),
    promisedDaysInARow: sum(tasks.map(({ item }) => item.limits.promised.days)),
    visits: Math.max(0, ...tasks.map(({ item }) => item.visits)),
    visitsSeparately: sum(tasks.map(({ item }) => item.visits)),
    elementsAsked: new Set(elements.flat()).size,
    elementsSeparately: elements.flat().length,
  };
}

/** The questions to ask now, each element once; an element is optional only where every item that asks says so. */
export function questionsAsked(tasks: Task[], given: Given): AskedQuestion[] {
  const needed = neededElements(tasks, given);
  return given.shelf.elements.questions.flatMap((question): AskedQuestion[] => {
    const elements = question.elements.flatMap((element): AskedElement[] => {
      const optional = needed.get(element.id);
      return optional === undefined ? [] : [{ ...element, optional }];
    });
    return elements.length > 0 ? [{ ...question, elements }] : [];
  });
}

/**
 * Checks across fields. A rule is asked once every element it names has an answer, or at once when it speaks of '' itself;
 * a rule whose field is not asked says nothing.
 */
export function togetherProblems(tasks: Task[], given: Given, today: string): { field: string; message: Text }[] {
  const needed = neededElements(tasks, given);
  const found = new Map<string, { field: string; message: Text }>();
  for (const { rule, field, message } of tasks.flatMap(({ item }) => item.checks ?? [])) {
    const condition = given.shelf.rule(rule);
    const unanswered = condition.names.some((name) => given.shelf.elements.element(name) && !given.answers[name]);
    if (!needed.has(field) || (unanswered && !condition.mindsEmpty)) continue;
    const read = reader(given);
    const holds = condition.holds((name) => (name === 'today' ? today : read(name)));
    if (holds === false) found.set(`${field} ${rule}`, { field, message });
  }
  return [...found.values()];
}

/** Element id to whether it is optional. An answer to what is no longer asked must not keep another question alive. */
function neededElements(tasks: Task[], given: Given): Map<string, boolean> {
  let answers = given.answers;
  for (;;) {
    const needed = new Map<string, boolean>();
    for (const { element, when, optional } of tasks.flatMap(({ item }) => item.elements)) {
      if (!applies(when, { ...given, answers })) continue;
      const own = optional ?? given.shelf.elements.element(element)?.optional ?? false;
      needed.set(element, own && (needed.get(element) ?? true));
    }
    const kept = Object.fromEntries(Object.entries(answers).filter(([id]) => needed.has(id)));
    if (Object.keys(kept).length === Object.keys(answers).length) return needed;
    answers = kept;
  }
}

function unitedMaterials(tasks: Task[], given: Given): TaskList['materials'] {
  const united = new Map<string, TaskList['materials'][number]>();
  for (const { item } of tasks) {
    for (const { material: id, when, required } of item.materials) {
      const material = given.shelf.elements.material(id);
      if (!material || !applies(when, given)) continue;
      const known = united.get(id) ?? { material, required: false, items: [] };
      united.set(id, { material, required: known.required || required, items: [...known.items, item.id] });
    }
  }
  return [...united.values()];
}

function applies(when: string | undefined, given: Given): boolean {
  if (when === undefined) return true;
  const condition: Condition = given.shelf.when(when);
  return condition.holds(reader(given)) === true;
}

/** Reads a name of a condition: an answer in its one form, or the situation. */
function reader({ shelf, situation, answers }: Given): (name: string) => string {
  return (name) => {
    const element = shelf.elements.element(name);
    const answer = answers[name];
    return element && answer !== undefined ? normalise(element, answer) : (situation[name] ?? '');
  };
}

function timed(tasks: Task[], days: (item: Item) => number): { id: string; dependsOn: string[]; days: number }[] {
  return tasks.map(({ item, dependsOn }) => ({ id: item.id, dependsOn, days: days(item) }));
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
