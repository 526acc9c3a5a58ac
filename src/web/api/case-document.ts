import type { Static } from 'typebox';
import {
  allowedNow,
  allowedOnBranch,
  branchResource,
  type Case,
  type CaseEvent,
  type CaseFile,
  type CommandType,
  caseResource,
  isReceiver,
  readable,
  readableMaterials,
  readsAll,
  readsResults,
  spokenNumber,
  type Who,
} from '../../cases/door.ts';
import { type Element, type Elements, mask } from '../../elements/door.ts';
import { can, type Doer } from '../../identity/door.ts';
import { type Calendar, workdaysBetween } from '../../platform/door.ts';
import type { Sight } from '../desk/sight.ts';
import type { CaseAnswer, CaseState } from './case-shapes.ts';

/** How one reader sees one case. Pure. */
export type Reader = { actor: Doer; today: string; calendar: Calendar };

type Document = Static<typeof CaseAnswer>;

const onBranches: readonly CommandType[] = ['claim', 'release', 'decide'];

/** Where a case stands: what an act answers with. */
export function stateDocument(theCase: Case, reader: Reader): Static<typeof CaseState> {
  const { plan, state } = theCase;
  const { actor } = reader;
  const { version, status, outcome, submittedAt, answerDue, acceptedAt, closedAt, deemed, reason, missing } = state;
  const resource = caseResource({ plan });
  const mayNow = allowedNow(theCase).filter(
    (command) => !onBranches.includes(command) && can(actor, `case.${command}` as 'case.accept', resource),
  );
  const reads = readsResults(actor, plan);
  const branches = plan.branches.map((branch) => branchDocument(theCase, branch, reader, reads(branch.item)));
  const times = { submittedAt, answerDue, acceptedAt, closedAt, deemed };
  return { number: plan.number, version, status, outcome, ...times, reason, missing, branches, allowed: [...mayNow] };
}

/** Everything of a case this reader may see. */
export function caseDocument(file: CaseFile, reader: Reader): Document {
  const { plan, state, events } = file;
  const { subject, division, divisionName, applicant, channel, materialsAsked, materialsSpared, situation } = plan;
  return {
    ...stateDocument(file, reader),
    spoken: spokenNumber(plan.number),
    subject,
    division,
    divisionName,
    applicantName: applicant.name,
    channel,
    timesReturned: state.timesReturned,
    visits: state.visits,
    materialsAsked,
    materialsSpared,
    situation: readsAll(reader.actor, plan) ? situation : undefined,
    answers: readable(reader.actor, file),
    materials: readableMaterials(reader.actor, file),
    events: events.map(eventDocument),
  };
}

/** The same for staff: what they need not see now is masked, as on the pages of the desk. */
export function maskedFor(elements: Elements, sight: Sight, shown: Document, name: Element): Document {
  const answers = Object.entries(shown.answers).map(([id, value]) => {
    const element = elements.element(id);
    return [id, sight.answer(id) === 'full' ? value : element ? mask(element, value) : '****'];
  });
  const branches = shown.branches.map((branch) => ({
    ...branch,
    results: sight.results(branch.item) === 'full' ? branch.results : undefined,
  }));
  const applicantName = sight.name ? shown.applicantName : mask(name, shown.applicantName);
  // Who is of no office is the applicant, or acts for it.
  const by = (who: Document['events'][number]['by']) =>
    sight.name || who.agencyName ? who : { ...who, name: mask(name, who.name) };
  const events = shown.events.map((event) => ({ ...event, by: by(event.by) }));
  return { ...shown, applicantName, events, answers: Object.fromEntries(answers), branches };
}

function branchDocument(theCase: Case, branch: Case['plan']['branches'][number], reader: Reader, readsResult: boolean) {
  const { item, name, agency, agencyName, dependsOn, promisedDays, statutoryDays } = branch;
  const { claimedBy, decidedBy, results, ...now } = theCase.state.branches[item] ?? { status: 'waiting' as const };
  const runs = now.status === 'open' || now.status === 'claimed';
  const left = (due?: string) => (runs && due ? workdaysBetween(reader.calendar, reader.today, due) : undefined);
  const resource = { ...branchResource(theCase.plan, branch), claimedBy: claimedBy?.id };
  const received = isReceiver(theCase, reader.actor.kind === 'guest' ? '' : reader.actor.id);
  return {
    ...{ item, name, agency, agencyName, dependsOn, promisedDays, statutoryDays },
    ...now,
    promisedLeft: left(now.promisedDue),
    statutoryLeft: left(now.statutoryDue),
    claimedBy: who(claimedBy),
    decidedBy: who(decidedBy),
    results: readsResult ? results : undefined,
    allowed: allowedOnBranch(theCase, item).filter(
      (command) =>
        can(reader.actor, `branch.${command}` as 'branch.claim', resource) && !(received && command !== 'release'),
    ),
  };
}

/** What happened, without what was answered or handed on: that is shown once, to those who may read it. */
function eventDocument(event: CaseEvent) {
  const { type, at } = event;
  const rest = event as Partial<Extract<CaseEvent, { type: 'branch-decided' }>> &
    Partial<
      Pick<
        Extract<CaseEvent, { type: 'branch-opened' }>,
        'promisedDue' | 'statutoryDue' | 'provisional' | 'countedFrom'
      >
    > &
    Partial<Pick<Extract<CaseEvent, { type: 'returned' }>, 'missing'>> &
    Partial<Pick<Extract<CaseEvent, { type: 'branch-stopped' }>, 'because'>> &
    Partial<Pick<Extract<CaseEvent, { type: 'submitted' }>, 'answerDue'>> &
    Partial<Pick<Extract<CaseEvent, { type: 'accepted' }>, 'deemedFrom'>>;
  const { item, outcome, reason, missing, because, promisedDue, statutoryDue, provisional, usedDays, answerDue } = rest;
  const { deemedFrom, countedFrom } = rest;
  const dates = { promisedDue, statutoryDue, provisional, usedDays, answerDue, deemedFrom, countedFrom };
  return { type, at, by: who(event.by) ?? { name: '' }, item, outcome, reason, missing, because, ...dates };
}

function who(someone: Who | undefined) {
  return someone && { name: someone.name, agencyName: someone.agencyName };
}
