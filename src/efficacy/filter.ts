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

/** $1 … $9 of every statement of this room's figures. */
export function parametersOf(scope: Scope, filter: Filter, today: string): unknown[] {
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
  ];
}

/** Naming every parameter with its type once, so that a statement may leave some of them unused. */
const typed = '$2::date is not null and $3::date is not null and $4::date is not null';

/** Cases the actor may look at and the filter asks for: those of the division, or with a branch of the agency. */
export const casesWanted = `f.region = $1 and ${typed}
  and (starts_with(f.division, $5::text) or f.agencies @> array[$6::text])
  and ($7::text is null or starts_with(f.division, $7))
  and ($8::text is null or f.agencies @> array[$8])
  and ($9::text is null or f.items @> array[$9])`;

/** The same of branches: those of the division, or of the agency itself. */
export const branchesWanted = `f.region = $1 and ${typed}
  and (starts_with(f.division, $5::text) or f.agency = $6::text)
  and ($7::text is null or starts_with(f.division, $7))
  and ($8::text is null or f.agency = $8)
  and ($9::text is null or f.item = $9)`;
