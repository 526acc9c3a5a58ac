import type { ComponentChild } from 'preact';
import { figureOf, type MeasureId, type Slice, type Totals } from '../../efficacy/door.ts';
import { Section } from '../components/layout/layout.tsx';
import { Table } from '../components/table/table.tsx';
import { numberText } from '../format.ts';
import { CountChart, DaysChart, OnTimeChart } from './charts.tsx';
import { type Look, lookHref, type Narrowing } from './look.ts';
import type { Watch } from './watch-page.tsx';
import { Mean, meanText, Rate } from './words.tsx';

type Props = { watch: Watch; by: Narrowing; slices: Slice[]; total: Totals };

/** One way of dividing the whole: a sentence, two charts, and a table whose last row is the whole. */
export function BreakdownSection({ watch, by, slices, total }: Props) {
  const { say, lang } = watch.view;
  const first = slices[0];
  if (!first) return null;
  const measure = by === 'division' ? 'submitted' : 'decided';
  const sentence = say(`watch.${by}.sentence`, { most: first.name[lang], n: numberText(lang, first.totals[measure]) });
  return (
    <Section title={say(`watch.${by}.title`)} id={by}>
      {slices.length > 1 && (
        <>
          {first.totals[measure] > 0 && <p>{sentence}</p>}
          <div class="charts">
            {by === 'division' && <CountChart watch={watch} by={by} slices={slices} />}
            <OnTimeChart watch={watch} by={by} slices={slices} />
            {by !== 'division' && <DaysChart watch={watch} by={by} slices={slices} />}
          </div>
        </>
      )}
      <SliceTable watch={watch} by={by} slices={slices} total={total} />
      <p class="table-more">
        <a href={lookHref('/watch/figures.csv', watch.look, { by })} download>
          {say('watch.export.figures')}
        </a>
      </p>
    </Section>
  );
}

type Cell = { label: string; cell: (totals: Totals, look: Look) => ComponentChild };

function SliceTable({ watch, by, slices, total }: Props) {
  const { view, look } = watch;
  const { say, lang } = view;
  const cells = by === 'division' ? divisionCells(watch) : [...decisionCells(watch), ...issuingCells(watch, total)];
  const rows = slices.map(({ key, name, totals }) => {
    const narrower = { ...look, [by]: key };
    return {
      cells: [
        <a href={lookHref('/watch', narrower)}>{name[lang]}</a>,
        ...cells.map(({ cell }) => cell(totals, narrower)),
      ],
    };
  });
  return (
    <Table
      label={say(`watch.table.${by}Label`)}
      columns={[
        { label: say(`watch.table.${by}`) },
        ...cells.map(({ label }) => ({ label, numeric: true, whole: true })),
      ]}
      rows={rows}
      foot={[say('watch.table.total'), ...cells.map(({ cell }) => cell(total, look))]}
    />
  );
}

/** A number that leads to its list. */
function counted({ view }: Watch, id: MeasureId): Cell {
  return {
    label: view.say(`watch.table.${id}`),
    cell: (totals, look) =>
      totals[id] === 0 ? (
        '0'
      ) : (
        <a href={lookHref('/watch/cases', look, { measure: id })}>{numberText(view.lang, totals[id])}</a>
      ),
  };
}

function divisionCells(watch: Watch): Cell[] {
  const { view } = watch;
  const { say } = view;
  return [
    counted(watch, 'submitted'),
    counted(watch, 'closed'),
    counted(watch, 'running'),
    counted(watch, 'late-running'),
    onTime(watch),
    { label: say('watch.table.days'), cell: (totals) => <Mean view={view} totals={totals} id="used-days" /> },
    { label: say('watch.table.visits'), cell: (totals) => <Mean view={view} totals={totals} id="visits" /> },
    counted(watch, 'returned'),
    {
      label: say('watch.table.satisfaction'),
      cell: (totals) => <Mean view={view} totals={totals} id="satisfaction" />,
    },
  ];
}

function decisionCells(watch: Watch): Cell[] {
  const { view } = watch;
  const { say } = view;
  const mean = (totals: Totals, id: 'promised-days' | 'statutory-days') => meanText(view, figureOf(totals, id));
  return [
    counted(watch, 'decided'),
    counted(watch, 'open'),
    counted(watch, 'late-running'),
    onTime(watch),
    { label: say('watch.table.days'), cell: (totals) => <Mean view={view} totals={totals} id="used-days" /> },
    {
      label: say('watch.table.limits'),
      cell: (totals) => `${mean(totals, 'promised-days')} / ${mean(totals, 'statutory-days')}`,
    },
    counted(watch, 'refused'),
  ];
}

/** Only where something was issued by somebody else, or waits for it: most items have no such step, and no township has. */
function issuingCells(watch: Watch, total: Totals): Cell[] {
  if (total['to-issue'] + total.issued === 0) return [];
  const { view } = watch;
  const days = (totals: Totals) => <Mean view={view} totals={totals} id="issue-days" />;
  return [counted(watch, 'to-issue'), { label: view.say('watch.table.issue-days'), cell: days }];
}

/** The rate leads to those that were late, when there are any. */
function onTime({ view }: Watch): Cell {
  return {
    label: view.say('watch.table.on-time'),
    cell: (totals, look) => {
      const rate = <Rate view={view} totals={totals} id="on-time" />;
      return totals.late > 0 ? <a href={lookHref('/watch/cases', look, { measure: 'late' })}>{rate}</a> : rate;
    },
  };
}
