import type { ComponentChildren } from 'preact';
import { Icon } from '../icon/icon.tsx';
import { type Tone, toneIcon } from '../tag/tag.tsx';

export type FigureProps = {
  /** What it measures, in few words. */
  label: string;
  /** Already written as people read it: 97.3%. */
  number: string;
  unit?: string;
  /** One sentence: what the number means. */
  sentence: string;
  /** One way down, to what is behind the number. */
  href?: string;
  link?: string;
  tone?: Tone;
};

/** One number, one sentence, one way down. */
export function Figure({ label, number, unit, sentence, href, link, tone }: FigureProps) {
  return (
    <section class="figure">
      <h3 class="figure-label">
        {tone && (
          <span class={`tone-${tone}`}>
            <Icon name={toneIcon[tone]} />
          </span>
        )}
        {label}
      </h3>
      <p class="figure-number">
        {number}
        {unit && <span class="figure-unit"> {unit}</span>}
      </p>
      <p class="figure-sentence">{sentence}</p>
      {href && (
        <a class="figure-link" href={href}>
          {link}
          <Icon name="chevron-right" />
        </a>
      )}
    </section>
  );
}

/** Figures side by side. */
export function Figures({ children }: { children: ComponentChildren }) {
  return <div class="figures">{children}</div>;
}
