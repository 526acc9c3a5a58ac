import { type Db, mayDelete, type Seen } from '../platform/door.ts';

/** The SQL of what is erased for good, and of holds. Each erasing statement belongs into a transaction of `erasing`. */
type Key = { region: string; number: string };
export type Bytes = { region: string; address: string };

const held = (at: string) => `exists (
  select from cases.legal_hold h where h.region = c.region and h.number = c.number and h.ended_at is null
     and h.from_at <= ${at} and (h.until_at is null or h.until_at > ${at}))`;
const past = `from cases.case c
  where c.region = any($1) and c.status = any($2) and c.closed_at < $3
    and not exists (select from cases.erasure e where e.region = c.region and e.number = c.number) and not ${held('$4')}`;

/** A transaction that erases; refused while a backup is being made, whose files would be missing then. */
export function erasing<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    const [turn] = await tx.query<{ free: boolean }>(mayDelete);
    if (!turn?.free) throw new Error('a backup is being made: nothing is erased meanwhile, run it again later');
    return work(tx);
  });
}

export async function countPast(
  db: Db,
  regions: string[],
  statuses: string[],
  before: string,
  now: string,
): Promise<number> {
  const values = [regions, statuses, before, now];
  const [row] = await db.query<{ count: number }>(`select count(*) as count ${past}`, values);
  return row?.count ?? 0;
}

export function pastCases(
  db: Db,
  regions: string[],
  statuses: string[],
  before: string,
  now: string,
  limit: number,
): Promise<Key[]> {
  const values = [regions, statuses, before, now, limit];
  return db.query(`select c.region, c.number ${past} order by c.closed_at limit $5`, values);
}

/** Waits for whoever decides on a hold of the case; false when it is held. */
export async function mayErase(tx: Db, { region, number }: Key, now: string): Promise<boolean> {
  await tx.query('select from cases.case where region = $1 and number = $2 for update', [region, number]);
  const [row] = await tx.query<{ held: boolean }>(
    `select ${held('$3')} as held from cases.case c where region = $1 and number = $2`,
    [region, number, now],
  );
  return row?.held === false;
}

/** Erases what is sealed of a case and its files; notes it. Gives the bytes that may be left without an owner. */
export async function eraseCase(tx: Db, { region, number }: Key, kind: string, at: string): Promise<Bytes[]> {
  const parts = await tx.query('delete from cases.sealed where region = $1 and number = $2 returning seq', [
    region,
    number,
  ]);
  await tx.query('delete from cases.named where region = $1 and number = $2', [region, number]);
  const files = await tx.query<Bytes>(
    `delete from cases.file f using cases.case c
      where c.region = $1 and c.number = $2 and f.region = c.region and f.draft in (c.draft, c.number)
      returning f.region, f.address`,
    [region, number],
  );
  await tx.query(
    'insert into cases.erasure (region, number, class, at, parts, files) values ($1, $2, $3, $4, $5, $6)',
    [region, number, kind, at, parts.length, files.length],
  );
  return files;
}

const oldDraft = 'from cases.draft where region = any($1) and number is null and updated_at < $2';

export async function countDrafts(db: Db, regions: string[], before: string): Promise<number> {
  const [row] = await db.query<{ count: number }>(`select count(*) as count ${oldDraft}`, [regions, before]);
  return row?.count ?? 0;
}

/** Erases some drafts with their files. Gives how many, and the bytes. */
export async function eraseDrafts(
  tx: Db,
  regions: string[],
  before: string,
  limit: number,
): Promise<{ drafts: number; bytes: Bytes[] }> {
  const drafts = await tx.query<{ region: string; id: string }>(
    `delete from cases.draft where (region, id) in (select region, id ${oldDraft} order by updated_at limit $3)
       and number is null and updated_at < $2 returning region, id`,
    [regions, before, limit],
  );
  const bytes = await tx.query<Bytes>(
    `delete from cases.file f using unnest($1::text[], $2::text[]) as d(region, id)
      where f.region = d.region and f.draft = d.id returning f.region, f.address`,
    [drafts.map(({ region }) => region), drafts.map(({ id }) => id)],
  );
  return { drafts: drafts.length, bytes };
}

/** Taken off a form, or of a form that was thrown away; never what a case has named. */
const loose = `from cases.file f where f.region = any($1) and coalesce(f.removed_at, f.at) < $2
  and (f.removed_at is not null or not exists (select from cases.draft d where d.region = f.region and d.id = f.draft))
  and not exists (select from cases.case c where c.region = f.region and c.draft = f.draft)
  and not exists (select from cases.case c where c.region = f.region and c.number = f.draft)`;

export async function countLoose(db: Db, regions: string[], before: string): Promise<number> {
  const [row] = await db.query<{ count: number }>(`select count(*) as count ${loose}`, [regions, before]);
  return row?.count ?? 0;
}

export function eraseLoose(tx: Db, regions: string[], before: string, limit: number): Promise<Bytes[]> {
  return tx.query(
    `delete from cases.file where (region, id) in (select f.region, f.id ${loose} limit $3) returning region, address`,
    [regions, before, limit],
  );
}

/** Whether any file still has its bytes at an address. */
export async function isUsed(db: Db, { region, address }: Bytes): Promise<boolean> {
  const rows = await db.query('select from cases.file where region = $1 and address = $2 limit 1', [region, address]);
  return rows.length > 0;
}

export type ErasureStanding = {
  number: string;
  status: string;
  closedAt: string | null;
  held: boolean;
  erasedAt: string | null;
};

/** The cases of a person: what is seen of them comes from the guarded row, holds and erasures from beside it. */
export async function erasureStanding(
  seen: Seen,
  db: Db,
  { region, person }: { region: string; person: string },
  now: string,
): Promise<ErasureStanding[]> {
  const rows = await seen.query<{ number: string; status: string; closedAt: string | null }>(
    `select number, status, closed_at as "closedAt" from cases.case
      where region = $1 and applicant = $2 order by submitted_at desc`,
    [region, person],
  );
  const beside = await db.query<{ number: string; held: boolean; erasedAt: string | null }>(
    `select c.number, ${held('$3')} as held,
            (select e.at from cases.erasure e where e.region = c.region and e.number = c.number) as "erasedAt"
       from cases.case c where c.region = $1 and c.number = any($2)`,
    [region, rows.map(({ number }) => number), now],
  );
  const of = new Map(beside.map((one) => [one.number, one]));
  return rows.map((row) => ({
    ...row,
    held: of.get(row.number)?.held ?? true,
    erasedAt: of.get(row.number)?.erasedAt ?? null,
  }));
}

/** Erases every draft of a person that is still one, with its files. Gives how many, and the bytes. */
export async function eraseDraftsOf(
  tx: Db,
  region: string,
  owner: string,
): Promise<{ drafts: number; bytes: Bytes[] }> {
  const drafts = await tx.query<{ id: string }>(
    'delete from cases.draft where region = $1 and owner = $2 and number is null returning id',
    [region, owner],
  );
  const bytes = await tx.query<Bytes>(
    'delete from cases.file where region = $1 and draft = any($2) returning region, address',
    [region, drafts.map(({ id }) => id)],
  );
  return { drafts: drafts.length, bytes };
}
