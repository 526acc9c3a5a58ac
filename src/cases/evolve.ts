import {
  type BranchState,
  type Case,
  type CaseEvent,
  type CasePlan,
  type CaseState,
  type Channel,
  isVisit,
} from './case.ts';

/** Folds one event into a state. Pure, total: an event that happened is never refused. */
export function evolve(state: CaseState, event: CaseEvent): CaseState {
  const next = { ...state, version: state.version + 1 };
  switch (event.type) {
    case 'submitted':
      return submitted(event);
    case 'returned':
      return { ...next, status: 'returned', missing: event.missing, timesReturned: state.timesReturned + 1 };
    case 'resubmitted':
      return {
        ...next,
        status: 'submitted',
        answerDue: event.answerDue,
        resubmittedAt: event.at,
        visits: state.visits + came(event.channel),
      };
    case 'accepted':
      return {
        ...next,
        status: 'accepted',
        acceptedAt: event.deemedFrom ?? event.at,
        acceptedBy: event.by.id,
        ...deemed(event.deemedFrom),
      };
    case 'not-accepted':
      return { ...next, status: 'not-accepted', closedAt: event.at, outcome: 'not-accepted', reason: event.reason };
    case 'withdrawn':
      return { ...next, status: 'withdrawn', closedAt: event.at, outcome: 'withdrawn' };
    case 'closed':
      return { ...next, status: 'closed', closedAt: event.at, outcome: event.outcome };
    case 'answer-recounted':
      return { ...next, answerDue: event.answerDue };
    case 'branch-opened':
    case 'branch-recounted':
    case 'branch-claimed':
    case 'branch-released':
    case 'branch-decided':
    case 'branch-issued':
    case 'branch-stopped':
      return { ...next, branches: { ...state.branches, [event.item]: branch(state.branches[event.item], event) } };
    default:
      return unknown(event);
  }
}

/** The case its events tell of; the first event is `submitted`. */
export function fold(events: CaseEvent[]): Case {
  const first = events[0];
  if (first?.type !== 'submitted') throw new Error('the events of a case begin with submitted');
  return { plan: first.plan, state: evolveAll(submitted(first), events.slice(1)) };
}

export function evolveAll(state: CaseState, events: CaseEvent[]): CaseState {
  return events.reduce(evolve, state);
}

function submitted(event: { at: string; answerDue: string; plan: CasePlan }): CaseState {
  const branches: Record<string, BranchState> = {};
  for (const { item } of event.plan.branches) branches[item] = { status: 'waiting' };
  return {
    status: 'submitted',
    version: 1,
    submittedAt: event.at,
    answerDue: event.answerDue,
    timesReturned: 0,
    visits: came(event.plan.channel),
    branches,
  };
}

type BranchEvent = Extract<CaseEvent, { item: string }>;

function branch(before: BranchState = { status: 'waiting' }, event: BranchEvent): BranchState {
  switch (event.type) {
    case 'branch-opened': {
      const { promisedDue, statutoryDue, provisional } = event;
      return { status: 'open', openedAt: event.countedFrom ?? event.at, promisedDue, statutoryDue, provisional };
    }
    case 'branch-recounted': {
      const { promisedDue, statutoryDue, provisional, issueDue, issueProvisional } = event;
      return issueDue
        ? { ...before, issueDue, issueProvisional }
        : { ...before, promisedDue, statutoryDue, provisional };
    }
    case 'branch-claimed':
      return { ...before, status: 'claimed', claimedBy: event.by, claimedAt: event.at };
    case 'branch-released': {
      const { claimedBy: _, claimedAt: __, ...rest } = before;
      return { ...rest, status: 'open' };
    }
    case 'branch-decided': {
      const { outcome, reason, results, usedDays, issueDue, issueProvisional } = event;
      const decided = { ...before, decidedAt: event.at, decidedBy: event.by, reason, results, usedDays };
      if (!issueDue) return { ...decided, status: outcome };
      return { ...decided, status: 'to-issue', issueDue, issueProvisional };
    }
    case 'branch-issued':
      return { ...before, status: 'granted', issuedAt: event.at, issuedBy: event.by, results: event.results };
    case 'branch-stopped':
      return { ...before, status: 'stopped', because: event.because };
    default:
      return unknown(event);
  }
}

const deemed = (from?: string): { deemed?: true } => (from ? { deemed: true } : {});
const came = (channel: Channel) => (isVisit(channel) ? 1 : 0);

function unknown(event: never): never {
  throw new Error(`unknown event ${(event as { type: string }).type}`);
}
