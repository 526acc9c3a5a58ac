import { openTrail, type Trail, type TrailEntry } from '../ledger/door.ts';
import {
  type Db,
  dayOf,
  type FieldProblem,
  type IdSource,
  type Limits,
  type Once,
  type Page,
  Problem,
  pageFrom,
  takeOnce,
} from '../platform/door.ts';
import { type StaffActor, staffActor } from './actor.ts';
import type { Agencies } from './agencies.ts';
import { padCode } from './division.ts';
import type { Divisions } from './divisions.ts';
import { type Grant, type Lending, powerToGrant, powerToLend } from './granting.ts';
import { assertCan } from './policy.ts';
import { type Power, validAt } from './power.ts';
import { sightFor } from './sight.ts';
import {
  type Colleague,
  colleaguesOf,
  insertPower,
  insertReview,
  type Lent,
  lentBy,
  type NewPower,
  type Opening,
  openings,
  openReviews,
  peopleFound,
  personWithPowers,
  type Review,
  revokePower,
  staffWithPowers,
} from './store-powers.ts';
import type { StaffSearch } from './store-staff.ts';

/** An account with the powers it holds or will hold. */
export type StaffRow = {
  id: string;
  name: string;
  division: string;
  agency: string;
  powers: Power[];
  /** The account is switched off: its powers count for nothing, and it gets no more. */
  off?: boolean;
};
/** When and from where an act came; the trail keeps it. */
export type Moment = {
  at: Date;
  from: string;
  requestId?: string;
  /** Under which id of its sender it takes effect once. */
  once?: Once;
};

export type Powers = ReturnType<typeof openPowers>;
type Options = {
  db: Db;
  ids: IdSource;
  agencies: Agencies;
  divisions: Divisions;
  limits: Pick<Limits, 'lending' | 'emergency'>;
  trail?: Trail;
  /** Makes this process forget at once who may do what; others are told by the database. */
  changed?: () => void;
};

/** Opens who may grant, lend, revoke and open what. Every change stands in the trail, in the same transaction. */
export function openPowers(options: Options) {
  const { db, ids, agencies, divisions, limits, trail = openTrail(db, ids), changed } = options;
  const seen = (actor: StaffActor) => db.seenBy(sightFor(actor));
  return {
    /** A page of the accounts of the county, for who grants powers; those switched off too, for theirs may be revoked. */
    async people(actor: StaffActor, now: Date, search: StaffSearch = {}): Promise<Page<StaffRow>> {
      assertCan(actor, 'power.grant', { kind: 'house' });
      return pageFrom(await peopleFound(seen(actor), actor.region, search, now));
    },
    /** One of them; throws `account-not-found`. */
    async person(actor: StaffActor, id: string, now: Date): Promise<StaffRow> {
      assertCan(actor, 'power.grant', { kind: 'house' });
      const found = await personWithPowers(seen(actor), actor.region, id, now);
      if (!found) throw new Problem('account-not-found');
      return found;
    },
    /** Grants a power to somebody else and gives its id; throws `form-invalid` with all that is wrong. */
    async grant(actor: StaffActor, given: Grant, moment: Moment): Promise<string> {
      assertCan(actor, 'power.grant', { kind: 'house' });
      const to = await staffWithPowers(db, actor.region, given.account, moment.at);
      const known = { agencies: agenciesOf(actor), divisions: await divisionsOf(given.division) };
      const power = powerToGrant(actor, to, given, { ...known, today: dayOf(moment.at) });
      return add(actor, given.account, power, given.reason, moment, { what: 'power.grant' });
    },
    /** Revokes a power of somebody else, and what was lent from it. */
    async revoke(actor: StaffActor, id: string, reason: string, moment: Moment): Promise<void> {
      assertCan(actor, 'power.grant', { kind: 'house' });
      await end(actor, id, reason, moment, null);
    },
    /** Colleagues of the same agency somebody may lend to: not the administrators, who work on no case. */
    async colleagues(actor: StaffActor, now: Date): Promise<Colleague[]> {
      assertCan(actor, 'power.lend', { kind: 'inbox', agency: actor.agency });
      return colleaguesOf(seen(actor), actor, now);
    },
    /** Lends one of one's own powers to a colleague, for a while. */
    async lend(actor: StaffActor, given: Lending, moment: Moment): Promise<string> {
      assertCan(actor, 'power.lend', { kind: 'inbox', agency: actor.agency });
      const to = await staffWithPowers(db, actor.region, given.to, moment.at);
      const power = powerToLend(actor, to, given, {
        at: moment.at,
        today: dayOf(moment.at),
        days: limits.lending.days,
      });
      return add(actor, given.to, power, given.reason, moment, { what: 'power.lend', lentFrom: given.power });
    },
    /** What somebody has lent. */
    lent: (actor: StaffActor, now: Date): Promise<Lent[]> => lentBy(seen(actor), actor.region, actor.id, now),
    /** Takes back what one has lent oneself. */
    takeBack: (actor: StaffActor, id: string, moment: Moment): Promise<void> => end(actor, id, '', moment, actor.id),
    /** Opens one case outside of one's reach, for an hour; an alarm stands in the trail. */
    async breakGlass(actor: StaffActor, { number, reason }: { number: string; reason: string }, moment: Moment) {
      assertCan(actor, 'break-glass.open', { kind: 'house' });
      const { leastReason, minutes } = limits.emergency;
      const wrong: FieldProblem[] = [];
      if (!number.startsWith(actor.region)) wrong.push({ field: 'number', code: 'number-wrong' });
      if ([...reason.trim()].length < leastReason)
        wrong.push({ field: 'reason', code: 'glass-reason-short', params: { length: leastReason } });
      if (wrong.length > 0) throw new Problem('form-invalid', {}, wrong);
      const until = new Date(moment.at.getTime() + minutes * 60_000).toISOString();
      const place = { division: padCode(actor.region), agency: actor.agency };
      const power = { role: 'break-glass' as const, ...place, number, from: moment.at.toISOString(), until };
      return add(actor, actor.id, power, reason, moment, { what: 'break-glass.open', kind: 'alarm', about: number });
    },
    /** A page of the cases that were opened in an emergency, for who reviews them. */
    async openings(actor: StaffActor, offset = 0): Promise<Page<Opening>> {
      assertCan(actor, 'break-glass.review', { kind: 'house' });
      return pageFrom(await openings(seen(actor), actor.region, offset));
    },
    /** How many of them nobody has reviewed. */
    async openReviews(actor: StaffActor): Promise<number> {
      assertCan(actor, 'break-glass.review', { kind: 'house' });
      return openReviews(seen(actor), actor.region);
    },
    /** Says what one found of an access, once. */
    async review(actor: StaffActor, review: Omit<Review, 'region'>, moment: Moment): Promise<void> {
      assertCan(actor, 'break-glass.review', { kind: 'house' });
      const { region } = actor;
      const { power, verdict, remark } = review;
      await db.transaction(async (tx) => {
        if (!(await insertReview(tx, { ...review, region }, actor.id, moment.at))) throw new Problem('nothing-to-do');
        const what = { what: 'break-glass.review', about: power, reason: `review:${remark}`, detail: { verdict } };
        await trail.recordIn(tx, entry(actor, moment, what));
      });
    },
  };

  type How = Pick<TrailEntry, 'what' | 'about'> & { kind?: 'alarm'; lentFrom?: string };
  async function add(
    actor: StaffActor,
    account: string,
    power: Omit<Power, 'id'>,
    why: string,
    moment: Moment,
    { what, about = account, kind, lentFrom }: How,
  ): Promise<string> {
    const reason = why.trim();
    const row: NewPower = {
      ...power,
      ...{ id: ids.id(actor.region), region: actor.region, account, grantedBy: actor.id, at: moment.at },
      ...{ reason, lentFrom },
    };
    const work = db.transaction(async (tx) => {
      await takeOnce(tx, moment.once, row.id);
      if (!(await insertPower(tx, row))) throw wrongRole('administrators-apart');
      const detail = { power: row.id, role: power.role, ...(power.item ? { item: power.item } : {}) };
      await trail.recordIn(tx, entry(actor, moment, { what, kind, about, reason: `${what}:${reason}`, detail }));
    });
    await work.catch((error) => {
      // What was written meanwhile, or lent by whoever is switched off now: migration 0150.
      throw error.constraint === 'administrators_no_cases' ? wrongRole('administrators-no-cases') : error;
    });
    changed?.();
    return row.id;
  }

  async function end(actor: StaffActor, id: string, reason: string, moment: Moment, lender: string | null) {
    const { region } = actor;
    await db.transaction(async (tx) => {
      const ended = await revokePower(tx, { region, id, by: actor.id, at: moment.at, reason: reason.trim() }, lender);
      if (ended.length === 0) throw new Problem('nothing-to-do');
      const what = lender ? 'power.take-back' : 'power.revoke';
      const entries = ended.map(({ id: power, account, role }) =>
        entry(actor, moment, { what, about: account, reason: `${what}:${reason.trim()}`, detail: { power, role } }),
      );
      await trail.recordIn(tx, ...entries);
    });
    changed?.();
  }

  function agenciesOf({ region }: StaffActor): (id: string) => boolean {
    const known = new Set(agencies.all(region).map(({ id }) => id));
    return (id) => known.has(id);
  }
  async function divisionsOf(code: string): Promise<(code: string) => boolean> {
    const found = await divisions.find(code);
    return (asked) => found?.code === asked;
  }
}

const wrongRole = (code: string) => new Problem('form-invalid', {}, [{ field: 'role', code }]);

type Said = Pick<TrailEntry, 'what' | 'about' | 'reason' | 'detail'> & { kind?: 'alarm' };
function entry(actor: StaffActor, { at, from, requestId }: Moment, { kind = undefined, ...said }: Said): TrailEntry {
  const who = { kind: 'staff' as const, id: actor.id };
  return { region: actor.region, at, kind: kind ?? 'power', who, from, requestId, outcome: 'done', ...said };
}

/** Somebody as the one who asks, with the powers valid then: for what runs without a session. */
export async function staffAt(
  db: Db,
  agencies: Agencies,
  { region, id }: { region: string; id: string },
  now: Date,
): Promise<StaffActor | undefined> {
  const row = await staffWithPowers(db, region, id, now);
  if (!row) return undefined;
  const { powers, ...who } = row;
  const agencyName = agencies.get(who.agency)?.name ?? { zh: who.agency, en: who.agency };
  return staffActor({ ...who, region, agencyName }, validAt(powers, now));
}
