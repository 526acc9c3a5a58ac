import type { Cursor, Db, Feed } from '../platform/door.ts';
import type { KeptEntry, TrailEvent, TrailKind, TrailOutcome, TrailWho } from './trail-entry.ts';

/** SQL of the trail. */
export type TrailRow = {
  region: string;
  id: string;
  at: string;
  kind: TrailKind;
  what: string;
  whoKind: TrailWho['kind'];
  whoId: string;
  network: string;
  whose: string | null;
  about: string | null;
  reason: string | null;
  outcome: TrailOutcome;
  requestId: string | null;
  detail: Record<string, string | number | boolean> | null;
};

/** Adds entries in the order given, in one statement. */
export async function addEntries(db: Db, entries: KeptEntry[]): Promise<void> {
  const column = (of: (entry: KeptEntry) => unknown) => entries.map((entry) => of(entry) ?? null);
  await db.prepared('ledger.trail-add', addSql, [
    column(({ region }) => region),
    column(({ id }) => id),
    column(({ at }) => at.toISOString()),
    column(({ kind }) => kind),
    column(({ what }) => what),
    column(({ who }) => who.kind),
    column(({ who }) => who.id),
    column(({ from }) => from),
    column(({ whose }) => whose),
    column(({ about }) => about),
    column(({ reason }) => reason),
    column(({ outcome }) => outcome),
    column(({ requestId }) => requestId),
    column(({ detail }) => detail && JSON.stringify(detail)),
  ]);
}

const addSql = `
insert into ledger.trail (region, id, at, kind, what, who_kind, who_id, network, whose, about, reason, outcome, request_id, detail)
select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[],
                     $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::jsonb[])`;

/** Whether somebody has done something to something since then. */
export async function hasRead(
  db: Db,
  { region, who, about, what, since }: { region: string; who: string; about: string; what: string; since: Date },
): Promise<boolean> {
  const [row] = await db.prepared<{ found: boolean }>(
    'ledger.trail-has-read',
    `select exists (select from ledger.trail where region = $1 and who_id = $2 and about = $3 and what = $4
                       and at >= $5 and outcome = 'done') as found`,
    [region, who, about, what, since.toISOString()],
  );
  return row?.found ?? false;
}

/** An entry for subscribers, as an act: its id is its number, and it is the only act of that number. */
export type TrailAct = { region: string; number: string; seq: number; event: TrailEvent };

/** Entries in commit order. What is hashed is made of every column, so that a change of any is found. */
export const readTrail: Feed<TrailAct> = async (tx, after, limit) => {
  const rows = await tx.prepared<TrailRow & Cursor>('ledger.trail-feed', feedSql, [after.xid, after.position, limit]);
  return rows.map(({ region, id, xid, position, ...row }) => ({
    ...{ region, number: id, seq: 1, xid, position },
    event: eventOf(row),
  }));
};

// The time as text with all its digits: a driver that reads it as a date would lose those after the third.
export const trailColumns = `region, id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, kind, what,
  who_kind as "whoKind", who_id as "whoId", network, whose, about, reason, outcome, request_id as "requestId", detail`;

const feedSql = `
select ${trailColumns}, xid::text as xid, position
  from ledger.trail t
 where (xid, position) > ($1::text::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
 order by t.xid, t.position limit $3`;

function eventOf(row: Omit<TrailRow, 'region' | 'id'>): TrailEvent {
  return {
    type: row.what,
    at: row.at.replace(/000Z$/, 'Z'),
    kind: row.kind,
    what: row.what,
    who: { kind: row.whoKind, id: row.whoId },
    from: row.network,
    outcome: row.outcome,
    whose: row.whose ?? undefined,
    about: row.about ?? undefined,
    reason: row.reason ?? undefined,
    requestId: row.requestId ?? undefined,
    detail: row.detail ?? undefined,
  };
}
