import pg from 'pg';

/**
 * Fills the tables up to `many` cases by copying one real case inside the database: its row, its events, its branches
 * and its dossier, each under a number of its own. Then lets the planner know.
 */
export async function grow(url: string, number: string, many: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('set synchronous_commit = off');
    const have = await client.query<{ n: string }>('select count(*) as n from cases.case');
    const missing = many - Number(have.rows[0]?.n);
    const step = 50_000;
    for (let from = 0; from < missing; from += step) await copy(client, number, from, Math.min(missing, from + step));
    for (const table of ['case', 'event', 'branch', 'dossier']) await client.query(`vacuum analyze cases.${table}`);
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}

async function copy(client: pg.Client, number: string, from: number, to: number): Promise<void> {
  const name = `'copy-' || n`;
  const columns = (list: string) =>
    list
      .split(/,\s*/)
      .map((column) => `t.${column}`)
      .join(', ');
  const cases =
    'version, status, subject_kind, subject_id, subject_name, division, division_name, applicant, applicant_name, channel';
  const events = 'seq, type, at, by_id';
  const branches =
    'item, status, agency, division, applicant_name, subject_name, item_name, division_name, promised_days, statutory_days, opened_at, promised_due, statutory_due, provisional';
  const statements = [
    `insert into cases.case (region, number, ${cases}, draft, submitted_at, answer_due, plan, state)
     select t.region, ${name}, ${columns(cases)}, 'copy-draft-' || n, t.submitted_at - n * interval '1 second', t.answer_due, t.plan, t.state`,
    `insert into cases.event (region, number, ${events}, command, data)
     select t.region, ${name}, ${columns(events)}, case when t.command is null then null else t.command || '-' || n end, t.data`,
    `insert into cases.branch (region, number, ${branches})
     select t.region, ${name}, ${columns(branches)}`,
    `insert into cases.dossier (region, number, answers, materials)
     select t.region, ${name}, t.answers, t.materials`,
  ];
  const tables = ['case', 'event', 'branch', 'dossier'];
  for (const [index, statement] of statements.entries()) {
    await client.query(
      `${statement} from cases.${tables[index]} t, generate_series($2::int, $3::int - 1) n where t.region = '360121' and t.number = $1`,
      [number, from, to],
    );
  }
}
