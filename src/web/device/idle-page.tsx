import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { Page } from '../components/page/page.tsx';
import type { View } from '../view.ts';

/** Nobody has touched anything for a while: is somebody still there? */
export function IdlePage({ view, next }: { view: View; next: string }) {
  const { say } = view;
  const title = say('device.idle.title');
  return (
    <Page view={view} area="portal" title={title}>
      <Columns>
        <Heading title={title} lead={say('device.idle.lead', { seconds: view.limits.deviceAsk.seconds })} />
        <form method="post" action="/sign-out">
          <Csrf view={view} />
          <ButtonRow>
            <Button href={next}>{say('device.idle.stay')}</Button>
            <Button kind="secondary">{say('device.finish')}</Button>
          </ButtonRow>
        </form>
      </Columns>
    </Page>
  );
}
