import { algorithmsOf, type Client } from '../../identity/door.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import { TextArea } from '../components/textarea/textarea.tsx';
import { type Form, summaryOf, type Wrong } from '../forms.ts';
import type { View } from '../view.ts';
import { AdminPage } from './admin-page.tsx';
import { scopesText, standingOf } from './clients.tsx';

type ClientProps = { view: View; client: Client; where: string; wrong: Wrong; typed: Form; done?: string };

/** One other system: what it was enrolled for, other keys, and its end. */
export function ClientPage(props: ClientProps) {
  const { view, client, where, wrong, done } = props;
  const { say } = view;
  const back = <BackLink view={view} href="/admin/clients" label={say('admin.place.clients')} />;
  const keys = client.keys.map((key) => `${key.kid} (${algorithmsOf(key)[0]})`).join(view.lang === 'zh' ? '、' : ', ');
  const rows = [
    { key: say('admin.client.id'), value: client.id },
    { key: say('admin.machine.scopes'), value: scopesText(view, client) },
    { key: say('admin.machine.standing'), value: standingOf(view, client) },
    { key: say('admin.client.keys'), value: keys },
  ];
  return (
    <AdminPage view={view} title={client.name} place="clients" back={back} wrong={Object.keys(wrong).length > 0}>
      <Columns>
        <ErrorSummary view={view} errors={summaryOf(wrong)} />
        {(done === 'keys' || done === 'revoked') && (
          <Notice kind="good" live>
            <p>{say(`admin.client.done.${done}`)}</p>
          </Notice>
        )}
        <Heading title={client.name} about={where} />
        <Section id="facts" title={say('admin.client.facts')}>
          <SummaryList view={view} rows={rows} label={say('admin.client.facts')} />
        </Section>
        {!client.revokedAt && <Forms {...props} />}
      </Columns>
    </AdminPage>
  );
}

function Forms({ view, client, wrong, typed }: ClientProps) {
  const { say } = view;
  const field = (name: string) => ({ view, name, value: typed[name], error: wrong[name] });
  return (
    <>
      <Section id="change-keys" title={say('admin.client.changeKeys')}>
        <form method="post" action={`/admin/clients/${client.id}/keys`} noValidate>
          <Csrf view={view} />
          <TextArea
            {...field('keys')}
            label={say('admin.client.keys')}
            hint={say('admin.client.changeHint')}
            rows={8}
          />
          <Field {...field('reason')} label={say('admin.person.reason')} />
          <ButtonRow>
            <Button icon="check">{say('admin.client.changeKeys')}</Button>
          </ButtonRow>
        </form>
      </Section>
      <Section id="revoke" title={say('admin.client.revoke')}>
        <form method="post" action={`/admin/clients/${client.id}/revoke`} noValidate>
          <Csrf view={view} />
          <Field {...field('why')} label={say('admin.person.reason')} hint={say('admin.client.revokeHint')} />
          <ButtonRow>
            <Button kind="warning">{say('admin.client.revoke')}</Button>
          </ButtonRow>
        </form>
      </Section>
    </>
  );
}
