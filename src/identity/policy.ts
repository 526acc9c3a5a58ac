import { Problem } from '../platform/door.ts';
import {
  type Actor,
  applicantOf,
  type Doer,
  mayApplyFor,
  type PersonActor,
  type StaffActor,
  type SystemActor,
} from './actor.ts';
import { covers, prefixOf } from './division.ts';
import type { Power, Role } from './power.ts';

/**
 * The one policy of the house. `can` is asked by every act, `scopeOf` (scope.ts) by every list; both read the same table,
 * power by power, so a list never shows what `can` would refuse. Pure.
 */
export type Resource =
  | { kind: 'draft'; region: string; owner: string; subject?: { kind: string; id: string } }
  | { kind: 'organisation'; region: string; id: string }
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
  | { kind: 'house' };
/** One item of a case and the agency that decides it; without the item where it is not known. */
export type Part = { agency: string; item?: string };

/** How far a role's power reaches; what each word means is in `reaches`. */
export type Reach =
  | 'region'
  | 'own'
  | 'represents'
  | 'division'
  | 'agency'
  | 'agency-unless-claimed'
  | 'own-centre'
  | 'own-agency'
  | 'one-case'
  | 'house';
export type Rule = Partial<Record<'person' | 'system' | Role, Reach>>;

/**
 * Who may do what, and how far. A role that is not named in a row may not. Visitors who have not signed in may do
 * nothing here; administrators never see a case, and none of the three does what another does (三权分立). Who receives a
 * case does not decide it (受审分离), except what a township centre does on the spot; that it is not even the same person
 * with two roles is the case's own rule.
 */
const policy = {
  'draft.write': { person: 'own' },
  'draft.read': { person: 'own' },
  'file.read': {
    person: 'own',
    clerk: 'division',
    approver: 'agency',
    lead: 'agency',
    supervisor: 'division',
    'break-glass': 'one-case',
  },

  'case.read': {
    system: 'region',
    person: 'own',
    clerk: 'division',
    approver: 'agency',
    lead: 'agency',
    supervisor: 'division',
    'break-glass': 'one-case',
  },
  'case.read-all': { person: 'own', clerk: 'division', 'break-glass': 'one-case' },
  'case.read-in-full': { clerk: 'division', approver: 'agency', lead: 'agency', supervisor: 'division' },
  'case.search': { clerk: 'division', approver: 'agency', lead: 'agency', supervisor: 'division' },
  'case.list-own': { person: 'own' },
  'case.withdraw': { person: 'own' },
  'case.rate': { person: 'own' },
  'consent.withdraw': { person: 'own' },
  'case.resubmit': { person: 'own', clerk: 'division' },

  'queue.list': { clerk: 'division' },
  'case.enter': { clerk: 'division' },
  'case.return': { clerk: 'division' },
  'case.accept': { clerk: 'division' },
  // Nobody's to decide: the law does, when nobody has answered in time.
  'case.deem-accepted': { system: 'region' },
  'case.not-accept': { clerk: 'division' },
  'case.decide-on-the-spot': { clerk: 'own-centre' },

  'branch.list': { approver: 'agency', lead: 'agency' },
  'branch.claim': { approver: 'agency' },
  'branch.release': { approver: 'agency-unless-claimed', lead: 'agency' },
  'branch.decide': { approver: 'agency-unless-claimed' },

  'organisation.powers': { person: 'represents' },

  'watch.read': { lead: 'agency', supervisor: 'division' },

  'break-glass.open': { clerk: 'house', approver: 'house', supervisor: 'house' },
  'break-glass.review': { 'security-admin': 'house' },
  'power.lend': { approver: 'own-agency', lead: 'own-agency' },
  'power.grant': { 'security-admin': 'house' },
  'policy.read': { 'system-admin': 'house', 'security-admin': 'house', 'audit-admin': 'house' },
  'admin.read': { 'system-admin': 'house' },
  'import.items': { 'system-admin': 'house' },
  'trail.read': { 'audit-admin': 'house' },
} as const satisfies Record<string, Rule>;

/** The table, to be shown. */
export const rules: Record<Action, Rule> = policy;

export type Action = keyof typeof policy;
/** Actions that lists ask for with `scopeOf`. */
export type ListAction =
  | 'draft.read'
  | 'case.read'
  | 'case.search'
  | 'case.list-own'
  | 'case.deem-accepted'
  | 'queue.list'
  | 'branch.list'
  | 'branch.claim'
  | 'watch.read';
export const actions = Object.keys(policy) as Action[];

export type Signed = PersonActor | StaffActor | SystemActor;
type Asked = { actor: Signed; power?: Power; thing: Resource };
const reaches: Record<Reach, (asked: Asked) => boolean> = {
  /** All of the county; `inRegion` has been asked. */
  region: () => true,
  /** What the person applied for, or whom they act for; an agent's power may name the items. */
  own: ({ actor, thing }) =>
    actor.kind === 'person' &&
    ((thing.kind === 'draft' && thing.owner === applicantOf(actor).id && mayApplyFor(actor, thing.subject)) ||
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
  house: ({ thing }) => thing.kind === 'house',
};

/** An inbox as such is anybody's who decides something of its agency; what lies in it is a matter of place and item. */
function isAgencys(actor: Signed, power: Power, thing: Resource): boolean {
  if (thing.kind === 'inbox') return thing.agency === power.agency;
  return (
    'division' in thing &&
    (isWholeCounty(actor, power) || covers(power.division, thing.division)) &&
    partsOf(thing).some(({ agency, item }) => agency === power.agency && (power.item ?? item) === item)
  );
}

/** A power for one item reaches what that item is part of. */
function fits(power: Power, thing: Resource): boolean {
  return power.item === undefined || partsOf(thing).some(({ item }) => item === power.item);
}

/** Whether a power reaches all of its holder's county. */
export function isWholeCounty({ region }: Signed, { division }: Power): boolean {
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

export type Held = { reach: Reach; power?: Power };
/** How far somebody reaches with an action, once for each power that allows it. */
export function heldFor(actor: Signed, action: Action): Held[] {
  const rule = rules[action];
  if (actor.kind !== 'staff') {
    const reach = rule[actor.kind];
    return reach ? [{ reach }] : [];
  }
  return actor.powers.flatMap((power) => {
    const reach = rule[power.role];
    return reach ? [{ reach, power }] : [];
  });
}

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
