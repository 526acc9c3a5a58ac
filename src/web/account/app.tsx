import type { Offer } from '../../identity/door.ts';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { PrintButton } from '../components/print-header/print-header.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import { summaryOf, type Wrong } from '../forms.ts';
import type { View } from '../view.ts';
import { AccountFrame } from './account-frame.tsx';
import { QrCode } from './qr-code.tsx';

/** The key to type into an app, and the first code of it. */
export function AppPage({ view, offer, wrong }: { view: View; offer: Offer; wrong: Wrong }) {
  const { say } = view;
  const title = say('account.app.title');
  return (
    <AccountFrame view={view} title={title} inner wrong={Object.keys(wrong).length > 0}>
      <Columns>
        <ErrorSummary view={view} errors={summaryOf(wrong)} />
        <Heading title={title} lead={say('account.app.lead')} />
        <QrCode text={offer.address} label={say('account.app.qr')} />
        <SummaryList
          view={view}
          label={title}
          rows={[{ key: say('account.app.key'), value: <code>{offer.secret}</code>, note: say('account.app.keyHint') }]}
        />
        <p>
          <a href={offer.address}>{say('account.app.open')}</a>
        </p>
        <form method="post" action="/account/app/confirm" noValidate>
          <Csrf view={view} />
          <Field
            view={view}
            name="code"
            label={say('account.app.code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            width="short"
            maxLength={10}
            error={wrong.code}
          />
          <ButtonRow>
            <Button icon="check">{say('account.app.confirm')}</Button>
          </ButtonRow>
        </form>
      </Columns>
    </AccountFrame>
  );
}

/** Recovery codes, shown this once. */
export function CodesPage({ view, codes }: { view: View; codes: string[] }) {
  const { say } = view;
  const title = say('account.codes.title');
  return (
    <AccountFrame view={view} title={title} inner>
      <Columns>
        <Heading title={title} lead={say('account.codes.lead')} action={<PrintButton view={view} />} />
        <ul>
          {codes.map((code) => (
            <li>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <ButtonRow>
          <Button href="/account" icon="check">
            {say('account.codes.done')}
          </Button>
        </ButtonRow>
      </Columns>
    </AccountFrame>
  );
}
