import type { AccountRow } from '../../identity/door.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { SummaryList, type SummaryRow } from '../components/summary-list/summary-list.tsx';
import { timeText } from '../format.ts';
import { type Form, summaryOf, type Wrong } from '../forms.ts';
import type { View } from '../view.ts';
import { AccountState, secondText } from './accounts.tsx';
import { AdminPage } from './admin-page.tsx';

type AccountProps = { view: View; account: AccountRow; agency: string; wrong: Wrong; typed: Form; done?: string };
/** The field of the reason is named by the act: two forms stand on one page. */
export const reasonFields = { off: 'why-off', on: 'why-on', second: 'why-second', start: 'why-start' } as const;
export type AccountAct = keyof typeof reasonFields;

/** One account: how it stands, and one form for each thing that may be done to it now. */
export function AccountPage(props: AccountProps) {
  const { view, account, agency, wrong, done } = props;
  const { say } = view;
  const acts = Object.keys(reasonFields) as AccountAct[];
  const own = view.actor.kind === 'staff' && view.actor.id === account.id;
  const back = <BackLink view={view} href="/admin/accounts" label={say('admin.place.accounts')} />;
  const told = [...acts, 'new'].find((act) => act === done);
  return (
    <AdminPage view={view} title={account.name} place="accounts" back={back} wrong={Object.keys(wrong).length > 0}>
      <Columns>
        <ErrorSummary view={view} errors={summaryOf(wrong)} />
        {told && (
          <Notice kind="good" live>
            <p>{say(`admin.account.done.${told}`)}</p>
          </Notice>
        )}
        <Heading title={account.name} about={agency} />
        <Section id="facts" title={say('admin.account.facts')}>
          <SummaryList view={view} label={say('admin.account.facts')} rows={factsOf(props)} />
        </Section>
        {own && <p>{say('admin.account.own')}</p>}
        {!own && account.active && <StartPart {...props} />}
        {!own && (account.second || account.resetAt) && <ActForm {...props} act="second" />}
        {!own && <ActForm {...props} act={account.active ? 'off' : 'on'} />}
      </Columns>
    </AdminPage>
  );
}

function factsOf({ view, account }: AccountProps): SummaryRow[] {
  const { say, lang } = view;
  const { switchedAt, switchedBy, switchReason, lastSignIn, roles, hasPassword, startUntil } = account;
  const switched = switchedAt && {
    note: say(account.active ? 'admin.account.onBy' : 'admin.account.offBy', {
      ...{ name: switchedBy ?? '', time: timeText(view, switchedAt), reason: switchReason ?? '' },
    }),
  };
  const held = roles.map((role) => say(`admin.role.${role}`)).join(lang === 'zh' ? '、' : ', ');
  return [
    { key: say('admin.account.state'), value: <AccountState view={view} account={account} />, ...switched },
    { key: say('account.login'), value: account.login },
    {
      ...{ key: say('admin.people.roles'), value: held || say('admin.account.noRoles') },
      note: account.active || !held ? undefined : say('admin.account.asleep'),
    },
    {
      key: say('admin.account.lastSignIn'),
      value: lastSignIn ? timeText(view, lastSignIn) : say('admin.account.never'),
    },
    {
      ...{ key: say('account.password'), value: say(hasPassword ? 'account.passwordSet' : 'admin.account.noPassword') },
      note: startUntil ? say('admin.account.startUntil', { time: timeText(view, startUntil) }) : undefined,
    },
    { key: say('admin.account.second'), value: secondText(view, account) },
    { key: say('admin.account.sessions'), value: account.sessions },
  ];
}

/** The other two administrators get their codes from whoever runs the node. */
function StartPart(props: AccountProps) {
  const { view, account } = props;
  const apart = account.roles.some((role) => role === 'security-admin' || role === 'audit-admin');
  return apart ? <p>{view.say('admin.account.startApart')}</p> : <ActForm {...props} act="start" />;
}

function ActForm({ view, account, wrong, typed, act }: AccountProps & { act: AccountAct }) {
  const { say } = view;
  const name = reasonFields[act];
  return (
    <Section id={act} title={say(`admin.account.act.${act}.title`)}>
      <form method="post" action={`/admin/accounts/${account.id}/${act}`} noValidate>
        <Csrf view={view} />
        <Field
          view={view}
          name={name}
          label={say('admin.person.reason')}
          hint={say(`admin.account.act.${act}.lead`)}
          value={typed[name]}
          error={wrong[name]}
        />
        <ButtonRow>
          <Button kind={act === 'on' || act === 'start' ? 'primary' : 'warning'}>
            {say(`admin.account.act.${act}.go`)}
          </Button>
        </ButtonRow>
      </form>
    </Section>
  );
}
