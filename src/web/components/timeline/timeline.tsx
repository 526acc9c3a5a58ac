import type { ComponentChildren } from 'preact';
import type { View } from '../../view.ts';
import { Icon } from '../icon/icon.tsx';

/** `stopped` was refused; `dropped` goes no further although nobody refused it. */
export type StepState = 'done' | 'now' | 'waiting' | 'stopped' | 'dropped';
export type TimelineEntry = {
  state: StepState;
  title: string;
  /** Who has it or did it. */
  who?: string;
  /** When, as people read it. */
  when?: string;
  /** How long it took, or how many days are left. */
  time?: string;
  children?: ComponentChildren;
};

const icons: Record<StepState, string> = {
  done: 'check',
  now: 'hourglass',
  waiting: 'ellipsis',
  stopped: 'x',
  dropped: 'minus',
};

/** What happened and what comes, top to bottom: who, when, how long. */
export function Timeline({ view, entries, label }: { view: View; entries: TimelineEntry[]; label?: string }) {
  return (
    <ol class="timeline" aria-label={label}>
      {entries.map((entry) => (
        <li class={`step step-${entry.state}`} aria-current={entry.state === 'now' ? 'step' : undefined}>
          <span class="step-mark">
            <Icon name={icons[entry.state]} />
          </span>
          <div class="step-body">
            <p class="step-title">
              <span class="away">{view.say(`components.timeline.${entry.state}`)}</span>
              {entry.title}
            </p>
            {(entry.who || entry.when || entry.time) && (
              <p class="step-facts">
                {entry.who && <span>{entry.who}</span>}
                {entry.when && <span>{entry.when}</span>}
                {entry.time && <span class="step-time">{entry.time}</span>}
              </p>
            )}
            {entry.children}
          </div>
        </li>
      ))}
    </ol>
  );
}
