import { assertCan, type StaffActor, sightFor } from '../identity/door.ts';
import { openTrail, type Trail, type TrailEntry } from '../ledger/door.ts';
import {
  type Db,
  type IdSource,
  type Once,
  type Page,
  Problem,
  pageFrom,
  pageSize,
  takeOnce,
} from '../platform/door.ts';
import { isCaseNumber, tidyNumber } from './number.ts';
import * as store from './store-holds.ts';

/** Who orders it, and from where, for the trail. */
export type Told = Pick<TrailEntry, 'who' | 'from' | 'requestId'>;
/** The security administrator, or whoever has the command line of the node. */
export type Keeper = StaffActor | { kind: 'system'; id: 'setup'; region: string };
type Needs = { db: Db; ids: IdSource; trail?: Trail };

/**
 * Holds: what must be kept though its time is over. Each change stands in the trail, in the same transaction.
 */
export function openHolds({ db, ids, trail = openTrail(db, ids) }: Needs) {
  const manages = (actor: Keeper): string => {
    if (actor.kind === 'staff') assertCan(actor, 'hold.manage', { kind: 'house' });
    return actor.region;
  };
  const keyOf = (actor: Keeper, typed: string) => {
    const region = manages(actor);
    const number = tidyNumber(typed);
    if (!isCaseNumber(number) || !number.startsWith(region)) throw new Problem('case-not-found');
    return { region, number };
  };
  const rows = (actor: Keeper, from: { at: string; offset: number; limit: number | null }) => {
    const region = manages(actor);
    return store.holdRows(actor.kind === 'staff' ? db.seenBy(sightFor(actor)) : db, region, from);
  };
  type Said = { what: string; about: string; reason: string | undefined };
  const note = (tx: Db, { what, about, reason }: Said, at: Date, told: Told) =>
    trail.recordIn(tx, {
      ...{ region: about.slice(0, 6), at, kind: 'act', what, about, outcome: 'done', ...told },
      reason: reason && `${what}:${reason}`,
    });
  return {
    /** Throws `case-not-found` for one that is not there or another county's, and `reason-required`. Gives the number as it is kept. */
    async begin(
      actor: Keeper,
      hold: { number: string; reason: string; until?: string; once?: Once },
      at: Date,
      told: Told,
    ): Promise<string> {
      const key = keyOf(actor, hold.number);
      const reason = hold.reason.trim();
      if (reason === '') throw new Problem('reason-required');
      const row = {
        ...key,
        id: ids.id(key.region),
        reason,
        by: told.who.id,
        from: at.toISOString(),
        until: hold.until,
      };
      await db.transaction(async (tx) => {
        await takeOnce(tx, hold.once, row.id);
        if (!(await store.addHold(tx, row))) throw new Problem('case-not-found');
        await note(tx, { what: 'hold.begin', about: key.number, reason }, at, told);
      });
      return key.number;
    },
    /** Ends every hold of a case; gives how many. */
    async endOf(actor: Keeper, typed: string, reason: string | undefined, at: Date, told: Told): Promise<number> {
      const key = keyOf(actor, typed);
      return db.transaction(async (tx) => {
        const ended = await store.endHolds(tx, key, { by: told.who.id, reason, at: at.toISOString() });
        if (ended > 0) await note(tx, { what: 'hold.end', about: key.number, reason }, at, told);
        return ended;
      });
    },
    /** Lifts one hold of a county; throws `nothing-to-do` when it holds no more, and `reason-required`. */
    async lift(actor: Keeper, id: string, reason: string, at: Date, told: Told): Promise<void> {
      const region = manages(actor);
      if (reason.trim() === '') throw new Problem('reason-required');
      const ending = { by: told.who.id, reason: reason.trim(), at: at.toISOString() };
      await db.transaction(async (tx) => {
        const number = await store.endHold(tx, region, id, ending);
        if (!number) throw new Problem('nothing-to-do');
        await note(tx, { what: 'hold.end', about: number, reason: ending.reason }, at, told);
      });
    },
    /** A page of those of the county, those that hold at a moment first. */
    async list(actor: Keeper, at: string, offset = 0): Promise<Page<store.HoldRow>> {
      return pageFrom(await rows(actor, { at, offset, limit: pageSize + 1 }));
    },
    /** All of them. */
    async every(actor: Keeper, at: string): Promise<store.HoldRow[]> {
      return rows(actor, { at, offset: 0, limit: null });
    },
  };
}
