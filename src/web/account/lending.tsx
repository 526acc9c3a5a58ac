import type { Colleague, Lent } from '../../identity/door.ts';
import type { PowerWords } from '../admin/power-words.ts';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { Radios } from '../components/radios/radios.tsx';
import { Select } from '../components/select/select.tsx';
import { Table } from '../components/table/table.tsx';
import { dayText } from '../format.ts';
import { type Form, summaryOf, type Wrong } from '../forms.ts';
import type { View } from '../view.ts';
import { AccountFrame } from './account-frame.tsx';

type LendingProps = {
  view: View;
  own: PowerWords[];
  colleagues: Colleague[];
  lent: Lent[];
  wrong: Wrong;
  typed: Form;
  done?: string;
};
const messages: Record<string, string> = { lent: 'account.lending.done', back: 'account.lending.back' };

/** Lends one of one's own powers to a colleague until a day. */
export function LendingPage(props: LendingProps) {
  const { view, lent, wrong, done } = props;
  const { say } = view;
  const title = say('account.lending.title');
  const message = done ? messages[done] : undefined;
  return (
    <AccountFrame view={view} title={title} inner wrong={Object.keys(wrong).length > 0}>
      <Columns>
        <ErrorSummary view={view} errors={summaryOf(wrong, ['power', 'to', 'until', 'reason'])} />
        {message && <Notice kind="good" live title={say(message)} />}
        <Heading title={title} lead={say('account.lending.lead', { days: view.limits.lending.days })} />
        {lent.length > 0 && <LentNow view={view} lent={lent} />}
        {lent.length > 0 ? (
          <Section id="another" title={say('account.lending.another')}>
            <LendForm {...props} />
          </Section>
        ) : (
          <LendForm {...props} />
        )}
      </Columns>
    </AccountFrame>
  );
}

function LentNow({ view, lent }: { view: View; lent: Lent[] }) {
  const { say, lang } = view;
  const columns = [
    { label: say('account.lending.to') },
    { label: say('admin.power.role') },
    { label: say('account.lending.until'), whole: true },
    { label: say('account.sessions.act'), quiet: true },
  ];
  const rows = lent.map(({ id, to, role, until }) => ({
    cells: [
      to,
      say(`admin.role.${role}`),
      dayText(lang, new Date(Date.parse(until) - 1)),
      <form method="post" action="/account/lending/take-back">
        <Csrf view={view} />
        <Button kind="link" name="id" value={id} label={say('account.lending.takeBackLabel', { name: to })}>
          {say('account.lending.takeBack')}
        </Button>
      </form>,
    ],
  }));
  return (
    <Section id="lent" title={say('account.lending.now')}>
      <Table label={say('account.lending.now')} quietLabel columns={columns} rows={rows} />
    </Section>
  );
}

function LendForm({ view, own, colleagues, wrong, typed }: LendingProps) {
  const { say } = view;
  const field = (name: string) => ({ view, name, value: typed[name], error: wrong[name] });
  return (
    <form method="post" action="/account/lending" noValidate>
      <Csrf view={view} />
      <Radios
        {...field('power')}
        label={say('account.lending.which')}
        options={own.map(({ id, role, where }) => ({ value: id, label: role, hint: where }))}
      />
      <Select
        {...field('to')}
        label={say('account.lending.to')}
        choose={say('account.lending.choose')}
        options={colleagues.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Field
        {...field('until')}
        label={say('account.lending.until')}
        hint={say('admin.person.dayHint')}
        width="medium"
        inputMode="numeric"
      />
      <Field {...field('reason')} label={say('admin.person.reason')} />
      <ButtonRow>
        <Button icon="hand-helping">{say('account.lending.lend')}</Button>
      </ButtonRow>
    </form>
  );
}
