import type { ComponentChildren } from 'preact';
import type { InboxView } from '../../cases/door.ts';
import { can, type StaffActor, scopeOf } from '../../identity/door.ts';
import { Notice } from '../components/notice/notice.tsx';
import { Page } from '../components/page/page.tsx';
import { Rail, type RailGroup, type RailItem } from '../components/rail/rail.tsx';
import { type Desk, mayEnter, mayWatch, worksCounter, worksInbox } from './desk.ts';

/** Where in the rail a page stands. */
export type Place = 'requests' | 'queue' | 'counter' | 'recent' | 'search' | InboxView;
export const inboxViews: InboxView[] = ['issue', 'todo', 'due', 'overdue', 'mine', 'done'];

/** The views of somebody's inbox: what is decided is for who decides or leads, what is to be issued for who issues. */
export function inboxViewsOf(actor: StaffActor): InboxView[] {
  const decides = scopeOf(actor, 'branch.claim', 'branch.release').length > 0;
  const issues = scopeOf(actor, 'branch.issue').length > 0;
  return inboxViews.filter((name) => (name === 'issue' ? issues : decides || name === 'done'));
}

type DeskPageProps = {
  desk: Desk;
  title: string;
  children: ComponentChildren;
  place?: Place;
  back?: ComponentChildren;
  wrong?: boolean;
};

/** A page of the desk: the document with the rail at its left. */
export function DeskPage({ desk, title, children, place, back, wrong }: DeskPageProps) {
  const { view } = desk;
  const rail = <Rail label={view.say('desk.rail.label')} groups={railOf(desk, place)} />;
  return (
    <Page view={view} title={title} area="desk" rail={rail} back={back} wrong={wrong}>
      {children}
    </Page>
  );
}

const icons: Record<InboxView, string> = {
  todo: 'inbox',
  due: 'clock-alert',
  overdue: 'triangle-alert',
  mine: 'hand',
  done: 'circle-check',
  issue: 'stamp',
};

/** What this person's roles let them do, with how much waits there. */
function railOf(desk: Desk, place?: Place): RailGroup[] {
  const { say } = desk.view;
  const { actor, counts } = desk;
  const item = (name: Place, href: string, icon: string, more: Partial<RailItem> = {}): RailItem => ({
    label: say(`desk.rail.${name}`),
    href,
    icon,
    current: place === name,
    ...more,
  });
  const counter = [
    worksCounter(actor) && item('queue', '/desk/queue', 'inbox', { count: counts.queue }),
    mayEnter(actor) && item('counter', '/desk/counter', 'square-pen'),
    worksCounter(actor) && item('recent', '/desk/recent', 'history'),
    scopeOf(actor, 'request.list').length > 0 && item('requests', '/desk/requests', 'shield-check'),
  ];
  const inbox = worksInbox(actor) ? inboxViewsOf(actor).map((name) => inboxItem(name)) : [];
  const more = [
    scopeOf(actor, 'case.search').length > 0 && item('search', '/desk/search', 'search'),
    can(actor, 'break-glass.open', { kind: 'house' }) && {
      label: say('desk.rail.glass'),
      href: '/desk/break-glass',
      icon: 'siren',
    },
    mayWatch(actor) && { label: say('desk.rail.watch'), href: '/watch', icon: 'chart-column' },
  ];
  return [
    { label: say('desk.rail.atCounter'), items: counter.filter((entry) => entry !== false) },
    { label: say('desk.rail.deciding'), items: inbox },
    { label: say('desk.rail.more'), items: more.filter((entry) => entry !== false) },
  ].filter(({ items }) => items.length > 0);

  function inboxItem(name: InboxView): RailItem {
    const count = counts[name];
    const tone = count === 0 ? undefined : name === 'overdue' ? 'late' : name === 'due' ? 'soon' : undefined;
    return item(name, `/desk/inbox?view=${name}`, icons[name], name === 'done' ? {} : { count, tone });
  }
}

/** What the last act did, said once when the page opens again. */
const doneCodes = [
  'accepted',
  'returned',
  'not-accepted',
  'on-the-spot',
  'claimed',
  'released',
  'granted',
  'refused',
  'issued',
  'entered',
  'corrected',
  'empty',
] as const;
export type DoneCode = (typeof doneCodes)[number];

/** Says what has just been done, from the `done` of the address; anything unknown says nothing. */
export function Done({ desk, code }: { desk: Desk; code: string | undefined }) {
  const known = doneCodes.find((one) => one === code);
  if (!known) return null;
  return <Notice kind={known === 'empty' ? 'info' : 'good'} live title={desk.view.say(`desk.done.${known}`)} />;
}
