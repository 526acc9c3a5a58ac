import { type Calendar, dayOf, type Text, workdaysBetween } from '../platform/door.ts';
import type { CaseHappening, CaseNews, PlanNews } from './news.ts';

/** What figures count of one case and of its items; the fold of the case's events. Pure. Days are `YYYY-MM-DD`. */
export type CaseFact = {
  region: string;
  number: string;
  seq: number;
  division: string;
  divisionName: string;
  subjectKind: string;
  subjectId: string;
  subjectName: Text;
  channel: string;
  agencies: string[];
  items: string[];
  status: 'submitted' | 'returned' | 'accepted' | 'not-accepted' | 'withdrawn' | 'closed';
  outcome: string | null;
  submittedAt: string;
  submittedDay: string;
  acceptedDay: string | null;
  /** Accepted by law, because the counter was silent. */
  deemed: boolean;
  endedDay: string | null;
  timesReturned: number;
  visits: number;
  materialsAsked: number;
  materialsSpared: number;
};

export type BranchFact = {
  region: string;
  number: string;
  item: string;
  itemName: Text;
  division: string;
  divisionName: string;
  subjectName: Text;
  agency: string;
  agencyName: Text;
  promisedDays: number;
  statutoryDays: number;
  status: 'waiting' | 'open' | 'to-issue' | 'granted' | 'refused' | 'stopped';
  openedDay: string | null;
  promisedDue: string | null;
  statutoryDue: string | null;
  decidedDay: string | null;
  usedDays: number | null;
  onTimePromised: boolean | null;
  onTimeStatutory: boolean | null;
  /** The second clock, of what somebody else issues: by when, on which day, and the working days it took. */
  issueDue: string | null;
  issuedDay: string | null;
  issueUsedDays: number | null;
};

export type Fact = { case: CaseFact; branches: BranchFact[] };

/**
 * Folds one event. What was folded before is passed over, and so is news of a case whose beginning was never heard
 * of: there is nothing to count it under.
 */
export function fold(
  fact: Fact | undefined,
  { region, number, seq, event }: CaseNews,
  calendar: Calendar,
): Fact | undefined {
  if (event.type === 'submitted') return fact ?? submitted({ region, number, seq }, event.at, event.plan);
  if (!fact || seq <= fact.case.seq) return fact;
  return {
    case: { ...fact.case, ...caseChange(fact.case, event), seq },
    branches:
      'item' in event
        ? fact.branches.map((branch) =>
            branch.item === event.item ? { ...branch, ...branchChange(branch, event, calendar) } : branch,
          )
        : fact.branches,
  };
}

function submitted(key: { region: string; number: string; seq: number }, at: string, plan: PlanNews): Fact {
  const { division, divisionName, subject, channel, branches, materialsAsked, materialsSpared } = plan;
  const { seq: _, ...ofBranch } = { ...key, division, divisionName, subjectName: subject.name };
  return {
    case: {
      ...key,
      division,
      divisionName,
      subjectKind: subject.kind,
      subjectId: subject.id,
      subjectName: subject.name,
      channel,
      agencies: [...new Set(branches.map(({ agency }) => agency))],
      items: branches.map(({ item }) => item),
      status: 'submitted',
      outcome: null,
      submittedAt: at,
      submittedDay: dayOf(at),
      acceptedDay: null,
      deemed: false,
      endedDay: null,
      timesReturned: 0,
      visits: came(channel),
      materialsAsked,
      materialsSpared,
    },
    branches: branches.map(({ item, name, agency, agencyName, promisedDays, statutoryDays }) => ({
      ...ofBranch,
      ...{ item, itemName: name, agency, agencyName, promisedDays, statutoryDays },
      ...{ status: 'waiting', openedDay: null, promisedDue: null, statutoryDue: null },
      ...{ decidedDay: null, usedDays: null, onTimePromised: null, onTimeStatutory: null },
      ...{ issueDue: null, issuedDay: null, issueUsedDays: null },
    })),
  };
}

function caseChange(fact: CaseFact, event: CaseHappening): Partial<CaseFact> {
  const day = dayOf(event.at);
  switch (event.type) {
    case 'returned':
      return { status: 'returned', timesReturned: fact.timesReturned + 1 };
    case 'resubmitted':
      return { status: 'submitted', visits: fact.visits + came(event.channel) };
    case 'accepted':
      return { status: 'accepted', acceptedDay: dayOf(event.deemedFrom ?? event.at), deemed: !!event.deemedFrom };
    case 'not-accepted':
    case 'withdrawn':
      return { status: event.type, outcome: event.type, endedDay: day };
    case 'closed':
      return { status: 'closed', outcome: event.outcome, endedDay: day };
    default:
      return {};
  }
}

function branchChange(
  fact: BranchFact,
  event: Extract<CaseHappening, { item: string }>,
  calendar: Calendar,
): Partial<BranchFact> {
  const day = dayOf(event.at);
  switch (event.type) {
    case 'branch-opened': {
      const { promisedDue, statutoryDue, countedFrom } = event;
      return { status: 'open', openedDay: countedFrom ? dayOf(countedFrom) : day, promisedDue, statutoryDue };
    }
    case 'branch-recounted': {
      const { promisedDue, statutoryDue, issueDue } = event;
      return issueDue ? { issueDue } : { promisedDue, statutoryDue };
    }
    case 'branch-decided':
      return {
        status: event.issueDue ? 'to-issue' : event.outcome,
        issueDue: event.issueDue ?? null,
        decidedDay: day,
        usedDays: event.usedDays,
        onTimePromised: fact.promisedDue === null || day <= fact.promisedDue,
        onTimeStatutory: fact.statutoryDue === null || day <= fact.statutoryDue,
      };
    case 'branch-issued':
      return {
        status: 'granted',
        issuedDay: day,
        issueUsedDays: fact.decidedDay === null ? null : workdaysBetween(calendar, fact.decidedDay, day),
      };
    case 'branch-stopped':
      return { status: 'stopped' };
    default:
      return {};
  }
}

/** A kiosk and a village station are a way to go, too. */
const came = (channel: string) => (channel === 'online' ? 0 : 1);
