import { setTimeout as wait } from 'node:timers/promises';
import type { Db } from './db.ts';
import type { Told, Vault } from './vault.ts';

/** A table whose rows are found by a blind index in one column, within their region. */
export type Indexed = {
  table: string;
  column: string;
  purpose: string;
  /**
   * Goes through the rows that `unmoved` finds and gives, batch by batch, the values their indexes may be of. Left out
   * where the index is all that is kept.
   */
  values?(db: Db): AsyncIterable<IndexedValue[]>;
  /** Every row has its value: one that cannot be moved stops the change. */
  whole?: boolean;
};
export type IndexedValue = { region: string; value: string };

/** SQL: the index in this column has no new one yet. */
export const unmoved = (row: string, column: string): string =>
  `${row}.${column} is not null and not exists
     (select from platform.index_move m where m.region = ${row}.region and m.old = ${row}.${column})`;

/**
 * Changes the key of the blind indexes while the product runs. First every process learns the new key and finds by both,
 * while the old one counts. What lies behind the indexes is read, and the new indexes are laid beside. Then, in one
 * transaction in which others may read and not write these tables, the rest follows, the rows change and the new key counts: no
 * row is ever without its index, nor under two. Cut short, it goes on with the next call. Gives how many rows of each
 * table were left under an older key because nothing but their index is kept.
 */
export async function rotateIndexKey(needs: {
  db: Db;
  vault: Vault;
  indexed: Indexed[];
  grace: number;
  say: (line: string) => void;
  /** Notes the new key, in the transaction in which it comes to count. */
  told?: Told;
}): Promise<{ key: number; left: Record<string, number> }> {
  const { db, vault, indexed, grace, say, told } = needs;
  const keys = await vault.renewIndex();
  say(`Key ${keys.to} is about to make the blind indexes; until then finding goes by both.`);
  await wait(grace);
  await layBeside(db, needs, keys);
  const left = await db.transaction(async (tx) => {
    await tx.query(`lock table ${indexed.map(({ table }) => table).join(', ')} in exclusive mode`);
    await layBeside(tx, needs, keys);
    const counted: Record<string, number> = {};
    for (const one of indexed) counted[one.table] = await move(tx, one);
    await letCount(tx, keys);
    await told?.(tx, keys.to);
    return counted;
  });
  say(`Key ${keys.to} makes the blind indexes from now on.`);
  for (const [table, count] of Object.entries(left))
    if (count > 0) say(`  ${table}: ${count} stay under an older key until their value comes by again`);
  return { key: keys.to, left };
}

type Keys = { from: number; to: number };

async function layBeside(db: Db, { indexed, vault }: { indexed: Indexed[]; vault: Vault }, keys: Keys): Promise<void> {
  for (const { values, purpose } of indexed) {
    for await (const found of values?.(db) ?? []) {
      const made = (key: number) => found.map(({ region, value }) => vault.indexUnder(key, value, purpose, region));
      await db.query(
        `insert into platform.index_move (region, old, new)
         select * from unnest($1::text[], $2::bytea[], $3::bytea[]) on conflict do nothing`,
        [found.map(({ region }) => region), made(keys.from), made(keys.to)],
      );
    }
  }
}

/** Gives how many rows could not be moved. */
async function move(tx: Db, { table, column, whole }: Indexed): Promise<number> {
  const [row] = await tx.query<{ left: number }>(
    `select count(*) as left from ${table} t where ${unmoved('t', column)}`,
  );
  const left = row?.left ?? 0;
  if (left > 0 && whole) throw new Error(`${left} rows of ${table} have an index that fits nothing in them`);
  await tx.query(
    `update ${table} t set ${column} = m.new from platform.index_move m where m.region = t.region and m.old = t.${column}`,
  );
  return left;
}

async function letCount(tx: Db, { from }: Keys): Promise<void> {
  const rows = await tx.query(
    'update platform.data_key set retired_at = now() where id = $1 and retired_at is null returning id',
    [from],
  );
  if (rows.length === 0) throw new Error('somebody else has changed the key of the blind indexes meanwhile');
  await tx.query('delete from platform.index_move');
}
