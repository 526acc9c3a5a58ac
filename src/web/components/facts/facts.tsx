import { Icon } from '../icon/icon.tsx';

export type Fact = { icon: string; label: string; value: string; note?: string };

/** A few facts at a glance: how long, how many visits, what it costs. */
export function Facts({ facts, label }: { facts: Fact[]; label?: string }) {
  return (
    <dl class="facts" aria-label={label}>
      {facts.map(({ icon, label, value, note }) => (
        <div class="fact">
          <dt>
            <Icon name={icon} />
            {label}
          </dt>
          <dd>
            <strong>{value}</strong>
            {note && <span class="hint">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
