import type { Db } from './db.ts';
import { Problem } from './problem.ts';
import type { Keeping } from './retention.ts';
import type { Vault } from './vault.ts';

/**
 * An act under an id of its sender, so that it takes effect once. Only keyed hashes of who wished what are kept: an id
 * is whatever a client makes it, and a wish may be about a person.
 */
export type Once = {
  region: string;
  id: Buffer;
  wish: Buffer;
  /** What a code that is told once is made from, so that a repeat is told the same. Never kept. */
  secret: Buffer;
  at: Date;
};

/** `within` says where and for whom the key counts, so that two who count their requests do not collide. */
type Sent = { region: string; within: string[]; key: string; wish: unknown; at: Date };

/** An act as it came, to be done once; also when the key of the blind indexes changes before it comes again. */
export function onceOf(vault: Pick<Vault, 'lastingIndex'>, { region, within, key, wish, at }: Sent): Once {
  const name = JSON.stringify([...within, key]);
  return {
    ...{ region, at, id: vault.lastingIndex(name, 'once', region) },
    wish: vault.lastingIndex(inOrder(wish), 'once.wish', region),
    secret: vault.lastingIndex(name, 'once.secret', region),
  };
}

/**
 * Does an act unless it was done before, and gives the id of what came of it either time. Of two at the same moment one
 * is done, and both are told of it. Throws `command-id-taken` when something else was wished under its id.
 *
 * @param act takes the id in its transaction with `takeOnce`
 */
export async function doOnce(db: Db, once: Once, act: () => Promise<string>): Promise<string> {
  const before = await madeBy(db, once);
  if (before !== undefined) return before;
  try {
    return await act();
  } catch (error) {
    const other = await madeBy(db, once);
    if (other === undefined) throw error;
    return other;
  }
}

/** Takes the id of an act in its transaction, which waits for another one that has it, then fails and leaves nothing. */
export async function takeOnce(tx: Db, once: Once | undefined, made = ''): Promise<void> {
  if (!once) return;
  await tx.query('insert into platform.done_once (region, id, wish, made, at) values ($1, $2, $3, $4, $5)', [
    once.region,
    once.id,
    once.wish,
    made,
    once.at,
  ]);
}

async function madeBy(db: Db, { region, id, wish }: Once): Promise<string | undefined> {
  const [row] = await db.prepared<{ same: boolean; made: string }>(
    'platform.done-once',
    'select wish = $3 as same, made from platform.done_once where region = $1 and id = $2',
    [region, id, wish],
  );
  if (row && !row.same) throw new Problem('command-id-taken');
  return row?.made;
}

/** Ids are forgotten when nobody repeats them any more. */
export function keptOnce(db: Db, regions: string[]): Keeping {
  return {
    class: 'done-once',
    async count(before) {
      const [row] = await db.query<{ count: number }>(
        'select count(*) as count from platform.done_once where region = any($1) and at < $2',
        [regions, before],
      );
      return row?.count ?? 0;
    },
    async erase(before) {
      const rows = await db.query('delete from platform.done_once where region = any($1) and at < $2 returning 1', [
        regions,
        before,
      ]);
      return rows.length;
    },
  };
}

/** The same wish is the same text, in whatever order its members came. */
function inOrder(wish: unknown): string {
  return JSON.stringify(wish, (_, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
