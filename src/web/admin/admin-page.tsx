import type { ComponentChildren } from 'preact';
import { Page } from '../components/page/page.tsx';
import { Rail } from '../components/rail/rail.tsx';
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

/** The frame of every administration page: the rail shows what this administrator may open. */
export function AdminPage({ view, title, place, children, back, wrong }: AdminPageProps) {
  const { say } = view;
  const items = placesOf(view.actor).map(({ name, href, icon }) => ({
    ...{ label: say(`admin.place.${name}`), href, icon },
    current: name === place,
  }));
  const rail = <Rail label={say('admin.places')} groups={[{ label: say('admin.title'), items }]} />;
  return (
    <Page view={view} area="desk" title={title} rail={rail} back={back} wrong={wrong}>
      {children}
    </Page>
  );
}
