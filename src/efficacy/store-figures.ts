import type { Db, Text } from '../platform/door.ts';
import type { Totals } from './figures.ts';
import { branchesWanted, casesWanted } from './filter.ts';
import { isOfIssuing, type MeasureId, measureIds, measures, type SumId, sumIds, sums, type Unit } from './measures.ts';

/** One row of a breakdown: a township, an agency or an item. */
export type Slice = { key: string; name: Text; totals: Totals };
export type Breakdown = 'division' | 'agency' | 'item';
export type Sliced = Record<Breakdown, Slice[]> & { total: Totals; medianUsedDays: number | null };

type Numbers = Partial<Record<string, number>>;
type Row = Numbers & { by: 'whole' | Breakdown; key: string | null; name: Text | string | null };

/** All figures of the overview and its three breakdowns. One statement, one pass over cases and one over branches. */
export async function sliced(db: Db, parameters: unknown[]): Promise<Sliced> {
  const [answer] = await db.prepared<{ cases: Row[]; branches: Row[]; median: number | null }>(
    'efficacy.sliced',
    slicedSql,
    parameters,
  );
  const rows = [...(answer?.cases ?? []), ...(answer?.branches ?? [])];
  const of = (by: Breakdown, first: MeasureId) => {
    const slices = new Map<string, Row>();
    // A township has a row from cases and one from branches.
    for (const row of rows) if (row.by === by) slices.set(`${row.key}`, { ...slices.get(`${row.key}`), ...row });
    return [...slices]
      .map(([key, row]): Slice => ({ key, name: nameOf(row), totals: totalsOf(row) }))
      .sort((a, b) => b.totals[first] - a.totals[first] || (a.key < b.key ? -1 : 1));
  };
  return {
    total: totalsOf(Object.assign({}, ...rows.filter(({ by }) => by === 'whole'))),
    medianUsedDays: answer?.median ?? null,
    division: of('division', 'submitted'),
    agency: of('agency', 'decided'),
    item: of('item', 'decided'),
  };
}

/** A division has one name in both languages. */
function nameOf({ key, name }: Row): Text {
  return typeof name === 'object' && name ? name : { zh: name ?? `${key}`, en: name ?? `${key}` };
}

function totalsOf(numbers: Numbers): Totals {
  const counts = Object.fromEntries(measureIds.map((id) => [id, numbers[id] ?? 0])) as Record<MeasureId, number>;
  const sum = Object.fromEntries(sumIds.map((id) => [id, numbers[`sum ${id}`] ?? 0])) as Record<SumId, number>;
  return { ...counts, sum };
}

const namesOf = (unit: Unit) => [
  ...measureIds.filter((id) => measures[id].unit === unit),
  ...sumIds.filter((id) => measures[sums[id].over].unit === unit).map((id) => `sum ${id}`),
];

/** Counts and sums of one unit as columns, named after their measures. */
function counting(unit: Unit): string {
  const counted = measureIds
    .filter((id) => measures[id].unit === unit)
    .map((id) => `count(*) filter (where ${measures[id].where}) as "${id}"`);
  const added = sumIds
    .filter((id) => measures[sums[id].over].unit === unit)
    .map((id) => `sum(${sums[id].value}) filter (where ${measures[sums[id].over].where}) as "sum ${id}"`);
  return [...counted, ...added].join(',\n         ');
}

/** The same columns added up again: from the finest rows to coarser ones. */
function adding(unit: Unit): string {
  return namesOf(unit)
    .map((name) => `coalesce(sum("${name}"), 0)::int as "${name}"`)
    .join(', ');
}

const slicedSql = `
with c as (
  select division, any_value(division_name) as division_name,
         ${counting('case')}
    from (select f.*, r.level from efficacy.case_fact f left join efficacy.rating_fact r using (region, number)) f
   where ${casesWanted}
     and (submitted_day between $2 and $3 or ended_day between $2 and $3 or ended_day is null)
   group by division
), b as materialized (
  select division, agency, item, division_name, agency_name, item_name, status,
         decided_day, used_days, promised_days, statutory_days, promised_due, statutory_due, on_time_promised, on_time_statutory,
         issue_due, issued_day, issue_used_days
    from efficacy.branch_fact f
   where ${branchesWanted} and (decided_day between $2 and $3 or issued_day between $2 and $3 or status = 'open' or status = 'to-issue')
), fine as (
  select division, agency, item, any_value(division_name) as division_name,
         any_value(agency_name) as agency_name, any_value(item_name) as item_name,
         ${counting('branch')}
    from b group by division, agency, item
)
select
  (select coalesce(json_agg(x), '[]') from (
     select case grouping(division) when 1 then 'whole' else 'division' end as by, division as key,
            case grouping(division) when 0 then any_value(division_name) end as name, ${adding('case')}
       from c group by grouping sets ((), (division))) x) as cases,
  (select coalesce(json_agg(x), '[]') from (
     select case grouping(division, agency, item) when 7 then 'whole' when 3 then 'division' when 5 then 'agency' else 'item' end as by,
            coalesce(division, agency, item) as key,
            case grouping(division, agency, item) when 3 then to_jsonb(any_value(division_name))
                 when 5 then any_value(agency_name) when 6 then any_value(item_name) end as name, ${adding('branch')}
       from fine group by grouping sets ((), (division), (agency), (item))) x) as branches,
  (select percentile_cont(0.5) within group (order by used_days) from b where ${measures.decided.where}) as median`;

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
  materialsAsked: number;
  materialsSpared: number;
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
  issueDue: string | null;
  issuedDay: string | null;
  issueUsedDays: number | null;
};

export type Listed<Row> = { rows: Row[]; total: number };

/** Cases behind a measure, the latest first, and how many there are. */
export function casesBehind(db: Db, id: MeasureId, parameters: unknown[], offset: number, limit: number) {
  const columns = `number, subject_name as "subjectName", division_name as "divisionName", channel, status, outcome,
    submitted_at as "submittedAt", ended_day as "endedDay", times_returned as "timesReturned", visits,
    materials_asked as "materialsAsked", materials_spared as "materialsSpared", level`;
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
    statutory_days as "statutoryDays", used_days as "usedDays", issue_due as "issueDue",
    issued_day as "issuedDay", issue_used_days as "issueUsedDays"`;
  const from = `efficacy.branch_fact f where ${branchesWanted} and ${measures[id].where}`;
  const [ended, due] = isOfIssuing(id) ? ['"issuedDay"', '"issueDue"'] : ['"decidedDay"', '"promisedDue"'];
  const order = `${ended} desc nulls first, ${due}, number, item`;
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
            (select coalesce(json_agg(p), '[]') from (select * from hit order by ${order} offset $12 limit $13) p) as rows`,
    values,
  );
  return row ?? { rows: [], total: 0 };
}
