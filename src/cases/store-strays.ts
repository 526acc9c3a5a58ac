import type { Db } from '../platform/door.ts';
import type { CaseEvent } from './case.ts';
import type { Columns } from './columns.ts';

/** Everything that is kept of a case, as it lies in the tables. */
export type KeptCase = {
  region: string;
  number: string;
  row: Columns;
  /** Whether the plan in the row is that of the first event: the database compares them, they are large. */
  samePlan: boolean | null;
  /** In the order of their items. */
  branches: Columns[];
  dossier: Columns | null;
  events: CaseEvent[];
  /** What is sealed of its events, in base64. */
  parts: { seq: number; sealed: string; keyId: number }[];
  erased: boolean;
};
type Key = { region: string; number: string };

/**
 * Cases by their numbers, each as it is at one moment. The columns that are left out are no evidence: `parts` is made
 * from the plan by the database, `draft` says where the case came from, and its papers are named in the events.
 */
export function keptCases(db: Db, after: Key, limit: number): Promise<KeptCase[]> {
  return db.prepared(
    'cases.kept',
    `select c.region, c.number, to_jsonb(c) - '{parts,draft,plan}'::text[] as row,
            (select c.plan = e.data -> 'plan' from cases.event e
              where e.region = c.region and e.number = c.number and e.seq = 1) as "samePlan",
            (select coalesce(json_agg(to_jsonb(b) order by b.item collate "C"), '[]')
               from cases.branch b where b.region = c.region and b.number = c.number) as branches,
            (select to_jsonb(d) from cases.dossier d where d.region = c.region and d.number = c.number) as dossier,
            (select coalesce(json_agg(e.data order by e.seq), '[]')
               from cases.event e where e.region = c.region and e.number = c.number) as events,
            (select coalesce(json_agg(json_build_object('seq', s.seq, 'sealed', encode(s.sealed, 'base64'), 'keyId', s.key_id)), '[]')
               from cases.sealed s where s.region = c.region and s.number = c.number) as parts,
            exists (select from cases.erasure x where x.region = c.region and x.number = c.number) as erased
       from cases.case c where (c.region, c.number) > ($1, $2) order by c.region, c.number limit $3`,
    [after.region, after.number, limit],
  );
}

/** Cases that have events and no row. */
export function lostCases(db: Db): Promise<Key[]> {
  return db.query(
    `select region, number from cases.event e where seq = 1
        and not exists (select from cases.case c where c.region = e.region and c.number = e.number) limit 1`,
  );
}
