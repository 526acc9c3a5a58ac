import pg from 'pg';
import { load, type Measured } from './load.ts';

/**
 * The least a transition can cost: one event inserted, one case row and one branch row updated, one prepared statement,
 * one transaction, through the same driver, without HTTP, session, policy or decision.
 */
export async function bare(url: string, numbers: string[], clients: number, seconds: number): Promise<Measured> {
  const pool = new pg.Pool({ connectionString: url, max: Math.min(clients, 32) });
  const { rows } = await pool.query<{ number: string; item: string; seq: number }>(
    `select c.number, b.item, (select max(seq) from cases.event e where e.region = c.region and e.number = c.number) as seq
       from cases.case c join cases.branch b using (region, number) where c.region = '360121' and c.number = any($1) and b.item = 'birth-certificate'`,
    [numbers],
  );
  // Rows as wide as those of the transitions beside it: where such a case stands, and the event of its being claimed.
  const state = await example(
    pool,
    'select state as value from cases.case where region = $1 and number = $2',
    numbers[0],
  );
  const event = await example(pool, claimed, 'branch-claimed');
  let command = 0;
  const run = `${process.pid}-${Date.now()}-${clients}`;
  try {
    return await load(clients, seconds, async (client) => {
      const row = rows[client % rows.length];
      if (!row) return false;
      const result = await pool.query({
        name: 'bare',
        text: statement,
        values: ['360121', row.number, ++row.seq, `bare-${run}-${command++}`, event, state, row.item],
      });
      return result.rowCount === 1;
    });
  } finally {
    await pool.end();
  }
}

async function example(pool: pg.Pool, text: string, which: string | undefined): Promise<string> {
  const { rows } = await pool.query<{ value: unknown }>(text, ['360121', which]);
  if (!rows[0]) throw new Error('there is no row to copy');
  return JSON.stringify(rows[0].value);
}

const claimed = 'select data as value from cases.event where region = $1 and type = $2 limit 1';

const statement = `
with held as (
  update cases.case set version = $3, state = $6 where region = $1 and number = $2 returning region, number
), event as (
  insert into cases.event (region, number, seq, type, at, by_id, command, data)
  values ($1, $2, $3, 'branch-claimed', now(), 'bench', $4, $5)
)
update cases.branch set claimed_by = 'bench', claimed_name = 'bench' where region = $1 and number = $2 and item = $7`;
