import type { Doer, PersonActor, StaffActor } from './actor.ts';
import { type Action, can } from './policy.ts';
import { type Scope, scopeOf, sightOf } from './scope.ts';

/** Clauses of one kind of row as the policies of the database read them; a list that is missing names nothing. */
type Rows = {
  region: string;
  applicants?: string[];
  /** Patterns of LIKE, written as an array of PostgreSQL. */
  divisions?: string;
  /** `agency`, `#item` or `agency#item`, as in `cases.case.parts`. */
  parts?: string[];
  numbers?: string[];
  /** Clauses with several fields. */
  rest?: Clause[];
};
/** All of a county, or an agency of it. */
type AccountRows = { region: string; all?: true; agency?: string };
/** All of a county, or what one account has lent. */
type PowerRows = { region: string; all?: true; lender?: string };
type Clause = { applicant?: string; division?: string; part?: string; number?: string };

/**
 * What an actor sees, for `db.seenBy`: the same clauses that lists and `can` go by, in the form in which the row-level
 * security of the tables reads them (migrations 0008, 0036, 0123, 0151, 0152, 0163). Empty, so nothing, for a visitor. Pure.
 */
export function sightFor(actor: Doer): string {
  if (actor.kind === 'guest') return '';
  const { region } = actor;
  return JSON.stringify({
    cases: rowsOf(region, sightOf(actor)),
    branches: rowsOf(region, scopeOf(actor, 'branch.list')),
    drafts: rowsOf(region, scopeOf(actor, 'draft.read')),
    requests: rowsOf(region, scopeOf(actor, 'request.list')),
    trail: houseOf(actor, 'trail.read'),
    holds: houseOf(actor, 'hold.manage'),
    reviews: houseOf(actor, 'break-glass.review'),
    ...(actor.kind === 'staff' ? colleaguesOf(actor) : {}),
    organisation: actor.kind === 'person' ? ledBy(actor) : undefined,
  });
}

/** All of a kind in the county, for whoever keeps the house. */
function houseOf(actor: Doer, action: Action): Rows | undefined {
  return actor.kind !== 'guest' && can(actor, action, { kind: 'house' }) ? { region: actor.region } : undefined;
}

/**
 * Accounts and powers: whoever keeps the house sees all of its county, though names alone do for reading the trail and the
 * holds; who may lend a power sees the own agency, and what was lent.
 */
function colleaguesOf(actor: StaffActor): { accounts?: AccountRows; powers?: PowerRows } {
  const { region, agency, id } = actor;
  const keeps = (...actions: Action[]) => actions.some((action) => houseOf(actor, action));
  const lends = can(actor, 'power.lend', { kind: 'inbox', agency });
  const all = keeps('account.manage', 'power.grant', 'break-glass.review');
  const named = all || keeps('trail.read', 'hold.manage');
  return {
    accounts: named ? { region, all: true } : lends ? { region, agency } : undefined,
    powers: all ? { region, all: true } : lends ? { region, lender: id } : undefined,
  };
}

/** The organisation somebody acts for as its legal representative. */
function ledBy(actor: PersonActor): { region: string; id: string } | undefined {
  const place = { region: actor.region, id: actor.for?.id ?? '' };
  return can(actor, 'organisation.powers', { kind: 'organisation', ...place }) ? place : undefined;
}

/** Most sights are one clause of one field, and a row is held against them at once; the others are tried one by one. */
function rowsOf(region: string, scopes: Scope[]): Rows | undefined {
  const clauses = scopes.filter((scope) => scope.region === region).map(clauseOf);
  if (clauses.length === 0) return undefined;
  const alone = (field: keyof Clause) =>
    clauses.flatMap((clause) => (Object.keys(clause).length === 1 ? (clause[field] ?? []) : []));
  const rest = clauses.filter((clause) => Object.keys(clause).length > 1);
  return {
    region,
    applicants: some(alone('applicant')),
    divisions: some(alone('division')) && `{${alone('division').map((pattern) => JSON.stringify(pattern))}}`,
    parts: some(alone('part')),
    numbers: some(alone('number')),
    rest: some(rest),
  };
}

const some = <T>(list: T[]) => (list.length > 0 ? list : undefined);

/** A clause with nothing but its region reaches every division of it. */
function clauseOf({ region: _, divisionPrefix, agency, item, ...equal }: Scope): Clause {
  const clause: Clause = Object.fromEntries(Object.entries(equal).filter(([, value]) => value !== undefined));
  if (agency !== undefined || item !== undefined)
    clause.part = `${agency ?? ''}${item === undefined ? '' : `#${item}`}`;
  if (divisionPrefix !== undefined || Object.keys(clause).length === 0) clause.division = `${divisionPrefix ?? ''}%`;
  return clause;
}
