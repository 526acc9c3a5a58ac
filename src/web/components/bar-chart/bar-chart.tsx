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

/** Horizontal bars with their names and numbers, one sentence above, the same as a table below. */
export function BarChart({ view, title, sentence, columns, bars, max }: BarChartProps) {
  const top = max ?? Math.max(1, ...bars.map((bar) => bar.value));
  return (
    <figure class="chart">
      <figcaption>
        <h3>{title}</h3>
        <p>{sentence}</p>
      </figcaption>
      <ul class="bars">
        {bars.map((bar) => (
          <BarLine bar={bar} top={top} />
        ))}
      </ul>
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

/** Name and number are text that wraps; only the line is drawn, and says nothing they do not. */
function BarLine({ bar, top }: { bar: Bar; top: number }) {
  return (
    <li>
      <span class="bar-words">
        <span>{bar.label}</span>
        <span class="bar-value">{bar.shown}</span>
      </span>
      <svg width="100%" height="10" aria-hidden="true">
        <rect class="bar-ground" width="100%" height="10" rx="2" />
        {bar.value > 0 && (
          <rect
            class={`bar-fill heat-${bar.heat ?? 0}`}
            width={`${Math.max(0.5, Math.min(100, (bar.value / top) * 100))}%`}
            height="10"
            rx="2"
          />
        )}
      </svg>
    </li>
  );
}
