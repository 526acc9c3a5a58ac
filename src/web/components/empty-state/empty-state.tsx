import type { ComponentChildren } from 'preact';
import { Icon } from '../icon/icon.tsx';

export type EmptyStateProps = {
  icon?: string;
  title: string;
  note?: string;
  /** What one can do instead: a Button. */
  children?: ComponentChildren;
};

/** Nothing is here, why, and what to do. */
export function EmptyState({ icon = 'inbox', title, note, children }: EmptyStateProps) {
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon name={icon} large />
      </span>
      <p class="empty-title">{title}</p>
      {note && <p class="quiet">{note}</p>}
      {children}
    </div>
  );
}
