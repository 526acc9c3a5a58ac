import type { ComponentChildren } from 'preact';
import { Icon } from '../icon/icon.tsx';

export type ButtonProps = {
  /** One `primary` on a page. `warning` is for what cannot be undone; `link` looks like a link. */
  kind?: 'primary' | 'secondary' | 'warning' | 'link';
  children: ComponentChildren;
  /** With an address it is a link that looks like a button: use it to go somewhere, never to change something. */
  href?: string;
  name?: string;
  value?: string;
  icon?: string;
  /** A key shown on the button and pressed by desk staff, e.g. `a`; the desk script listens. */
  shortcut?: string;
  formAction?: string;
  /** Id of the form when the button stands outside of it. */
  form?: string;
  /** Sends the form without the browser's own checks. */
  formNoValidate?: boolean;
  /** What is read aloud when the visible words alone are not clear, e.g. 修改姓名. */
  label?: string;
};

/** A button, or a link that looks like one. */
export function Button({ kind = 'primary', children, href, icon, shortcut, label, ...button }: ButtonProps) {
  const face = (
    <>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
      {shortcut && <kbd>{shortcut.toUpperCase()}</kbd>}
    </>
  );
  const shared = {
    class: `button button-${kind}`,
    'aria-label': label,
    'data-key': shortcut,
    'aria-keyshortcuts': shortcut,
  };
  if (href !== undefined)
    return (
      <a {...shared} href={href}>
        {face}
      </a>
    );
  return (
    <button {...shared} type="submit" {...button}>
      {face}
    </button>
  );
}

/** Buttons in a row that wraps; the primary one first. */
export function ButtonRow({ children }: { children: ComponentChildren }) {
  return <div class="button-row">{children}</div>;
}
