import type { Draft } from '../../cases/door.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { Page } from '../components/page/page.tsx';
import type { View } from '../view.ts';
import { DivisionSelect } from './guide.tsx';
import type { Place } from './place.ts';

/** Sends a draft to another township. */
export function PlacePage({ view, draft, place }: { view: View; draft: Draft; place: Place }) {
  const { say } = view;
  const check = `/apply/${draft.id}/check`;
  return (
    <Page view={view} area="portal" title={say('portal.place.title')} back={<BackLink view={view} href={check} />}>
      <Columns>
        <Heading title={say('portal.place.title')} />
        <form method="post">
          <Csrf view={view} />
          <DivisionSelect view={view} place={place} />
          <ButtonRow>
            <Button>{say('portal.place.save')}</Button>
          </ButtonRow>
        </form>
      </Columns>
    </Page>
  );
}
