import type { Db } from '../platform/door.ts';
import type { Division } from './division.ts';

/** The SQL of divisions. */
export type Load = { scope: string; source: string; version: string; asOf: string; counts: Record<string, number> };

/** Lets one process load while the others wait; held to the end of the transaction. */
export async function takeTurnToLoad(tx: Db): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('identity.division'))`);
}

export async function scopesLoaded(db: Db): Promise<string[]> {
  return (await db.query<{ scope: string }>('select scope from identity.division_load')).map((row) => row.scope);
}

export async function copyDivisions(tx: Db, lines: Iterable<string> | AsyncIterable<string>): Promise<void> {
  await tx.copyIn('copy identity.division (code, level, name, parent) from stdin', lines);
}

export async function noteLoad(tx: Db, load: Load, at: Date): Promise<void> {
  await tx.query(
    `insert into identity.division_load (scope, source, version, as_of, counts, loaded_at) values ($1, $2, $3, $4, $5, $6)`,
    [load.scope, load.source, load.version, load.asOf, JSON.stringify(load.counts), at],
  );
}

export function loads(db: Db): Promise<Load[]> {
  return db.query('select scope, source, version, as_of as "asOf", counts from identity.division_load order by scope');
}

/** The divisions directly below one; a code that stands at two levels is not below itself. */
export function divisionsBelow(db: Db, parent: string): Promise<Division[]> {
  return db.query(
    'select code, name, level, parent from identity.division where parent = $1 and code <> parent order by code',
    [parent],
  );
}

/** Divisions by code, each at its highest level. */
export function divisionsByCode(db: Db, codes: string[]): Promise<Division[]> {
  return db.query(
    `select distinct on (code) code, name, level, parent from identity.division
      where code = any($1::char(12)[]) order by code, level`,
    [codes],
  );
}
