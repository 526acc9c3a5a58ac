import type { Passkey } from '../../identity/door.ts';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import { dayText } from '../format.ts';
import type { View } from '../view.ts';
import { AccountFrame } from './account-frame.tsx';
import { PasskeyForm } from './passkey-form.tsx';

/** Making a passkey on this device. */
export function PasskeyPage({ view, options, failed }: { view: View; options: string; failed: boolean }) {
  const { say } = view;
  const title = say('account.passkey.title');
  return (
    <AccountFrame view={view} title={title} inner wrong={failed}>
      <Columns>
        <ErrorSummary view={view} errors={failed ? [{ message: say('field.passkey-refused') }] : []} />
        <Heading title={title} lead={say('account.passkey.lead')} />
        <div data-without-passkey>
          <Notice>
            <p>{say('account.passkey.needsScript')}</p>
          </Notice>
        </div>
        <PasskeyForm
          view={view}
          act="make"
          action="/account/passkey"
          options={options}
          label={say('account.passkey.make')}
        />
      </Columns>
    </AccountFrame>
  );
}

/** The keys of an account, each with a button to remove it. */
export function Passkeys({ view, passkeys }: { view: View; passkeys: Passkey[] }) {
  const { say, lang } = view;
  const nameOf = (key: Passkey) => key.device || say('account.sessions.unknown');
  return (
    <>
      {passkeys.length > 0 && (
        <form method="post" action="/account/passkey/remove">
          <Csrf view={view} />
          <SummaryList
            view={view}
            label={say('account.passkey.name')}
            rows={passkeys.map((key) => ({
              key: say('account.passkey.name'),
              value: (
                <>
                  {nameOf(key)} · {say('account.passkey.since', { day: dayText(lang, key.since) })}{' '}
                  <Button
                    kind="link"
                    name="key"
                    value={key.id}
                    label={say('account.passkey.removeLabel', { device: nameOf(key) })}
                  >
                    {say('account.passkey.remove')}
                  </Button>
                </>
              ),
            }))}
          />
        </form>
      )}
      <ButtonRow>
        <Button kind="secondary" icon="fingerprint" href="/account/passkey">
          {say('account.passkey.title')}
        </Button>
      </ButtonRow>
    </>
  );
}
