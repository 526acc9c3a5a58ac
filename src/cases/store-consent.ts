import type { Db, Seen, Text } from '../platform/door.ts';
import type { ConsentAs } from './consent.ts';

/** The SQL of consents; one is given in the statement that makes its case (`store.ts`) or corrects it (`store-append.ts`). */
type Key = { region: string; number: string };
export type ConsentRow = {
  number: string;
  subjectName: Text;
  kind: 'given' | 'withdrawn';
  elements: string[];
  text: string;
  as: ConsentAs;
  at: string;
};

/** Everything a person has consented to and taken back, in the order it happened. */
export function consentsOf(db: Seen, region: string, person: string): Promise<ConsentRow[]> {
  return db.prepared(
    'cases.consents-of',
    `select g.number, c.subject_name as "subjectName", g.kind, g.elements, g.text, g.given_as as "as", g.at
       from cases.consent g join cases.case c using (region, number)
      where g.region = $1 and g.person = $2 order by g.number, g.seq`,
    [region, person],
  );
}

/** The elements of a case that somebody has consented to, also where it was taken back since: they are not asked again. */
export async function consentedTo(db: Pick<Seen, 'prepared'>, { region, number }: Key): Promise<string[]> {
  const [row] = await db.prepared<{ elements: string[] }>(
    'cases.consented-to',
    `select array(select distinct e from cases.consent g, unnest(g.elements) e
                   where g.region = $1 and g.number = $2 and g.kind = 'given') as elements`,
    [region, number],
  );
  return row?.elements ?? [];
}

/** Adds the row that takes back all that still stands of a person's consent; false when nothing does. */
export async function addWithdrawal(db: Db, { region, number }: Key, by: string, at: string): Promise<boolean> {
  const rows = await db.query(
    `insert into cases.consent (region, number, seq, kind, person, elements, text, given_as, by_id, at)
     select $1, $2, (select max(seq) + 1 from cases.consent where region = $1 and number = $2),
            'withdrawn', $3, stands.elements, stands.text, stands.given_as, $3, $4
       from (select array_agg(distinct e) as elements, max(g.text) as text, max(g.given_as) as given_as
               from cases.consent g, unnest(g.elements) e
              where g.region = $1 and g.number = $2 and g.kind = 'given' and g.person = $3
                and not exists (select from cases.consent w where w.region = $1 and w.number = $2
                                   and w.kind = 'withdrawn' and e = any (w.elements))) as stands
      where stands.elements is not null
     on conflict do nothing returning number`,
    [region, number, by, at],
  );
  return rows.length === 1;
}
