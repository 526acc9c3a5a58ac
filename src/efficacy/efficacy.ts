import { type Doer, type Scope, scopeOf } from '../identity/door.ts';
import {
  type Calendar,
  type Clock,
  type Db,
  dayOf,
  type Log,
  Problem,
  type Subscriber,
  subscribe,
  workdaysBetween,
} from '../platform/door.ts';
import { type Filter, parametersOf } from './filter.ts';
import { type Feeds, hearCases, hearRatings, rebuild, wholeTransactions } from './listen.ts';
import { isOfIssuing, type MeasureId, measures } from './measures.ts';
import {
  branchesBehind,
  casesBehind,
  type ListedBranch,
  type ListedCase,
  type Sliced,
  sliced,
} from './store-figures.ts';

export type Overview = Sliced & { today: string };
/** A branch of a list; `lateDays` are working days past the promised day, or past the day to issue it by; 0 when in time. */
export type BranchLine = ListedBranch & { lateDays: number };
export type CaseList = { measure: MeasureId; total: number; offset: number } & (
  | { unit: 'case'; rows: ListedCase[] }
  | { unit: 'branch'; rows: BranchLine[] }
);
/** Rows on one page of a list. */
export const listSize = 50;

export type Efficacy = ReturnType<typeof openEfficacy>;

/** Opens the room: figures, the cases behind them, and the subscribers that keep them. */
export function openEfficacy({
  db,
  log,
  calendar,
  clock,
}: {
  db: Db;
  log: Log;
  calendar: () => Calendar;
  clock: Clock;
}) {
  const parameters = (actor: Doer, filter: Filter, today: string) => parametersOf(scopesFor(actor), filter, today);
  return {
    /** Every figure, for the whole and by township, agency and item. One statement. */
    async overview(actor: Doer, filter: Filter): Promise<Overview> {
      const today = dayOf(clock());
      return { ...(await sliced(db, parameters(actor, filter, today))), today };
    },
    /** The cases (or items of cases) a measure counts, a page at a time. One statement. */
    async cases(actor: Doer, filter: Filter & { measure: MeasureId }, offset = 0, limit = listSize): Promise<CaseList> {
      const { measure } = filter;
      const today = dayOf(clock());
      const values = parameters(actor, filter, today);
      if (measures[measure].unit === 'case') {
        return { measure, offset, unit: 'case', ...(await casesBehind(db, measure, values, offset, limit)) };
      }
      const { rows, total } = await branchesBehind(db, measure, values, offset, limit);
      const lines = rows.map((row) => ({ ...row, lateDays: lateDays(calendar(), clockOf(row, measure), today) }));
      return { measure, offset, unit: 'branch', total, rows: lines };
    },
    /** Makes all facts anew from the events; the figures come out the same. */
    rebuild: (feeds: Feeds) => rebuild(db, feeds, calendar()),
    /** Keep the facts up to date from the news of cases and ratings. */
    subscribers(feeds: Feeds): Subscriber[] {
      const cases = wholeTransactions(feeds.cases);
      return [
        subscribe({
          db,
          log,
          name: 'efficacy.case',
          feed: cases,
          handle: (tx, news) => hearCases(tx, news, calendar()),
        }),
        subscribe({ db, log, name: 'efficacy.rating', feed: feeds.ratings, handle: hearRatings }),
      ];
    },
  };
}

/** What the actor may look at; nobody gets a page of nothing for want of a role. */
function scopesFor(actor: Doer): [Scope, ...Scope[]] {
  const [scope, ...more] = scopeOf(actor, 'watch.read');
  if (!scope) throw new Problem(actor.kind === 'guest' ? 'sign-in-required' : 'not-allowed');
  return [scope, ...more];
}

type Clocked = { due: string; ended: string | null };

/** The clock a list is about. What is in a list of issuing was decided with a day to issue it by. */
function clockOf(branch: ListedBranch, measure: MeasureId): Clocked {
  const { promisedDue, decidedDay, issueDue, issuedDay } = branch;
  return isOfIssuing(measure) && issueDue
    ? { due: issueDue, ended: issuedDay }
    : { due: promisedDue, ended: decidedDay };
}

function lateDays(calendar: Calendar, { due, ended }: Clocked, today: string): number {
  const until = ended ?? today;
  return until > due ? Math.max(1, workdaysBetween(calendar, due, until)) : 0;
}
