import { Problem } from '../platform/door.ts';
import type { Actor, PersonActor, Role, StaffActor } from './actor.ts';
import { covers, prefixOf } from './division.ts';

/**
 * The one policy of the house. `can` is asked by every act, `scopeOf` by every list; both read the same table, so a
 * list never shows what `can` would refuse. Pure.
 */
export type Resource =
  | { kind: 'draft'; region: string; owner: string }
  | { kind: 'case'; region: string; division: string; applicant: string; agencies: string[] }
  | { kind: 'branch'; region: string; division: string; agency: string; claimedBy?: string }
  | { kind: 'queue'; division: string }
  | { kind: 'inbox'; agency: string }
  | { kind: 'watch'; division: string; agency?: string }
  | { kind: 'house' };

/** How far a role's power reaches; what each word means is in `reaches`. */
type Reach = 'own' | 'division' | 'agency' | 'agency-unless-claimed' | 'own-centre' | 'house';
type Rule = Partial<Record<'person' | Role, Reach>>;

/**
 * Who may do what, and how far. A role that is not named in a row may not. Visitors who have not signed in may do
 * nothing here; administrators never see a case. Who receives a case does not decide it (受审分离), except what a
 * township centre does on the spot.
 */
const policy = {
  'draft.write': { person: 'own' },
  'draft.read': { person: 'own' },
  'file.read': { person: 'own', clerk: 'division', approver: 'agency', lead: 'agency', supervisor: 'division' },

  'case.read': { person: 'own', clerk: 'division', approver: 'agency', lead: 'agency', supervisor: 'division' },
  'case.search': { clerk: 'division', approver: 'agency', lead: 'agency', supervisor: 'division' },
  'case.list-own': { person: 'own' },
  'case.withdraw': { person: 'own' },
  'case.rate': { person: 'own' },
  'case.resubmit': { person: 'own', clerk: 'division' },

  'queue.list': { clerk: 'division' },
  'case.enter': { clerk: 'division' },
  'case.return': { clerk: 'division' },
  'case.accept': { clerk: 'division' },
  'case.not-accept': { clerk: 'division' },
  'case.decide-on-the-spot': { clerk: 'own-centre' },

  'branch.list': { approver: 'agency', lead: 'agency' },
  'branch.claim': { approver: 'agency' },
  'branch.release': { approver: 'agency-unless-claimed', lead: 'agency' },
  'branch.decide': { approver: 'agency-unless-claimed' },

  'watch.read': { lead: 'agency', supervisor: 'division' },
  'admin.read': { admin: 'house' },
  'import.items': { admin: 'house' },
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof policy;
/** Actions that lists ask for with `scopeOf`. */
export type ListAction =
  | 'draft.read'
  | 'case.read'
  | 'case.search'
  | 'case.list-own'
  | 'queue.list'
  | 'branch.list'
  | 'watch.read';
export const actions = Object.keys(policy) as Action[];

type Signed = PersonActor | StaffActor;
const reaches: Record<Reach, (actor: Signed, thing: Resource) => boolean> = {
  /** The person who applies. */
  own: (actor, thing) =>
    (thing.kind === 'draft' && thing.owner === actor.id) || (thing.kind === 'case' && thing.applicant === actor.id),
  /** Places below the account's division. */
  division: (actor, thing) => actor.kind === 'staff' && 'division' in thing && covers(actor.division, thing.division),
  /** What the account's agency has a part in. */
  agency: (actor, thing) => actor.kind === 'staff' && agenciesOf(thing).includes(actor.agency),
  /** The same, but not what a colleague has taken. */
  'agency-unless-claimed': (actor, thing) =>
    reaches.agency(actor, thing) && thing.kind === 'branch' && (thing.claimedBy ?? actor.id) === actor.id,
  /** Cases of which every branch is the account's own agency's. */
  'own-centre': (actor, thing) =>
    reaches.division(actor, thing) &&
    actor.kind === 'staff' &&
    agenciesOf(thing).length > 0 &&
    agenciesOf(thing).every((agency) => agency === actor.agency),
  house: (_actor, thing) => thing.kind === 'house',
};

function agenciesOf(thing: Resource): string[] {
  if (thing.kind === 'case') return thing.agencies;
  return 'agency' in thing && thing.agency !== undefined ? [thing.agency] : [];
}

/** A queue, an inbox and a figure say their county with the first six digits of the place or agency they belong to. */
function inRegion(actor: Signed, thing: Resource): boolean {
  if (thing.kind === 'house') return true;
  if ('region' in thing) return thing.region === actor.region;
  return (thing.kind === 'inbox' ? thing.agency : thing.division).startsWith(actor.region);
}

function reachesOf(actor: Signed, action: Action): Reach[] {
  const rule: Rule = policy[action];
  const names = actor.kind === 'person' ? (['person'] as const) : actor.roles;
  return names.flatMap((name) => rule[name] ?? []);
}

/** Whether somebody may do something to something. */
export function can(actor: Actor, action: Action, thing: Resource): boolean {
  if (actor.kind === 'guest' || !inRegion(actor, thing)) return false;
  return reachesOf(actor, action).some((reach) => reaches[reach](actor, thing));
}

/** Goes on when `can` says yes; otherwise asks a visitor to sign in and tells anybody else that it is not theirs. */
export function assertCan(actor: Actor, action: Action, thing: Resource): asserts actor is Signed {
  if (can(actor, action, thing)) return;
  throw new Problem(actor.kind === 'guest' ? 'sign-in-required' : 'not-allowed');
}

/**
 * The rows a list may show: those of the region that match at least one of the fields given. A division matches
 * when its code starts with the prefix. An account with several roles may have several fields.
 */
export type Scope = { region: string; divisionPrefix?: string; agency?: string; applicant?: string };

/** What an actor's list of a kind may hold; `none` when nothing. */
export function scopeOf(actor: Actor, action: ListAction): Scope | 'none' {
  if (actor.kind === 'guest') return 'none';
  const held = reachesOf(actor, action);
  if (held.length === 0) return 'none';
  const scope: Scope = { region: actor.region };
  if (held.includes('own')) scope.applicant = actor.id;
  if (actor.kind === 'staff' && held.includes('division')) scope.divisionPrefix = prefixOf(actor.division);
  if (actor.kind === 'staff' && held.includes('agency')) scope.agency = actor.agency;
  return scope;
}
