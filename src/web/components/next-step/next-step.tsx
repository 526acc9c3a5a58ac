import type { ComponentChildren } from 'preact';
import { Icon } from '../icon/icon.tsx';

export type NextStepProps = {
  icon?: string;
  /** What *this* reader does next, or that there is nothing to do. */
  title: string;
  note?: string;
  tone?: 'calm' | 'act' | 'good';
  /** The one button, if there is something to do. */
  children?: ComponentChildren;
};

/** The largest thing on a case page: what this reader does next. */
export function NextStep({ icon = 'hourglass', title, note, tone = 'calm', children }: NextStepProps) {
  return (
    <section class={`next next-${tone}`}>
      <span class="next-icon">
        <Icon name={icon} large />
      </span>
      <div class="next-body">
        <h2>{title}</h2>
        {note && <p>{note}</p>}
        {children}
      </div>
    </section>
  );
}
