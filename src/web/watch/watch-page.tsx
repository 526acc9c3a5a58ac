import type { ComponentChildren } from 'preact';
import type { MeasureId, Totals } from '../../efficacy/door.ts';
import { scopeOf } from '../../identity/door.ts';
import { Page } from '../components/page/page.tsx';
import { PrintHeader } from '../components/print-header/print-header.tsx';
import { Rail, type RailGroup } from '../components/rail/rail.tsx';
import { Tabs } from '../components/tabs/tabs.tsx';
import type { Wrong } from '../forms.ts';
import type { View } from '../view.ts';
import type { Dates } from './dates.ts';
import { DatesForm } from './dates-form.tsx';
import { type Look, lookHref, type Narrowing, narrowings, over, periods, widened } from './look.ts';

/** What every page of the watch knows: the reader, what they look at, and what its narrowings are called. */
export type Watch = {
  view: View;
  look: Look;
  names: Partial<Record<Narrowing, string>>;
  span: string;
  /** Days as they were typed, and what is wrong with them. */
  asked?: { typed: Dates; wrong: Wrong };
};

type WatchPageProps = {
  watch: Watch;
  title: string;
  children: ComponentChildren;
  measure?: MeasureId;
  /** Counts for the rail, where the page has them at hand. */
  totals?: Totals;
  back?: ComponentChildren;
};

/** A page of the watch: the document with its rail, and its head on paper. */
export function WatchPage({ watch, title, children, measure, totals, back }: WatchPageProps) {
  const { view } = watch;
  const rail = <Rail label={view.say('watch.rail.label')} groups={railOf(watch, measure, totals)} />;
  return (
    <Page view={view} title={title} area="watch" rail={rail} back={back}>
      <PrintHeader view={view} title={title} reference={watch.span} />
      {children}
    </Page>
  );
}

const attention = ['late-running', 'overdue-running', 'late-to-issue', 'deemed-accepted', 'bad-rating'] as const;
const lists = ['submitted', 'running', 'to-issue', 'late', 'returned', 'refused'] as const;
const icons: Record<(typeof attention)[number] | (typeof lists)[number], string> = {
  'late-running': 'clock-alert',
  'overdue-running': 'triangle-alert',
  'late-to-issue': 'stamp',
  'deemed-accepted': 'bell-off',
  'bad-rating': 'thumbs-down',
  submitted: 'inbox',
  running: 'loader',
  'to-issue': 'stamp',
  late: 'hourglass',
  returned: 'undo-2',
  refused: 'ban',
};

function railOf({ view: { say }, look }: Watch, measure?: MeasureId, totals?: Totals): RailGroup[] {
  const item = (id: keyof typeof icons, tone?: 'soon' | 'late') => ({
    label: say(`watch.rail.${id}`),
    href: lookHref('/watch/cases', look, { measure: id }),
    icon: icons[id],
    current: measure === id,
    ...(tone && totals ? { count: totals[id], tone: totals[id] > 0 ? tone : undefined } : {}),
  });
  const overview = {
    label: say('watch.rail.overview'),
    href: lookHref('/watch', look),
    icon: 'chart-column',
    current: !measure,
  };
  return [
    { items: [overview] },
    {
      label: say('watch.rail.attention'),
      items: attention.map((id) => item(id, id === 'late-running' ? 'soon' : 'late')),
    },
    { label: say('watch.rail.lists'), items: lists.map((id) => item(id)) },
  ];
}

/** The period, and what the page is narrowed to with a way back from each. */
export function LookBar({ watch, path, more }: { watch: Watch; path: string; more?: Record<string, string> }) {
  const { view, look, names } = watch;
  const { say } = view;
  const narrowed = narrowings.filter((name) => look[name]);
  const tabs = periods.map((period) => ({
    label: say(`watch.period.${period}`),
    href: lookHref(path, over(look, period), more),
    current: look.period === period,
  }));
  return (
    <>
      <Tabs label={say('watch.period.label')} tabs={tabs} />
      <DatesForm watch={watch} path={path} more={more} />
      {narrowed.length > 0 && (
        <ul class="button-row" aria-label={say('watch.filter.label')}>
          {narrowed.map((name) => (
            <li>
              <a class="button button-secondary" href={lookHref(path, widened(look, name), more)}>
                {say('watch.filter.remove', { name: names[name] ?? '' })}
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** 南昌县 · 莲塘镇 · 税务局. Somebody who watches only their own agency reads its name, for that is all that is counted. */
export function placeText({ view, names }: Watch): string {
  const { actor, county, lang } = view;
  const scopes = scopeOf(actor, 'watch.read');
  const own = actor.kind === 'staff' &&
    scopes.length > 0 &&
    scopes.every(({ agency }) => agency !== undefined) && [actor.agencyName[lang]];
  const narrowed = narrowings.flatMap((name) => names[name] ?? []);
  return [...new Set([...(own || [county[lang]]), ...narrowed])].join(' · ');
}
