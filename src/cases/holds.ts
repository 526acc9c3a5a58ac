import { openTrail, type Trail, type TrailEntry } from '../ledger/door.ts';
import { type Db, type IdSource, Problem } from '../platform/door.ts';
import { isCaseNumber, tidyNumber } from './number.ts';
import * as store from './store-holds.ts';

/** Who orders it, and from where, for the trail. */
export type Told = Pick<TrailEntry, 'who' | 'from' | 'requestId'>;
type Needs = { db: Db; ids: IdSource; regions: string[]; trail?: Trail };

/**
 * Holds: what must be kept though its time is over. The caller has asked the policy; each change stands in the trail, in
 * the same transaction.
 */
export function openHolds({ db, ids, regions, trail = openTrail(db, ids) }: Needs) {
  const keyOf = (typed: string) => {
    const number = tidyNumber(typed);
    if (!isCaseNumber(number)) throw new Problem('case-not-found');
    return { region: number.slice(0, 6), number };
  };
  type Said = { what: string; about: string; reason: string | undefined };
  const note = (tx: Db, { what, about, reason }: Said, at: Date, told: Told) =>
    trail.recordIn(tx, {
      ...{ region: about.slice(0, 6), at, kind: 'act', what, about, outcome: 'done', ...told },
      reason: reason && `${what}:${reason}`,
    });
  return {
    /** Throws `case-not-found`, and `reason-required` without a reason. Gives the number as it is kept. */
    async begin(
      hold: { number: string; reason: string; by: string; until?: string },
      at: Date,
      told: Told,
    ): Promise<string> {
      const key = keyOf(hold.number);
      const reason = hold.reason.trim();
      if (reason === '') throw new Problem('reason-required');
      const row = { ...key, id: ids.id(key.region), reason, by: hold.by, from: at.toISOString(), until: hold.until };
      await db.transaction(async (tx) => {
        if (!(await store.addHold(tx, row))) throw new Problem('case-not-found');
        await note(tx, { what: 'hold.begin', about: key.number, reason }, at, told);
      });
      return key.number;
    },
    /** Ends every hold of a case; gives how many. */
    async endOf(typed: string, { by, reason }: { by: string; reason?: string }, at: Date, told: Told): Promise<number> {
      const key = keyOf(typed);
      return db.transaction(async (tx) => {
        const ended = await store.endHolds(tx, key, { by, reason, at: at.toISOString() });
        if (ended > 0) await note(tx, { what: 'hold.end', about: key.number, reason }, at, told);
        return ended;
      });
    },
    /** Lifts one hold of a county; throws `nothing-to-do` when it holds no more, and `reason-required`. */
    async lift(
      region: string,
      id: string,
      { by, reason }: { by: string; reason: string },
      at: Date,
      told: Told,
    ): Promise<void> {
      if (reason.trim() === '') throw new Problem('reason-required');
      const ending = { by, reason: reason.trim(), at: at.toISOString() };
      await db.transaction(async (tx) => {
        const number = await store.endHold(tx, region, id, ending);
        if (!number) throw new Problem('nothing-to-do');
        await note(tx, { what: 'hold.end', about: number, reason: ending.reason }, at, told);
      });
    },
    /** Those that hold now. */
    now: (at: string) => store.holdsNow(db, regions, at),
    /** All of a county, those that hold first. */
    list: (region: string, at: string, limit: number) => store.holdRows(db, region, at, limit),
  };
}
