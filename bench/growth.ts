import pg from 'pg';

/**
 * Fills the tables up to `many` cases by copying two real cases inside the database, nineteen that are over to one that
 * is under way: their rows, events, branches and dossiers, each under a number of its own. What listens to events is
 * taken past the copies, for it is the tables of the cases that are to be large. Then lets the planner know.
 */
export async function grow(url: string, from: { closed: string; open: string }, many: number): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 2, options: '-c synchronous_commit=off' });
  try {
    await takePast(pool, `'9000000000000000000'`);
    const { rows } = await pool.query<{ n: string }>('select count(*) as n from cases.case');
    const missing = many - Number(rows[0]?.n);
    const indexes = await dropIndexes(pool);
    const steps = Array.from({ length: Math.ceil(missing / step) }, (_, index) => index * step);
    const next = async (): Promise<void> => {
      const at = steps.shift();
      if (at === undefined) return;
      await copy(pool, from, at, Math.min(missing, at + step));
      return next();
    };
    await Promise.all([next(), next()]);
    for (const definition of indexes) await pool.query(definition);
    for (const table of tables) await pool.query(`vacuum analyze cases.${table}`);
    await takePast(pool, `pg_snapshot_xmin(pg_current_snapshot())::text`);
    await pool.query('checkpoint');
  } finally {
    await pool.end();
  }
}

const step = 20_000;
const tables = ['case', 'event', 'branch', 'dossier'];
/** Columns of a copy that are not as in the original; `n` counts the copies. */
const changed: Record<string, string> = {
  number: `'copy-' || n`,
  draft: `'copy-draft-' || n`,
  submitted_at: `submitted_at - n * interval '1 second'`,
  command: `command || '-' || n`,
};
/** Columns every row gets anew from their defaults. */
const anew = ['xid', 'position'];

async function copy(pool: pg.Pool, { closed, open }: { closed: string; open: string }, from: number, to: number) {
  for (const table of tables) {
    const columns = await columnsOf(pool, table);
    await pool.query(
      `insert into cases.${table} (${columns.join(', ')})
       select ${columns.map((column) => changed[column] ?? column).join(', ')}
         from generate_series($3::int, $4::int - 1) n
         join cases.${table} t on t.region = '360121' and t.number = case when n % 20 = 0 then $2 else $1 end`,
      [closed, open, from, to],
    );
  }
}

async function columnsOf(pool: pg.Pool, table: string): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select column_name as name from information_schema.columns
      where table_schema = 'cases' and table_name = $1 and column_name <> all($2) and is_generated = 'NEVER'`,
    [table, anew],
  );
  return rows.map(({ name }) => name);
}

/**
 * Filling is several times faster without the indexes that keep nothing unique; gives what makes them again. The one of
 * the feed stays: subscribers go on asking what is new.
 */
async function dropIndexes(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
       from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace s on s.oid = c.relnamespace
      where s.nspname = 'cases' and c.relname = any($1) and not i.indisunique
        and i.indexrelid <> 'cases.event_feed'::regclass`,
    [tables],
  );
  for (const { name } of rows) await pool.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition);
}

/** Sets every cursor, so that subscribers find nothing to do, or go on from now. */
async function takePast(pool: pg.Pool, xid: string): Promise<void> {
  await pool.query(`update platform.outbox_cursor set xid = ${xid}, position = 0`);
}
