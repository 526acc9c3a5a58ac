import type { View } from '../../view.ts';
import { Table } from '../table/table.tsx';
import { Details } from '../why/why.tsx';

export type Bar = {
  label: string;
  value: number;
  /** The value as people read it. */
  shown: string;
  href?: string;
  /** 1 calm … 5 pressing: the shade of the bottleneck ramp. */
  heat?: 1 | 2 | 3 | 4 | 5;
};
export type BarChartProps = {
  view: View;
  title: string;
  /** One sentence: what the chart says. */
  sentence: string;
  /** Heads of the table: what a bar stands for, what it measures. */
  columns: [string, string];
  bars: Bar[];
  /** The end of the scale; the largest value unless given. */
  max?: number;
};

const rowHeight = { standard: 52, elder: 64, 'elder-xl': 84 } as const;

/** Horizontal bars with their names and numbers, one sentence above, the same as a table below. */
export function BarChart({ view, title, sentence, columns, bars, max }: BarChartProps) {
  const height = rowHeight[view.mode];
  const top = max ?? Math.max(1, ...bars.map((bar) => bar.value));
  const id = `chart-${title.length}-${bars.length}-${[...title].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % 99991, 7)}`;
  return (
    <figure class="chart">
      <figcaption>
        <h3>{title}</h3>
        <p>{sentence}</p>
      </figcaption>
      <svg class="bars" width="100%" height={bars.length * height} role="img" aria-labelledby={`${id}-t ${id}-d`}>
        <title id={`${id}-t`}>{title}</title>
        <desc id={`${id}-d`}>{sentence}</desc>
        {bars.map((bar, at) => (
          <BarLine bar={bar} y={at * height} height={height} top={top} />
        ))}
      </svg>
      <Details summary={view.say('components.chart.table')}>
        <Table
          label={title}
          quietLabel
          columns={[{ label: columns[0] }, { label: columns[1], numeric: true }]}
          rows={bars.map((bar) => ({ cells: [bar.href ? <a href={bar.href}>{bar.label}</a> : bar.label, bar.shown] }))}
        />
      </Details>
    </figure>
  );
}

function BarLine({ bar, y, height, top }: { bar: Bar; y: number; height: number; top: number }) {
  const words = y + height * 0.44;
  const bottom = y + height * 0.58;
  return (
    <>
      <text x="0" y={words}>
        {bar.label}
      </text>
      <text class="bar-value" x="100%" y={words} text-anchor="end">
        {bar.shown}
      </text>
      <rect class="bar-ground" y={bottom} width="100%" height="10" rx="2" />
      {bar.value > 0 && (
        <rect
          class={`bar-fill heat-${bar.heat ?? 0}`}
          y={bottom}
          width={`${Math.max(0.5, Math.min(100, (bar.value / top) * 100))}%`}
          height="10"
          rx="2"
        />
      )}
    </>
  );
}
