import { type Actor, type Doer, type ListAction, scopeOf, sightFor } from '../identity/door.ts';
import { type Db, type Page, pageFrom, pageSize, type Text } from '../platform/door.ts';
import type { BranchStatus, CaseState, CaseStatus } from './case.ts';
import { isCaseNumber, tidyNumber } from './number.ts';
import {
  countsSql,
  type DeskCounts,
  deskOf,
  type InboxDays,
  type InboxView,
  inboxSql,
  queueSql,
} from './store-lists-desk.ts';
import { isCommon, type Within, within } from './within.ts';

/** Lists of cases and branches. Each takes the actor and shows what the policy's scope lets through, nothing else. */
export type CaseRow = {
  number: string;
  status: CaseStatus;
  /** How it ended. */
  outcome: CaseState['outcome'] | null;
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
  /** By when somebody else is to issue it. */
  issueDue: string | null;
};

const caseColumns = `number, status, state ->> 'outcome' as outcome, subject_name as "subjectName", division, division_name as "divisionName",
  applicant_name as "applicantName", channel, submitted_at as "submittedAt", answer_due as "answerDue", closed_at as "closedAt"`;
const branchColumns = `number, item, status, item_name as "itemName", subject_name as "subjectName", division_name as "divisionName",
  applicant_name as "applicantName", promised_days as "promisedDays", statutory_days as "statutoryDays", opened_at as "openedAt",
  promised_due as "promisedDue", statutory_due as "statutoryDue", provisional, claimed_by as "claimedBy", claimed_name as "claimedName",
  decided_at as "decidedAt", used_days as "usedDays", issue_due as "issueDue"`;

/** Two that came at the same moment keep their order from page to page. */
const newestFirst = 'order by submitted_at desc, number desc';

export type Lists = ReturnType<typeof openLists>;

export function openLists(db: Db) {
  return {
    /** Cases of the person who asks, newest first. */
    async own(actor: Actor, offset = 0): Promise<Page<CaseRow>> {
      const own = within(scopeOf(actor, 'case.list-own'), 'case', 4);
      const rows = await listed<CaseRow>(db, 'cases.own', actor, [own], {
        sql: `select ${caseColumns} from cases.case c where region = $1 and ${own.sql} ${newestFirst} offset $2 limit $3`,
        values: [offset, pageSize + 1, ...own.values],
      });
      return pageFrom(rows);
    },
    /** What all of them are called, for whoever chooses among them or copies everything. */
    async everyOwn(actor: Actor): Promise<Pick<CaseRow, 'number' | 'subjectName'>[]> {
      const own = within(scopeOf(actor, 'case.list-own'), 'case', 2);
      return listed(db, 'cases.every-own', actor, [own], {
        sql: `select number, subject_name as "subjectName" from cases.case c where region = $1 and ${own.sql} ${newestFirst}`,
        values: own.values,
      });
    },
    /** Cases waiting for the counter's answer, the most urgent first. */
    async queue(actor: Actor, offset = 0): Promise<Page<CaseRow>> {
      const own = within(scopeOf(actor, 'queue.list'), 'case', 4);
      const rows = await listed<CaseRow>(db, 'cases.queue', actor, [own], {
        sql: `select ${caseColumns} from cases.case c where region = $1 and status = 'submitted' and ${own.sql}
               order by answer_due, number offset $2 limit $3`,
        values: [offset, pageSize + 1, ...own.values],
      });
      return pageFrom(rows);
    },
    /** The same for the counter's page, with the counts of the whole desk beside them. */
    async counter(actor: Actor, days: InboxDays, offset = 0): Promise<Page<CaseRow> & { counts: DeskCounts }> {
      const desk = deskOf(actor, 7);
      const [row] = await listed<DeskCounts & { rows: CaseRow[] }>(db, 'cases.counter', actor, desk.own, {
        sql: queueSql(caseColumns, desk),
        values: [days.today, days.soon, idOf(actor), offset, pageSize + 1, ...desk.values],
      });
      const { rows, ...counts } = row ?? { rows: [], ...none };
      return { ...pageFrom(rows), counts };
    },
    /** What the counter has seen lately, newest first. */
    async recent(actor: Doer, offset = 0): Promise<Page<CaseRow>> {
      const all = scopeOf(actor, 'case.search');
      // Who works for an agency has an inbox instead; another system has none.
      const counters = actor.kind === 'client' ? all : all.filter(({ agency }) => agency === undefined);
      const seen = within(counters, 'case', 4);
      const rows = await listed<CaseRow>(db, 'cases.recent', actor, [seen], {
        sql: `select ${caseColumns} from cases.case c where region = $1 and ${seen.sql} ${newestFirst} offset $2 limit $3`,
        values: [offset, pageSize + 1, ...seen.values],
      });
      return pageFrom(rows);
    },
    /** An agency's branches in one of six views, with the counts of the whole desk beside them. */
    async inbox(
      actor: Actor,
      view: InboxView,
      days: InboxDays,
      offset = 0,
    ): Promise<Page<BranchRow> & { counts: DeskCounts }> {
      const desk = deskOf(actor, 7);
      const [row] = await listed<{ rows: BranchRow[] } & DeskCounts>(db, `cases.inbox.${view}`, actor, desk.own, {
        sql: inboxSql(view, branchColumns, desk),
        values: [days.today, days.soon, idOf(actor), offset, pageSize + 1, ...desk.values],
      });
      if (!row) return { rows: [], more: false, counts: none };
      const { rows, ...counts } = row;
      return { ...pageFrom(rows), counts };
    },
    /** The counts of the desk alone. */
    async counts(actor: Actor, days: InboxDays): Promise<DeskCounts> {
      const desk = deskOf(actor, 5);
      const [row] = await listed<DeskCounts>(db, 'cases.counts', actor, desk.own, {
        sql: `select ${countsSql(desk)}`,
        values: [days.today, days.soon, idOf(actor), ...desk.values],
      });
      return row ?? none;
    },
    /** Branches this approver could work on next, the most urgent first: nobody's yet, or already theirs. */
    async takeable(actor: Actor): Promise<Pick<BranchRow, 'number' | 'item' | 'claimedBy'>[]> {
      const own = within(scopeOf(actor, 'branch.claim'), 'branch', 3);
      return listed(db, 'cases.takeable', actor, [own], {
        sql: `select number, item, claimed_by as "claimedBy" from cases.branch b
               where region = $1 and ${own.sql} and status in ('open', 'claimed') and coalesce(claimed_by, $2) = $2
               order by promised_due, number, item limit 5`,
        values: [idOf(actor), ...own.values],
      });
    },
    /**
     * Cases by number (whole, or the last 15 characters a clerk sees), or by the beginning of the applicant's name,
     * newest first, within what the actor may search so. By name only who is told names finds: among masked rows it
     * would say letter by letter whose they are.
     */
    async search(actor: Doer, typed: string, offset = 0): Promise<Page<CaseRow>> {
      const wanted = wantedBy(typed);
      if (!wanted || actor.kind === 'guest') return { rows: [], more: false };
      const seen = within(scopeOf(actor, wanted.action), 'case', 4 + wanted.values.length);
      // Not prepared: the plan depends on how long the beginning of a name is.
      const rows = await db.seenBy(sightFor(actor)).query<CaseRow>(
        `select ${caseColumns} from cases.case c
          where region = $1 and ${wanted.sql} and ${seen.sql} ${newestFirst} offset $2 limit $3`,
        [actor.region, offset, pageSize + 1, ...wanted.values, ...seen.values],
      );
      return pageFrom(rows);
    },
  };
}

const none: DeskCounts = { queue: 0, todo: 0, due: 0, overdue: 0, mine: 0, done: 0, issue: 0 };

/** Asks for rows; nobody's list is empty without asking. Prepared when the scope is of a common form. */
async function listed<Row>(
  db: Db,
  name: string,
  actor: Doer,
  own: Within[],
  { sql, values }: { sql: string; values: unknown[] },
): Promise<Row[]> {
  if (actor.kind === 'guest' || own.every(({ shape }) => shape === 'nothing')) return [];
  const all = [actor.region, ...values];
  const seen = db.seenBy(sightFor(actor));
  if (!isCommon(...own)) return seen.query<Row>(sql, all);
  return seen.prepared<Row>([name, ...own.map(({ shape }) => shape)].join('.'), sql, all);
}

const idOf = (actor: Actor) => (actor.kind === 'guest' ? '' : actor.id);

/** What a search is for, as a condition over $4 and on. */
function wantedBy(typed: string): { action: ListAction; sql: string; values: unknown[] } | undefined {
  const number = tidyNumber(typed);
  if (isCaseNumber(number)) return { action: 'case.search', sql: 'number = $4', values: [number] };
  const day = /^(\d{4})(\d{2})(\d{2})\d{6}[0-9A-Z]$/.exec(number);
  if (day) {
    // A day more on each side, because the day in the number is a day in China.
    return {
      action: 'case.search',
      sql: `right(number, 15) = $4 and submitted_at > (to_date($5, 'YYYYMMDD') - 1)::timestamptz and submitted_at < (to_date($5, 'YYYYMMDD') + 2)::timestamptz`,
      values: [number, number.slice(0, 8)],
    };
  }
  const name = typed.trim().slice(0, 50);
  if (name === '') return undefined;
  // Not LIKE: under row-level security an index is used only for comparisons that give nothing away.
  const sql = 'applicant_name ~>=~ $4 and applicant_name ~<~ ($4 || chr(1114111))';
  return { action: 'case.search-by-name', sql, values: [name] };
}
