import type { Scope } from '../identity/door.ts';

/** A list's scope as SQL: a condition over its rows, the values it names, and a short name of its form. */
export type Within = { sql: string; values: unknown[]; shape: string };

type Field = Exclude<keyof Scope, 'region'>;
type Over = 'case' | 'branch';
/** The fields in the order in which the parameters come, each with its letter in the shape. */
const fields: Record<Field, string> = {
  agency: 'a',
  item: 'i',
  divisionPrefix: 'd',
  applicant: 'p',
  number: 'n',
};

/**
 * The rows that are in any of the clauses, as a condition with parameters from `$first` on; rows of the case table must
 * be called `c`, those of branches `b`. The region is not part of it: every clause has the actor's, and each statement
 * names it first, so that one clause stays a plain equality on an index. Pure.
 */
export function within(scopes: Scope[], over: Over, first: number): Within {
  const values: unknown[] = [];
  const next = (value: unknown) => `$${first - 1 + values.push(value)}`;
  const clauses = scopes.map((scope) => `(${[...conditionsOf(scope, over, next), 'true'].join(' and ')})`);
  return {
    sql: clauses.length === 0 ? 'false' : `(${clauses.join(' or ')})`,
    values,
    shape: scopes.map(shapeOf).join('+') || 'nothing',
  };
}

/** Whether statements with this condition are worth preparing: few forms are common, the rest is planned each time. */
export function isCommon(...conditions: Within[]): boolean {
  return conditions.every(({ shape }) => !shape.includes('+'));
}

function shapeOf(scope: Scope): string {
  const given = (Object.keys(fields) as Field[]).filter((field) => scope[field] !== undefined);
  return `r${given.map((field) => fields[field]).join('')}`;
}

function conditionsOf(scope: Scope, over: Over, next: (value: unknown) => string): string[] {
  const { agency, item, divisionPrefix, applicant, number } = scope;
  const row = over === 'case' ? 'c' : 'b';
  const conditions = agency === undefined && item === undefined ? [] : [partOf({ agency, item }, over, next)];
  // A half-open range, so that an index can be used; ':' is the character after '9'.
  if (divisionPrefix !== undefined)
    conditions.push(`${row}.division >= ${next(divisionPrefix)} and ${row}.division < ${next(`${divisionPrefix}:`)}`);
  if (applicant !== undefined) conditions.push(over === 'case' ? `c.applicant = ${next(applicant)}` : 'false');
  if (number !== undefined) conditions.push(`${row}.number = ${next(number)}`);
  return conditions;
}

/** A branch is an agency's; a case is when one of its branches is (`parts` names them as agency, #item, agency#item). */
function partOf(
  { agency, item }: Pick<Scope, 'agency' | 'item'>,
  over: Over,
  next: (value: unknown) => string,
): string {
  if (over === 'case') return `${next(`${agency ?? ''}${item === undefined ? '' : `#${item}`}`)} = any (c.parts)`;
  return [
    ...(agency === undefined ? [] : [`b.agency = ${next(agency)}`]),
    ...(item === undefined ? [] : [`b.item = ${next(item)}`]),
  ].join(' and ');
}
