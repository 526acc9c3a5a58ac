import { Problem } from '../platform/door.ts';
import { consequences, resultsOf } from './branches.ts';
import type { Case, CaseEvent, Command, Who } from './case.ts';
import { type Context, stamp } from './context.ts';

/**
 * Issuing (制证、颁发) as an act of its own: what was granted becomes a certificate in the hands of who neither received
 * the case nor decided the branch (审批与发证分离). Pure.
 */
export function issueBranch(
  theCase: Case,
  { item, results }: Extract<Command, { type: 'issue' }>,
  context: Context,
): CaseEvent[] {
  const plan = theCase.plan.branches.find((branch) => branch.item === item);
  const branch = theCase.state.branches[item];
  if (!plan || !branch) throw new Problem('branch-not-found');
  if (branch.status !== 'to-issue') throw new Problem('nothing-to-issue');
  if (hadAPartIn(theCase, item, context.by)) throw new Problem('issued-by-another');
  const issued: CaseEvent = { type: 'branch-issued', ...stamp(context), item, results: resultsOf(plan, results) };
  return [issued, ...consequences(theCase, { item, status: 'granted' }, context)];
}

/** Whether somebody received the case or decided the branch, be it in the name of a colleague or by a colleague in theirs. */
export function hadAPartIn({ state }: Pick<Case, 'state'>, item: string, { id, actsFor }: Pick<Who, 'id' | 'actsFor'>) {
  const { decidedBy } = state.branches[item] ?? {};
  const part = [state.acceptedBy, decidedBy?.id, decidedBy?.actsFor?.id];
  return part.includes(id) || (actsFor !== undefined && part.includes(actsFor.id));
}
