import { shortestPassword } from '../../identity/door.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { Page } from '../components/page/page.tsx';
import { summaryOf, type Wrong } from '../forms.ts';
import type { View } from '../view.ts';

type StartProps = { view: View; name: string; wrong: Wrong };
const order = ['name', 'code', 'password', 'again'];

/** Setting a password with a code that was handed over. Neither comes back on the page. */
export function StartPage({ view, name, wrong }: StartProps) {
  const { say } = view;
  const title = say('signIn.start.title');
  const back = <BackLink view={view} href="/sign-in" label={say('signIn.title')} />;
  const field = (name: string) => ({ view, name, width: 'medium', error: wrong[name] }) as const;
  const secret = { type: 'password', autoComplete: 'new-password' } as const;
  return (
    <Page view={view} area="portal" title={title} back={back} wrong={Object.keys(wrong).length > 0}>
      <Columns>
        <ErrorSummary view={view} errors={summaryOf(wrong, order)} />
        <Heading title={title} lead={say('signIn.start.lead')} />
        <form method="post" action="/sign-in/start" noValidate>
          <Csrf view={view} />
          <Field {...field('name')} label={say('signIn.name')} value={name} autoComplete="username" />
          <Field
            {...field('code')}
            label={say('signIn.start.code')}
            hint={say('signIn.start.codeHint')}
            autoComplete="one-time-code"
            maxLength={30}
          />
          <Field
            {...field('next')}
            {...secret}
            id="password"
            label={say('account.change.next')}
            hint={say('account.change.nextHint', { length: shortestPassword })}
            error={wrong.password}
          />
          <Field {...field('again')} {...secret} label={say('account.change.again')} />
          <ButtonRow>
            <Button icon="check">{say('signIn.start.save')}</Button>
          </ButtonRow>
        </form>
      </Columns>
    </Page>
  );
}
