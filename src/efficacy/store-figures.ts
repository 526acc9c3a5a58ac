import type { Db, Text } from '../platform/door.ts';
import type { Totals } from './figures.ts';
import { branchesWanted, casesWanted } from './filter.ts';
import { type MeasureId, measureIds, measures, type SumId, sumIds, sums, type Unit } from './measures.ts';

/** One row of a breakdown: a township, an agency or an item. */
export type Slice = { key: string; name: Text; totals: Totals };
export type Breakdown = 'division' | 'agency' | 'item';
export type Sliced = { total: Totals; division: Slice[]; agency: Slice[]; item: Slice[] };

type Numbers = Partial<Record<string, number | null>>;
type CaseRow = Numbers & { whole: number; key: string; name: string };
type BranchRow = Numbers & { by: 'whole' | Breakdown; key: string; name: Text | string };

/** All figures of the overview and its three breakdowns. One statement, one pass over cases and one over branches. */
export async function sliced(db: Db, parameters: unknown[]): Promise<Sliced> {
  const [row] = await db.prepared<{ cases: CaseRow[]; branches: BranchRow[] }>(
    'efficacy.sliced',
    slicedSql,
    parameters,
  );
  const { cases = [], branches = [] } = row ?? {};
  const divisions = new Map<string, { name: Text; numbers: Numbers }>();
  for (const one of [...cases.filter(({ whole }) => !whole), ...branches.filter(({ by }) => by === 'division')]) {
    const known = divisions.get(one.key);
    const name = one.name as string;
    divisions.set(one.key, { name: { zh: name, en: name }, numbers: { ...known?.numbers, ...one } });
  }
  const of = (by: Breakdown) =>
    branches
      .filter((one) => one.by === by)
      .map((one): Slice => ({ key: one.key, name: one.name as Text, totals: totalsOf(one) }))
      .sort((a, b) => b.totals.decided - a.totals.decided || (a.key < b.key ? -1 : 1));
  return {
    total: totalsOf({ ...cases.find(({ whole }) => whole), ...branches.find(({ by }) => by === 'whole') }),
    division: [...divisions]
      .map(([key, { name, numbers }]): Slice => ({ key, name, totals: totalsOf(numbers) }))
      .sort((a, b) => b.totals.submitted - a.totals.submitted || (a.key < b.key ? -1 : 1)),
    agency: of('agency'),
    item: of('item'),
  };
}

function totalsOf(numbers: Numbers): Totals {
  const counts = Object.fromEntries(measureIds.map((id) => [id, numbers[id] ?? 0])) as Record<MeasureId, number>;
  const sum = Object.fromEntries(sumIds.map((id) => [id, numbers[`sum ${id}`] ?? 0])) as Record<SumId, number>;
  return { ...counts, sum, medianUsedDays: numbers.median ?? null };
}

/** Counts and sums of one unit as columns; the names of measures are their column names. */
function columnsOf(unit: Unit): string {
  const counted = measureIds
    .filter((id) => measures[id].unit === unit)
    .map((id) => `count(*) filter (where ${measures[id].where})::int as "${id}"`);
  const added = sumIds
    .filter((id) => measures[sums[id].over].unit === unit)
    .map(
      (id) => `coalesce(sum(${sums[id].value}) filter (where ${measures[sums[id].over].where}), 0)::int as "sum ${id}"`,
    );
  return [...counted, ...added].join(',\n    ');
}

const slicedSql = `
with c as (
  select f.*, r.level
    from efficacy.case_fact f left join efficacy.rating_fact r using (region, number)
   where ${casesWanted}
     and (submitted_day between $2 and $3 or ended_day between $2 and $3 or ended_day is null)
), b as (
  select f.* from efficacy.branch_fact f
   where ${branchesWanted} and (decided_day between $2 and $3 or status = 'open')
)
select
  (select coalesce(json_agg(x), '[]') from (
     select grouping(division) as whole, division as key, any_value(division_name) as name,
    ${columnsOf('case')}
       from c group by grouping sets ((), (division))) x) as cases,
  (select coalesce(json_agg(x), '[]') from (
     select case grouping(division, agency, item) when 7 then 'whole' when 3 then 'division' when 5 then 'agency' else 'item' end as by,
            coalesce(division, agency, item) as key,
            case grouping(division, agency, item) when 3 then to_jsonb(any_value(division_name))
                 when 5 then any_value(agency_name) else any_value(item_name) end as name,
            percentile_cont(0.5) within group (order by used_days) filter (where ${measures.decided.where}) as median,
    ${columnsOf('branch')}
       from b group by grouping sets ((), (division), (agency), (item))) x) as branches`;

/** One line of a list: a case, or an item of a case. Fields that belong to the other unit are null. */
export type ListedCase = {
  number: string;
  subjectName: Text;
  divisionName: string;
  channel: string;
  status: string;
  outcome: string | null;
  submittedAt: string;
  endedDay: string | null;
  timesReturned: number;
  visits: number;
  level: number | null;
};
export type ListedBranch = {
  number: string;
  item: string;
  itemName: Text;
  subjectName: Text;
  divisionName: string;
  agencyName: Text;
  status: string;
  openedDay: string;
  decidedDay: string | null;
  promisedDue: string;
  statutoryDue: string;
  promisedDays: number;
  statutoryDays: number;
  usedDays: number | null;
};

export type Listed<Row> = { rows: Row[]; total: number };

/** Cases behind a measure, the latest first, and how many there are. */
export function casesBehind(db: Db, id: MeasureId, parameters: unknown[], offset: number, limit: number) {
  const columns = `number, subject_name as "subjectName", division_name as "divisionName", channel, status, outcome,
    submitted_at as "submittedAt", ended_day as "endedDay", times_returned as "timesReturned", visits, level`;
  const from = `(select f.*, r.level from efficacy.case_fact f left join efficacy.rating_fact r using (region, number)
     where ${casesWanted}) f where ${measures[id].where}`;
  return listed<ListedCase>(db, id, { columns, from, order: '"submittedAt" desc, number' }, [
    ...parameters,
    offset,
    limit,
  ]);
}

/** Items of cases behind a measure: those that wait the longest first, then the latest decided. */
export function branchesBehind(db: Db, id: MeasureId, parameters: unknown[], offset: number, limit: number) {
  const columns = `number, item, item_name as "itemName", subject_name as "subjectName", division_name as "divisionName",
    agency_name as "agencyName", status, opened_day as "openedDay", decided_day as "decidedDay",
    promised_due as "promisedDue", statutory_due as "statutoryDue", promised_days as "promisedDays",
    statutory_days as "statutoryDays", used_days as "usedDays"`;
  const from = `efficacy.branch_fact f where ${branchesWanted} and ${measures[id].where}`;
  const order = '"decidedDay" desc nulls first, "promisedDue", number, item';
  return listed<ListedBranch>(db, id, { columns, from, order }, [...parameters, offset, limit]);
}

async function listed<Row>(
  db: Db,
  id: MeasureId,
  { columns, from, order }: { columns: string; from: string; order: string },
  values: unknown[],
): Promise<Listed<Row>> {
  const [row] = await db.prepared<Listed<Row>>(
    `efficacy.list.${id}`,
    `with hit as (select ${columns} from ${from})
     select (select count(*) from hit)::int as total,
            (select coalesce(json_agg(p), '[]') from (select * from hit order by ${order} offset $10 limit $11) p) as rows`,
    values,
  );
  return row ?? { rows: [], total: 0 };
}
