import { type Actor, scopeOf } from '../identity/door.ts';
import type { Db, Text } from '../platform/door.ts';
import type { BranchStatus, CaseStatus } from './case.ts';
import { isCaseNumber, tidyNumber } from './number.ts';

/** Lists of cases and branches. Each takes the actor and shows what the policy's scope lets through, nothing else. */
export type CaseRow = {
  number: string;
  status: CaseStatus;
  subjectName: Text;
  division: string;
  divisionName: string;
  applicantName: string;
  channel: string;
  submittedAt: string;
  answerDue: string;
  closedAt: string | null;
};

export type BranchRow = {
  number: string;
  item: string;
  status: BranchStatus;
  itemName: Text;
  subjectName: Text;
  divisionName: string;
  applicantName: string;
  promisedDays: number;
  statutoryDays: number;
  openedAt: string;
  promisedDue: string;
  statutoryDue: string;
  provisional: boolean;
  claimedBy: string | null;
  claimedName: string | null;
  decidedAt: string | null;
  usedDays: number | null;
};

/** 待办, 临期, 超期, 我认领的, 已办 */
export type InboxView = 'todo' | 'due' | 'overdue' | 'mine' | 'done';
export type Page<Row> = { rows: Row[]; more: boolean };
/** How much waits in each place a desk worker looks at. */
export type DeskCounts = { queue: number } & Record<InboxView, number>;
/** Today, and the day two working days from today: what is due by then counts as soon. */
export type InboxDays = { today: string; soon: string };
/** Counts stop here and are shown as "99+": no page counts more than it can show. */
export const countLimit = 99;
export const pageSize = 50;

const caseColumns = `number, status, subject_name as "subjectName", division, division_name as "divisionName",
  applicant_name as "applicantName", channel, submitted_at as "submittedAt", answer_due as "answerDue", closed_at as "closedAt"`;
const branchColumns = `number, item, status, item_name as "itemName", subject_name as "subjectName", division_name as "divisionName",
  applicant_name as "applicantName", promised_days as "promisedDays", statutory_days as "statutoryDays", opened_at as "openedAt",
  promised_due as "promisedDue", statutory_due as "statutoryDue", provisional, claimed_by as "claimedBy", claimed_name as "claimedName",
  decided_at as "decidedAt", used_days as "usedDays"`;

export type Lists = ReturnType<typeof openLists>;

export function openLists(db: Db) {
  return {
    /** Cases of the person who asks, newest first. */
    async own(actor: Actor): Promise<CaseRow[]> {
      const scope = scopeOf(actor, 'case.list-own');
      if (scope === 'none') return [];
      return db.prepared<CaseRow>(
        'cases.own',
        `select ${caseColumns} from cases.case where region = $1 and applicant = $2 order by submitted_at desc limit 50`,
        [scope.region, scope.applicant],
      );
    },
    /** Cases waiting for the counter's answer, the most urgent first, and how many there are. */
    async queue(actor: Actor, offset = 0): Promise<Page<CaseRow> & { count: number }> {
      const scope = scopeOf(actor, 'queue.list');
      if (scope === 'none' || scope.divisionPrefix === undefined) return { rows: [], more: false, count: 0 };
      const rows = await db.prepared<CaseRow>(
        'cases.queue',
        `select ${caseColumns} from cases.case
          where region = $1 and status = 'submitted' and division >= $2 and division < $3
          order by answer_due, number offset $4 limit $5`,
        [scope.region, ...prefixRange(scope.divisionPrefix), offset, pageSize + 1],
      );
      return { ...cut(rows), count: Math.min(rows.length + offset, countLimit) };
    },
    /** What the counter has seen lately, newest first. */
    async recent(actor: Actor): Promise<CaseRow[]> {
      const scope = scopeOf(actor, 'case.search');
      if (scope === 'none' || scope.divisionPrefix === undefined) return [];
      return db.query<CaseRow>(
        `select ${caseColumns} from cases.case where region = $1 and division >= $2 and division < $3 order by submitted_at desc limit 50`,
        [scope.region, ...prefixRange(scope.divisionPrefix)],
      );
    },
    /** An agency's branches in one of five views, with the counts of the whole desk beside them. */
    async inbox(
      actor: Actor,
      view: InboxView,
      days: InboxDays,
      offset = 0,
    ): Promise<Page<BranchRow> & { counts: DeskCounts }> {
      const scope = scopeOf(actor, 'branch.list');
      if (scope === 'none') return { rows: [], more: false, counts: none };
      const [row] = await db.prepared<{ rows: BranchRow[] } & DeskCounts>(`cases.inbox.${view}`, inboxSql(view), [
        ...countValues(actor, days),
        offset,
        pageSize + 1,
      ]);
      if (!row) return { rows: [], more: false, counts: none };
      const { rows, ...counts } = row;
      return { ...cut(rows), counts };
    },
    /** The counts of the desk alone. */
    async counts(actor: Actor, days: InboxDays): Promise<DeskCounts> {
      const [row] = await db.prepared<DeskCounts>('cases.counts', `select ${countsSql}`, countValues(actor, days));
      return row ?? none;
    },
    /** Branches this approver could work on next, the most urgent first: nobody's yet, or already theirs. */
    async takeable(actor: Actor): Promise<Pick<BranchRow, 'number' | 'item' | 'claimedBy'>[]> {
      const scope = scopeOf(actor, 'branch.list');
      if (scope === 'none' || actor.kind !== 'staff') return [];
      return db.prepared(
        'cases.takeable',
        `select number, item, claimed_by as "claimedBy" from cases.branch
          where region = $1 and agency = $2 and status in ('open', 'claimed') and coalesce(claimed_by, $3) = $3
          order by promised_due, number, item limit 5`,
        [scope.region, scope.agency, actor.id],
      );
    },
    /**
     * Cases by number (whole, or the last 15 characters a clerk sees), or by the beginning of the applicant's name,
     * newest first, within what the actor may search.
     */
    async search(actor: Actor, typed: string): Promise<Page<CaseRow>> {
      const scope = scopeOf(actor, 'case.search');
      const wanted = wantedBy(typed);
      if (scope === 'none' || !wanted) return { rows: [], more: false };
      // Not prepared: the plan depends on how long the beginning of a name is.
      const rows = await db.query<CaseRow>(
        `select ${caseColumns} from cases.case c
          where region = $1 and ${wanted.sql}
            and (division >= $2 and division < $3
                 or exists (select from cases.branch b where b.region = c.region and b.number = c.number and b.agency = $4))
          order by submitted_at desc limit ${pageSize + 1}`,
        [scope.region, ...prefixRange(scope.divisionPrefix), scope.agency ?? '', ...wanted.values],
      );
      return cut(rows);
    },
  };
}

const none: DeskCounts = { queue: 0, todo: 0, due: 0, overdue: 0, mine: 0, done: 0 };

const where: Record<InboxView, string> = {
  todo: `status in ('open', 'claimed')`,
  due: `status in ('open', 'claimed') and promised_due >= $3::date and promised_due <= $4::date`,
  overdue: `status in ('open', 'claimed') and promised_due < $3::date`,
  mine: `status in ('open', 'claimed') and claimed_by = $5`,
  done: 'decided_at is not null',
};

/** Each count stops at the limit. $1 region, $2 agency, $3 today, $4 soon, $5 who, $6 and $7 the divisions of the queue. */
const countsSql = [
  ...(Object.keys(where) as InboxView[]).map(
    (name) =>
      `(select count(*) from (select from cases.branch where region = $1 and agency = $2 and ${where[name]} limit ${countLimit}) c)::int as ${name}`,
  ),
  `(select count(*) from (select from cases.case
     where region = $1 and status = 'submitted' and division >= $6 and division < $7 limit ${countLimit}) c)::int as queue`,
].join(', ');

function countValues(actor: Actor, days: InboxDays): unknown[] {
  const branches = scopeOf(actor, 'branch.list');
  const queue = scopeOf(actor, 'queue.list');
  const region = actor.kind === 'guest' ? '' : actor.region;
  const agency = branches === 'none' ? '' : (branches.agency ?? '');
  const who = actor.kind === 'guest' ? '' : actor.id;
  return [
    region,
    agency,
    days.today,
    days.soon,
    who,
    ...prefixRange(queue === 'none' ? undefined : queue.divisionPrefix),
  ];
}

/** One statement: the page of the view and, beside it, the counts. */
function inboxSql(view: InboxView): string {
  const order = view === 'done' ? 'decided_at desc' : 'promised_due, number, item';
  return `select (select coalesce(json_agg(p), '[]') from (
                   select ${branchColumns} from cases.branch
                    where region = $1 and agency = $2 and ${where[view]} order by ${order} offset $8 limit $9) p) as rows,
                 ${countsSql}`;
}

/** What a search is for, as a condition over $5 and on. */
function wantedBy(typed: string): { sql: string; values: unknown[] } | undefined {
  const number = tidyNumber(typed);
  if (isCaseNumber(number)) return { sql: 'number = $5', values: [number] };
  const day = /^(\d{4})(\d{2})(\d{2})\d{6}[0-9A-Z]$/.exec(number);
  if (day) {
    // A day more on each side, because the day in the number is a day in China.
    return {
      sql: `right(number, 15) = $5 and submitted_at > to_date($6, 'YYYYMMDD') - 1 and submitted_at < to_date($6, 'YYYYMMDD') + 2`,
      values: [number, number.slice(0, 8)],
    };
  }
  const name = typed.trim().slice(0, 50);
  if (name === '') return undefined;
  return { sql: `applicant_name like $5 || '%'`, values: [name.replace(/[\\%_]/g, '\\$&')] };
}

function cut<Row>(rows: Row[]): Page<Row> {
  return { rows: rows.slice(0, pageSize), more: rows.length > pageSize };
}

/** The half-open range of codes that begin with a prefix, so that an index can be used; without one it is empty. */
function prefixRange(prefix: string | undefined): [string, string] {
  return prefix === undefined ? ['', ''] : [prefix, `${prefix}:`]; // ':' is the character after '9'
}
