import type { Catalog, Situation, Subject } from '../catalog/door.ts';
import { type Answers, check, type Elements, normalise } from '../elements/door.ts';
import { type Actor, assertCan, type Identity } from '../identity/door.ts';
import { type Calendar, type Db, dayOf, type FieldProblem, Problem, type Text } from '../platform/door.ts';
import { whoIs } from './act.ts';
import type { Case, CaseMaterial, CasePlan, Channel, PlannedBranch } from './case.ts';
import { submit } from './decide.ts';
import { fold } from './evolve.ts';
import { caseNumber } from './number.ts';
import { insertCase, nextSerial, numberOfDraft } from './store.ts';

/** Everything an applicant hands in. `draft` is the id of the draft, or at the counter one the form was given. */
export type Application = {
  draft: string;
  division: string;
  subject: Subject;
  subjectVersion?: number;
  situation: Situation;
  answers: Answers;
  /** Materials in hand: material id to the uploaded file's id, or `paper` at a counter. */
  materials: Record<string, string>;
  applicant: { id: string; name: string };
  channel: Channel;
};

export type SubmitRequest = { actor: Actor; application: Application; commandId: string; at: string };
/** A message beside a field that comes from the catalogue's own words. */
export type TogetherProblem = { field: string; message: Text };
export class NotComplete extends Problem {
  constructor(
    fields: FieldProblem[],
    readonly together: TogetherProblem[],
    readonly missingMaterials: string[],
  ) {
    super('form-invalid', {}, fields);
  }
}

type Needs = { db: Db; calendar: () => Calendar; catalog: Catalog; elements: Elements; identity: Identity };

/** Makes a case of an application, after everything in it has been checked. A draft submitted twice is the same case. */
export function openSubmit(needs: Needs): (request: SubmitRequest) => Promise<Case> {
  const { db, calendar, identity } = needs;
  return async ({ actor, application, commandId, at }) => {
    const region = application.division.slice(0, 6);
    if (application.channel === 'online')
      assertCan(actor, 'draft.write', { kind: 'draft', region, owner: application.applicant.id });
    else assertCan(actor, 'case.enter', { kind: 'queue', division: application.division });
    const { answers, plan } = prepare(needs, application, dayOf(at));
    const centre = identity.agencies.resolve('township-centre', application.division);
    plan.number = caseNumber(plan.division, centre?.creditCode ?? '0000', dayOf(at), await nextSerial(db));
    const event = submit(plan, answers, materialsOf(needs, application), {
      at,
      by: whoIs(actor),
      calendar: calendar(),
    });
    const theCase = fold([event]);
    const dossier = { answers, materials: event.type === 'submitted' ? event.materials : [] };
    if (await insertCase(db, { theCase, event, dossier, draft: application.draft, commandId })) return theCase;
    const number = await numberOfDraft(db, region, application.draft);
    if (!number) throw new Problem('changed-meanwhile');
    return { ...theCase, plan: { ...plan, number } };
  };
}

/** Checks an application and plans its case. Throws `NotComplete` with everything that is wrong, all at once. */
export function prepare(
  needs: Omit<Needs, 'db' | 'calendar'>,
  application: Application,
  today: string,
): { answers: Answers; plan: CasePlan } {
  const { subject, situation, subjectVersion } = application;
  const answers = checkAnswers(needs, application, today);
  const list = needs.catalog.tasks(subject, situation, subjectVersion);
  const entry =
    subject.kind === 'bundle'
      ? needs.catalog.bundle(subject.id, subjectVersion)
      : needs.catalog.item(subject.id, subjectVersion);
  if (!entry) throw new Problem('item-not-found');
  const branches = list.tasks.map(({ item, dependsOn }): PlannedBranch => {
    const agency = needs.identity.agencies.resolve(item.agency, application.division);
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
      elements: item.elements.map(({ element }) => element),
      materials: item.materials.map(({ material }) => material),
    };
  });
  const plan: CasePlan = {
    region: application.division.slice(0, 6),
    number: '',
    division: application.division,
    divisionName: needs.identity.divisions.get(application.division)?.name ?? '',
    subject: { kind: subject.kind, id: subject.id, version: entry.version, name: entry.name },
    applicant: application.applicant,
    channel: application.channel,
    branches,
    situation,
    materialsAsked: list.asked,
    materialsSpared: list.spared,
  };
  return { answers, plan };
}

/** The answers that are asked for in this situation, in one spelling; anything else that was sent is left out. */
function checkAnswers({ catalog }: Pick<Needs, 'catalog'>, application: Application, today: string): Answers {
  const { subject, situation, subjectVersion } = application;
  const fields: FieldProblem[] = [];
  const answers: Answers = {};
  for (const question of catalog.questions(subject, situation, application.answers, subjectVersion)) {
    for (const element of question.elements) {
      const value = normalise(element, application.answers[element.id] ?? '');
      const problem = check(element, value, { today, optional: element.optional });
      if (problem) fields.push(problem);
      else if (value !== '') answers[element.id] = value;
    }
  }
  const together = catalog.checkTogether(subject, situation, answers, today, subjectVersion);
  const missing = catalog
    .tasks(subject, situation, subjectVersion)
    .materials.filter(
      ({ material, required }) => required && material.source === 'applicant' && !application.materials[material.id],
    )
    .map(({ material }) => material.id);
  if (fields.length + together.length + missing.length > 0) throw new NotComplete(fields, together, missing);
  return answers;
}

/** Each material with how it came: uploaded, on paper at the counter, or fetched from who keeps it. */
function materialsOf({ catalog }: Pick<Needs, 'catalog'>, application: Application): CaseMaterial[] {
  const { subject, situation, subjectVersion, materials } = application;
  return catalog.tasks(subject, situation, subjectVersion).materials.flatMap(({ material }): CaseMaterial[] => {
    const base = { material: material.id, name: material.name };
    if (material.source === 'shared') return [{ ...base, state: 'shared' }];
    const given = materials[material.id];
    if (!given) return [];
    return [given === 'paper' ? { ...base, state: 'paper' } : { ...base, state: 'uploaded', file: given }];
  });
}
