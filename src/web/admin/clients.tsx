import { type Client, clientScopes } from '../../identity/door.ts';
import type { Page } from '../../platform/door.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Checkboxes } from '../components/checkboxes/checkboxes.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { Pagination } from '../components/pagination/pagination.tsx';
import { Select } from '../components/select/select.tsx';
import { Table } from '../components/table/table.tsx';
import { TextArea } from '../components/textarea/textarea.tsx';
import { dayText } from '../format.ts';
import { type Form, summaryOf, type Wrong } from '../forms.ts';
import { isEmpty, leafing } from '../paging.ts';
import type { View } from '../view.ts';
import { AdminPage } from './admin-page.tsx';
import type { Choices } from './people-routes.ts';

/** Whether a client may ask for tokens now, in words. */
export function standingOf({ say, lang, now }: View, { revokedAt, validUntil }: Client): string {
  if (revokedAt) return say('admin.machine.revokedOn', { day: dayText(lang, revokedAt) });
  const last = dayText(lang, new Date(Date.parse(validUntil) - 1));
  return say(Date.parse(validUntil) > now.getTime() ? 'admin.machine.until' : 'admin.machine.over', { day: last });
}

/** What a client may do, in words. */
export const scopesText = ({ say, lang }: View, { scopes }: Client): string =>
  scopes.map((scope) => say(`admin.action.${scope}`)).join(lang === 'zh' ? '、' : ', ');

type ClientsProps = { view: View; page: number; found: Page<Client>; done?: string };

/** Other systems that were enrolled. */
export function ClientsPage({ view, page, found, done }: ClientsProps) {
  const { say } = view;
  const title = say('admin.place.clients');
  const empty = isEmpty(page, found);
  const rows = found.rows.map((client) => ({
    cells: [
      <a href={`/admin/clients/${client.id}`}>{client.name}</a>,
      scopesText(view, client),
      standingOf(view, client),
    ],
  }));
  const columns = ['name', 'scopes', 'standing'].map((name) => ({
    ...{ label: say(`admin.machine.${name}`), whole: name === 'standing', long: name === 'name' },
  }));
  const add = <Button href="/admin/clients/enrol">{say('admin.client.enrol')}</Button>;
  return (
    <AdminPage view={view} title={title} place="clients">
      {done === 'enrolled' && (
        <Notice kind="good" live>
          <p>{say('admin.client.enrolled')}</p>
        </Notice>
      )}
      <Heading title={title} lead={say('admin.client.lead')} action={!empty && add} />
      {empty ? (
        <EmptyState icon="plug" title={say('admin.client.none')}>
          {add}
        </EmptyState>
      ) : (
        <>
          <Table label={title} quietLabel columns={columns} rows={rows} />
          <Pagination view={view} {...leafing(page, found, '/admin/clients')} />
        </>
      )}
    </AdminPage>
  );
}

type EnrolProps = { view: View; choices: Choices; wrong: Wrong; typed: Form; scopes: string[] };
const order = ['name', 'scopes', 'division', 'agency', 'until', 'keys', 'reason'];

/** The form that enrols another system with its public keys. */
export function EnrolClientPage({ view, choices, wrong, typed, scopes }: EnrolProps) {
  const { say } = view;
  const title = say('admin.client.enrol');
  const back = <BackLink view={view} href="/admin/clients" label={say('admin.place.clients')} />;
  const field = (name: string) => ({ view, name, value: typed[name], error: wrong[name] });
  const options = clientScopes.map((scope) => ({ value: scope, label: say(`admin.action.${scope}`), hint: scope }));
  return (
    <AdminPage view={view} title={title} place="clients" back={back} wrong={Object.keys(wrong).length > 0}>
      <Columns>
        <ErrorSummary view={view} errors={summaryOf(wrong, order)} />
        <Heading title={title} lead={say('admin.client.enrolLead')} />
        <form method="post" action="/admin/clients/enrol" noValidate>
          <Csrf view={view} />
          <Field {...field('name')} label={say('admin.machine.name')} />
          <Checkboxes
            view={view}
            name="scopes"
            label={say('admin.machine.scopes')}
            options={options}
            values={scopes}
            error={wrong.scopes}
          />
          <Select {...field('division')} label={say('admin.person.division')} options={choices.divisions} />
          <Select
            {...field('agency')}
            label={say('admin.people.agency')}
            choose={say('admin.machine.allAgencies')}
            options={choices.agencies}
          />
          <Field
            {...field('until')}
            label={say('admin.person.until')}
            hint={say('admin.person.dayHint')}
            width="medium"
            inputMode="numeric"
          />
          <TextArea {...field('keys')} label={say('admin.client.keys')} hint={say('admin.client.keysHint')} rows={8} />
          <Field {...field('reason')} label={say('admin.person.reason')} />
          <ButtonRow>
            <Button icon="check">{say('admin.client.enrol')}</Button>
          </ButtonRow>
        </form>
      </Columns>
    </AdminPage>
  );
}
