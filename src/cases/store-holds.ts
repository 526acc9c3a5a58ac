import type { Db, Seen } from '../platform/door.ts';

/** The SQL of holds; whether a case is held, `store-retention.ts` asks where it erases. */
type Key = { region: string; number: string };
export type Hold = Key & { id: string; reason: string; by: string; from: string; until?: string };
export type HoldRow = Hold & {
  endedAt: string | null;
  endedBy: string | null;
  endReason: string | null;
  /** Whether it keeps its case from being erased now. */
  holds: boolean;
};

/** False when there is no such case. */
export async function addHold(tx: Db, hold: Hold): Promise<boolean> {
  const { region, number, id, reason, by, from, until } = hold;
  // Waits for an erasure of this case that is under way, and is waited for by the next.
  const rows = await tx.query('select from cases.case where region = $1 and number = $2 for update', [region, number]);
  if (rows.length === 0) return false;
  await tx.query(
    `insert into cases.legal_hold (region, number, id, reason, by_id, from_at, until_at) values ($1, $2, $3, $4, $5, $6, $7)`,
    [region, number, id, reason, by, from, until ?? null],
  );
  return true;
}

const holdsAt = (at: string) => `ended_at is null and from_at <= ${at} and (until_at is null or until_at > ${at})`;
export type Ending = { by: string; reason?: string; at: string };

/** Ends every hold of a case that still holds. Gives how many. */
export async function endHolds(tx: Db, { region, number }: Key, { by, reason, at }: Ending): Promise<number> {
  const rows = await tx.query(
    `update cases.legal_hold set ended_at = $3, ended_by = $4, end_reason = $5
      where region = $1 and number = $2 and ${holdsAt('$3')} returning id`,
    [region, number, at, by, reason ?? null],
  );
  return rows.length;
}

/** Ends one hold that still holds; gives the number of its case. */
export async function endHold(
  tx: Db,
  region: string,
  id: string,
  { by, reason, at }: Ending,
): Promise<string | undefined> {
  const [row] = await tx.query<{ number: string }>(
    `update cases.legal_hold set ended_at = $3, ended_by = $4, end_reason = $5
      where region = $1 and id = $2 and ${holdsAt('$3')} returning number`,
    [region, id, at, by, reason ?? null],
  );
  return row?.number;
}

/** Holds of a county, those that hold first, then the latest: from one of them on, so many or all. */
export function holdRows(
  db: Seen,
  region: string,
  { at, offset, limit }: { at: string; offset: number; limit: number | null },
): Promise<HoldRow[]> {
  return db.query(
    `select region, number, id, reason, by_id as by, from_at as from, until_at as until, ended_at as "endedAt",
            ended_by as "endedBy", end_reason as "endReason", ${holdsAt('$2')} as holds
       from cases.legal_hold where region = $1 order by ${holdsAt('$2')} desc, from_at desc, id
      offset $3 limit $4`,
    [region, at, offset, limit],
  );
}
