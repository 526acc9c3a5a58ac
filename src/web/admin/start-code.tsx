import type { AccountRow } from '../../identity/door.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { Select } from '../components/select/select.tsx';
import { SummaryList, type SummaryRow } from '../components/summary-list/summary-list.tsx';
import { type Form, summaryOf, type Wrong } from '../forms.ts';
import type { View } from '../view.ts';
import { AdminPage } from './admin-page.tsx';
import type { Choices } from './people-routes.ts';

type AddProps = { view: View; choices: Pick<Choices, 'agencies' | 'divisions'>; wrong: Wrong; typed: Form };
const order = ['name', 'login', 'agency', 'division'];

/** The form of a new account. What somebody may do is granted on another page, by another administrator. */
export function AddAccountPage({ view, choices, wrong: found, typed }: AddProps) {
  const { say } = view;
  const wrong = withUnchosen(view, found, typed);
  const title = say('admin.account.add.title');
  const back = <BackLink view={view} href="/admin/accounts" label={say('admin.place.accounts')} />;
  const field = (name: string) => ({ view, name, value: typed[name], error: wrong[name] });
  return (
    <AdminPage view={view} title={title} place="accounts" back={back} wrong={Object.keys(wrong).length > 0}>
      <Columns>
        <ErrorSummary view={view} errors={summaryOf(wrong, order)} />
        <Heading title={title} lead={say('admin.account.add.lead')} />
        <form method="post" action="/admin/accounts/add" noValidate>
          <Csrf view={view} />
          <Field {...field('name')} label={say('admin.people.name')} width="medium" />
          <Field
            {...field('login')}
            label={say('account.login')}
            hint={say('admin.account.add.loginHint')}
            width="medium"
          />
          <Select
            {...field('agency')}
            label={say('account.agency')}
            choose={say('admin.account.add.choose')}
            options={choices.agencies}
          />
          <Select
            {...field('division')}
            label={say('admin.account.add.division')}
            choose={say('admin.account.add.choose')}
            options={choices.divisions}
          />
          <ButtonRow>
            <Button icon="check">{say('admin.account.add.go')}</Button>
          </ButtonRow>
        </form>
      </Columns>
    </AdminPage>
  );
}

/** What was not chosen is not an id that nobody knows. */
function withUnchosen({ say }: View, wrong: Wrong, typed: Form): Wrong {
  const unchosen = ['agency', 'division'].filter((name) => wrong[name] && !typed[name]);
  return { ...wrong, ...Object.fromEntries(unchosen.map((name) => [name, say(`admin.account.add.none.${name}`)])) };
}

/** What a code is for, which its page says: a new account, a forgotten password, a lost second step. */
export type CodeFor = 'new' | 'start' | 'second';
type CodeProps = { view: View; account: AccountRow; code: string; what: CodeFor; address: string };

/** What its owner is given to come in with: on the answer itself, this once. */
export function CodePage({ view, account, code, what, address }: CodeProps) {
  const { say, limits } = view;
  const title = say(`admin.account.code.${what}.title`);
  const lead = { days: limits.secondReset.days, hours: limits.startCode.hours };
  const where: SummaryRow[] = [
    { key: say('account.login'), value: account.login },
    { key: say('admin.account.code.address'), value: address },
  ];
  const rows = [
    { key: say(`admin.account.code.${what}.key`), value: <strong class="spoken-code">{code}</strong> },
    ...(what === 'second' ? [] : where),
  ];
  return (
    <AdminPage view={view} title={title} place="accounts">
      <Columns>
        <Heading title={title} about={account.name} lead={say(`admin.account.code.${what}.lead`, lead)} />
        <SummaryList view={view} label={title} rows={rows} />
        {what === 'new' && <p>{say('admin.account.code.new.powers')}</p>}
        <ButtonRow>
          <Button href={`/admin/accounts/${account.id}?done=${what}`} icon="check">
            {say('admin.account.code.done')}
          </Button>
        </ButtonRow>
      </Columns>
    </AdminPage>
  );
}
