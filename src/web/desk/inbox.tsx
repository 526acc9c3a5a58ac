import type { BranchRow, InboxView } from '../../cases/door.ts';
import { Button } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { Heading } from '../components/layout/layout.tsx';
import { Pagination } from '../components/pagination/pagination.tsx';
import { type Row, Table } from '../components/table/table.tsx';
import { Tabs } from '../components/tabs/tabs.tsx';
import { shortDayText, urgency, workdaysText } from '../format.ts';
import { isEmpty, leafing } from '../paging.ts';
import type { Desk } from './desk.ts';
import { DeskPage, Done, inboxViewsOf } from './desk-page.tsx';
import { Due } from './due.tsx';
import { mayTake, NextForm } from './next-bar.tsx';
import { BranchTag } from './states.tsx';

type Props = { desk: Desk; inbox: InboxView; rows: BranchRow[]; more: boolean; at: number; done?: string };

/** The branches of an agency in one of its views, each with its two clocks and who has it. */
export function InboxPage({ desk, inbox, rows, more, at, done }: Props) {
  const { view, actor, counts } = desk;
  const { say, lang } = view;
  const tabs = inboxViewsOf(actor).map((name) => ({
    label: say(`desk.rail.${name}`),
    href: `/desk/inbox?view=${name}`,
    count: name === 'done' ? undefined : counts[name],
    current: name === inbox,
  }));
  return (
    <DeskPage desk={desk} title={say(`desk.rail.${inbox}`)} place={inbox}>
      <Done desk={desk} code={done} />
      <Heading
        about={actor.agencyName[lang]}
        title={say(`desk.rail.${inbox}`)}
        lead={say(`desk.inbox.lead.${inbox}`)}
        action={mayTake(desk) && counts.todo > 0 && <NextForm desk={desk} />}
      />
      <Tabs label={say('desk.inbox.views')} tabs={tabs} />
      {isEmpty(at, { rows, more }) ? (
        <EmptyState title={say(`desk.inbox.empty.${inbox}`)} note={say(`desk.inbox.emptyNote.${inbox}`)} />
      ) : (
        <>
          <ClaimForm desk={desk} />
          <Table
            quietLabel
            label={say(`desk.rail.${inbox}`)}
            {...(inbox === 'done' ? doneTable : inbox === 'issue' ? issueTable : openTable)(desk, rows)}
          />
          <Pagination view={view} {...leafing(at, { rows, more }, '/desk/inbox', { view: inbox })} />
        </>
      )}
    </DeskPage>
  );
}

function openTable(desk: Desk, rows: BranchRow[]) {
  const { say } = desk.view;
  const columns = [
    { label: say('desk.column.applicant'), whole: true },
    { label: say('desk.column.item') },
    { label: say('desk.column.partOf') },
    { label: say('desk.column.promised'), whole: true },
    { label: say('desk.column.statutory'), whole: true },
    { label: say('desk.column.holder'), whole: true },
  ];
  const takes = mayTake(desk);
  return { columns, rows: rows.map((row) => openLine(desk, row, takes)) };
}

function openLine(desk: Desk, row: BranchRow, takes: boolean): Row {
  const { view } = desk;
  const state = urgency(desk.left(row.promisedDue), row.promisedDays);
  return {
    tone: state === 'late' ? 'late' : state === 'calm' ? undefined : 'soon',
    cells: [
      <a href={hrefOf(row)}>{row.applicantName}</a>,
      row.itemName[view.lang],
      `${row.subjectName[view.lang]} · ${view.placeName(row.divisionName)}`,
      <Due desk={desk} due={row.promisedDue} total={row.promisedDays} />,
      <Due desk={desk} due={row.statutoryDue} total={row.statutoryDays} />,
      <Holder desk={desk} row={row} takes={takes} />,
    ],
  };
}

/** Who has it, or the button to take it. */
function Holder({ desk, row, takes }: { desk: Desk; row: BranchRow; takes: boolean }) {
  const { view, actor } = desk;
  if (row.claimedBy === actor.id) return <strong>{view.say('desk.inbox.me')}</strong>;
  if (row.claimedName) return <>{row.claimedName}</>;
  if (!takes) return <span class="quiet">{view.say('desk.inbox.nobody')}</span>;
  return (
    <Button
      kind="secondary"
      form="claim"
      formAction={`/desk/cases/${row.number}`}
      name="item"
      value={row.item}
      label={view.say('desk.inbox.claimLabel', { name: row.applicantName, item: row.itemName[view.lang] })}
    >
      {view.say('desk.act.claim')}
    </Button>
  );
}

/** The form of every button in the list: the button says which branch. */
function ClaimForm({ desk: { view, actor, house } }: { desk: Desk }) {
  return (
    <form id="claim" method="post">
      <Csrf view={view} />
      <input type="hidden" name="commandId" value={house.ids.id(actor.region)} />
      <input type="hidden" name="act" value="claim" />
    </form>
  );
}

/** What was granted and is to be issued, with the day it is to be in the applicant's hands. */
function issueTable(desk: Desk, rows: BranchRow[]) {
  const { say, lang } = desk.view;
  const columns = [
    { label: say('desk.column.applicant'), whole: true },
    { label: say('desk.column.item') },
    { label: say('desk.column.decided'), whole: true },
    { label: say('desk.column.decidedBy'), whole: true },
    { label: say('desk.column.issueDue'), whole: true },
  ];
  const lines = rows.map((row): Row => {
    const late = row.issueDue !== null && desk.left(row.issueDue) < 0;
    return {
      tone: late ? 'late' : undefined,
      cells: [
        <a href={hrefOf(row)}>{row.applicantName}</a>,
        row.itemName[lang],
        row.decidedAt ? shortDayText(desk.view, row.decidedAt) : '',
        row.claimedName ?? '',
        row.issueDue && <Due desk={desk} due={row.issueDue} total={desk.view.limits.issuing.workdays} />,
      ],
    };
  });
  return { columns, rows: lines };
}

function doneTable(desk: Desk, rows: BranchRow[]) {
  const { say, lang } = desk.view;
  const columns = [
    { label: say('desk.column.applicant'), whole: true },
    { label: say('desk.column.item') },
    { label: say('desk.column.outcome'), whole: true },
    { label: say('desk.column.decided'), whole: true },
    { label: say('desk.column.used'), whole: true, numeric: true },
    { label: say('desk.column.decidedBy'), whole: true },
  ];
  const lines = rows.map((row) => ({
    cells: [
      <a href={hrefOf(row)}>{row.applicantName}</a>,
      row.itemName[lang],
      <BranchTag view={desk.view} status={row.status} />,
      row.decidedAt ? shortDayText(desk.view, row.decidedAt) : '',
      say('desk.inbox.used', { used: row.usedDays ?? 0, total: workdaysText(say, row.promisedDays) }),
      row.claimedName ?? '',
    ],
  }));
  return { columns, rows: lines };
}

const hrefOf = ({ number, item }: BranchRow) => `/desk/cases/${number}?item=${item}`;
