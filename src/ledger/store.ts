import type { Db } from '../platform/door.ts';
import type { ActKey } from './entry.ts';
import type { Change } from './key-change.ts';
import { type Tile, type TileName, tileWidth } from './tiles.ts';

/** The only SQL of the room. */
export type Leaf = ActKey & { index: number; hash: Buffer; entry: string };
export type Signed = { size: number; root: Buffer; note: string };

/** Notes the log on first start; gives the keys it is known by. Nothing when the database holds another log. */
export async function knowLog(db: Db, origin: string, keys: string[], at: string): Promise<string[] | undefined> {
  await db.query(
    `insert into ledger.log (origin, keys, started_at)
     select $1, $2, $3 where not exists (select from ledger.log) on conflict do nothing`,
    [origin, keys, at],
  );
  const [row] = await db.query<{ keys: string[] }>('select keys from ledger.log where origin = $1', [origin]);
  return row?.keys;
}

/** The keys the log is signed with now; nothing when there is no such log. */
export async function keysNow(db: Db, origin: string): Promise<string[] | undefined> {
  const [row] = await db.prepared<{ keys: string[] }>(
    'ledger.keys-now',
    `select coalesce((select c.keys from ledger.key_change c where c.origin = l.origin order by c.change desc limit 1), l.keys) as keys
       from ledger.log l where l.origin = $1`,
    [origin],
  );
  return row?.keys;
}

/** All changes of keys, oldest first. */
export function changesOf(db: Db, origin: string): Promise<Change[]> {
  return db.query('select size, keys, note from ledger.key_change where origin = $1 order by change', [origin]);
}

export async function addChange(
  db: Db,
  origin: string,
  { size, keys, note, at }: Change & { at: string },
): Promise<void> {
  await db.query(
    `insert into ledger.key_change (origin, change, size, keys, note, at)
     select $1, 1 + count(*), $2, $3, $4, $5 from ledger.key_change where origin = $1`,
    [origin, size, keys, note, at],
  );
}

/** One writer at a time. Held to the end of the transaction; what is read after it is what the last writer left. */
export async function takeTurn(tx: Db, origin: string): Promise<void> {
  await tx.prepared('ledger.turn', `select pg_advisory_xact_lock(hashtextextended('ledger ' || $1, 0))`, [origin]);
}

export async function latest(db: Db, origin: string): Promise<Signed | undefined> {
  const [row] = await db.prepared<Signed>(
    'ledger.latest',
    'select size, root, note from ledger.checkpoint where origin = $1 order by size desc limit 1',
    [origin],
  );
  return row;
}

export async function checkpointAt(db: Db, origin: string, size: number): Promise<Signed | undefined> {
  const [row] = await db.query<Signed>(
    'select size, root, note from ledger.checkpoint where origin = $1 and size = $2',
    [origin, size],
  );
  return row;
}

/** The note of the latest checkpoint with what witnesses have signed of it. */
export async function latestCosigned(db: Db, origin: string): Promise<string | undefined> {
  const [row] = await db.prepared<{ note: string; lines: string }>(
    'ledger.latest-cosigned',
    `select c.note, coalesce((select string_agg(s.line, '' order by s.witness) from ledger.cosignature s
                               where s.origin = c.origin and s.size = c.size), '') as lines
       from ledger.checkpoint c where c.origin = $1 order by c.size desc limit 1`,
    [origin],
  );
  return row && row.note + row.lines;
}

/** The hashes of tiles, in the order asked for; a tile that is not there has none. */
export async function hashesOf(
  db: Db,
  origin: string,
  tiles: { level: number; index: number }[],
): Promise<(Buffer | null)[]> {
  const rows = await db.prepared<{ hashes: Buffer | null }>(
    'ledger.tiles',
    `select t.hashes from unnest($2::int[], $3::bigint[]) with ordinality as asked(level, index, place)
       left join ledger.tile t on t.origin = $1 and t.level = asked.level and t.index = asked.index
      order by asked.place`,
    [origin, tiles.map(({ level }) => level), tiles.map(({ index }) => index)],
  );
  return rows.map(({ hashes }) => hashes);
}

/** The entries of acts, in the order asked for; null for one that is not in the log. */
export async function entriesOfActs(
  tx: Db,
  origin: string,
  kind: string,
  acts: Omit<ActKey, 'kind'>[],
): Promise<(string | null)[]> {
  const rows = await tx.prepared<{ entry: string | null }>(
    'ledger.entries-of-acts',
    `select l.entry from unnest($3::text[], $4::text[], $5::int[]) with ordinality as asked(region, number, seq, place)
       left join ledger.leaf l on l.region = asked.region and l.number = asked.number and l.kind = $2
                              and l.seq = asked.seq and l.origin = $1
      order by asked.place`,
    [origin, kind, acts.map(({ region }) => region), acts.map(({ number }) => number), acts.map(({ seq }) => seq)],
  );
  return rows.map(({ entry }) => entry);
}

/** Leaves, the tiles they change and the checkpoint that covers them, in one statement. */
export async function append(
  tx: Db,
  origin: string,
  { leaves, tiles, signed, at }: { leaves: Leaf[]; tiles: Tile[]; signed: Signed; at: string },
): Promise<void> {
  await tx.prepared('ledger.append', appendSql, [
    origin,
    leaves.map(({ index }) => index),
    leaves.map(({ hash }) => hash),
    leaves.map(({ entry }) => entry),
    leaves.map(({ kind }) => kind),
    leaves.map(({ region }) => region),
    leaves.map(({ number }) => number),
    leaves.map(({ seq }) => seq),
    tiles.map(({ level }) => level),
    tiles.map(({ index }) => index),
    tiles.map(({ hashes }) => Buffer.concat(hashes)),
    signed.size,
    signed.root,
    signed.note,
    at,
  ]);
}

const appendSql = `
with leaf as (
  insert into ledger.leaf (origin, index, hash, entry, kind, region, number, seq)
  select $1, l.* from unnest($2::bigint[], $3::bytea[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[]) as l
), tile as (
  insert into ledger.tile (origin, level, index, hashes)
  select $1, t.* from unnest($9::smallint[], $10::bigint[], $11::bytea[]) as t
      on conflict (origin, level, index) do update set hashes = excluded.hashes
)
insert into ledger.checkpoint (origin, size, root, note, at) values ($1, $12, $13, $14, $15)`;

/** Leaves from an index on, in order. */
export function leavesFrom(db: Db, origin: string, from: number, limit: number): Promise<Leaf[]> {
  return db.prepared(
    'ledger.leaves',
    `select index, hash, entry, kind, region, number, seq from ledger.leaf
      where origin = $1 and index >= $2 order by index limit $3`,
    [origin, from, limit],
  );
}

/** The leaves of one case or other thing; of one act when `seq` is given. */
export function leavesOf(db: Db, origin: string, key: Omit<ActKey, 'seq'> & { seq?: number }): Promise<Leaf[]> {
  return db.prepared(
    'ledger.leaves-of',
    `select index, hash, entry, kind, region, number, seq from ledger.leaf
      where origin = $1 and region = $2 and number = $3 and kind = $4 and seq = coalesce($5, seq) order by seq`,
    [origin, key.region, key.number, key.kind, key.seq ?? null],
  );
}

export function bundle(db: Db, origin: string, { index, width }: TileName): Promise<Leaf[]> {
  return leavesFrom(db, origin, index * tileWidth, width);
}

/** Checkpoints from a size on, in order. */
export function checkpointsFrom(db: Db, origin: string, from: number, limit: number): Promise<Signed[]> {
  return db.prepared(
    'ledger.checkpoints',
    'select size, root, note from ledger.checkpoint where origin = $1 and size >= $2 order by size limit $3',
    [origin, from, limit],
  );
}

export async function addCosignature(
  db: Db,
  origin: string,
  one: { size: number; witness: string; line: string },
): Promise<void> {
  await db.query(
    `insert into ledger.cosignature (origin, size, witness, line) values ($1, $2, $3, $4) on conflict do nothing`,
    [origin, one.size, one.witness, one.line],
  );
}

export async function witnessedOf(db: Db, origin: string): Promise<Signed | undefined> {
  const [row] = await db.query<Signed>('select size, root, note from ledger.witnessed where origin = $1', [origin]);
  return row;
}

/** Moves on from the size it was decided on; false when somebody else was faster. */
export async function rememberWitnessed(
  db: Db,
  origin: string,
  before: number,
  signed: Signed,
  at: string,
): Promise<boolean> {
  const values = [origin, signed.size, signed.root, signed.note, at];
  const rows =
    before === 0
      ? await db.query(
          `insert into ledger.witnessed (origin, size, root, note, at) values ($1, $2, $3, $4, $5)
             on conflict (origin) do nothing returning origin`,
          values,
        )
      : await db.query(
          `update ledger.witnessed set size = $2, root = $3, note = $4, at = $5
            where origin = $1 and size = $6 returning origin`,
          [...values, before],
        );
  return rows.length === 1;
}
