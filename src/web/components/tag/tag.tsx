import { Icon } from '../icon/icon.tsx';

/** Tone of a state. Each has its own icon, so that colour never speaks alone. */
export type Tone = 'plain' | 'working' | 'good' | 'warn' | 'bad';
export const toneIcon: Record<Tone, string> = {
  plain: 'circle',
  working: 'loader',
  good: 'circle-check',
  warn: 'clock-alert',
  bad: 'circle-x',
};

/** A state in one word, with icon and colour. */
export function Tag({ tone = 'plain', icon, children }: { tone?: Tone; icon?: string; children: string }) {
  return (
    <span class={`tag tag-${tone}`}>
      <Icon name={icon ?? toneIcon[tone]} />
      {children}
    </span>
  );
}
