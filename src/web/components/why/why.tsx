import type { ComponentChildren } from 'preact';
import type { View } from '../../view.ts';
import { Icon } from '../icon/icon.tsx';

/** The side panel 为什么问这个: open beside the question on a wide screen, below it on a narrow one. */
export function Why({ view, title, children }: { view: View; title?: string; children: ComponentChildren }) {
  return (
    <aside class="why" aria-labelledby="why">
      <h2 class="why-title" id="why">
        <Icon name="message-circle-question-mark" />
        {title ?? view.say('components.why')}
      </h2>
      {children}
    </aside>
  );
}

/** Words that open on request. */
export function Details({ summary, open, children }: { summary: string; open?: boolean; children: ComponentChildren }) {
  return (
    <details class="details" open={open}>
      <summary>{summary}</summary>
      <div class="details-body">{children}</div>
    </details>
  );
}
