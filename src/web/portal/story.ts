import type { BranchState, CaseFile, PlannedBranch } from '../../cases/door.ts';
import { addWorkdays, type Calendar, dayOf, workdaysBetween } from '../../platform/door.ts';
import type { TimeLimit } from '../components/clock/clock.tsx';
import { laterOf } from './words.ts';

/** What a reader wants to know of a case that its state does not say in so many words. Pure. */

/** One branch: what was planned and how it stands. */
export type Branch = PlannedBranch & { state: BranchState };

export function branchesOf({ plan, state }: Pick<CaseFile, 'plan' | 'state'>): Branch[] {
  return plan.branches.map((branch) => ({ ...branch, state: state.branches[branch.item] ?? { status: 'waiting' } }));
}

export const isRunning = ({ state }: Branch): boolean => state.status === 'open' || state.status === 'claimed';
export const hasEnded = ({ state }: Branch): boolean => ['granted', 'refused', 'stopped'].includes(state.status);

/** The two clocks of a branch that is being worked on, or was decided. */
export function clocksOf(
  branch: Branch,
  calendar: Calendar,
  today: string,
): { promised: TimeLimit; statutory: TimeLimit } | undefined {
  const { openedAt, promisedDue, statutoryDue, usedDays } = branch.state;
  if (!openedAt) return undefined;
  const used = usedDays ?? Math.max(0, workdaysBetween(calendar, dayOf(openedAt), today));
  const stopped = usedDays === undefined ? undefined : ('decided' as const);
  return {
    promised: { used, total: branch.promisedDays, due: promisedDue, stopped },
    statutory: { used, total: branch.statutoryDays, due: statutoryDue, stopped },
  };
}

/**
 * The day by which everything should be decided: what runs by its promised day, what waits that many working days
 * after the last of what it needs. Undefined when nothing runs.
 */
export function expectedEnd(branches: Branch[], calendar: Calendar, today: string): string | undefined {
  const ends = new Map<string, string | undefined>();
  const endOf = (item: string): string | undefined => {
    if (ends.has(item)) return ends.get(item);
    ends.set(item, undefined);
    const branch = branches.find((other) => other.item === item);
    if (branch) ends.set(item, endOfBranch(branch, endOf, calendar, today));
    return ends.get(item);
  };
  const days = branches.filter((branch) => !hasEnded(branch)).flatMap(({ item }) => endOf(item) ?? []);
  return days.length > 0 ? days.reduce(laterOf) : undefined;
}

/**
 * What is still worked on although its promised day has passed: that day of the first such branch, and the last legal
 * day of them all. Undefined when nothing is late.
 */
export function overdueOf(branches: Branch[], today: string): { promised: string; legal: string } | undefined {
  const late = branches.flatMap((branch) => {
    const { promisedDue, statutoryDue } = branch.state;
    if (!isRunning(branch) || !promisedDue || !statutoryDue || promisedDue >= today) return [];
    return { promised: promisedDue, legal: statutoryDue };
  });
  if (late.length === 0) return undefined;
  const [promised = ''] = late.map((limits) => limits.promised).sort();
  return { promised, legal: late.map(({ legal }) => legal).reduce(laterOf) };
}

function endOfBranch(
  branch: Branch,
  endOf: (item: string) => string | undefined,
  calendar: Calendar,
  today: string,
): string | undefined {
  const { status, decidedAt, promisedDue, issuedAt, issueDue } = branch.state;
  if (status === 'granted') return decidedAt && dayOf(issuedAt ?? decidedAt);
  if (status === 'to-issue' && issueDue) return issueDue < today ? today : issueDue;
  if (status === 'refused' || status === 'stopped') return undefined;
  if (promisedDue) return promisedDue < today ? today : promisedDue;
  const begins = branch.dependsOn.flatMap((item) => endOf(item) ?? []).reduce(laterOf, today);
  return addWorkdays(calendar, begins, branch.promisedDays).due;
}

/** Everything the case has brought so far, branch by branch. */
export function resultsOf(branches: Branch[]): { branch: Branch; name: { zh: string; en: string }; value: string }[] {
  return branches.flatMap((branch) => (branch.state.results ?? []).map(({ name, value }) => ({ branch, name, value })));
}
