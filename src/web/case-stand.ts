import type { CaseState } from '../cases/door.ts';

const told = ['granted', 'partly-granted', 'refused'] as const;
type Told = (typeof told)[number];

/** How a case stands: its status, and of a closed one what came of it. */
export type Stand = CaseState['status'] | Told;

/** Closed alone would call a refusal done. Pure. */
export function standOf<Status extends string>(of: { status: Status; outcome?: string | null }): Status | Told {
  const outcome = told.find((each) => each === of.outcome);
  return of.status === 'closed' && outcome ? outcome : of.status;
}
