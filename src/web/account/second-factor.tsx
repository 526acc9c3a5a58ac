import type { Passkey, SecondFactor } from '../../identity/door.ts';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { Section } from '../components/layout/layout.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import type { View } from '../view.ts';
import { Passkeys } from './passkey.tsx';

export type Factors = NonNullable<Awaited<ReturnType<SecondFactor['factors']>>>;

type SecondProps = { view: View; factors: Factors; passkeys: Passkey[] };

/** What stands between a known password and the account. */
export function SecondFactorPart({ view, factors, passkeys }: SecondProps) {
  const { say } = view;
  const { totp, recoveryCodes } = factors;
  const any = totp || passkeys.length > 0;
  const left = say('account.second.codesLeft', { count: recoveryCodes });
  return (
    <Section id="second" title={say('account.second.title')}>
      <p>{say('account.second.lead')}</p>
      <SummaryList
        view={view}
        label={say('account.second.title')}
        rows={[
          { key: say('account.second.app'), value: say(totp ? 'account.second.on' : 'account.second.off') },
          ...(any ? [{ key: say('account.second.codes'), value: left }] : []),
        ]}
      />
      <form method="post" action="/account/app">
        <Csrf view={view} />
        <ButtonRow>
          {totp ? (
            <Button kind="secondary" formAction="/account/app/remove">
              {say('account.second.remove')}
            </Button>
          ) : (
            <Button icon="smartphone">{say('account.second.add')}</Button>
          )}
          {any && (
            <Button kind="secondary" icon="refresh-cw" formAction="/account/codes">
              {say('account.second.newCodes')}
            </Button>
          )}
        </ButtonRow>
      </form>
      <Passkeys view={view} passkeys={passkeys} />
    </Section>
  );
}
