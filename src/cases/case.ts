import type { ResultSpec } from '../catalog/door.ts';
import type { Answers } from '../elements/door.ts';
import type { Text } from '../platform/door.ts';

/**
 * A case (办件): what happened (events), what it is now (state, the fold of the events), and what may be done next
 * (a table). Pure: times, calendar answers and names come in with the events.
 */

/** Where a case stands. `returned`: its applicant is to bring what is missing. */
export const caseStatuses = ['submitted', 'returned', 'accepted', 'not-accepted', 'withdrawn', 'closed'] as const;
export type CaseStatus = (typeof caseStatuses)[number];

/** Where one item of a case stands. `to-issue`: granted, and somebody else is to issue what was granted. */
export const branchStatuses = ['waiting', 'open', 'claimed', 'to-issue', 'granted', 'refused', 'stopped'] as const;
export type BranchStatus = (typeof branchStatuses)[number];

export type Who = {
  id: string;
  name: string;
  agency?: string;
  agencyName?: Text;
  /** The colleague in whose place it was done, with a power they lent. */
  actsFor?: { id: string; name: string };
};

/** One item of the case as it stood when the case was made: names, limits and results are pinned here. */
export type PlannedBranch = {
  item: string;
  itemVersion: number;
  name: Text;
  agency: string;
  agencyName: Text;
  /** Twelve-digit code of the division whose agency decides. */
  division: string;
  dependsOn: string[];
  onTheSpot: boolean;
  /** Working days. */
  promisedDays: number;
  statutoryDays: number;
  results: ResultSpec[];
  /** Working days from the decision in which somebody else issues the results; without it the decision hands them on. */
  issueDays?: number;
  /** Element ids this branch may read. */
  elements: string[];
  materials: string[];
};

/** Where an application came from; `kiosk` and `station` are enrolled devices, and nobody else may say so. */
export const channels = ['online', 'counter', 'kiosk', 'station'] as const;
export type Channel = (typeof channels)[number];
/** Whether somebody had to leave home for it. */
export const isVisit = (channel: Channel): boolean => channel !== 'online';

export type CaseMaterial = { material: string; name: Text; state: 'uploaded' | 'paper' | 'shared'; file?: string };

export type CasePlan = {
  region: string;
  number: string;
  /** Twelve-digit code of the township that receives the case. */
  division: string;
  divisionName: string;
  subject: { kind: 'bundle' | 'item'; id: string; version: number; name: Text };
  applicant: { id: string; name: string };
  channel: Channel;
  branches: PlannedBranch[];
  situation: Record<string, string>;
  /** Working days in which the counter answers; silence counts as acceptance (行政许可法 art. 32(4)). */
  answerDays?: number;
  /** Materials the items ask for, counted one by one, and how many of them the applicant did not have to bring. */
  materialsAsked: number;
  materialsSpared: number;
};

export type MissingThing = { what: string; why: string };
export type ResultValue = { id: string; name: Text; value: string };

type Common = {
  at: string;
  by: Who;
  /** Commitment to the classified part, which lies beside the events (`sealing.ts`): answers left out, results left empty. */
  sealed?: string;
  /**
   * Client-made id of the command, as the row has it beside: on the first event it caused, null on those after it. Not in
   * events from before it was kept here too.
   */
  command?: string | null;
};
export type CaseEvent =
  | (Common & { type: 'submitted'; plan: CasePlan; answers: Answers; materials: CaseMaterial[]; answerDue: string })
  | (Common & { type: 'returned'; missing: MissingThing[] })
  | (Common & { type: 'resubmitted'; answers: Answers; materials: CaseMaterial[]; channel: Channel; answerDue: string })
  /** Deemed accepted: nobody answered in time, so it counts from when the papers were received (行政许可法 art. 32). */
  | (Common & { type: 'accepted'; deemedFrom?: string })
  | (Common & { type: 'not-accepted'; reason: string })
  | (Common & { type: 'withdrawn' })
  | (Common & {
      type: 'branch-opened';
      item: string;
      promisedDue: string;
      statutoryDue: string;
      provisional: boolean;
      /** The moment both clocks count from, where it is not the moment of the event. */
      countedFrom?: string;
    })
  /** Due days counted anew, with a newer calendar. */
  | (Common & { type: 'answer-recounted'; answerDue: string })
  | (Common & {
      type: 'branch-recounted';
      item: string;
      promisedDue?: string;
      statutoryDue?: string;
      provisional?: boolean;
      issueDue?: string;
      issueProvisional?: boolean;
    })
  | (Common & { type: 'branch-claimed'; item: string })
  | (Common & { type: 'branch-released'; item: string })
  | (Common & {
      type: 'branch-decided';
      item: string;
      outcome: 'granted' | 'refused';
      reason: string;
      results: ResultValue[];
      usedDays: number;
      /** Granted, and the results are still to be issued by somebody else until this day. */
      issueDue?: string;
      issueProvisional?: boolean;
    })
  | (Common & { type: 'branch-issued'; item: string; results: ResultValue[] })
  | (Common & { type: 'branch-stopped'; item: string; because: string })
  | (Common & { type: 'closed'; outcome: 'granted' | 'partly-granted' | 'refused' });

export type BranchState = {
  status: BranchStatus;
  openedAt?: string;
  promisedDue?: string;
  statutoryDue?: string;
  provisional?: boolean;
  claimedBy?: Who;
  claimedAt?: string;
  decidedAt?: string;
  decidedBy?: Who;
  reason?: string;
  results?: ResultValue[];
  usedDays?: number;
  /** 待发证: by when the results are to be issued; then who issued them, and when. */
  issueDue?: string;
  issueProvisional?: boolean;
  issuedAt?: string;
  issuedBy?: Who;
  because?: string;
};

/** The fold. Answers and materials are kept beside it, not in it: they are large and change only when resubmitted. */
export type CaseState = {
  status: CaseStatus;
  /** Number of events folded; the guard of every write. */
  version: number;
  submittedAt: string;
  answerDue: string;
  acceptedAt?: string;
  /** Accepted by law, because nobody answered in time. */
  deemed?: true;
  /** When papers came in anew; from then on the answer is awaited. */
  resubmittedAt?: string;
  /** Account that accepted it; somebody else must decide. */
  acceptedBy?: string;
  closedAt?: string;
  outcome?: 'granted' | 'partly-granted' | 'refused' | 'not-accepted' | 'withdrawn';
  reason?: string;
  missing?: MissingThing[];
  timesReturned: number;
  /** How often the applicant came to a counter. */
  visits: number;
  branches: Record<string, BranchState>;
};

export type Case = { plan: CasePlan; state: CaseState };

export type Command =
  | GivenCommand
  /** `consent`: version of the words consented to, where answers need it that were not there before. */
  | { type: 'resubmit'; answers: Answers; materials: CaseMaterial[]; channel: Channel; consent?: string };
/** What other rooms may ask for as it is; what is handed in again is checked on its way (`correcting.ts`). */
export type GivenCommand =
  | { type: 'return'; missing: MissingThing[] }
  | { type: 'accept' }
  | { type: 'deem-accepted' }
  /** Counts due days anew; given by the house when a newer calendar is known. */
  | { type: 'recount' }
  | { type: 'not-accept'; reason: string }
  | { type: 'withdraw' }
  | { type: 'claim'; item: string }
  /** `from`: whose claim it is as far as who gives it back knows. */
  | { type: 'release'; item: string; from?: string }
  | { type: 'decide'; item: string; outcome: 'granted' | 'refused'; reason: string; results: Record<string, string> }
  | { type: 'issue'; item: string; results: Record<string, string> }
  | { type: 'decide-on-the-spot'; reason: string; results: Record<string, string> };
export type CommandType = Command['type'];
