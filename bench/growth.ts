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
    for (const table of Object.keys(tables)) await pool.query(`vacuum analyze cases.${table}`);
    await takePast(pool, `pg_snapshot_xmin(pg_current_snapshot())::text`);
    await pool.query('checkpoint');
  } finally {
    await pool.end();
  }
}

const step = 20_000;
const tables = {
  case: `version, status, subject_kind, subject_id, subject_name, division, division_name, applicant, applicant_name, channel,
    'copy-draft-' || n as draft, submitted_at - n * interval '1 second' as submitted_at, answer_due, closed_at, plan, state`,
  event: `seq, type, at, by_id, case when command is null then null else command || '-' || n end as command, data`,
  branch: `item, status, agency, division, applicant_name, subject_name, item_name, division_name, promised_days, statutory_days,
    opened_at, promised_due, statutory_due, provisional, claimed_by, claimed_name, decided_at, used_days`,
  dossier: 'answers, materials',
};

/** Each copy of a row under its new number; a column is called by its own name or by the one after `as`. */
async function copy(pool: pg.Pool, { closed, open }: { closed: string; open: string }, from: number, to: number) {
  for (const [table, values] of Object.entries(tables)) {
    const columns = values.split(/,\s*(?![^(]*\))/).map((value) => value.split(' as ').at(-1)?.trim());
    await pool.query(
      `insert into cases.${table} (region, number, ${columns.join(', ')})
       select region, 'copy-' || n, ${values}
         from generate_series($3::int, $4::int - 1) n
         join cases.${table} t on t.region = '360121' and t.number = case when n % 20 = 0 then $2 else $1 end`,
      [closed, open, from, to],
    );
  }
}

/** Filling is several times faster without the indexes that keep nothing unique; gives what makes them again. */
async function dropIndexes(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
       from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace s on s.oid = c.relnamespace
      where s.nspname = 'cases' and c.relname = any($1) and not i.indisunique`,
    [Object.keys(tables)],
  );
  for (const { name } of rows) await pool.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition);
}

/** Sets every cursor, so that subscribers find nothing to do, or go on from now. */
async function takePast(pool: pg.Pool, xid: string): Promise<void> {
  await pool.query(`update platform.outbox_cursor set xid = ${xid}, position = 0`);
}
