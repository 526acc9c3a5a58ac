import { addWorkdays, type Cursor, calendarOf, dayOf, type Feed, workdaysBetween } from '../platform/door.ts';
import type { CaseHappening, CaseNews, PlanNews, RatingNews } from './news.ts';

/** Made-up histories for this room's tests: the same seed gives the same cases. */
export const calendar = calendarOf([], '2026-12-31');
export const region = '360121';
export const townships = ['360121100000', '360121101000', '360121102000'];
export const agencies = ['360121-health', '360121-public-security', '360121-tax'];
/** What one decides and another issues. */
const issuedApart = 'register';
const items = ['birth', 'vaccine', 'register', 'insurance', 'payment'];

type Dice = () => number;
/** Mulberry32: small, and good enough to mix cases. */
function diceOf(seed: number): Dice {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
const pick = <T>(dice: Dice, from: T[]): T => from[Math.floor(dice() * from.length)] as T;
const text = (word: string) => ({ zh: word, en: word });

export function histories(count: number, seed = 1): { cases: CaseNews[]; ratings: RatingNews[] } {
  const dice = diceOf(seed);
  const cases: CaseNews[] = [];
  const ratings: RatingNews[] = [];
  for (let index = 0; index < count; index++) {
    const number = `N${String(index).padStart(6, '0')}`;
    const events = lifeOf(dice);
    cases.push(...events.map((event, at) => ({ region, number, seq: at + 1, event })));
    const last = events.at(-1);
    if (last?.type === 'closed' && dice() < 0.5) {
      ratings.push({ region, number, level: 1 + Math.floor(dice() * 5), at: last.at });
    }
  }
  return { cases, ratings };
}

function planOf(dice: Dice): PlanNews {
  const division = pick(dice, townships);
  const chosen = items.filter(() => dice() < 0.5);
  const branches = (chosen.length > 0 ? chosen : ['birth']).map((item) => {
    const agency = agencies[items.indexOf(item) % agencies.length] as string;
    return { item, name: text(item), agency, agencyName: text(agency), promisedDays: 3, statutoryDays: 10 };
  });
  return {
    ...{ division, divisionName: division, subject: { kind: 'bundle', id: 'newborn', name: text('newborn') } },
    ...{ channel: dice() < 0.3 ? 'counter' : 'online', branches },
    ...{ materialsAsked: branches.length * 3, materialsSpared: branches.length },
  };
}

function lifeOf(dice: Dice): CaseHappening[] {
  const plan = planOf(dice);
  let now = Date.parse('2026-03-01T02:00:00Z') + Math.floor(dice() * 90) * 86_400_000;
  const later = (days: number) => {
    now += Math.floor(dice() * days * 24) * 3_600_000;
    return new Date(now).toISOString();
  };
  const events: CaseHappening[] = [{ type: 'submitted', at: later(0), plan }];
  if (dice() < 0.1) return events;
  if (dice() < 0.2) {
    events.push({ type: 'returned', at: later(2) });
    if (dice() < 0.2) return [...events, { type: 'withdrawn', at: later(5) }];
    events.push({ type: 'resubmitted', at: later(3), channel: dice() < 0.5 ? 'counter' : 'online' });
  }
  if (dice() < 0.05) return [...events, { type: 'not-accepted', at: later(3) }];
  const accepted = later(2);
  events.push({ type: 'accepted', at: accepted });
  const due = (days: number) => addWorkdays(calendar, dayOf(accepted), days).due;
  for (const { item } of plan.branches) {
    events.push({ type: 'branch-opened', at: accepted, item, promisedDue: due(3), statutoryDue: due(10) });
  }
  for (const { item } of plan.branches) {
    if (dice() < 0.15) return events;
    const at = later(6);
    events.push({ type: 'branch-claimed', at, item });
    const usedDays = workdaysBetween(calendar, dayOf(accepted), dayOf(at));
    const outcome = dice() < 0.1 ? 'refused' : 'granted';
    const issueDue = outcome === 'granted' && item === issuedApart && addWorkdays(calendar, dayOf(at), 2).due;
    events.push({ type: 'branch-decided', at, item, outcome, usedDays, ...(issueDue && { issueDue }) });
    if (!issueDue) continue;
    if (dice() < 0.2) return events;
    events.push({ type: 'branch-issued', at: later(8), item });
  }
  return [...events, { type: 'closed', at: new Date(now).toISOString(), outcome: 'granted' }];
}

/** A feed over rows in memory. One row in `span` begins a new transaction. */
export function feedOf<Row>(rows: Row[], span = 3): Feed<Row> {
  const placed = rows.map((row, at): Row & Cursor => ({
    ...row,
    xid: String(1000 + Math.floor(at / span)),
    position: at + 1,
  }));
  return async (_tx, after, limit) => placed.filter(({ position }) => position > after.position).slice(0, limit);
}
