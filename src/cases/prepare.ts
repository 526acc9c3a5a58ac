import type { Catalog, Pinned, Situation, Subject, Task } from '../catalog/door.ts';
import { type Answers, check, normalise } from '../elements/door.ts';
import type { Identity } from '../identity/door.ts';
import { type FieldProblem, type Limits, Problem, type Text } from '../platform/door.ts';
import type { CaseMaterial, CasePlan, Channel, PlannedBranch } from './case.ts';

/** Everything an applicant hands in. `draft` is the id of the draft, or at the counter one the form was given. */
export type Application = Pinned & {
  draft: string;
  division: string;
  subject: Subject;
  situation: Situation;
  answers: Answers;
  /** Materials in hand: material id to the uploaded file's id, or `paper` at a counter. */
  materials: Record<string, string>;
  applicant: { id: string; name: string };
  channel: Channel;
  /** Version of the words the applicant consented to, where answers need it; those of an older version do not count. */
  consent?: string;
};

/** A message beside a field that comes from the catalogue's own words. */
export type TogetherProblem = { field: string; message: Text };
/** Everything that is wrong with an application, all at once: by field, between fields, and papers that are missing. */
export class NotComplete extends Problem {
  constructor(
    fields: FieldProblem[],
    readonly together: TogetherProblem[],
    readonly missingMaterials: string[],
  ) {
    super('form-invalid', {}, fields);
  }
}

/** The versions a case runs on: what its plan says, whatever has been published since. */
export function pinnedIn({ subject, branches }: CasePlan): Required<Pinned> {
  const itemVersions = Object.fromEntries(branches.map(({ item, itemVersion }) => [item, itemVersion]));
  return { subjectVersion: subject.version, itemVersions };
}

/** What checking and planning look things up in. */
export type Sources = { catalog: Catalog; identity: Identity; limits: Limits };
/** An application that is whole: answers in one spelling, materials with how they came, and the plan without a number. */
export type Prepared = { answers: Answers; materials: CaseMaterial[]; plan: CasePlan };

/** Checks an application and plans its case. Throws `NotComplete` with everything that is wrong, all at once. */
export function prepare(sources: Sources, given: Application, today: string): Prepared {
  const application = { ...given, situation: situationOf(sources, given) };
  const { subject, situation, subjectVersion } = application;
  const { catalog, identity } = sources;
  const entry =
    subject.kind === 'bundle' ? catalog.bundle(subject.id, subjectVersion) : catalog.item(subject.id, subjectVersion);
  if (!entry) throw new Problem('item-not-found');
  const { answers, fields, together, missingMaterials } = checkAnswers(catalog, application, today);
  if (fields.length + together.length + missingMaterials.length > 0)
    throw new NotComplete(fields, together, missingMaterials);
  const list = catalog.tasks(subject, situation, application, answers);
  const plan: CasePlan = {
    region: application.division.slice(0, 6),
    number: '',
    division: application.division,
    divisionName: identity.divisions.get(application.division)?.name ?? '',
    subject: { kind: subject.kind, id: subject.id, version: entry.version, name: entry.name },
    applicant: application.applicant,
    channel: application.channel,
    branches: list.tasks.map((task) => planBranch(identity, task, application.division)),
    situation,
    answerDays: sources.limits.answer.workdays,
    materialsAsked: list.asked,
    materialsSpared: list.spared,
  };
  return { answers, materials: materialsOf(sources, application, answers), plan };
}

/** What an item's branch starts with, pinned: names, limits, results and the agency that decides for this place. */
function planBranch(identity: Identity, { item, dependsOn }: Task, division: string): PlannedBranch {
  const agency = identity.agencies.resolve(item.agency, division);
  if (!agency) throw new Problem('unavailable', { reason: `no agency ${item.agency}` });
  return {
    item: item.id,
    itemVersion: item.version,
    name: item.name,
    agency: agency.id,
    agencyName: agency.name,
    division: agency.division,
    dependsOn,
    onTheSpot: item.handling === 'on-the-spot',
    promisedDays: item.limits.promised.days,
    statutoryDays: item.limits.statutory.days,
    results: item.results,
    ...(item.issue && { issueDays: item.issue.days }),
    elements: item.elements.map(({ element }) => element),
    materials: item.materials.map(({ material }) => material),
  };
}

/** What is wrong with an application beyond its situation; the answers are those asked for, in one spelling. */
export type Checked = {
  answers: Answers;
  fields: FieldProblem[];
  together: TogetherProblem[];
  missingMaterials: string[];
};

/** Checks answers and materials against what is asked for in this situation; anything else that was sent is left out. */
export function checkAnswers(
  catalog: Catalog,
  application: Pick<Application, 'subject' | 'situation' | 'answers' | 'materials'> & Pinned,
  today: string,
): Checked {
  const { subject, situation } = application;
  const fields: FieldProblem[] = [];
  const answers: Answers = {};
  for (const question of catalog.questions(subject, situation, application.answers, application)) {
    for (const element of question.elements) {
      const value = normalise(element, application.answers[element.id] ?? '');
      const problem = check(element, value, { today, optional: element.optional });
      if (problem) fields.push(problem);
      else if (value !== '') answers[element.id] = value;
    }
  }
  const together = catalog.checkTogether(subject, situation, answers, today, application);
  const missingMaterials = catalog
    .tasks(subject, situation, application, answers)
    .materials.filter(
      ({ material, required }) => required && material.source === 'applicant' && !application.materials[material.id],
    )
    .map(({ material }) => material.id);
  return { answers, fields, together, missingMaterials };
}

/** Each material with how it came: uploaded, on paper at the counter, or fetched from who keeps it. */
function materialsOf({ catalog }: Sources, application: Application, answers: Answers): CaseMaterial[] {
  const { subject, situation, materials } = application;
  return catalog.tasks(subject, situation, application, answers).materials.flatMap(({ material }): CaseMaterial[] => {
    const base = { material: material.id, name: material.name };
    if (material.source === 'shared') return [{ ...base, state: 'shared' }];
    const given = materials[material.id];
    if (!given) return [];
    return [given === 'paper' ? { ...base, state: 'paper' } : { ...base, state: 'uploaded', file: given }];
  });
}

/** The situation as far as it is asked about: every question that applies, each with one of its options. */
function situationOf({ catalog }: Sources, application: Application): Situation {
  const { subject, situation } = application;
  const asked = catalog.situation(subject, situation, application);
  const problems = asked
    .filter(({ id, options }) => !options.some(({ value }) => value === situation[id]))
    .map(({ id, title }) => ({ field: id, code: 'required-choice', params: { name: title.zh, nameEn: title.en } }));
  if (problems.length > 0) throw new NotComplete(problems, [], []);
  return Object.fromEntries(asked.map(({ id }) => [id, situation[id] ?? '']));
}
