import type { Answers } from '../elements/door.ts';
import { type Db, unmoved } from '../platform/door.ts';

/** The SQL of who is named in cases, by the blind index of their id card. */
type Key = { region: string; number: string };

/** Cases of others whose answers name an id card, the latest first. */
export async function casesNaming(
  db: Db,
  { region, cards, applicant }: { region: string; cards: Buffer[]; applicant: string },
): Promise<string[]> {
  const rows = await db.prepared<{ number: string }>(
    'cases.naming',
    `select c.number from cases.case c
      where c.region = $1 and c.applicant <> $3 and c.number in
        (select n.number from cases.named n where n.region = $1 and n.id_card_index = any($2))
      order by c.submitted_at desc`,
    [region, cards, applicant],
  );
  return rows.map(({ number }) => number);
}

/** Everything that was answered in a case: what lies in clear, and what is sealed of its events, in base64. */
type Answered = Key & { answered: Answers[]; parts: { seq: number; sealed: string }[] };

/** Cases that name somebody whose index has no new one yet, in the order of their numbers. */
export function casesWithUnmovedCards(db: Db, after: Key, limit: number): Promise<Answered[]> {
  return db.query(
    `select c.region, c.number,
            (select coalesce(json_agg(e.data -> 'answers'), '[]') from cases.event e
              where e.region = c.region and e.number = c.number and e.type in ('submitted', 'resubmitted')) as answered,
            (select coalesce(json_agg(json_build_object('seq', s.seq, 'sealed', encode(s.sealed, 'base64'))), '[]')
               from cases.sealed s where s.region = c.region and s.number = c.number) as parts
       from (select distinct n.region, n.number from cases.named n where ${unmoved('n', 'id_card_index')}) c
      where (c.region, c.number) > ($1, $2) order by c.region, c.number limit $3`,
    [after.region, after.number, limit],
  );
}
