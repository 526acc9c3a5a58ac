import { prefixOf, type Scope } from '../identity/door.ts';

/** What part of the whole is looked at. Days are inclusive; codes and ids are exact, a division reaches down. */
export type Filter = {
  from: string;
  to: string;
  /** Twelve-digit code. */
  division?: string;
  agency?: string;
  item?: string;
};

/** $1 … $11 of every statement of this room's figures. */
export function parametersOf([scope, ...more]: [Scope, ...Scope[]], filter: Filter, today: string): unknown[] {
  return [
    scope.region,
    filter.from,
    filter.to,
    today,
    scope.divisionPrefix ?? null,
    scope.agency ?? null,
    filter.division ? prefixOf(filter.division) : null,
    filter.agency ?? null,
    filter.item ?? null,
    scope.item ?? null,
    more.length > 0 ? JSON.stringify(more) : null,
  ];
}

/** Naming every parameter with its type once, so that a statement may leave some of them unused. */
const typed = '$2::date is not null and $3::date is not null and $4::date is not null';

/** A row is in a clause of the scope when all that is given matches. */
function clause({ division, agency, item }: Record<'division' | 'agency' | 'item', string>, part: Part): string {
  return `(${division} is null or starts_with(f.division, ${division})) and ${part(agency, item)}`;
}
type Part = (agency: string, item: string) => string;

/** A case is an agency's when one of its items is; with an item, when that one is. */
const ofCase: Part = (agency, item) =>
  `(${agency} is null or f.agencies @> array[${agency}])
   and (${item} is null or exists (select from efficacy.branch_fact p where p.region = f.region and p.number = f.number
                                      and p.item = ${item} and (${agency} is null or p.agency = ${agency})))`;
const ofBranch: Part = (agency, item) =>
  `(${agency} is null or f.agency = ${agency}) and (${item} is null or f.item = ${item})`;

/** The first clause is of plain parameters, for most people have no other; the rest comes as one JSON array. */
function anyClause(part: Part): string {
  return `(${clause({ division: '$5::text', agency: '$6::text', item: '$10::text' }, part)}
    or $11::jsonb is not null and exists (
      select from jsonb_to_recordset($11::jsonb) as s("divisionPrefix" text, agency text, item text)
       where ${clause({ division: 's."divisionPrefix"', agency: 's.agency', item: 's.item' }, part)}))`;
}

/** Cases the actor may look at and the filter asks for: those of the division, or with a branch of the agency. */
export const casesWanted = `f.region = $1 and ${typed}
  and ${anyClause(ofCase)}
  and ($7::text is null or starts_with(f.division, $7))
  and ($8::text is null or f.agencies @> array[$8])
  and ($9::text is null or f.items @> array[$9])`;

/** The same of branches: those of the division, or of the agency itself. */
export const branchesWanted = `f.region = $1 and ${typed}
  and ${anyClause(ofBranch)}
  and ($7::text is null or starts_with(f.division, $7))
  and ($8::text is null or f.agency = $8)
  and ($9::text is null or f.item = $9)`;
