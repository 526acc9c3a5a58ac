import type { Db, Feed } from '../platform/door.ts';
import type { Act } from './entry.ts';

/** An append-only table whose rows are acts. Names and expressions are SQL of its room, never of a reader. */
export type RowsOfActs = {
  table: string;
  /** Whose act it is: a case, or the row itself by its id. */
  number: string;
  /** Which of several of the same number; 1 where there is one. */
  seq?: string;
  type: string;
};

/**
 * Such a table as a feed, in commit order. What is hashed holds every column by its name, so that a change of any is
 * found; what is null is left out, so that a column that comes in later changes no act from before it.
 */
export function rowsAsActs({ table, number, seq = '1', type }: RowsOfActs): Feed<Act> {
  const at = `regexp_replace(to_char(r.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '000Z$', 'Z')`;
  const sql = `
select r.region, r.${number} as number, ${seq} as seq, xid::text as xid, position,
       jsonb_strip_nulls(to_jsonb(r) - '{xid,position}'::text[]) || jsonb_build_object('type', ${type}, 'at', ${at}) as event
  from ${table} r
 where (xid, position) > ($1::text::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
 order by r.xid, r.position limit $3`;
  return (tx: Db, after, limit) => tx.prepared(`ledger.rows-${table}`, sql, [after.xid, after.position, limit]);
}
