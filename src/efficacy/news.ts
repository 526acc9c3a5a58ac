import type { Text } from '../platform/door.ts';

/**
 * What this room reads of the events of cases and ratings. It listens to feeds handed to it and imports neither room;
 * whoever connects them is told by the compiler when an event no longer fits.
 */
export type CaseNews = { region: string; number: string; seq: number; event: CaseHappening };
export type RatingNews = { region: string; number: string; level: number; at: string };

export type CaseHappening = { at: string } & (
  | { type: 'submitted'; plan: PlanNews }
  | { type: 'returned' | 'not-accepted' | 'withdrawn' }
  | { type: 'accepted'; deemedFrom?: string }
  | { type: 'resubmitted'; channel: string }
  | { type: 'branch-opened'; item: string; promisedDue: string; statutoryDue: string; countedFrom?: string }
  | { type: 'answer-recounted' }
  | { type: 'branch-recounted'; item: string; promisedDue?: string; statutoryDue?: string; issueDue?: string }
  | { type: 'branch-claimed' | 'branch-released' | 'branch-stopped'; item: string }
  /** With a day to issue it by, what was granted is not in the applicant's hands before `branch-issued`. */
  | { type: 'branch-decided'; item: string; outcome: 'granted' | 'refused'; usedDays: number; issueDue?: string }
  | { type: 'branch-issued'; item: string }
  | { type: 'closed'; outcome: string }
);

export type PlanNews = {
  division: string;
  divisionName: string;
  subject: { kind: string; id: string; name: Text };
  channel: string;
  branches: {
    item: string;
    name: Text;
    agency: string;
    agencyName: Text;
    promisedDays: number;
    statutoryDays: number;
  }[];
  materialsAsked: number;
  materialsSpared: number;
};
