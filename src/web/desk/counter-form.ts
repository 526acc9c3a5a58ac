import { type Checked, checkAnswers, consentElements, consentText } from '../../cases/door.ts';
import type { AskedQuestion, Item, Situation, SituationQuestion, Subject, TaskList } from '../../catalog/door.ts';
import { type Answers, check, type Element, needsConsent, normalise, sexOf } from '../../elements/door.ts';
import type { House } from '../../house.ts';
import type { Person } from '../../identity/door.ts';
import { type Form, longerThan, named, type Wrong, wrongOf } from '../forms.ts';
import type { ConsentAsked } from '../portal/consent-box.tsx';
import type { View } from '../view.ts';
import { longest } from './lengths.ts';
import { type PersonElements, personElements } from './person-elements.ts';

/**
 * The one screen of the counter, without scripts: what was typed comes back whole with every answer. Fields are named
 * `p_` person, `s_` situation, `a_` answer, `r_` result; `m` lists the materials handed in on paper.
 */
export type Entry = {
  subject: Subject;
  typed: Form;
  papers: string[];
  person: Record<keyof PersonElements, string>;
  situation: Situation;
  answers: Answers;
  /** What this situation and these answers lead to. */
  situationAsked: SituationQuestion[];
  questions: AskedQuestion[];
  tasks: TaskList;
};

type Needs = Pick<House, 'catalog' | 'elements' | 'texts'>;

/** Reads what was typed, in one spelling, and asks the catalogue what it leads to. */
export function entryOf(house: Needs, subject: Subject, typed: Form, papers: string[]): Entry {
  const shapes = personElements(house.texts);
  const person = Object.fromEntries(
    Object.entries(shapes).map(([id, element]) => [id, normalise(element, typed[`p_${id}`] ?? '')]),
  ) as Entry['person'];
  const given = part(typed, 's_');
  const situationAsked = house.catalog.situation(subject, given);
  const situation = Object.fromEntries(
    situationAsked.flatMap(({ id }) => (given[id] ? [[id, given[id]] as const] : [])),
  );
  const answers: Answers = {};
  for (const question of house.elements.questions) {
    for (const element of question.elements) {
      const value = normalise(element, ownOf(element, person) ?? typed[`a_${element.id}`] ?? '');
      if (value !== '') answers[element.id] = value;
    }
  }
  const questions = house.catalog.questions(subject, situation, answers);
  const tasks = house.catalog.tasks(subject, situation, undefined, answers);
  return { subject, typed, papers, person, situation, answers, situationAsked, questions, tasks };
}

/** The value of an element that is the applicant's own name, card, telephone or sex: asked once, above. */
export function ownOf({ prefill, prefillFor }: Element, person: Entry['person']): string | undefined {
  const sex = sexOf(person.idCard);
  if (prefillFor !== undefined && prefillFor !== sex) return undefined;
  const own: Record<string, string | undefined> = {
    name: person.name,
    id_card: person.idCard,
    phone: person.phone,
    sex,
  };
  return prefill && own[prefill];
}

/** Fills what is still empty from what is known of the person, and their address where one is asked. */
export function fillFrom(entry: Entry, known: Person | undefined): Form {
  const fill: Form = known ? { p_name: known.name, p_phone: known.phone, p_address: known.address } : {};
  const address = entry.typed.p_address || known?.address;
  for (const { id, prefill } of entry.questions.flatMap(({ elements }) => elements)) {
    if (prefill === 'address' && address) fill[`a_${id}`] = address;
  }
  const typed = Object.entries(entry.typed).filter(([, value]) => value !== '');
  return { ...fill, ...Object.fromEntries(typed) };
}

/** Everything that is wrong, all at once, by the name of its field. */
export function wrongInEntry(house: Needs, view: View, entry: Entry, today: string): Wrong {
  const { say, lang } = view;
  const wrong: Wrong = {};
  for (const [id, element] of Object.entries(personElements(house.texts))) {
    const problem = check(element, entry.person[id as keyof PersonElements], { today, optional: id === 'address' });
    if (problem) wrong[`p_${id}`] = say(`field.${problem.code}`, problem.params);
  }
  for (const { id, title } of entry.situationAsked) {
    if (!entry.situation[id]) wrong[`s_${id}`] = say('desk.counter.choose', { question: title[lang] });
  }
  const { subject, situation, answers } = entry;
  const checked = checkAnswers(house.catalog, { subject, situation, answers, materials: handedIn(entry) }, today);
  Object.assign(wrong, wrongInAnswers(view, entry, checked), wrong);
  const consent = consentElements(house.elements, entry.answers).length > 0 && consentAsked(entry);
  if (consent && entry.typed.consent !== consent.text) wrong.consent = say('desk.counter.consentMissing');
  return wrong;
}

/** What is too long of the decision made at once, before anything is entered. */
export function wrongInSpot(view: View, { results }: Item, typed: Form): Wrong {
  const nameOf = (field: string) => results.find(({ id }) => field === `r_${id}`)?.name[view.lang];
  const problems = longerThan(longest, typed).map((problem) => {
    const name = nameOf(problem.field);
    return name ? { ...problem, params: { ...named(name), ...problem.params } } : problem;
  });
  return wrongOf(view, problems);
}

/** What the cases room found, beside the field it was typed in: what is the applicant's own is asked once, above. */
export function wrongInAnswers({ say, lang }: View, entry: Entry, found: Omit<Checked, 'answers'>): Wrong {
  const asked = entry.questions.flatMap(({ elements }) => elements);
  const ownField = (id: string) => {
    const element = asked.find((each) => each.id === id);
    if (!element || ownOf(element, entry.person) === undefined) return undefined;
    return `p_${element.prefill === 'id_card' ? 'idCard' : element.prefill}`;
  };
  const nameOf = (id: string) => entry.tasks.materials.find(({ material }) => material.id === id)?.material.name[lang];
  const problems = found.fields.filter(({ field }) => !ownField(field));
  return Object.fromEntries([
    ...problems.map(({ field, code, params }) => [
      field === 'consent' ? field : `a_${field}`,
      say(`field.${code}`, params),
    ]),
    ...found.together.map(({ field, message }) => [ownField(field) ?? `a_${field}`, message[lang]]),
    ...found.missingMaterials.map((id) => [`m_${id}`, say('desk.counter.paperMissing', { name: nameOf(id) ?? id })]),
  ]);
}

/** The papers on the counter, as an application names them. */
export function handedIn({ papers }: Entry): Record<string, string> {
  return Object.fromEntries(papers.map((id) => [id, 'paper']));
}

/** What is asked with consent; the clerk asks the person, and ticks that they agreed. Nothing when nothing is. */
export function consentAsked({ questions }: Entry): ConsentAsked | undefined {
  const elements = questions.flatMap(({ elements }) => elements).filter(needsConsent);
  if (elements.length === 0) return undefined;
  return { text: consentText, elements, child: elements.some(({ about }) => about === 'child') };
}

/** Materials the applicant hands in; what is shared nobody brings. */
export const papersToBring = ({ tasks }: Entry) =>
  tasks.materials.filter(({ material }) => material.source === 'applicant');

/** The fields whose name begins with a prefix, without it. */
function part(form: Form, prefix: string): Form {
  const fields = Object.entries(form).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(fields.map(([name, value]) => [name.slice(prefix.length), value]));
}
