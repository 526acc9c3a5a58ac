import {
  type BranchLine,
  type Breakdown,
  type CaseList,
  figureIds,
  figureOf,
  figures,
  type ListedCase,
  listBehind,
  type MeasureId,
  measureIds,
  measures,
  type Overview,
  type Totals,
} from '../../efficacy/door.ts';
import { standOf } from '../case-stand.ts';
import { momentText } from '../format.ts';
import type { View } from '../view.ts';

type Table = (string | number)[][];

/** A breakdown with every count and every figure it has; the last line is the whole. Shares are 0 to 1. Pure. */
export function figuresTable({ say, lang }: View, by: Breakdown, overview: Overview): Table {
  // Agencies and items decide branches; what is counted in cases is only known of places.
  const counted = measureIds.filter((id) => by === 'division' || measures[id].unit === 'branch');
  const told = figureIds.filter(
    (id) => figures[id].kind !== 'count' && (by === 'division' || measures[listBehind(id)].unit === 'branch'),
  );
  const line = (totals: Totals) => [
    ...counted.map((id: MeasureId) => totals[id]),
    ...told.map((id) => {
      const { value } = figureOf(totals, id);
      return value === null ? '' : Number(value.toFixed(4));
    }),
  ];
  const head = [
    say(`watch.table.${by}`),
    ...counted.map((id) => say(`watch.measure.${id}`)),
    ...told.map((id) => say(`watch.figure.${id}.name`)),
  ];
  const slices = overview[by].map(({ name, totals }) => [name[lang], ...line(totals)]);
  return [head, ...slices, [say('watch.table.total'), ...line(overview.total)]];
}

const caseColumns = [
  'number',
  'subject',
  'division',
  'channel',
  'submitted',
  'status',
  'ended',
  'visits',
  'asked',
  'spared',
  'level',
];
const branchColumns = ['number', 'subject', 'item', 'agency', 'division', 'opened', 'due', 'legal'];
const branchMore = ['status', 'decided', 'used', 'promised', 'statutory', 'issueDue', 'issued', 'issueUsed', 'late'];

/** The lines behind a figure, whole numbers and all. Pure. */
export function casesTable(view: View, list: CaseList): Table {
  const names = list.unit === 'case' ? caseColumns : [...branchColumns, ...branchMore];
  const head = names.map((name) => view.say(`watch.csv.${name}`));
  return [
    head,
    ...(list.unit === 'case'
      ? list.rows.map((row) => caseLine(view, row))
      : list.rows.map((row) => branchLine(view, row))),
  ];
}

function caseLine({ say, lang, placeName }: View, row: ListedCase): (string | number)[] {
  return [
    row.number,
    row.subjectName[lang],
    placeName(row.divisionName),
    say(`watch.list.channel.${row.channel}`),
    momentText(lang, row.submittedAt),
    say(`watch.list.status.${standOf(row)}`),
    row.endedDay ?? '',
    row.visits,
    row.materialsAsked,
    row.materialsSpared,
    row.level === null ? '' : say(`rating.level.${row.level}`),
  ];
}

function branchLine({ say, lang, placeName }: View, row: BranchLine): (string | number)[] {
  return [
    ...[row.number, row.subjectName[lang], row.itemName[lang], row.agencyName[lang], placeName(row.divisionName)],
    ...[row.openedDay, row.promisedDue, row.statutoryDue],
    ...[say(`watch.list.status.${row.status}`), row.decidedDay ?? '', row.usedDays ?? ''],
    ...[row.promisedDays, row.statutoryDays],
    ...[row.issueDue ?? '', row.issuedDay ?? '', row.issueUsedDays ?? '', row.lateDays],
  ];
}
