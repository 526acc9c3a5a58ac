import type { BranchStatus, Case, CaseStatus, CommandType } from './case.ts';

/** What may be done next, by status. The compiler finds the status somebody forgot. */
const byCaseStatus = {
  submitted: ['return', 'accept', 'deem-accepted', 'recount', 'not-accept', 'withdraw', 'decide-on-the-spot'],
  returned: ['resubmit', 'withdraw'],
  accepted: ['claim', 'release', 'decide', 'issue', 'recount', 'withdraw'],
  'not-accepted': [],
  withdrawn: [],
  closed: [],
} as const satisfies Record<CaseStatus, readonly CommandType[]>;

const byBranchStatus = {
  waiting: [],
  open: ['claim'],
  claimed: ['release', 'decide'],
  'to-issue': ['issue'],
  granted: [],
  refused: [],
  stopped: [],
} as const satisfies Record<BranchStatus, readonly CommandType[]>;

/** Commands the case as a whole allows now. */
export function allowedNow({ plan, state }: Case): readonly CommandType[] {
  const allowed: readonly CommandType[] = byCaseStatus[state.status];
  return allowed.filter((command) => {
    if (command === 'return') return state.timesReturned === 0;
    if (command === 'decide-on-the-spot') return plan.branches.every((branch) => branch.onTheSpot);
    return true;
  });
}

/** Commands one branch allows now. */
export function allowedOnBranch(theCase: Case, item: string): readonly CommandType[] {
  const branch = theCase.state.branches[item];
  if (!branch || theCase.state.status !== 'accepted') return [];
  return byBranchStatus[branch.status];
}
