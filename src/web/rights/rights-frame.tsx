import type { ComponentChildren } from 'preact';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Page } from '../components/page/page.tsx';
import type { View } from '../view.ts';

type FrameProps = { view: View; title: string; wrong?: boolean; first?: boolean; children: ComponentChildren };

/** A page about what is kept of its reader; `first` is the one the others lead back to. */
export function RightsFrame({ view, title, wrong, first, children }: FrameProps) {
  const [href, label] = first ? ['/cases', 'components.page.myCases'] : ['/account/data', 'rights.title'];
  return (
    <Page
      view={view}
      area="portal"
      title={title}
      wrong={wrong}
      back={<BackLink view={view} href={href} label={view.say(label)} />}
    >
      {children}
    </Page>
  );
}
