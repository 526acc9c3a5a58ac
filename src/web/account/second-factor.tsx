import type { SecondFactor } from '../../identity/door.ts';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { Section } from '../components/layout/layout.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import type { View } from '../view.ts';

export type Factors = NonNullable<Awaited<ReturnType<SecondFactor['factors']>>>;

/** What stands between a known password and the account. */
export function SecondFactorPart({ view, factors }: { view: View; factors: Factors }) {
  const { say } = view;
  const { totp, recoveryCodes } = factors;
  const left = say('account.second.codesLeft', { count: recoveryCodes });
  return (
    <Section id="second" title={say('account.second.title')}>
      <p>{say('account.second.lead')}</p>
      <SummaryList
        view={view}
        label={say('account.second.title')}
        rows={[
          { key: say('account.second.app'), value: say(totp ? 'account.second.on' : 'account.second.off') },
          ...(totp ? [{ key: say('account.second.codes'), value: left }] : []),
        ]}
      />
      <form method="post" action="/account/app">
        <Csrf view={view} />
        <ButtonRow>
          {totp ? (
            <>
              <Button kind="secondary" icon="refresh-cw" formAction="/account/codes">
                {say('account.second.newCodes')}
              </Button>
              <Button kind="warning" formAction="/account/app/remove">
                {say('account.second.remove')}
              </Button>
            </>
          ) : (
            <Button icon="smartphone">{say('account.second.add')}</Button>
          )}
        </ButtonRow>
      </form>
    </Section>
  );
}
