import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { summaryOf, type Wrong } from '../forms.ts';
import type { View } from '../view.ts';
import { AccountFrame } from './account-frame.tsx';

type ConfirmProps = { view: View; hasPassword: boolean; next: string; wrong: Wrong };

/** Before a dangerous act: is it still you? */
export function ConfirmPage({ view, hasPassword, next, wrong }: ConfirmProps) {
  const { say } = view;
  const title = say('account.confirm.title');
  return (
    <AccountFrame view={view} title={title} inner wrong={Object.keys(wrong).length > 0}>
      <Columns>
        <ErrorSummary view={view} errors={summaryOf(wrong)} />
        <Heading title={title} lead={say(hasPassword ? 'account.confirm.lead' : 'account.confirm.demo')} />
        <form method="post" action="/account/confirm" noValidate>
          <Csrf view={view} />
          <input type="hidden" name="next" value={next} />
          {hasPassword && (
            <Field
              view={view}
              name="password"
              type="password"
              label={say('account.password')}
              width="medium"
              autoComplete="current-password"
              error={wrong.password}
            />
          )}
          <ButtonRow>
            <Button icon="check">{say('account.confirm.go')}</Button>
          </ButtonRow>
        </form>
      </Columns>
    </AccountFrame>
  );
}

/** Who applies has no password here: they sign in once more, and come back to what they were about to do. */
export function ConfirmBySignIn({ view, href }: { view: View; href: string }) {
  const { say } = view;
  const title = say('account.confirm.title');
  return (
    <AccountFrame view={view} title={title} inner>
      <Columns>
        <Heading title={title} lead={say('account.confirm.person')} />
        <ButtonRow>
          <Button icon="log-in" href={href}>
            {say('account.confirm.signIn')}
          </Button>
        </ButtonRow>
      </Columns>
    </AccountFrame>
  );
}
