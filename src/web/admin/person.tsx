import { grantableRoles, type StaffRow } from '../../identity/door.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, FieldRow, Heading, Section } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { Radios } from '../components/radios/radios.tsx';
import { Select } from '../components/select/select.tsx';
import { Table } from '../components/table/table.tsx';
import { type Form, summaryOf, type Wrong } from '../forms.ts';
import type { View } from '../view.ts';
import { AdminPage } from './admin-page.tsx';
import type { Choices } from './people-routes.ts';
import type { PowerWords } from './power-words.ts';

type PersonProps = {
  view: View;
  person: StaffRow;
  words: PowerWords[];
  choices: Choices;
  wrong: Wrong;
  typed: Form;
  done?: string;
};
const messages: Record<string, string> = { granted: 'admin.person.granted', revoked: 'admin.person.revoked' };

/** One account: what it holds, one form to revoke and one to grant. */
export function PersonPage(props: PersonProps) {
  const { view, person, words, wrong, done } = props;
  const { say } = view;
  const message = done ? messages[done] : undefined;
  const own = view.actor.kind === 'staff' && view.actor.id === person.id;
  const back = <BackLink view={view} href="/admin/people" label={say('admin.place.people')} />;
  return (
    <AdminPage view={view} title={person.name} place="people" back={back} wrong={Object.keys(wrong).length > 0}>
      <Columns>
        <ErrorSummary view={view} errors={summaryOf(wrong)} />
        {message && (
          <Notice kind="good" live>
            <p>{say(message)}</p>
          </Notice>
        )}
        <Heading title={person.name} about={agencyOf(props)} />
        {person.off && (
          <Notice kind="warn">
            <p>{say('admin.account.offHere')}</p>
          </Notice>
        )}
        <Section id="powers" title={say('admin.person.powers')}>
          {words.length === 0 ? <p>{say('admin.person.none')}</p> : <Held view={view} words={words} />}
        </Section>
        {own ? <p>{say('admin.person.own')}</p> : <Forms {...props} />}
      </Columns>
    </AdminPage>
  );
}

const agencyOf = ({ person, choices }: PersonProps) =>
  choices.agencies.find(({ value }) => value === person.agency)?.label ?? person.agency;

function Held({ view: { say }, words }: { view: View; words: PowerWords[] }) {
  const columns = ['role', 'where', 'when'].map((name) => ({ label: say(`admin.power.${name}`) }));
  const rows = words.map(({ role, where, when, lent }) => ({
    cells: [role, where, lent ? `${when} · ${lent}` : when],
  }));
  return <Table label={say('admin.person.powers')} quietLabel columns={columns} rows={rows} />;
}

function Forms(props: PersonProps) {
  return (
    <>
      {props.words.length > 0 && <Revoke {...props} />}
      {!props.person.off && <Grant {...props} />}
    </>
  );
}

function Revoke({ view, person, words, wrong, typed }: PersonProps) {
  const { say } = view;
  const options = words.map(({ id, role, where }) => ({ value: id, label: role, hint: where }));
  return (
    <Section id="revoke" title={say('admin.person.revoke')}>
      <form method="post" action={`/admin/people/${person.id}/revoke`} noValidate>
        <Csrf view={view} />
        <Radios
          view={view}
          name="power"
          label={say('admin.person.which')}
          options={options}
          value={typed.power}
          error={wrong.power}
        />
        <Field view={view} name="why" label={say('admin.person.reason')} value={typed.why} error={wrong.why} />
        <ButtonRow>
          <Button kind="warning">{say('admin.person.revoke')}</Button>
        </ButtonRow>
      </form>
    </Section>
  );
}

function Grant({ view, person, choices, wrong, typed }: PersonProps) {
  const { say } = view;
  const field = (name: string) => ({ view, name, value: typed[name], error: wrong[name] });
  const roles = grantableRoles.map((role) => ({ value: role, label: say(`admin.role.${role}`) }));
  const day = { width: 'medium', inputMode: 'numeric', optional: true } as const;
  return (
    <Section id="grant" title={say('admin.person.grant')}>
      <form method="post" action={`/admin/people/${person.id}/grant`} noValidate>
        <Csrf view={view} />
        <Radios {...field('role')} label={say('admin.power.role')} options={roles} />
        <Select
          {...field('division')}
          label={say('admin.person.division')}
          options={choices.divisions}
          value={typed.division ?? person.division}
        />
        <Select
          {...field('agency')}
          label={say('admin.people.agency')}
          options={choices.agencies}
          value={typed.agency ?? person.agency}
        />
        <Select
          {...field('item')}
          label={say('admin.person.item')}
          choose={say('admin.person.allItems')}
          options={choices.items}
        />
        <FieldRow>
          <Field {...field('from')} {...day} label={say('admin.person.from')} hint={say('admin.person.dayHint')} />
          <Field {...field('until')} {...day} label={say('admin.person.until')} hint={say('admin.person.dayHint')} />
        </FieldRow>
        <Field {...field('reason')} label={say('admin.person.reason')} />
        <ButtonRow>
          <Button icon="check">{say('admin.person.grant')}</Button>
        </ButtonRow>
      </form>
    </Section>
  );
}
