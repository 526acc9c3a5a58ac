import { BackLink } from '../components/back-link/back-link.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { Page } from '../components/page/page.tsx';
import { TextArea } from '../components/textarea/textarea.tsx';
import { type Form, summaryOf, type Wrong } from '../forms.ts';
import type { View } from '../view.ts';

/** Asks to open one case outside of one's reach, and says plainly what that sets off. */
export function GlassPage({ view, wrong, typed }: { view: View; wrong: Wrong; typed: Form }) {
  const { say } = view;
  const title = say('admin.glass.title');
  const back = <BackLink view={view} href="/desk" label={say('components.page.desk')} />;
  return (
    <Page view={view} area="desk" title={title} back={back} wrong={Object.keys(wrong).length > 0}>
      <Columns>
        <ErrorSummary view={view} errors={summaryOf(wrong, ['number', 'reason'])} />
        <Heading title={title} lead={say('admin.glass.lead')} />
        <Notice kind="warn">
          <p>{say('admin.glass.warning', { minutes: view.limits.emergency.minutes })}</p>
        </Notice>
        <form method="post" action="/desk/break-glass" noValidate>
          <Csrf view={view} />
          <Field
            view={view}
            name="number"
            label={say('admin.glass.number')}
            value={typed.number}
            error={wrong.number}
          />
          <TextArea
            view={view}
            name="reason"
            label={say('admin.person.reason')}
            hint={say('admin.glass.reasonHint', { length: view.limits.emergency.leastReason })}
            value={typed.reason}
            error={wrong.reason}
          />
          <ButtonRow>
            <Button kind="warning" icon="siren">
              {say('admin.glass.open')}
            </Button>
          </ButtonRow>
        </form>
      </Columns>
    </Page>
  );
}
