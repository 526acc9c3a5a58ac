import { shortestPassword } from '../../identity/door.ts';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { summaryOf, type Wrong } from '../forms.ts';
import type { View } from '../view.ts';
import { AccountFrame } from './account-frame.tsx';

type PasswordProps = { view: View; account: { login: string; hasPassword: boolean }; wrong: Wrong };

/** Change of one's own password. Nothing typed comes back: a password is never in a page. */
export function PasswordPage({ view, account, wrong }: PasswordProps) {
  const { say } = view;
  const title = say('account.change.title');
  const field = { view, type: 'password', width: 'medium' } as const;
  return (
    <AccountFrame view={view} title={title} inner wrong={Object.keys(wrong).length > 0}>
      <Columns>
        <ErrorSummary view={view} errors={summaryOf(wrong, ['current', 'password', 'again'])} />
        <Heading title={title} lead={say('account.change.lead')} />
        <form method="post" action="/account/password" noValidate>
          <Csrf view={view} />
          <input
            class="away"
            type="text"
            name="username"
            value={account.login}
            autoComplete="username"
            tabIndex={-1}
            readOnly
            aria-hidden="true"
          />
          {account.hasPassword && (
            <Field
              {...field}
              name="current"
              label={say('account.change.current')}
              autoComplete="current-password"
              error={wrong.current}
            />
          )}
          <Field
            {...field}
            id="password"
            name="next"
            label={say('account.change.next')}
            hint={say('account.change.nextHint', { length: shortestPassword })}
            autoComplete="new-password"
            error={wrong.password}
          />
          <Field
            {...field}
            name="again"
            label={say('account.change.again')}
            autoComplete="new-password"
            error={wrong.again}
          />
          <ButtonRow>
            <Button icon="check">{say('account.change.save')}</Button>
          </ButtonRow>
        </form>
      </Columns>
    </AccountFrame>
  );
}
