import type { ComponentChildren } from 'preact';
import { Icon } from '../icon/icon.tsx';

export type NoticeKind = 'info' | 'good' | 'warn' | 'bad';
const icons: Record<NoticeKind, string> = {
  info: 'info',
  good: 'circle-check',
  warn: 'triangle-alert',
  bad: 'circle-alert',
};

export type NoticeProps = {
  kind?: NoticeKind;
  title?: string;
  children?: ComponentChildren;
  /** Read aloud when the page opens: what just happened. */
  live?: boolean;
};

/** Something to know before going on, or what just happened. */
export function Notice({ kind = 'info', title, children, live }: NoticeProps) {
  return (
    <div class={`notice notice-${kind}`} role={live ? 'status' : undefined}>
      <Icon name={icons[kind]} />
      <div class="notice-body">
        {title && <p class="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}
