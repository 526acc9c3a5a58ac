import type { ComponentChildren } from 'preact';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Page } from '../components/page/page.tsx';
import type { View } from '../view.ts';

type FrameProps = { view: View; title: string; wrong?: boolean; inner?: boolean; children: ComponentChildren };

/** A page of my sign-in: under the header of the side of the house its reader works on. */
export function AccountFrame({ view, title, wrong, inner, children }: FrameProps) {
  const { say, actor } = view;
  const back = inner ? <BackLink view={view} href="/account" label={say('account.title')} /> : undefined;
  return (
    <Page view={view} area={actor.kind === 'staff' ? 'desk' : 'portal'} title={title} wrong={wrong} back={back}>
      {children}
    </Page>
  );
}
