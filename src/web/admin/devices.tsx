import { type Device, type Division, deviceKinds, spokenCode, standingOf } from '../../identity/door.ts';
import type { Page } from '../../platform/door.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { Pagination } from '../components/pagination/pagination.tsx';
import { Radios } from '../components/radios/radios.tsx';
import { Select } from '../components/select/select.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import { Table } from '../components/table/table.tsx';
import { Tag } from '../components/tag/tag.tsx';
import { timeText } from '../format.ts';
import { type Form, summaryOf, type Wrong } from '../forms.ts';
import { isEmpty, leafing } from '../paging.ts';
import type { View } from '../view.ts';
import { AdminPage } from './admin-page.tsx';

const tones = { waiting: 'warn', lapsed: 'warn', 'in-use': 'good', revoked: 'plain' } as const;

/** Whether a device may be used now, in a word. */
export function StandingTag({ view, device }: { view: View; device: Device }) {
  const standing = standingOf(device, view.now);
  return <Tag tone={tones[standing]}>{view.say(`admin.device.standing.${standing}`)}</Tag>;
}

export const seenText = (view: View, { lastSeen }: Device): string =>
  lastSeen ? timeText(view, lastSeen) : view.say('admin.device.never');

type DevicesProps = { view: View; page: number; found: Page<Device>; places: Map<string, Division> };

/** The devices of the county, and where each stands. */
export function DevicesPage({ view, page, found, places }: DevicesProps) {
  const { say, placeName } = view;
  const title = say('admin.place.devices');
  const empty = isEmpty(page, found);
  const rows = found.rows.map((device) => ({
    cells: [
      <a href={`/admin/devices/${device.id}`}>{device.name}</a>,
      say(`device.kinds.${device.kind}`),
      placeName(places.get(device.division)?.name ?? device.division),
      <StandingTag view={view} device={device} />,
      seenText(view, device),
    ],
  }));
  const columns = ['device.name', 'device.kind', 'device.place', 'admin.device.state', 'admin.device.seen'];
  const add = <Button href="/admin/devices/enrol">{say('admin.device.enrol')}</Button>;
  return (
    <AdminPage view={view} title={title} place="devices">
      <Heading title={title} lead={say('admin.device.lead')} action={!empty && add} />
      {empty ? (
        <EmptyState icon="monitor-smartphone" title={say('admin.device.none')} note={say('admin.device.noneNote')}>
          {add}
        </EmptyState>
      ) : (
        <>
          <Table
            label={title}
            quietLabel
            columns={columns.map((key) => ({ label: say(key), long: key === 'device.name' }))}
            rows={rows}
          />
          <Pagination view={view} {...leafing(page, found, '/admin/devices')} />
        </>
      )}
    </AdminPage>
  );
}

type EnrolProps = { view: View; places: { value: string; label: string }[]; wrong: Wrong; typed: Form };
const order = ['name', 'kind', 'division'];

/** The form that enrols a device. */
export function EnrolDevicePage({ view, places, wrong, typed }: EnrolProps) {
  const { say } = view;
  const title = say('admin.device.enrol');
  const back = <BackLink view={view} href="/admin/devices" label={say('admin.place.devices')} />;
  const field = (name: string) => ({ view, name, value: typed[name], error: wrong[name] });
  const kinds = deviceKinds.map((kind) => ({
    ...{ value: kind, label: say(`device.kinds.${kind}`), hint: say(`admin.device.about.${kind}`) },
  }));
  return (
    <AdminPage view={view} title={title} place="devices" back={back} wrong={Object.keys(wrong).length > 0}>
      <Columns>
        <ErrorSummary view={view} errors={summaryOf(wrong, order)} />
        <Heading title={title} lead={say('admin.device.enrolLead', { minutes: view.limits.deviceCode.minutes })} />
        <form method="post" action="/admin/devices/enrol" noValidate>
          <Csrf view={view} />
          <Field {...field('name')} label={say('device.name')} hint={say('admin.device.nameHint')} />
          <Radios {...field('kind')} label={say('device.kind')} options={kinds} />
          <Select
            {...field('division')}
            label={say('device.place')}
            choose={say('admin.device.choose')}
            options={places}
          />
          <ButtonRow>
            <Button icon="check">{say('admin.device.enrol')}</Button>
          </ButtonRow>
        </form>
      </Columns>
    </AdminPage>
  );
}

/** The code, shown this once. */
export function CodePage({ view, id, code, address }: { view: View; id: string; code: string; address: string }) {
  const { say } = view;
  const title = say('admin.device.codeTitle');
  const rows = [
    { key: say('admin.device.code'), value: <strong class="spoken-code">{spokenCode(code)}</strong> },
    { key: say('admin.device.address'), value: address },
  ];
  return (
    <AdminPage view={view} title={title} place="devices">
      <Columns>
        <Heading title={title} lead={say('admin.device.codeLead', { minutes: view.limits.deviceCode.minutes })} />
        <SummaryList view={view} label={title} rows={rows} />
        <ButtonRow>
          <Button href={`/admin/devices/${id}`} icon="check">
            {say('admin.device.codeDone')}
          </Button>
        </ButtonRow>
      </Columns>
    </AdminPage>
  );
}
