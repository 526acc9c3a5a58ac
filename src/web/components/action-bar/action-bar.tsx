import type { ComponentChildren } from 'preact';

/** The actions of a work view. Stays at the bottom edge; it never scrolls away. */
export function ActionBar({
  label,
  note,
  children,
}: {
  label: string;
  note?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <section class="action-bar" aria-label={label}>
      {note && <p class="action-note">{note}</p>}
      {children}
    </section>
  );
}
