import type { Device } from '../../identity/door.ts';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { Page } from '../components/page/page.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import { type Form, summaryOf, type Wrong } from '../forms.ts';
import type { View } from '../view.ts';

/** Where somebody types the code that makes this browser a kiosk or the terminal of a village station. */
export function OpenPage({ view, wrong, typed }: { view: View; wrong: Wrong; typed: Form }) {
  const { say } = view;
  const title = say('device.open.title');
  return (
    <Page view={view} area="portal" title={title} wrong={Object.keys(wrong).length > 0}>
      <Columns>
        <ErrorSummary view={view} errors={summaryOf(wrong)} />
        <Heading title={title} lead={say('device.open.lead')} />
        <form method="post" action="/device" noValidate>
          <Csrf view={view} />
          <Field
            view={view}
            name="code"
            label={say('device.open.code')}
            hint={say('device.open.hint')}
            value={(typed.code ?? '').slice(0, 60)}
            error={wrong.code}
            width="medium"
            maxLength={20}
          />
          <ButtonRow>
            <Button icon="check">{say('device.open.go')}</Button>
          </ButtonRow>
        </form>
      </Columns>
    </Page>
  );
}

/** What this machine is, for who has just opened it or looks after it. */
export function DevicePage({ view, device, place }: { view: View; device: Device; place: string }) {
  const { say } = view;
  const rows = [
    { key: say('device.name'), value: device.name },
    { key: say('device.kind'), value: say(`device.kinds.${device.kind}`) },
    { key: say('device.place'), value: place },
  ];
  return (
    <Page view={view} area="portal" title={say('device.here.title')}>
      <Columns>
        <Heading title={say('device.here.title')} lead={say(`device.here.${device.kind}`)} />
        <SummaryList view={view} rows={rows} label={say('device.here.title')} />
        <ButtonRow>
          <Button href="/">{say('device.here.go')}</Button>
        </ButtonRow>
      </Columns>
    </Page>
  );
}
