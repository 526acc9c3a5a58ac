import type { Device } from '../../identity/door.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import { timeText } from '../format.ts';
import { type Form, summaryOf, type Wrong } from '../forms.ts';
import type { View } from '../view.ts';
import { AdminPage } from './admin-page.tsx';
import { StandingTag, seenText } from './devices.tsx';

type DeviceProps = { view: View; device: Device; place: string; wrong: Wrong; typed: Form; done?: string };

/** One device: what it is, another code for it, and its end. */
export function AdminDevicePage(props: DeviceProps) {
  const { view, device, place, wrong, done } = props;
  const { say } = view;
  const back = <BackLink view={view} href="/admin/devices" label={say('admin.place.devices')} />;
  const rows = [
    { key: say('device.place'), value: place },
    { key: say('admin.device.state'), value: <StandingTag view={view} device={device} /> },
    { key: say('admin.device.enrolledAt'), value: timeText(view, device.enrolledAt) },
    { key: say('admin.device.seen'), value: seenText(view, device) },
  ];
  return (
    <AdminPage view={view} title={device.name} place="devices" back={back} wrong={Object.keys(wrong).length > 0}>
      <Columns>
        <ErrorSummary view={view} errors={summaryOf(wrong)} />
        {done === 'revoked' && (
          <Notice kind="good" live>
            <p>{say('admin.device.revoked')}</p>
          </Notice>
        )}
        <Heading title={device.name} about={say(`device.kinds.${device.kind}`)} />
        <SummaryList view={view} rows={rows} label={device.name} />
        {!device.revokedAt && <Forms {...props} />}
      </Columns>
    </AdminPage>
  );
}

function Forms({ view, device, wrong, typed }: DeviceProps) {
  const { say } = view;
  return (
    <>
      <Section id="code" title={say('admin.device.codeAgain')}>
        <p>{say('admin.device.codeAgainLead', { minutes: view.limits.deviceCode.minutes })}</p>
        <form method="post" action={`/admin/devices/${device.id}/code`}>
          <Csrf view={view} />
          <ButtonRow>
            <Button kind="secondary">{say('admin.device.codeAgain')}</Button>
          </ButtonRow>
        </form>
      </Section>
      <Section id="revoke" title={say('admin.device.revoke')}>
        <form method="post" action={`/admin/devices/${device.id}/revoke`} noValidate>
          <Csrf view={view} />
          <Field
            view={view}
            name="why"
            label={say('admin.person.reason')}
            hint={say('admin.device.revokeHint')}
            value={typed.why}
            error={wrong.why}
          />
          <ButtonRow>
            <Button kind="warning">{say('admin.device.revoke')}</Button>
          </ButtonRow>
        </form>
      </Section>
    </>
  );
}
