import { PasskeyForm } from '../account/passkey-form.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { Page } from '../components/page/page.tsx';
import { summaryOf, type Wrong } from '../forms.ts';
import type { View } from '../view.ts';

/** `options` is what the browser is asked when the account has a passkey. */
type SecondProps = { view: View; next: string; wrong: Wrong; options?: string };

/** The second step: a passkey, or a code of the app, or one from paper, in the same field. */
export function SecondPage({ view, next, wrong, options }: SecondProps) {
  const { say } = view;
  const title = say('signIn.second.title');
  return (
    <Page view={view} area="portal" title={title} wrong={Object.keys(wrong).length > 0}>
      <Columns>
        <ErrorSummary
          view={view}
          errors={summaryOf(wrong).map(({ field, message }) => (field === 'answer' ? { message } : { field, message }))}
        />
        <Heading title={title} lead={say('signIn.second.lead')} />
        {options && (
          <PasskeyForm
            view={view}
            act="use"
            action="/sign-in/passkey"
            options={options}
            label={say('account.passkey.use')}
            next={next}
          />
        )}
        <form method="post" action="/sign-in/second" noValidate>
          <Csrf view={view} />
          <input type="hidden" name="next" value={next} />
          <Field
            view={view}
            name="code"
            label={say(options ? 'account.passkey.or' : 'signIn.second.code')}
            hint={say('signIn.second.hint')}
            autoComplete="one-time-code"
            width="medium"
            maxLength={30}
            error={wrong.code}
          />
          <ButtonRow>
            <Button kind={options ? 'secondary' : 'primary'} icon="log-in">
              {say('signIn.second.go')}
            </Button>
            <Button kind="link" href="/sign-in">
              {say('signIn.second.again')}
            </Button>
          </ButtonRow>
        </form>
      </Columns>
    </Page>
  );
}
