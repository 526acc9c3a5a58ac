import type { Db } from './db.ts';
import type { IdSource } from './ids.ts';

/** A key the house makes for itself on first use and keeps; the same for every process on this database. */
export async function houseSecret(db: Db, ids: IdSource, name: string): Promise<string> {
  await db.query('insert into platform.secret (name, value) values ($1, $2) on conflict do nothing', [
    name,
    ids.token(),
  ]);
  const [row] = await db.query<{ value: string }>('select value from platform.secret where name = $1', [name]);
  if (!row) throw new Error(`the secret ${name} could not be made`);
  return row.value;
}
