import { Problem } from '../platform/door.ts';
import {
  type Actor,
  applicantOf,
  type ClientActor,
  type DeviceActor,
  type Doer,
  mayApplyFor,
  type PersonActor,
  type StaffActor,
  type SystemActor,
} from './actor.ts';
import { covers, prefixOf } from './division.ts';
import type { Power } from './power.ts';
import { type Action, type Reach, rules } from './rules.ts';

/**
 * The one policy of the house. `can` is asked by every act, `scopeOf` (scope.ts) by every list; both read the same table (rules.ts),
 * power by power, so a list never shows what `can` would refuse. Pure.
 */
export type Resource =
  | { kind: 'draft'; region: string; owner: string; subject?: { kind: string; id: string } }
  | { kind: 'organisation'; region: string; id: string }
  | { kind: 'person'; region: string; id: string }
  | { kind: 'case'; region: string; number?: string; division: string; applicant: string; parts: Part[] }
  | {
      kind: 'branch';
      region: string;
      number?: string;
      division: string;
      agency: string;
      item?: string;
      claimedBy?: string;
    }
  | { kind: 'queue'; division: string }
  | { kind: 'inbox'; agency: string }
  | { kind: 'watch'; division: string; agency?: string }
  | { kind: 'request'; region: string; division: string; owner: string }
  /** A change of the catalogue, and who proposed it. */
  | { kind: 'proposal'; region: string; by: string }
  | { kind: 'house' };
/** One item of a case and the agency that decides it; without the item where it is not known. */
export type Part = { agency: string; item?: string };

export type { Action, ListAction, Reach, Rule } from './rules.ts';
export { actions, rules } from './rules.ts';

export type Signed = PersonActor | StaffActor | ClientActor | DeviceActor | SystemActor;
/** What of a power says how far it reaches. */
type Extent = Omit<Power, 'id' | 'role'>;
type Asked = { actor: Signed; power?: Extent; thing: Resource };
const reaches: Record<Reach, (asked: Asked) => boolean> = {
  /** All of the county; `inRegion` has been asked. */
  region: () => true,
  /** What the person applied for, or whom they act for; an agent's power may name the items. */
  own: ({ actor, thing }) =>
    actor.kind === 'person' &&
    ((thing.kind === 'person' && thing.id === applicantOf(actor).id) ||
      (thing.kind === 'request' && thing.owner === applicantOf(actor).id && !actor.for?.items) ||
      (thing.kind === 'draft' && thing.owner === applicantOf(actor).id && mayApplyFor(actor, thing.subject)) ||
      (thing.kind === 'case' &&
        thing.applicant === applicantOf(actor).id &&
        (!actor.for?.items || thing.parts.some(({ item }) => item !== undefined && actor.for?.items?.includes(item))))),
  /** The organisation the person acts for as its legal representative. */
  represents: ({ actor, thing }) =>
    actor.kind === 'person' &&
    thing.kind === 'organisation' &&
    !!actor.for?.representative &&
    actor.for.id === thing.id,
  /** Places below the power's division. */
  division: ({ power, thing }) =>
    !!power && 'division' in thing && covers(power.division, thing.division) && fits(power, thing),
  /** What the power's agency has a part in, in the places it reaches. */
  agency: ({ actor, power, thing }) => !!power && isAgencys(actor, power, thing),
  /** The same, but not what a colleague has taken. */
  'agency-unless-claimed': ({ actor, power, thing }) =>
    !!power && isAgencys(actor, power, thing) && thing.kind === 'branch' && (thing.claimedBy ?? actor.id) === actor.id,
  /** Cases of which every branch is the own agency's. */
  'own-centre': ({ power, thing }) =>
    !!power &&
    power.item === undefined &&
    'division' in thing &&
    covers(power.division, thing.division) &&
    partsOf(thing).length > 0 &&
    partsOf(thing).every(({ agency }) => agency === power.agency),
  /** The agency as such. */
  'own-agency': ({ power, thing }) => thing.kind === 'inbox' && thing.agency === power?.agency,
  /** The one case a power was opened for. */
  'one-case': ({ power, thing }) =>
    thing.kind === 'case' && power?.number !== undefined && thing.number === power.number,
  /** What another system was enrolled for: an agency's part in a place, or all of the place. */
  registered: (asked) => (asked.power?.agency ? reaches.agency(asked) : reaches.division(asked)),
  /** Proposed by somebody else, and not with a power that came from them. */
  'of-others': ({ actor, power, thing }) =>
    thing.kind === 'proposal' && thing.by !== actor.id && power?.lentBy?.id !== thing.by,
  house: ({ thing }) => thing.kind === 'house',
};

/** An inbox as such is anybody's who decides something of its agency; what lies in it is a matter of place and item. */
function isAgencys(actor: Signed, power: Extent, thing: Resource): boolean {
  if (thing.kind === 'inbox') return thing.agency === power.agency;
  return (
    'division' in thing &&
    (isWholeCounty(actor, power) || covers(power.division, thing.division)) &&
    partsOf(thing).some(({ agency, item }) => agency === power.agency && (power.item ?? item) === item)
  );
}

/** A power for one item reaches what that item is part of. */
function fits(power: Extent, thing: Resource): boolean {
  return power.item === undefined || partsOf(thing).some(({ item }) => item === power.item);
}

/** Whether a power reaches all of its holder's county. */
export function isWholeCounty({ region }: Signed, { division }: Extent): boolean {
  return region.startsWith(prefixOf(division));
}

function partsOf(thing: Resource): Part[] {
  if (thing.kind === 'case') return thing.parts;
  if (thing.kind === 'branch') return [{ agency: thing.agency, item: thing.item }];
  return 'agency' in thing && thing.agency !== undefined ? [{ agency: thing.agency }] : [];
}

/** A queue, an inbox and a figure say their county with the first six digits of the place or agency they belong to. */
function inRegion(actor: Signed, thing: Resource): boolean {
  if (thing.kind === 'house') return true;
  if ('region' in thing) return thing.region === actor.region;
  return (thing.kind === 'inbox' ? thing.agency : thing.division).startsWith(actor.region);
}

export type Held = { reach: Reach; power?: Extent };
/** How far somebody reaches with an action, once for each power that allows it. */
export function heldFor(actor: Signed, action: Action): Held[] {
  const rule = rules[action];
  if (actor.kind === 'client') return rule.client && actor.scopes.includes(action) ? [heldBy(actor, rule.client)] : [];
  if (actor.kind !== 'staff') {
    const reach = rule[actor.kind];
    return reach ? [{ reach }] : [];
  }
  return actor.powers.flatMap((power) => {
    const reach = rule[power.role];
    return reach ? [{ reach, power }] : [];
  });
}

const heldBy = ({ division, agency = '' }: ClientActor, reach: Reach): Held => ({ reach, power: { division, agency } });

/** Whether somebody may do something to something. */
export function can(actor: Doer, action: Action, thing: Resource): boolean {
  if (actor.kind === 'guest' || !inRegion(actor, thing)) return false;
  return heldFor(actor, action).some(({ reach, power }) => reaches[reach]({ actor, power, thing }));
}

/** The colleagues in whose place somebody does something: empty when a power of their own allows it too. */
export function actsFor(actor: Actor, action: Action, thing: Resource): { id: string; name: string }[] {
  if (actor.kind !== 'staff' || !can(actor, action, thing)) return [];
  const held = heldFor(actor, action).filter(({ reach, power }) => reaches[reach]({ actor, power, thing }));
  return held.some(({ power }) => !power?.lentBy) ? [] : held.flatMap(({ power }) => power?.lentBy ?? []).slice(0, 1);
}

/** Goes on when `can` says yes; otherwise asks a visitor to sign in and tells anybody else that it is not theirs. */
export function assertCan(actor: Doer, action: Action, thing: Resource): asserts actor is Signed {
  if (can(actor, action, thing)) return;
  throw new Problem(actor.kind === 'guest' ? 'sign-in-required' : 'not-allowed');
}
