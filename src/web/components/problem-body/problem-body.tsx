import type { ComponentChildren } from 'preact';
import type { View } from '../../view.ts';
import { Icon } from '../icon/icon.tsx';

export type ProblemBodyProps = {
  view: View;
  title: string;
  /** What was kept and what to do next. */
  advice: string;
  /** What comes before the ways out of the page: a form that only waits to be sent. */
  first?: ComponentChildren;
  /** Buttons: what to do next. */
  children?: ComponentChildren;
};

/** The body of an error page: what happened, what was kept, what to do next, and a number for the hotline. */
export function ProblemBody({ view, title, advice, first, children }: ProblemBodyProps) {
  const { say } = view;
  return (
    <div class="problem">
      <span class="empty-icon">
        <Icon name="life-buoy" large />
      </span>
      <h1>{title}</h1>
      <p class="lead">{advice}</p>
      {first}
      <div class="button-row">
        {children}
        <a class="button button-secondary" href="/">
          <span>{say('components.problem.home')}</span>
        </a>
      </div>
      <p class="quiet">
        {say('components.problem.call')} <span class="code">{view.requestId}</span>
      </p>
    </div>
  );
}
