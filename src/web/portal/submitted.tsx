import { type Case, spokenNumber } from '../../cases/door.ts';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Columns, Section } from '../components/layout/layout.tsx';
import { Page } from '../components/page/page.tsx';
import { Panel } from '../components/panel/panel.tsx';
import { PrintButton, PrintHeader } from '../components/print-header/print-header.tsx';
import { TaskList } from '../components/task-list/task-list.tsx';
import { dueText } from '../format.ts';
import type { View } from '../view.ts';

/** It has arrived: the number to keep, and what happens next. */
export function SubmittedPage({ view, theCase, counter }: { view: View; theCase: Case; counter: string }) {
  const { say, lang } = view;
  const { plan, state } = theCase;
  const title = say('portal.submitted.title');
  const number = spokenNumber(plan.number);
  return (
    <Page view={view} area="portal" title={title} current="cases">
      <PrintHeader view={view} title={plan.subject.name[lang]} reference={number} />
      <Columns>
        <Panel title={title} label={say('portal.submitted.number')} reference={number} note={plan.subject.name[lang]} />
        <Section id="next" title={say('portal.submitted.next')}>
          <TaskList
            numbered
            tasks={[
              {
                title: say('portal.submitted.step1', { office: counter }),
                note: say('portal.submitted.step1Note', { day: dueText(view, state.answerDue) }),
              },
              {
                title: say('portal.submitted.step2', { count: plan.branches.length }),
                note: say('portal.submitted.step2Note'),
              },
              { title: say('portal.submitted.step3'), note: say('portal.submitted.step3Note') },
            ]}
          />
        </Section>
        <ButtonRow>
          <Button href={`/cases/${plan.number}`}>{say('portal.submitted.follow')}</Button>
          <PrintButton view={view} />
        </ButtonRow>
      </Columns>
    </Page>
  );
}
