import { rowsAsActs } from '../ledger/door.ts';
import type { Feed } from '../platform/door.ts';
import type { CaseEvent } from './case.ts';

/** Events of all cases, for subscribers. `at` and `by` are inside the event. */
export type FeedEvent = { region: string; number: string; seq: number; event: CaseEvent };

/** The events of all cases after a cursor, in the order of their commits; those of transactions that may still run wait. */
export const readFeed: Feed<FeedEvent> = (tx, after, limit) =>
  tx.prepared(
    'cases.feed',
    `select region, number, seq, data as event, xid::text as xid, position
       from cases.event e
      where (xid, position) > ($1::text::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
      order by e.xid, e.position limit $3`,
    [after.xid, after.position, limit],
  );

/**
 * The same, with the columns that repeat what is in the event, for whoever checks that nothing was changed. `astray` when
 * who did it, the command or the last digit of the time is another there than in the event.
 */
export const readStored: Feed<FeedEvent & { type: string; at: string; astray: boolean }> = (tx, after, limit) =>
  tx.prepared(
    'cases.stored',
    `select region, number, seq, type, at, data as event, xid::text as xid, position,
            by_id is distinct from data -> 'by' ->> 'id' or at is distinct from (data ->> 'at')::timestamptz
              or (data ? 'command' and command is distinct from data ->> 'command') as astray
       from cases.event e
      where (xid, position) > ($1::text::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
      order by e.xid, e.position limit $3`,
    [after.xid, after.position, limit],
  );

/** Consents given and taken back, for the log of acts. */
export const readConsents = rowsAsActs({
  ...{ table: 'cases.consent', number: 'number', seq: 'r.seq', type: `'consent-' || r.kind` },
});
/** What was erased of which case, for the log of acts. */
export const readErasures = rowsAsActs({ table: 'cases.erasure', number: 'number', type: `'erased'` });
