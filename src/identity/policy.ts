import { Problem } from '../platform/door.ts';
import type { Actor, Doer, PersonActor, Role, StaffActor, SystemActor } from './actor.ts';
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
type Reach = 'region' | 'own' | 'division' | 'agency' | 'agency-unless-claimed' | 'own-centre' | 'house';
type Rule = Partial<Record<'person' | 'system' | Role, Reach>>;

/**
 * Who may do what, and how far. A role that is not named in a row may not. Visitors who have not signed in may do
 * nothing here; administrators never see a case. Who receives a case does not decide it (受审分离), except what a
 * township centre does on the spot.
 */
const policy = {
  'draft.write': { person: 'own' },
  'draft.read': { person: 'own' },
  'file.read': { person: 'own', clerk: 'division', approver: 'agency', lead: 'agency', supervisor: 'division' },

  'case.read': {
    system: 'region',
    person: 'own',
    clerk: 'division',
    approver: 'agency',
    lead: 'agency',
    supervisor: 'division',
  },
  'case.search': { clerk: 'division', approver: 'agency', lead: 'agency', supervisor: 'division' },
  'case.list-own': { person: 'own' },
  'case.withdraw': { person: 'own' },
  'case.rate': { person: 'own' },
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
  | 'case.deem-accepted'
  | 'queue.list'
  | 'branch.list'
  | 'watch.read';
export const actions = Object.keys(policy) as Action[];

type Signed = PersonActor | StaffActor | SystemActor;
const reaches: Record<Reach, (actor: Signed, thing: Resource) => boolean> = {
  /** All of the county; `inRegion` has been asked. */
  region: () => true,
  /** The person who applies. */
  own: (actor, thing) =>
    actor.kind === 'person' &&
    ((thing.kind === 'draft' && thing.owner === actor.id) || (thing.kind === 'case' && thing.applicant === actor.id)),
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
  const names = actor.kind === 'staff' ? actor.roles : [actor.kind];
  return names.flatMap((name) => rule[name] ?? []);
}

/** Whether somebody may do something to something. */
export function can(actor: Doer, action: Action, thing: Resource): boolean {
  if (actor.kind === 'guest' || !inRegion(actor, thing)) return false;
  return reachesOf(actor, action).some((reach) => reaches[reach](actor, thing));
}

/** Goes on when `can` says yes; otherwise asks a visitor to sign in and tells anybody else that it is not theirs. */
export function assertCan(actor: Doer, action: Action, thing: Resource): asserts actor is Signed {
  if (can(actor, action, thing)) return;
  throw new Problem(actor.kind === 'guest' ? 'sign-in-required' : 'not-allowed');
}

/**
 * One clause of what a list may show: a row is in it when every field given matches, and in the list when it is in any
 * clause. A division matches when its code starts with the prefix; a case is an agency's when one of its branches is.
 */
export type Scope = {
  region: string;
  divisionPrefix?: string;
  agency?: string;
  item?: string;
  applicant?: string;
  number?: string;
};

/** What an actor's list of a kind may hold; empty when nothing. */
export function scopeOf(actor: Doer, action: ListAction): Scope[] {
  if (actor.kind === 'guest') return [];
  return withoutRepeats(reachesOf(actor, action).flatMap((reach) => clauseOf(actor, reach) ?? []));
}

/** Everything of cases an actor may read, whatever for: what the database itself lets through. */
export function sightOf(actor: Doer): Scope[] {
  return withoutRepeats(ofCases.flatMap((action) => scopeOf(actor, action)));
}

const ofCases = [
  'case.read',
  'case.search',
  'case.list-own',
  'queue.list',
  'branch.list',
  'watch.read',
] as const satisfies ListAction[];

function clauseOf(actor: Signed, reach: Reach): Scope | undefined {
  const { region } = actor;
  if (reach === 'region') return { region };
  if (reach === 'own') return { region, applicant: actor.id };
  if (actor.kind !== 'staff') return undefined;
  if (reach === 'division') return { region, divisionPrefix: prefixOf(actor.division) };
  if (reach === 'agency') return { region, agency: actor.agency };
  return undefined;
}

/** Leaves out clauses whose rows another one has anyway, so that most lists are one clause and one index. */
function withoutRepeats(scopes: Scope[]): Scope[] {
  return scopes.filter(
    (scope, index) =>
      !scopes.some((other, at) => at !== index && holds(other, scope) && (!holds(scope, other) || at < index)),
  );
}

/** Whether every row of `inner` is one of `outer`. */
function holds(outer: Scope, inner: Scope): boolean {
  const { divisionPrefix, ...equal } = outer;
  return (
    (Object.keys(equal) as (keyof typeof equal)[]).every((field) => equal[field] === inner[field]) &&
    (divisionPrefix === undefined || !!inner.divisionPrefix?.startsWith(divisionPrefix))
  );
}
