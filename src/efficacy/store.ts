import type { Db } from '../platform/door.ts';
import type { BranchFact, CaseFact, Fact } from './fact.ts';

/** Writing facts. Rows travel as one JSON array, whose keys are the columns in camel case. */
const caseColumns: Record<keyof CaseFact, string> = {
  region: 'text',
  number: 'text',
  seq: 'int',
  division: 'text',
  divisionName: 'text',
  subjectKind: 'text',
  subjectId: 'text',
  subjectName: 'jsonb',
  channel: 'text',
  agencies: 'text[]',
  items: 'text[]',
  status: 'text',
  outcome: 'text',
  submittedAt: 'timestamptz',
  submittedDay: 'date',
  acceptedDay: 'date',
  deemed: 'boolean',
  endedDay: 'date',
  timesReturned: 'int',
  visits: 'int',
  materialsAsked: 'int',
  materialsSpared: 'int',
};
const branchColumns: Record<keyof BranchFact, string> = {
  region: 'text',
  number: 'text',
  item: 'text',
  itemName: 'jsonb',
  division: 'text',
  divisionName: 'text',
  subjectName: 'jsonb',
  agency: 'text',
  agencyName: 'jsonb',
  promisedDays: 'int',
  statutoryDays: 'int',
  status: 'text',
  openedDay: 'date',
  promisedDue: 'date',
  statutoryDue: 'date',
  decidedDay: 'date',
  usedDays: 'int',
  onTimePromised: 'boolean',
  onTimeStatutory: 'boolean',
  issueDue: 'date',
  issuedDay: 'date',
  issueUsedDays: 'int',
};

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
/** `division_name as "divisionName", …` */
export const selected = (columns: Record<string, string>, table: string) =>
  Object.keys(columns)
    .map((name) => `${table}.${snake(name)} as "${name}"`)
    .join(', ');

function upsertSql(table: string, key: string[], columns: Record<string, string>): string {
  const names = Object.keys(columns);
  const changing = names.filter((name) => !key.includes(name)).map(snake);
  return `insert into ${table} (${names.map(snake).join(', ')})
    select ${names.map((name) => `f."${name}"`).join(', ')}
      from jsonb_to_recordset($1::jsonb) as f(${names.map((name) => `"${name}" ${columns[name]}`).join(', ')})
    on conflict (${key.join(', ')}) do update set ${changing.map((name) => `${name} = excluded.${name}`).join(', ')}`;
}

const upsertCases = upsertSql('efficacy.case_fact', ['region', 'number'], caseColumns);
const upsertBranches = upsertSql('efficacy.branch_fact', ['region', 'number', 'item'], branchColumns);

/** The facts of the cases named, by `region number`. */
export async function loadFacts(tx: Db, keys: { region: string; number: string }[]): Promise<Map<string, Fact>> {
  const named = [...new Map(keys.map((key) => [`${key.region} ${key.number}`, key])).values()];
  const values = [named.map(({ region }) => region), named.map(({ number }) => number)];
  const from = (table: string) => `efficacy.${table} f join unnest($1::text[], $2::text[]) as k(region, number)
    on f.region = k.region and f.number = k.number`;
  const cases = await tx.query<CaseFact>(`select ${selected(caseColumns, 'f')} from ${from('case_fact')}`, values);
  const facts = new Map(cases.map((row) => [`${row.region} ${row.number}`, { case: row, branches: [] } as Fact]));
  const branches =
    cases.length === 0
      ? []
      : await tx.query<BranchFact>(`select ${selected(branchColumns, 'f')} from ${from('branch_fact')}`, values);
  for (const row of branches) facts.get(`${row.region} ${row.number}`)?.branches.push(row);
  return facts;
}

/** Writes facts whole, new or changed. */
export async function saveFacts(tx: Db, facts: Fact[]): Promise<void> {
  if (facts.length === 0) return;
  await tx.query(upsertCases, [JSON.stringify(facts.map((fact) => fact.case))]);
  await tx.query(upsertBranches, [JSON.stringify(facts.flatMap((fact) => fact.branches))]);
}

type RatingFact = { region: string; number: string; level: number; ratedDay: string };

/** Writes levels; a case is rated once, so the same news again changes nothing. */
export async function saveRatings(tx: Db, ratings: RatingFact[]): Promise<void> {
  await tx.query(
    `insert into efficacy.rating_fact (region, number, level, rated_day)
     select * from jsonb_to_recordset($1::jsonb) as r(region text, number text, level smallint, "ratedDay" date)
     on conflict (region, number) do nothing`,
    [JSON.stringify(ratings)],
  );
}

/** A rebuild lets nobody else write; a subscriber that comes meanwhile waits before it looks at a fact. */
export async function keepOthersOut(tx: Db): Promise<void> {
  await tx.query('lock table efficacy.case_fact, efficacy.rating_fact in exclusive mode');
}
export async function waitForRebuild(tx: Db): Promise<void> {
  await tx.query('lock table efficacy.case_fact, efficacy.rating_fact in row exclusive mode');
}

export async function emptyFacts(tx: Db): Promise<void> {
  await tx.query('delete from efficacy.branch_fact');
  await tx.query('delete from efficacy.case_fact');
  await tx.query('delete from efficacy.rating_fact');
}
