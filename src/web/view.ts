import type { Actor, Device } from '../identity/door.ts';
import type { Lang, Limits, Say, Text } from '../platform/door.ts';

/** How large things are: `elder` is 22 px with 64 px targets, `elder-xl` 30 px with 72 px targets. Kept in a cookie. */
export const modes = ['standard', 'elder', 'elder-xl'] as const;
export type Mode = (typeof modes)[number];

/** What every page and component may know about the reader and the request. */
export type View = {
  say: Say;
  lang: Lang;
  mode: Mode;
  actor: Actor;
  /** Whether the reader is signed in could not be found out: a page must say neither. */
  unread?: boolean;
  /** The kiosk or village station the reader stands at. */
  device?: Device;
  csrf: string;
  /** Path of this page, with its query if it has one; the switches in the header come back to it. */
  path: string;
  demo: boolean;
  county: Text;
  /** A place as the reader reads it, by its Chinese name; several names are those of one place, the larger first. */
  placeName(...names: string[]): string;
  region: string;
  now: Date;
  /** Last day the calendar of working days is known for; a due day after it is provisional. */
  coveredUntil: string;
  /** How long something may take or last, where a page says so. */
  limits: Limits;
  /** The reader has no stylesheet of ours yet: styles travel inside the page. */
  firstView: boolean;
  requestId: string;
  /** How much waits for this administrator, by the name of the place; nothing anywhere else. */
  waiting?: Readonly<Record<string, number>>;
};

/** This page again with one setting changed. A hook stores the setting in a cookie and redirects to the clean address. */
export function switchHref(view: View, name: 'lang' | 'mode', value: string): string {
  return `${view.path}${view.path.includes('?') ? '&' : '?'}${name}=${value}`;
}
