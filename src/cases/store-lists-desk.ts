import { type Actor, type ListAction, scopeOf } from '../identity/door.ts';
import { type Within, within } from './within.ts';

/** What lies on somebody's desk, as conditions of SQL: the branches of their inbox by view, and the cases of their queue. */

/** 待办, 临期, 超期, 我认领的, 已办, 待发证 */
export type InboxView = 'todo' | 'due' | 'overdue' | 'mine' | 'done' | 'issue';
/** How much waits in each place a desk worker looks at. */
export type DeskCounts = { queue: number } & Record<InboxView, number>;
/** Today, and the day two working days from today: what is due by then counts as soon. */
export type InboxDays = { today: string; soon: string };
/** Counts stop here and are shown as "99+": no page counts more than it can show. */
export const countLimit = 99;

const where: Record<InboxView, string> = {
  todo: `status in ('open', 'claimed')`,
  due: `status in ('open', 'claimed') and promised_due >= $2::date and promised_due <= $3::date`,
  overdue: `status in ('open', 'claimed') and promised_due < $2::date`,
  mine: `status = 'claimed' and claimed_by = $4`,
  done: 'decided_at is not null',
  issue: `status = 'to-issue'`,
};
const views = Object.keys(where) as InboxView[];

/** What a view is for says whose it is: to decide or give back, to issue; what is done anybody sees whose agency's it is. */
const kinds = { work: ['branch.claim', 'branch.release'], issue: ['branch.issue'], done: ['branch.list'] } as const;
type Kind = keyof typeof kinds;
const kindOf = (view: InboxView): Kind => (view === 'issue' || view === 'done' ? view : 'work');

export type DeskScope = { own: Within[]; branches: Record<Kind, string>; queue: string; values: unknown[] };

/** The scopes of a desk, with parameters from `$first` on. */
export function deskOf(actor: Actor, first: number): DeskScope {
  const own: Within[] = [];
  const add = (over: 'branch' | 'case', actions: readonly ListAction[]) => {
    const taken = own.reduce((sum, { values }) => sum + values.length, 0);
    const one = within(scopeOf(actor, ...actions), over, first + taken);
    own.push(one);
    return one.sql;
  };
  const branches = {
    work: add('branch', kinds.work),
    issue: add('branch', kinds.issue),
    done: add('branch', kinds.done),
  };
  const queue = add('case', ['queue.list']);
  return { own, branches, queue, values: own.flatMap(({ values }) => values) };
}

/** The rows of a view. */
const rowsOf = (view: InboxView, { branches }: DeskScope) =>
  `region = $1 and ${branches[kindOf(view)]} and ${where[view]}`;

/** Each count stops at the limit. $1 region, $2 today, $3 soon, $4 who, then the scopes. */
export function countsSql(desk: DeskScope): string {
  return [
    ...views.map(
      (view) =>
        `(select count(*) from (select from cases.branch b where ${rowsOf(view, desk)} limit ${countLimit}) n)::int as ${view}`,
    ),
    `(select count(*) from (select from cases.case c
       where region = $1 and status = 'submitted' and ${desk.queue} limit ${countLimit}) n)::int as queue`,
  ].join(', ');
}

/** One statement: the page of the counter's queue and, beside it, the counts. $5 offset, $6 limit. */
export function queueSql(columns: string, desk: DeskScope): string {
  return `select (select coalesce(json_agg(p), '[]') from (
                   select ${columns} from cases.case c
                    where region = $1 and status = 'submitted' and ${desk.queue}
                    order by answer_due, number offset $5 limit $6) p) as rows,
                 ${countsSql(desk)}`;
}

/** One statement: the page of the view and, beside it, the counts. $5 offset, $6 limit. */
export function inboxSql(view: InboxView, columns: string, desk: DeskScope): string {
  const order =
    { done: 'decided_at desc, number, item', issue: 'issue_due, number, item' }[view as 'done'] ??
    'promised_due, number, item';
  return `select (select coalesce(json_agg(p), '[]') from (
                   select ${columns} from cases.branch b
                    where ${rowsOf(view, desk)} order by ${order} offset $5 limit $6) p) as rows,
                 ${countsSql(desk)}`;
}
