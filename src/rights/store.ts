import { rowsAsActs } from '../ledger/door.ts';
import { type Db, keyIdOf, pageSize, type SealedTable, type Seen } from '../platform/door.ts';
import type { Erased, Request } from './request.ts';

/** The only SQL of the room. */
export const requestTable: SealedTable = { table: 'rights.request', key: { region: 'text', id: 'text' } };

/** `sealed` is null once what was asked for has been erased. */
export type RequestRow = Request & { sealed: Buffer | null };
const columns = `r.region, r.id, r.person, r.division, r.kind, r.about, r.at, to_char(r.due, 'YYYY-MM-DD') as due, r.sealed,
  case when a.request is null then null
       else json_build_object('outcome', a.outcome, 'reason', a.reason, 'at', a.at, 'agency', a.agency,
                              'erased', a.erased) end as answer`;
const joined = 'from rights.request r left join rights.answer a on a.region = r.region and a.request = r.id';

export async function addRequest(db: Db, row: Omit<Request, 'answer'> & { sealed: Buffer }): Promise<void> {
  const { region, id, person, division, kind, about, at, due, sealed } = row;
  await db.query(
    `insert into rights.request (region, id, person, division, kind, about, at, due, sealed, key_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [region, id, person, division, kind, about, at, due, sealed, keyIdOf(sealed)],
  );
}

/** Those of a person, the latest first: a page and the first of the next, or all without an offset. */
export function requestsOf(db: Seen, region: string, person: string, offset?: number): Promise<RequestRow[]> {
  return db.prepared(
    'rights.own',
    `select ${columns} ${joined} where r.region = $1 and r.person = $2 order by r.at desc, r.id offset $3 limit $4`,
    [region, person, offset ?? 0, offset === undefined ? null : pageSize + 1],
  );
}

/** Those a counter sees, what waits first, the most urgent on top: a page, and the first of the next. */
export function requestsSeen(db: Seen, region: string, offset: number): Promise<RequestRow[]> {
  return db.prepared(
    'rights.seen',
    `select ${columns} ${joined} where r.region = $1
      order by (a.request is not null), r.due, r.id offset $2 limit $3`,
    [region, offset, pageSize + 1],
  );
}

export async function requestById(db: Seen, region: string, id: string): Promise<RequestRow | undefined> {
  const [row] = await db.prepared<RequestRow>(
    'rights.one',
    `select ${columns} ${joined} where r.region = $1 and r.id = $2`,
    [region, id],
  );
  return row;
}

export type NewAnswer = {
  region: string;
  request: string;
  outcome: string;
  reason: string;
  at: string;
  by: string;
  agency: string;
  erased?: Erased;
};

const oldWish = `from rights.answer a where r.region = a.region and r.id = a.request
  and r.region = any($1) and r.sealed is not null and a.at < $2`;

/** How many requests that were answered before then still hold what was asked for. */
export async function countWishes(db: Db, regions: string[], before: string): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select count(*) as count from rights.request r where exists (select ${oldWish})`,
    [regions, before],
  );
  return row?.count ?? 0;
}

/** Erases what was asked for; that something was, and the answer, stays. Gives how many. */
export async function eraseWishes(db: Db, regions: string[], before: string): Promise<number> {
  const rows = await db.query(`update rights.request r set sealed = null, key_id = null ${oldWish} returning r.id`, [
    regions,
    before,
  ]);
  return rows.length;
}

/** False when it was answered before. */
export async function addAnswer(tx: Db, answer: NewAnswer): Promise<boolean> {
  const { region, request, outcome, reason, at, by, agency, erased } = answer;
  const rows = await tx.query(
    `insert into rights.answer (region, request, outcome, reason, at, by_id, agency, erased)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict do nothing returning request`,
    [region, request, outcome, reason, at, by, agency, erased ? JSON.stringify(erased) : null],
  );
  return rows.length === 1;
}

/** How requests were answered, for the log of acts. */
export const readAnswers = rowsAsActs({
  ...{ table: 'rights.answer', number: 'request', type: `'request-' || r.outcome` },
});
