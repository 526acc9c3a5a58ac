import type { CaseRow } from '../../cases/door.ts';
import { Button } from '../components/button/button.tsx';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { Heading } from '../components/layout/layout.tsx';
import { Pagination } from '../components/pagination/pagination.tsx';
import { type Row, Table } from '../components/table/table.tsx';
import { timeText, urgency } from '../format.ts';
import { isEmpty, leafing } from '../paging.ts';
import { type Desk, mayEnter, shortNumber } from './desk.ts';
import { DeskPage, Done } from './desk-page.tsx';
import { Due } from './due.tsx';

type Props = { desk: Desk; rows: CaseRow[]; more: boolean; at: number; done?: string };

/** Cases that wait for the counter's answer, the most urgent first. */
export function QueuePage({ desk, rows, more, at, done }: Props) {
  const { view, actor } = desk;
  const { say } = view;
  const first = rows.length > 0 && (
    <Button href="/desk/queue/next" icon="arrow-right" shortcut="n">
      {say('desk.queue.next')}
    </Button>
  );
  return (
    <DeskPage desk={desk} title={say('desk.queue.title')} place="queue">
      <Done desk={desk} code={done} />
      <Heading
        title={say('desk.queue.title')}
        lead={say('desk.queue.lead', { days: answerDays(desk) })}
        action={first}
      />
      {isEmpty(at, { rows, more }) ? (
        <EmptyState title={say('desk.queue.empty')} note={say('desk.queue.emptyNote')}>
          {mayEnter(actor) && (
            <Button href="/desk/counter" icon="square-pen">
              {say('desk.rail.counter')}
            </Button>
          )}
        </EmptyState>
      ) : (
        <>
          <Table
            quietLabel
            label={say('desk.queue.title')}
            columns={columnsOf(desk)}
            rows={rows.map((row) => lineOf(desk, row))}
          />
          <Pagination view={view} {...leafing(at, { rows, more }, '/desk/queue')} />
        </>
      )}
    </DeskPage>
  );
}

const answerDays = ({ house }: Desk): number => house.limits.answer.workdays;

function columnsOf({ view: { say } }: Desk) {
  return [
    { label: say('desk.column.applicant'), whole: true },
    { label: say('desk.column.subject') },
    { label: say('desk.column.number'), whole: true },
    { label: say('desk.column.channel'), whole: true },
    { label: say('desk.column.submitted'), whole: true },
    { label: say('desk.column.answerDue'), whole: true },
  ];
}

function lineOf(desk: Desk, row: CaseRow): Row {
  const { say, lang } = desk.view;
  const left = desk.left(row.answerDue);
  const total = answerDays(desk);
  const state = urgency(left, total);
  return {
    tone: state === 'late' ? 'late' : state === 'calm' ? undefined : 'soon',
    cells: [
      <a href={`/desk/cases/${row.number}`}>{row.applicantName}</a>,
      row.subjectName[lang],
      <span class="code">{shortNumber(row.number)}</span>,
      say(`desk.channel.${row.channel}`),
      timeText(desk.view, row.submittedAt),
      <Due desk={desk} due={row.answerDue} total={total} />,
    ],
  };
}
