import { type Figure, type FigureId, figureOf, type Slice, smallSample } from '../../efficacy/door.ts';
import { type Bar, BarChart } from '../components/bar-chart/bar-chart.tsx';
import { numberText, percentText } from '../format.ts';
import { lookHref, type Narrowing } from './look.ts';
import type { Watch } from './watch-page.tsx';

/** Bars on one chart; the table below it has the rest. */
const most = 8;
type Props = { watch: Watch; by: Narrowing; slices: Slice[] };

/** How much came in, the busiest first. */
export function CountChart({ watch, by, slices }: Props) {
  const { view } = watch;
  const { say, lang } = view;
  const shown = slices.filter(({ totals }) => totals.submitted > 0).slice(0, most);
  if (shown.length === 0) return null;
  const all = slices.reduce((sum, { totals }) => sum + totals.submitted, 0);
  const title =
    slices.length > most ? say('watch.division.chartSome', { n: shown.length }) : say('watch.division.chart');
  const bars = shown.map(({ key, name, totals }) => ({
    ...labelled(watch, by, key, name[lang]),
    value: totals.submitted,
    shown: numberText(lang, totals.submitted),
  }));
  const columns: [string, string] = [say(`watch.table.${by}`), say('watch.table.submitted')];
  return (
    <BarChart
      view={view}
      title={title}
      sentence={say('watch.chart.counted', { n: numberText(lang, all) })}
      columns={columns}
      bars={bars}
    />
  );
}

/** Decided in time, the lowest first. Small numbers are shown but not ranked. */
export function OnTimeChart({ watch, by, slices }: Props) {
  const { view } = watch;
  const { say, lang } = view;
  const { enough, few } = ranked(slices, 'on-time', (a, b) => a - b);
  const worst = enough[0];
  const bars = [...enough, ...few].slice(0, most).map(({ key, name, figure }): Bar => {
    const words = {
      rate: percentText(lang, figure.value ?? 0),
      part: numberText(lang, figure.part),
      of: numberText(lang, figure.of),
    };
    return {
      ...labelled(watch, by, key, name[lang]),
      value: figure.value ?? 0,
      shown: say('watch.chart.shownRate', words),
      heat: figure.of >= smallSample ? heatOf(figure.value ?? 0) : undefined,
    };
  });
  if (bars.length === 0) return null;
  const title = say(by === 'division' ? 'watch.division.rates' : `watch.${by}.chart`);
  const sentence = !worst
    ? say('watch.chart.few', { n: smallSample })
    : worst.figure.value === 1
      ? say('watch.chart.allKept')
      : say('watch.chart.worst', { name: worst.name[lang], rate: percentText(lang, worst.figure.value ?? 0) });
  return (
    <BarChart
      view={view}
      title={title}
      sentence={sentence}
      columns={[say(`watch.table.${by}`), say('watch.table.on-time')]}
      bars={bars}
      max={1}
    />
  );
}

/** Mean working days used, the slowest first. Small numbers come after the others. */
export function DaysChart({ watch, by, slices }: Props) {
  const { view } = watch;
  const { say, lang } = view;
  const { enough, few } = ranked(slices, 'used-days', (a, b) => b - a);
  const bars = [...enough, ...few].slice(0, most).map(({ key, name, figure }) => ({
    ...labelled(watch, by, key, name[lang]),
    value: figure.value ?? 0,
    shown: say('watch.chart.shownDays', { days: numberText(lang, figure.value ?? 0), n: numberText(lang, figure.of) }),
  }));
  if (bars.length === 0) return null;
  const slowest = enough[0];
  const sentence = slowest
    ? say('watch.chart.slowest', { name: slowest.name[lang], days: numberText(lang, slowest.figure.value ?? 0) })
    : say('watch.chart.few', { n: smallSample });
  const columns: [string, string] = [say(`watch.table.${by}`), say('watch.table.days')];
  return <BarChart view={view} title={say(`watch.${by}.days`)} sentence={sentence} columns={columns} bars={bars} />;
}

type Ranked = Slice & { figure: Figure };

/** Slices by a figure, those that rest on too little apart from the others. */
function ranked(
  slices: Slice[],
  id: FigureId,
  order: (a: number, b: number) => number,
): { enough: Ranked[]; few: Ranked[] } {
  const known = slices
    .map((slice) => ({ ...slice, figure: figureOf(slice.totals, id) }))
    .filter(({ figure }) => figure.of > 0)
    .sort((a, b) => order(a.figure.value ?? 0, b.figure.value ?? 0));
  return {
    enough: known.filter(({ figure }) => figure.of >= smallSample),
    few: known.filter(({ figure }) => figure.of < smallSample),
  };
}

function labelled({ look }: Watch, by: Narrowing, key: string, label: string): { label: string; href: string } {
  return { label, href: lookHref('/watch', { ...look, [by]: key }) };
}

function heatOf(share: number): Bar['heat'] {
  if (share >= 0.95) return undefined;
  return share >= 0.9 ? 1 : share >= 0.8 ? 2 : share >= 0.6 ? 3 : 4;
}
