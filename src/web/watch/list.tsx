import { type BranchLine, type CaseList, isNow, isOfIssuing, type ListedCase, listSize } from '../../efficacy/door.ts';
import { standOf } from '../case-stand.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button } from '../components/button/button.tsx';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { Heading } from '../components/layout/layout.tsx';
import { Pagination } from '../components/pagination/pagination.tsx';
import { PrintButton } from '../components/print-header/print-header.tsx';
import { type Row, Table } from '../components/table/table.tsx';
import { Tag } from '../components/tag/tag.tsx';
import { dayText, numberText, shortDayText, shortDueText, timeText } from '../format.ts';
import type { View } from '../view.ts';
import { lookHref } from './look.ts';
import { LookBar, placeText, type Watch, WatchPage } from './watch-page.tsx';

/** The cases behind a figure, with what they were chosen by said in words. */
export function ListPage({ watch, list }: { watch: Watch; list: CaseList }) {
  const { view, look } = watch;
  const { say, lang } = view;
  const { measure, total, offset, rows } = list;
  const title = say(`watch.measure.${measure}`);
  const span = isNow(measure) ? say('watch.list.asOfNow', { day: dayText(lang, view.now) }) : watch.span;
  const where = say('watch.about.place', { place: placeText(watch), period: span });
  const lead = say(`watch.list.lead.${list.unit === 'case' ? 'cases' : 'items'}`, {
    where,
    total: numberText(lang, total),
  });
  const page = (at: number) => lookHref('/watch/cases', look, at > 1 ? { measure, page: at } : { measure });
  const at = offset / listSize + 1;
  const back = <BackLink view={view} href={lookHref('/watch', look)} label={say('watch.list.back')} />;
  return (
    <WatchPage watch={{ ...watch, span }} title={title} measure={measure} back={back}>
      <Heading title={title} lead={lead} action={<PrintButton view={view} />} />
      <LookBar watch={watch} path="/watch/cases" more={{ measure }} />
      {rows.length === 0 ? (
        <Empty view={view} past={total > 0} first={page(1)} />
      ) : (
        <>
          <Table quietLabel label={title} columns={columnsOf(view, list)} rows={linesOf(view, list)} />
          <p class="table-more">
            <a href={lookHref('/watch/cases.csv', look, { measure })} download>
              {say('watch.export.cases')}
            </a>
          </p>
          <Pagination
            view={view}
            previous={at > 1 ? page(at - 1) : undefined}
            next={offset + rows.length < total ? page(at + 1) : undefined}
            from={offset + 1}
            to={offset + rows.length}
            total={total}
          />
        </>
      )}
    </WatchPage>
  );
}

function Empty({ view: { say }, past, first }: { view: View; past: boolean; first: string }) {
  if (!past) return <EmptyState title={say('watch.list.empty')} note={say('watch.list.emptyNote')} />;
  return (
    <EmptyState title={say('watch.list.past')}>
      <Button href={first}>{say('watch.list.first')}</Button>
    </EmptyState>
  );
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
  'papers',
  'level',
];
const branchColumns = ['number', 'item', 'division', 'due', 'decided', 'used', 'late'];
const issuingColumns = ['number', 'item', 'division', 'granted', 'issueDue', 'issued', 'issueUsed', 'late'];
const short = new Set([
  'number',
  'channel',
  'submitted',
  'status',
  'ended',
  'opened',
  'due',
  'decided',
  'used',
  'granted',
  'issueDue',
  'issued',
  'issueUsed',
  'late',
  'papers',
  'level',
]);

function columnsOf({ say }: View, { unit, measure }: CaseList) {
  const names = unit === 'case' ? caseColumns : isOfIssuing(measure) ? issuingColumns : branchColumns;
  return names.map((name) => ({
    label: say(`watch.list.column.${name}`),
    whole: short.has(name),
    numeric: name === 'visits' || name === 'papers' || name === 'used' || name === 'issueUsed',
  }));
}

function linesOf(view: View, list: CaseList): Row[] {
  return list.unit === 'case'
    ? list.rows.map((row) => caseLine(view, row))
    : list.rows.map((row) => branchLine(view, row, isOfIssuing(list.measure)));
}

function caseLine(view: View, row: ListedCase): Row {
  const { say, lang } = view;
  const returned = row.timesReturned > 0 && <span class="quiet">{say('watch.list.returnedOnce')}</span>;
  return {
    cells: [
      <NumberLink number={row.number} />,
      row.subjectName[lang],
      view.placeName(row.divisionName),
      say(`watch.list.channel.${row.channel}`),
      timeText(view, row.submittedAt),
      <>
        {say(`watch.list.status.${standOf(row)}`)} {returned}
      </>,
      row.endedDay ? shortDayText(view, row.endedDay) : '',
      numberText(lang, row.visits),
      say('watch.list.papers', {
        asked: numberText(lang, row.materialsAsked),
        spared: numberText(lang, row.materialsSpared),
      }),
      row.level === null ? '' : <Level view={view} level={row.level} />,
    ],
  };
}

/** An item with the clock its list is about: that of the decision, or that of issuing. */
function branchLine(view: View, row: BranchLine, ofIssuing: boolean): Row {
  const { say, lang } = view;
  const late = row.lateDays > 0;
  return {
    tone: late ? 'late' : undefined,
    cells: [
      <NumberLink number={row.number} />,
      <>
        {row.itemName[lang]}
        <br />
        <span class="quiet">{row.agencyName[lang]}</span>
      </>,
      view.placeName(row.divisionName),
      ...(ofIssuing ? issuingCells(view, row) : decisionCells(view, row)),
      <Tag tone={late ? 'bad' : 'good'}>
        {late ? say('watch.list.lateBy', { days: row.lateDays }) : say('watch.list.inTime')}
      </Tag>,
    ],
  };
}

function decisionCells(view: View, row: BranchLine) {
  const { say } = view;
  return [
    shortDueText(view, row.promisedDue),
    <>
      {row.decidedDay && shortDayText(view, row.decidedDay)} {say(`watch.list.status.${row.status}`)}
    </>,
    `${row.usedDays ?? say('watch.none')} / ${row.promisedDays} / ${row.statutoryDays}`,
  ];
}

function issuingCells(view: View, { decidedDay, issueDue, issuedDay, issueUsedDays }: BranchLine) {
  const { say, lang } = view;
  return [
    decidedDay && shortDayText(view, decidedDay),
    issueDue && shortDueText(view, issueDue),
    issuedDay ? shortDayText(view, issuedDay) : say('watch.list.status.to-issue'),
    issueUsedDays === null ? say('watch.none') : numberText(lang, issueUsedDays),
  ];
}

function Level({ view: { say }, level }: { view: View; level: number }) {
  return <Tag tone={level <= 2 ? 'bad' : 'good'}>{say(`rating.level.${level}`)}</Tag>;
}

/** The part of the number that tells cases of one county apart: day, serial and check character. */
function NumberLink({ number }: { number: string }) {
  return (
    <a class="code" href={`/desk/cases/${number}`}>
      {number.slice(-15, -7)} {number.slice(-7)}
    </a>
  );
}
