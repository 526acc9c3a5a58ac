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
  hadAPartIn,
  isReceiver,
  sightOf,
  spokenNumber,
  type Who,
} from '../../cases/door.ts';
import { type Element, type Elements, mask } from '../../elements/door.ts';
import { can, type Doer } from '../../identity/door.ts';
import { type Calendar, workdaysBetween } from '../../platform/door.ts';
import type { CaseAnswer, CaseState } from './case-shapes.ts';

/** How one reader sees one case; with `told` they have said why they need all of it. Pure. */
export type Reader = { actor: Doer; today: string; calendar: Calendar; told?: boolean };
/** What masking needs to know: the elements, and how a name is masked. */
export type Masking = { elements: Elements; name: Element };

type Document = Static<typeof CaseAnswer>;

const onBranches: readonly CommandType[] = ['claim', 'release', 'decide', 'issue'];

/** Where a case stands: what an act answers with. */
export function stateDocument(theCase: Case, reader: Reader): Static<typeof CaseState> {
  const { plan, state } = theCase;
  const { actor } = reader;
  const { version, status, outcome, submittedAt, answerDue, acceptedAt, closedAt, deemed, reason, missing } = state;
  const resource = caseResource({ plan });
  const mayNow = allowedNow(theCase).filter(
    (command) => !onBranches.includes(command) && can(actor, `case.${command}` as 'case.accept', resource),
  );
  const { results } = sightOf(actor, theCase, reader.told);
  const branches = plan.branches.map((branch) =>
    branchDocument(theCase, branch, reader, results(branch.item) === 'full'),
  );
  const times = { submittedAt, answerDue, acceptedAt, closedAt, deemed };
  return { number: plan.number, version, status, outcome, ...times, reason, missing, branches, allowed: [...mayNow] };
}

/** Everything of a case this reader may see, masked where they need it only now and then, as on the pages. */
export function caseDocument(file: CaseFile, reader: Reader, { elements, name }: Masking): Document {
  const { plan, state, events } = file;
  const { subject, division, divisionName, applicant, channel, materialsAsked, materialsSpared, situation } = plan;
  const sight = sightOf(reader.actor, file, reader.told);
  const answers = Object.entries(file.answers).flatMap(([id, value]): [string, string][] => {
    const plainly = sight.answer(id);
    if (plainly === 'hidden') return [];
    const element = elements.element(id);
    return [[id, plainly === 'full' ? value : element ? mask(element, value) : '****']];
  });
  const nameOf = (given: string) => (sight.name ? given : mask(name, given));
  return {
    ...stateDocument(file, reader),
    spoken: spokenNumber(plan.number),
    subject,
    division,
    divisionName,
    applicantName: nameOf(applicant.name),
    channel,
    timesReturned: state.timesReturned,
    visits: state.visits,
    materialsAsked,
    materialsSpared,
    situation: sight.situation ? situation : undefined,
    answers: Object.fromEntries(answers),
    materials: file.materials.filter(({ material }) => sight.material(material)),
    events: events.map(eventDocument).map((event) => ({
      ...event,
      // Who is of no office is the applicant, or acts for it.
      by: 'agencyName' in event.by && event.by.agencyName ? event.by : { ...event.by, name: nameOf(event.by.name) },
    })),
  };
}

function branchDocument(theCase: Case, branch: Case['plan']['branches'][number], reader: Reader, readsResult: boolean) {
  const { item, name, agency, agencyName, dependsOn, promisedDays, statutoryDays } = branch;
  const { claimedBy, decidedBy, issuedBy, results, ...now } = theCase.state.branches[item] ?? {
    status: 'waiting' as const,
  };
  const runs = now.status === 'open' || now.status === 'claimed';
  const left = (due?: string) => (runs && due ? workdaysBetween(reader.calendar, reader.today, due) : undefined);
  const resource = { ...branchResource(theCase.plan, branch), claimedBy: claimedBy?.id };
  const me = reader.actor.kind === 'guest' ? '' : reader.actor.id;
  const received = isReceiver(theCase, me);
  const apart = !hadAPartIn(theCase, item, { id: me });
  return {
    ...{ item, name, agency, agencyName, dependsOn, promisedDays, statutoryDays },
    ...now,
    promisedLeft: left(now.promisedDue),
    statutoryLeft: left(now.statutoryDue),
    claimedBy: who(claimedBy),
    decidedBy: who(decidedBy),
    issuedBy: who(issuedBy),
    results: readsResult ? results : undefined,
    allowed: allowedOnBranch(theCase, item).filter(
      (command) =>
        can(reader.actor, `branch.${command}` as 'branch.claim', resource) &&
        (command === 'issue' ? apart : !(received && command !== 'release')),
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
  const { deemedFrom, countedFrom, issueDue } = rest;
  const dates = { promisedDue, statutoryDue, provisional, usedDays, answerDue, deemedFrom, countedFrom, issueDue };
  return { type, at, by: who(event.by) ?? { name: '' }, item, outcome, reason, missing, because, ...dates };
}

function who(someone: Who | undefined) {
  return someone && { name: someone.name, agencyName: someone.agencyName };
}
