import type { Reset } from '../../identity/door.ts';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { Page } from '../components/page/page.tsx';
import { timeText } from '../format.ts';
import type { View } from '../view.ts';

/** Before anything else: two ways to a second step. `reset` says who took the old one away, and when. */
export function NeedSecondPage({ view, reset }: { view: View; reset?: Reset }) {
  const { say } = view;
  const title = say('account.second.need.title');
  const told = reset && { name: reset.by ?? say('account.second.need.setup'), time: timeText(view, reset.at) };
  return (
    <Page view={view} area="desk" title={title}>
      <Columns>
        <Heading title={title} lead={told ? undefined : say('account.second.need.required')} />
        {told && (
          <Notice kind="warn" title={say('account.second.need.reset', told)}>
            <p>{say('account.second.need.notYou')}</p>
          </Notice>
        )}
        <Section id="app" title={say('account.second.need.app')}>
          <p>{say('account.second.need.appHint')}</p>
          <form method="post" action="/account/app">
            <Csrf view={view} />
            <ButtonRow>
              <Button icon="smartphone">{say('account.second.add')}</Button>
            </ButtonRow>
          </form>
        </Section>
        <Section id="passkey" title={say('account.second.need.passkey')}>
          <p>{say('account.second.need.passkeyHint')}</p>
          <ButtonRow>
            <Button kind="secondary" icon="fingerprint" href="/account/passkey">
              {say('account.passkey.title')}
            </Button>
          </ButtonRow>
        </Section>
        <form method="post" action="/sign-out">
          <Csrf view={view} />
          <ButtonRow>
            <Button kind="link" icon="log-out">
              {say('account.second.need.leave')}
            </Button>
          </ButtonRow>
        </form>
      </Columns>
    </Page>
  );
}
