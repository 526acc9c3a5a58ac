import { Problem } from '../platform/door.ts';
import { applicantOf, type Doer, type PersonActor } from './actor.ts';
import { prefixOf } from './division.ts';
import { type Held, heldFor, isWholeCounty, type ListAction, type Signed } from './policy.ts';

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

/** What an actor's list of a kind may hold, of several what is for any of them; empty when nothing. */
export function scopeOf(actor: Doer, ...asked: ListAction[]): Scope[] {
  if (actor.kind === 'guest') return [];
  const held = asked.flatMap((action) => heldFor(actor, action));
  return withoutRepeats(held.flatMap((one) => clausesOf(actor, one)));
}

/** Goes on when a list may hold anything for somebody; otherwise as `assertCan` does. */
export function assertLists(actor: Doer, action: ListAction): asserts actor is Signed {
  if (scopeOf(actor, action).length > 0) return;
  throw new Problem(actor.kind === 'guest' ? 'sign-in-required' : 'not-allowed');
}

/** Everything of cases an actor may read, whatever for: what the database itself lets through. */
export function sightOf(actor: Doer): Scope[] {
  return scopeOf(actor, ...ofCases);
}

const ofCases = [
  'case.read',
  'case.search',
  'case.list-own',
  'queue.list',
  'branch.list',
  'watch.read',
] as const satisfies ListAction[];

function clausesOf(actor: Signed, held: Held): Scope[] {
  if (held.reach === 'own' && actor.kind === 'person') return ownClauses(actor);
  const clause = clauseOf(actor, held);
  return clause ? [clause] : [];
}

/** What one applied for, or whom one acts for; a clause for each item when the power names them. */
function ownClauses(actor: PersonActor): Scope[] {
  const all = { region: actor.region, applicant: applicantOf(actor).id };
  return actor.for?.items ? actor.for.items.map((item) => ({ ...all, item })) : [all];
}

function clauseOf(actor: Signed, { reach: said, power }: Held): Scope | undefined {
  const { region } = actor;
  const reach = said === 'registered' ? (power?.agency ? 'agency' : 'division') : said;
  if (reach === 'region') return { region };
  if (!power) return undefined;
  const only = power.item === undefined ? {} : { item: power.item };
  const place = { divisionPrefix: prefixOf(power.division) };
  if (reach === 'division') return { region, ...place, ...only };
  // Most agencies serve the whole county: then the place is not asked for, and an index on the agency does it all.
  if (reach === 'agency')
    return { region, agency: power.agency, ...(isWholeCounty(actor, power) ? {} : place), ...only };
  return reach === 'one-case' && power.number ? { region, number: power.number } : undefined;
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
