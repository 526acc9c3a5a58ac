import { type CaseRow, namesApplicant } from '../../cases/door.ts';
import { mask } from '../../elements/door.ts';
import { Table } from '../components/table/table.tsx';
import { timeText } from '../format.ts';
import { type Desk, shortNumber } from './desk.ts';
import { personElements } from './person-elements.ts';
import { CaseTag } from './states.tsx';

/** Cases of any state in a dense table: what a search found, what came lately. */
export function CaseRows({ desk, rows, label }: { desk: Desk; rows: CaseRow[]; label: string }) {
  const { view } = desk;
  const { say, lang } = view;
  const { name } = personElements(desk.house.texts);
  const columns = [
    { label: say('desk.column.applicant'), whole: true },
    { label: say('desk.column.subject') },
    { label: say('desk.column.status'), whole: true },
    { label: say('desk.column.division'), whole: true },
    { label: say('desk.column.number'), whole: true },
    { label: say('desk.column.channel'), whole: true },
    { label: say('desk.column.submitted'), whole: true },
  ];
  const lines = rows.map((row) => ({
    cells: [
      <a href={`/desk/cases/${row.number}`}>
        {namesApplicant(desk.actor, row) ? row.applicantName : mask(name, row.applicantName)}
      </a>,
      row.subjectName[lang],
      <CaseTag view={view} of={row} />,
      view.placeName(row.divisionName),
      <span class="code">{shortNumber(row.number)}</span>,
      say(`desk.channel.${row.channel}`),
      timeText(view, row.submittedAt),
    ],
  }));
  return <Table quietLabel label={label} columns={columns} rows={lines} />;
}
