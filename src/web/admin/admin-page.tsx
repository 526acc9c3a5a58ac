import type { ComponentChildren } from 'preact';
import { Page } from '../components/page/page.tsx';
import { Rail, type RailItem } from '../components/rail/rail.tsx';
import type { View } from '../view.ts';
import { placesOf } from './admin.ts';

type AdminPageProps = {
  view: View;
  title: string;
  /** Name of the place in `places.ts` the page belongs to. */
  place?: string;
  children: ComponentChildren;
  back?: ComponentChildren;
  wrong?: boolean;
};

/** A count only where something waits: a nought says nothing to do and draws the eye. */
const waitsAt = (count = 0): Partial<RailItem> => (count > 0 ? { count, tone: 'soon' } : {});

/** The frame of every administration page: the rail shows what this administrator may open. */
export function AdminPage({ view, title, place, children, back, wrong }: AdminPageProps) {
  const { say } = view;
  const items = placesOf(view.actor).map(({ name, href, icon }) => ({
    ...{ label: say(`admin.place.${name}`), href, icon },
    ...waitsAt(view.waiting?.[name]),
    current: name === place,
  }));
  const rail = <Rail label={say('admin.places')} groups={[{ label: say('admin.title'), items }]} />;
  return (
    <Page view={view} area="desk" title={title} rail={rail} back={back} wrong={wrong}>
      {children}
    </Page>
  );
}
