import { setTimeout as wait } from 'node:timers/promises';
import type { Db } from './db.ts';
import type { Told, Vault, Where } from './vault.ts';

/** Something a room keeps sealed, and how it is sealed anew. */
export type Resealing = {
  name: string;
  /** Goes through everything once and seals with today's key what another one sealed. Gives how much it found. */
  pass(): Promise<number>;
};

/** A table whose rows hold `sealed` and the id of its key in `key_id`; the columns of its key with their types. */
export type SealedTable = { table: string; key: Record<string, 'text' | 'int'> };

const batch = 200;

/** Where a row of such a table lies; `key` in the order of the table's key, the region first. */
export function placeOf({ table }: SealedTable, key: (string | number)[]): Where {
  const [region, ...row] = key;
  return { region: String(region), table, row: row.join('/') };
}

/**
 * Seals the rows of a table anew, batch by batch in the order of their keys. A row that changed meanwhile is left as it
 * is now and found by the next pass: nobody's write is lost, and nobody waits.
 */
export function sealedRows(db: Db, vault: Vault, kept: SealedTable): Resealing {
  const columns = Object.keys(kept.key);
  const list = columns.join(', ');
  const parameters = Object.values(kept.key).map((type, at) => `$${at + 2}::${type}`);
  const read = (more: string) =>
    `select ${list}, sealed from ${kept.table} where key_id <> $1 and sealed is not null ${more} order by ${list} limit ${batch}`;
  const after = `and (${list}) > (${parameters.join(', ')})`;
  const at = columns.length;
  const write = `update ${kept.table} t set sealed = n.made, key_id = $${at + 3}
      from unnest(${Object.values(kept.key).map((type, index) => `$${index + 1}::${type}[]`)}, $${at + 1}::bytea[], $${at + 2}::bytea[])
        as n(${list}, old, made)
     where ${columns.map((column) => `t.${column} = n.${column}`).join(' and ')} and t.sealed = n.old`;
  type Row = Record<string, string | number> & { sealed: Buffer };

  return {
    name: kept.table,
    async pass() {
      let found = 0;
      let rows = await db.query<Row>(read(''), [vault.keyId()]);
      while (rows.length > 0) {
        const keys = rows.map((row) => columns.map((column) => row[column] as string | number));
        const made = await Promise.all(rows.map(({ sealed }, n) => again(vault, sealed, placeOf(kept, keys[n] ?? []))));
        await db.query(write, [
          ...columns.map((_, column) => keys.map((key) => key[column])),
          rows.map(({ sealed }) => sealed),
          made,
          vault.keyId(),
        ]);
        found += rows.length;
        rows = rows.length < batch ? [] : await db.query<Row>(read(after), [vault.keyId(), ...(keys.at(-1) ?? [])]);
      }
      return found;
    },
  };
}

async function again(vault: Vault, sealed: Buffer, place: Where): Promise<Buffer> {
  return vault.seal(await vault.open(sealed, place), place);
}

/**
 * Rotates the data key while the product runs: a new key seals from now on, everything is sealed anew until nothing is
 * left under an older one, then those are retired. Cut short, it goes on with the next call; `grace` is how long other
 * processes get to hear of the new key.
 */
export async function rotateKeys(needs: {
  vault: Vault;
  resealing: Resealing[];
  grace: number;
  say: (line: string) => void;
  /** Notes the new key, in the transaction that makes it. */
  told?: Told;
}): Promise<{ key: number; retired: number[] }> {
  const { vault, resealing, grace, say, told } = needs;
  const key = await vault.renew(told);
  say(`Key ${key} seals from now on.`);
  await wait(grace);
  await untilNothingIsLeft(resealing, say);
  const retired = await vault.retireOlder();
  // What was under way while the last pass looked.
  await untilNothingIsLeft(resealing, say);
  say(retired.length > 0 ? `Retired: ${retired.join(', ')}.` : 'There was no older key.');
  return { key, retired };
}

async function untilNothingIsLeft(resealing: Resealing[], say: (line: string) => void): Promise<void> {
  for (let found = 1; found > 0; ) {
    found = 0;
    for (const one of resealing) {
      const now = await one.pass();
      if (now > 0) say(`  ${one.name}: ${now} sealed anew`);
      found += now;
    }
  }
}
