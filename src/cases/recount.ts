import { addWorkdays, dayOf, Problem } from '../platform/door.ts';
import { answerDue } from './answer-due.ts';
import type { BranchState, Case, CaseEvent, PlannedBranch } from './case.ts';
import { type Context, stamp } from './context.ts';

/**
 * Counts the due days of a running case anew, from where they began, because a newer calendar is known: the State
 * Council has announced holidays. Only what comes out differently becomes an event; throws `nothing-to-do` when all
 * stays as it is. Pure.
 */
export function recount({ plan, state }: Case, context: Context): CaseEvent[] {
  const events: CaseEvent[] = plan.branches.flatMap((branch) =>
    recountBranch(branch, state.branches[branch.item], context),
  );
  if (state.status === 'submitted') {
    const due = answerDue(plan, state.resubmittedAt ?? state.submittedAt, context.calendar);
    if (due !== state.answerDue) events.push({ type: 'answer-recounted', ...stamp(context), answerDue: due });
  }
  if (events.length === 0) throw new Problem('nothing-to-do');
  return events;
}

function recountBranch(plan: PlannedBranch, branch: BranchState | undefined, context: Context): CaseEvent[] {
  const days = branch && daysOf(plan, branch, context);
  if (!days || Object.entries(days).every(([name, value]) => branch[name as keyof typeof days] === value)) return [];
  return [{ type: 'branch-recounted', ...stamp(context), item: plan.item, ...days }];
}

type Days = Pick<BranchState, 'promisedDue' | 'statutoryDue' | 'provisional' | 'issueDue' | 'issueProvisional'>;

/** The due days of a branch whose clock runs; nothing where none does. */
function daysOf(plan: PlannedBranch, branch: BranchState, { calendar }: Context): Days | undefined {
  if ((branch.status === 'open' || branch.status === 'claimed') && branch.openedAt) {
    const from = dayOf(branch.openedAt);
    const promised = addWorkdays(calendar, from, plan.promisedDays);
    const statutory = addWorkdays(calendar, from, plan.statutoryDays);
    const provisional = promised.provisional || statutory.provisional;
    return { promisedDue: promised.due, statutoryDue: statutory.due, provisional };
  }
  if (branch.status === 'to-issue' && branch.decidedAt && plan.issueDays !== undefined) {
    const { due, provisional } = addWorkdays(calendar, dayOf(branch.decidedAt), plan.issueDays);
    return { issueDue: due, issueProvisional: provisional };
  }
  return undefined;
}
