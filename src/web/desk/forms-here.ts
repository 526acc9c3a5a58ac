import { allowedNow, type BranchState, branchResource, caseResource, type PlannedBranch } from '../../cases/door.ts';
import { can } from '../../identity/door.ts';
import type { CaseData } from './case-data.ts';
import type { Act } from './commands.ts';

export type Branch = { plan: PlannedBranch; state: BranchState };

/** Whether this reader's counter has to answer the case. */
export const answersNow = ({ sight, file }: CaseData): boolean => sight.atCounter && file.state.status === 'submitted';

/** Whether this reader may take in what was missing, when somebody brings it. */
export const correctsNow = ({ desk, file }: CaseData): boolean =>
  file.state.status === 'returned' && can(desk.actor, 'case.resubmit', caseResource(file));

/** The branch this page is about, when this reader decides for its agency. */
export function focused({ file, focus, sight }: CaseData): Branch | undefined {
  const plan = file.plan.branches.find(({ item }) => item === focus && sight.mine.includes(item));
  const state = plan && file.state.branches[plan.item];
  return plan && state ? { plan, state } : undefined;
}

/** The forms that stand on the page now: what this reader may do, and which of it they have opened. */
export function formsHere(data: CaseData): Act[] {
  const { open } = data;
  if (answersNow(data)) {
    if (open === 'return' || open === 'not-accept') return [open];
    return canFinishNow(data) ? ['on-the-spot', 'accept'] : ['accept'];
  }
  const branch = focused(data);
  return branch ? branchForms(data, branch) : [];
}

/** The forms about one branch: to take it, to decide it, to issue it. */
export function branchForms({ desk, sight, open }: CaseData, { plan, state }: Branch): Act[] {
  if (state.status === 'open') return ['claim'];
  if (sight.issues.includes(plan.item)) return ['issue'];
  if (state.status !== 'claimed' || state.claimedBy?.id !== desk.actor.id) return [];
  return open === 'refuse' ? ['refuse'] : ['grant', 'release'];
}

/** Branches a colleague has, which this reader may take back for the others of the office. */
export function takesBack({ desk, file }: CaseData): Branch[] {
  return file.plan.branches.flatMap((plan) => {
    const state = file.state.branches[plan.item];
    const holder = state?.status === 'claimed' ? state.claimedBy?.id : undefined;
    if (!state || !holder || holder === desk.actor.id) return [];
    const resource = { ...branchResource(file.plan, plan), claimedBy: holder };
    return can(desk.actor, 'branch.release', resource) ? [{ plan, state }] : [];
  });
}

/** Whether every item of the case is this counter's own and can be finished while the applicant waits. */
function canFinishNow({ desk, file }: CaseData): boolean {
  return (
    allowedNow(file).includes('decide-on-the-spot') && can(desk.actor, 'case.decide-on-the-spot', caseResource(file))
  );
}
