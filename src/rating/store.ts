import { rowsAsActs } from '../ledger/door.ts';
import { type Cursor, type Db, type Feed, pageSize, type Seen, type Text } from '../platform/door.ts';
import type { Level } from './codes.ts';

/** The only SQL of the room. */
export type Invitation = { number: string; division: string; subject: Text; closedAt: string };
export type Rating = {
  number: string;
  level: Level;
  codes: string[];
  comment: string;
  at: string;
  verifyDue: string | null;
};

/** A rating as subscribers read it: without the comment and without the person. */
export type RatingEvent = { region: string; number: string; level: Level; codes: string[]; at: string };

/** Ratings after a cursor, in the order of their commits, without comments and persons. */
export const readFeed: Feed<RatingEvent> = (tx: Db, after: Cursor, limit: number) =>
  tx.prepared(
    'rating.feed',
    `select region, number, level, codes, at, xid::text as xid, position
       from rating.rating r
      where (xid, position) > ($1::text::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
      order by r.xid, r.position limit $3`,
    [after.xid, after.position, limit],
  );

/** Ratings whole, for the log of acts, which keeps a hash of them. */
export const readRatings = rowsAsActs({ table: 'rating.rating', number: 'number', type: `'rated'` });

/** Closed cases of a person that have no rating yet, the latest first: a page, and the first of the next. */
export function openInvitations(db: Seen, region: string, person: string, offset: number): Promise<Invitation[]> {
  return db.prepared(
    'rating.invitations',
    `select i.number, i.division, i.subject, i.closed_at as "closedAt"
       from rating.invitation i
      where i.region = $1 and i.person = $2 and i.closed_at is not null
        and not exists (select from rating.rating r where r.region = i.region and r.number = i.number)
      order by i.closed_at desc, i.number offset $3 limit $4`,
    [region, person, offset, pageSize + 1],
  );
}

/** One item of the case and the agency that decides it. */
type Part = { agency: string; item: string };
export type Standing = {
  number: string;
  person: string;
  division: string;
  parts: Part[];
  subject: Text;
  closedAt: string | null;
  rating: (Rating & { command: string }) | null;
};

/** The invitation of a case with the rating it got, if any. One statement. */
export async function standingOf(db: Seen, region: string, number: string): Promise<Standing | undefined> {
  const [row] = await db.prepared<Standing>(
    'rating.standing',
    `select i.number, i.person, i.division, i.parts, i.subject, i.closed_at as "closedAt",
            (select json_build_object('number', r.number, 'level', r.level, 'codes', r.codes, 'comment', r.comment, 'at', r.at,
                                      'verifyDue', r.verify_due, 'command', r.command)
               from rating.rating r where r.region = i.region and r.number = i.number) as rating
       from rating.invitation i where i.region = $1 and i.number = $2`,
    [region, number],
  );
  return row;
}

/** Writes a rating unless the case has one. Gives false when it has. */
export async function insertRating(
  db: Db,
  region: string,
  { rating, by, commandId }: { rating: Rating; by: string; commandId: string },
): Promise<boolean> {
  const rows = await db.prepared(
    'rating.insert',
    `insert into rating.rating (region, number, level, codes, comment, at, by_id, verify_due, command)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (region, number) do nothing returning number`,
    [region, rating.number, rating.level, rating.codes, rating.comment, rating.at, by, rating.verifyDue, commandId],
  );
  return rows.length === 1;
}

export type NewInvitation = {
  region: string;
  number: string;
  person: string;
  division: string;
  agencies: string[];
  parts: Part[];
  subject: Text;
};

/** Notes new cases, then opens the invitations of closed ones. Doing it again changes nothing. */
export async function noteCases(tx: Db, submitted: NewInvitation[], closed: Closing[]): Promise<void> {
  if (submitted.length > 0) {
    await tx.query(
      `insert into rating.invitation (region, number, person, division, agencies, parts, subject)
       select region, number, person, division, agencies, parts, subject
         from jsonb_populate_recordset(null::rating.invitation, $1::jsonb)
       on conflict (region, number) do nothing`,
      [JSON.stringify(submitted)],
    );
  }
  if (closed.length > 0) {
    await tx.query(
      `update rating.invitation i set closed_at = c.at
         from unnest($1::text[], $2::text[], $3::timestamptz[]) as c(region, number, at)
        where i.region = c.region and i.number = c.number`,
      [closed.map(({ region }) => region), closed.map(({ number }) => number), closed.map(({ at }) => at)],
    );
  }
}
export type Closing = { region: string; number: string; at: string };
