import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { Page } from '../components/page/page.tsx';
import { summaryOf, type Wrong } from '../forms.ts';
import type { View } from '../view.ts';

/** The second step: a code of the app, or one from paper, in the same field. */
export function SecondPage({ view, next, wrong }: { view: View; next: string; wrong: Wrong }) {
  const { say } = view;
  const title = say('signIn.second.title');
  return (
    <Page view={view} area="portal" title={title} wrong={Object.keys(wrong).length > 0}>
      <Columns>
        <ErrorSummary view={view} errors={summaryOf(wrong)} />
        <Heading title={title} lead={say('signIn.second.lead')} />
        <form method="post" action="/sign-in/second" noValidate>
          <Csrf view={view} />
          <input type="hidden" name="next" value={next} />
          <Field
            view={view}
            name="code"
            label={say('signIn.second.code')}
            hint={say('signIn.second.hint')}
            autoComplete="one-time-code"
            width="medium"
            maxLength={30}
            error={wrong.code}
            autoFocus
          />
          <ButtonRow>
            <Button icon="log-in">{say('signIn.second.go')}</Button>
            <Button kind="link" href="/sign-in">
              {say('signIn.second.again')}
            </Button>
          </ButtonRow>
        </form>
      </Columns>
    </Page>
  );
}
