import type { Db, Seen } from '../platform/door.ts';
import type { GivenConsent } from './consents.ts';

/** The SQL of consents; one is given in the statement that makes its case (`store.ts`). */
export function consentsOf(db: Seen, region: string, person: string): Promise<GivenConsent[]> {
  return db.prepared(
    'cases.consents-of',
    `select g.number, c.subject_name as "subjectName", g.elements, g.text, g.given_as as "as", g.at, w.at as "withdrawnAt"
       from cases.consent g join cases.case c using (region, number)
       left join cases.consent w on w.region = g.region and w.number = g.number and w.kind = 'withdrawn'
      where g.region = $1 and g.person = $2 and g.kind = 'given' order by g.at desc`,
    [region, person],
  );
}

/** Adds the row that takes a consent back; false when there is none of this person's, or one was added before. */
export async function addWithdrawal(
  db: Db,
  { region, number }: { region: string; number: string },
  by: string,
  at: string,
): Promise<boolean> {
  const rows = await db.query(
    `insert into cases.consent (region, number, seq, kind, person, elements, text, given_as, by_id, at)
     select region, number, 2, 'withdrawn', person, elements, text, given_as, $3, $4
       from cases.consent where region = $1 and number = $2 and kind = 'given' and person = $3
     on conflict do nothing returning number`,
    [region, number, by, at],
  );
  return rows.length === 1;
}
