import type { ComponentChildren } from 'preact';
import type { View } from '../../view.ts';

export type SummaryRow = {
  key: string;
  value: ComponentChildren;
  /** Where this answer can be changed. */
  href?: string;
  note?: string;
};

/** Question and answer, line by line, each with its 修改 link: check answers, facts of a case. */
export function SummaryList({ view, rows, label }: { view: View; rows: SummaryRow[]; label?: string }) {
  return (
    <dl class="summary" aria-label={label}>
      {rows.map(({ key, value, href, note }) => (
        <div class="summary-row">
          <dt>{key}</dt>
          <dd>
            <div class="summary-value">
              {value}
              {note && <p class="hint">{note}</p>}
            </div>
            {href && (
              <a class="summary-change" href={href}>
                {view.say('components.summary.change')}
                <span class="away"> {key}</span>
              </a>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
