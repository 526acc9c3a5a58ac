import type { ComponentChildren } from 'preact';

type Children = { children: ComponentChildren };

/**
 * A reading column with something beside it (on a narrow screen below it). The column is a white sheet; `plain`
 * leaves it bare, for pages that lay out several Sheets in it.
 */
export function Columns({ children, aside, plain }: Children & { aside?: ComponentChildren; plain?: boolean }) {
  return (
    <div class="columns">
      <div class={plain ? 'column' : 'column column-sheet'}>{children}</div>
      {aside && <div class="column-aside">{aside}</div>}
    </div>
  );
}

/** Two panes of a work view: what was sent on the left, what to do about it on the right; each scrolls by itself. */
export function Split({ children, side }: Children & { side: ComponentChildren }) {
  return (
    <div class="split">
      <div class="pane">{children}</div>
      <div class="pane pane-side">{side}</div>
    </div>
  );
}

/** A part of a page under its own heading. */
export function Section({
  title,
  id,
  action,
  children,
}: Children & { title: string; id?: string; action?: ComponentChildren }) {
  return (
    <section class="section" aria-labelledby={id}>
      <div class="section-head">
        <h2 id={id}>{title}</h2>
        {action}
      </div>
      {children}
    </section>
  );
}

/** The head of a page: what it is about in small words, its title, one sentence. */
export function Heading({
  title,
  about,
  lead,
  action,
}: {
  title: string;
  about?: string;
  lead?: string;
  action?: ComponentChildren;
}) {
  return (
    <div class="heading">
      <div class="heading-words">
        {about && <p class="about">{about}</p>}
        <h1>{title}</h1>
        {lead && <p class="lead">{lead}</p>}
      </div>
      {action && <div class="heading-action">{action}</div>}
    </div>
  );
}

/** A white sheet that holds one thing. */
export function Sheet({ children }: Children) {
  return <div class="sheet">{children}</div>;
}

/** Fields side by side where there is room: the counter's one-screen form. */
export function FieldRow({ children }: Children) {
  return <div class="field-row">{children}</div>;
}
