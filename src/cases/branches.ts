import { addWorkdays, dayOf, Problem, workdaysBetween } from '../platform/door.ts';
import type { BranchState, Case, CaseEvent, Command, PlannedBranch, ResultValue } from './case.ts';
import { type Context, reasonOf, stamp } from './context.ts';

type BranchCommand = Extract<Command, { type: 'claim' | 'release' | 'decide' }>;
type Branches = Record<string, BranchState>;
const unfinished: string[] = ['waiting', 'open', 'claimed', 'to-issue'];

/** What claiming, releasing or deciding one branch causes, on it and on the branches that wait for it. */
export function decideBranch(theCase: Case, command: BranchCommand, context: Context): CaseEvent[] {
  const plan = theCase.plan.branches.find((branch) => branch.item === command.item);
  const branch = theCase.state.branches[command.item];
  if (!plan || !branch) throw new Problem('branch-not-found');
  if (branch.status === 'waiting') throw new Problem('branch-waiting');
  if (branch.status === 'stopped') throw new Problem('branch-stopped');
  if (branch.status !== 'open' && branch.status !== 'claimed')
    throw new Problem('branch-already-decided', holder(branch));
  const by = stamp(context);
  if (command.type === 'claim') {
    if (branch.status === 'open') return [{ type: 'branch-claimed', ...by, item: command.item }];
    if (branch.claimedBy?.id === context.by.id) throw new Problem('nothing-to-do');
    throw new Problem('branch-taken', holder(branch));
  }
  // A lead takes back what a colleague has; the house, what was claimed by an account that is switched off.
  const givesBack = command.type === 'release' && (context.takesBack || context.by.id === 'system');
  if (branch.status === 'open' || !(givesBack || branch.claimedBy?.id === context.by.id))
    throw new Problem('branch-not-yours', holder(branch));
  if (command.type === 'release' && command.from !== undefined && command.from !== branch.claimedBy?.id)
    throw new Problem('changed-meanwhile');
  if (command.type === 'release') return [{ type: 'branch-released', ...by, item: command.item }];
  return decided(theCase, plan, branch, command, context);
}

function decided(
  theCase: Case,
  plan: PlannedBranch,
  branch: BranchState,
  command: Extract<Command, { type: 'decide' }>,
  context: Context,
): CaseEvent[] {
  const { item, outcome } = command;
  const due = outcome === 'granted' ? issueDueOf(plan, context) : undefined;
  const results = outcome === 'granted' && !due ? resultsOf(plan, command.results) : [];
  const usedDays = workdaysBetween(context.calendar, dayOf(branch.openedAt ?? context.at), dayOf(context.at));
  const decision: CaseEvent = {
    type: 'branch-decided',
    ...stamp(context),
    item,
    outcome,
    reason: reasonOf(command.reason),
    results,
    usedDays,
    ...due,
  };
  const status = due ? 'to-issue' : outcome;
  return [decision, ...consequences(theCase, { item, status }, context)];
}

/** By when somebody else has to issue what is granted (行政许可法 art. 44); nothing when the decision hands it on. */
function issueDueOf({ issueDays }: PlannedBranch, { calendar, at }: Context) {
  if (issueDays === undefined) return undefined;
  const { due, provisional } = addWorkdays(calendar, dayOf(at), issueDays);
  return { issueDue: due, issueProvisional: provisional };
}

/** What follows for the others when a branch has come to a new status. */
export function consequences(
  theCase: Case,
  { item, status }: { item: string; status: BranchState['status'] },
  context: Context,
): CaseEvent[] {
  const after: Branches = { ...theCase.state.branches, [item]: { status } };
  const stopped = stoppingEvents(theCase, after, context);
  for (const event of stopped) after[event.item] = { status: 'stopped' };
  const opened = openingEvents(theCase, after, context);
  return [...stopped, ...opened, ...closingEvents(after, opened.length, context)];
}

/** Opens every waiting branch whose needs are all granted, with its two due dates. */
export function openingEvents({ plan }: Case, branches: Branches, context: Context): CaseEvent[] {
  const { calendar, at, countedFrom } = context;
  const from = dayOf(countedFrom ?? at);
  return plan.branches
    .filter(
      ({ item, dependsOn }) =>
        branches[item]?.status === 'waiting' && dependsOn.every((need) => branches[need]?.status === 'granted'),
    )
    .map(({ item, promisedDays, statutoryDays }) => {
      const promised = addWorkdays(calendar, from, promisedDays);
      const statutory = addWorkdays(calendar, from, statutoryDays);
      const provisional = promised.provisional || statutory.provisional;
      return {
        type: 'branch-opened',
        ...stamp(context),
        item,
        promisedDue: promised.due,
        statutoryDue: statutory.due,
        provisional,
        ...(countedFrom && { countedFrom }),
      };
    });
}

/** Stops every waiting branch that needs, directly or through others, one that was refused. */
function stoppingEvents({ plan }: Case, branches: Branches, context: Context) {
  const stopped: Extract<CaseEvent, { type: 'branch-stopped' }>[] = [];
  const status = (item: string) => (stopped.some((event) => event.item === item) ? 'stopped' : branches[item]?.status);
  for (let found = true; found; ) {
    found = false;
    for (const { item, dependsOn } of plan.branches) {
      const because = dependsOn.find((need) => status(need) === 'refused' || status(need) === 'stopped');
      if (!because || status(item) !== 'waiting') continue;
      stopped.push({ type: 'branch-stopped', ...stamp(context), item, because });
      found = true;
    }
  }
  return stopped;
}

/** A withdrawal ends what has not been decided yet, and what has not been issued yet. */
export function stopEverything({ plan, state }: Case, context: Context): CaseEvent[] {
  const running = plan.branches.filter(({ item }) => unfinished.includes(state.branches[item]?.status ?? ''));
  return running.map(({ item }) => ({ type: 'branch-stopped', ...stamp(context), item, because: 'withdrawn' }));
}

function closingEvents(branches: Branches, justOpened: number, context: Context): CaseEvent[] {
  const statuses = Object.values(branches).map((branch) => branch.status);
  if (justOpened > 0 || statuses.some((status) => unfinished.includes(status))) return [];
  const granted = statuses.filter((status) => status === 'granted').length;
  const outcome = granted === statuses.length ? 'granted' : granted > 0 ? 'partly-granted' : 'refused';
  return [{ type: 'closed', ...stamp(context), outcome }];
}

/** Every result the item hands on, checked against its pattern; all that is missing or odd is named together. */
export function resultsOf(plan: PlannedBranch, given: Record<string, string>): ResultValue[] {
  const wrong = plan.results.filter(({ id, pattern }) => {
    const value = given[id]?.trim() ?? '';
    return value === '' || (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 'u').test(value));
  });
  if (wrong.length > 0) {
    const fields = wrong.map(({ id, example }) => ({ field: id, code: 'result', params: { example: example ?? '' } }));
    throw new Problem('results-missing', {}, fields);
  }
  return plan.results.map(({ id, name }) => ({ id, name, value: given[id]?.trim() ?? '' }));
}

function holder(branch: BranchState): Record<string, string> {
  return { holder: (branch.decidedBy ?? branch.claimedBy)?.name ?? '' };
}
