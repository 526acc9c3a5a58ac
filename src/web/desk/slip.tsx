import { spokenNumber } from '../../cases/door.ts';
import { QrCode } from '../account/qr-code.tsx';
import { standOf } from '../case-stand.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Heading, Section } from '../components/layout/layout.tsx';
import { Page } from '../components/page/page.tsx';
import { PrintButton, PrintHeader } from '../components/print-header/print-header.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import { TaskList } from '../components/task-list/task-list.tsx';
import { dayText, dueText, momentText, workdaysText } from '../format.ts';
import type { View } from '../view.ts';
import { applicantName } from './application.tsx';
import { AllResults } from './branches.tsx';
import type { CaseData } from './case-data.ts';

/** What the applicant takes home: the number, what is asked for, what was handed in, when it will be done, what next. */
export function SlipPage({ data, origin }: { data: CaseData; origin: string }) {
  const { desk, file } = data;
  const { view } = desk;
  const { say, lang } = view;
  const { plan, state } = file;
  const kind = standOf(state);
  const title = say(`desk.slip.title.${kind}`);
  const rows = [
    { key: say('desk.slip.number'), value: <span class="code">{spokenNumber(plan.number)}</span> },
    { key: say('desk.slip.subject'), value: plan.subject.name[lang] },
    { key: say('desk.case.applicant'), value: applicantName(data) },
    { key: say('desk.column.submitted'), value: momentText(lang, state.submittedAt) },
    { key: say('desk.slip.office'), value: view.placeName(plan.divisionName) },
  ];
  const received = file.materials.filter((material) => material.state !== 'shared');
  return (
    <Page view={view} area="desk" title={title} back={<BackLink view={view} href={`/desk/cases/${plan.number}`} />}>
      <PrintHeader view={view} title={desk.actor.agencyName[lang]} reference={spokenNumber(plan.number)} />
      <Heading title={title} action={<PrintButton view={view} />} />
      <SummaryList view={view} label={title} rows={rows} />
      {state.status === 'returned' && <Missing data={data} />}
      <Section title={say('desk.slip.items')} id="items">
        <TaskList
          numbered
          label={say('desk.slip.items')}
          tasks={plan.branches.map((branch) => ({
            title: branch.name[lang],
            note: [branch.agencyName[lang], whenOf(data, branch.item)].filter(Boolean).join(' · '),
          }))}
        />
      </Section>
      <Section title={say('desk.slip.received')} id="received">
        {received.length > 0 ? (
          <TaskList
            numbered
            label={say('desk.slip.received')}
            tasks={received.map(({ name, state: how }) => ({
              title: name[lang],
              note: say(`desk.material.${how}`),
            }))}
          />
        ) : (
          <p>{say('desk.slip.nothing')}</p>
        )}
      </Section>
      <AllResults data={data} />
      <Section title={say('desk.slip.next')} id="next">
        {state.reason && <p>{state.reason}</p>}
        <p>{say(`desk.slip.nextText.${kind}`, { day: dueText(view, state.answerDue) })}</p>
        <p>{say('desk.slip.help')}</p>
      </Section>
      <Proof view={view} address={`${origin}/cases/${plan.number}`} />
    </Page>
  );
}

/** Where the applicant gets the proof of what was done, to be checked by anybody (docs/ledger.md). */
function Proof({ view, address }: { view: View; address: string }) {
  const { say } = view;
  return (
    <Section title={say('desk.slip.proof')} id="proof">
      <p>{say('desk.slip.proofText')}</p>
      <p class="code">{address}</p>
      <QrCode text={address} label={say('desk.slip.proof')} />
    </Section>
  );
}

/** When an item is promised: its day once it has begun, otherwise how long it takes from then. Of one that ended, how. */
function whenOf({ desk, file }: CaseData, item: string): string | undefined {
  const { say, lang } = desk.view;
  const branch = file.state.branches[item];
  const plan = file.plan.branches.find((each) => each.item === item);
  if (branch?.decidedAt && branch.status === 'refused')
    return say('desk.slip.refused', { day: dayText(lang, branch.decidedAt), reason: branch.reason ?? '' });
  if (branch?.decidedAt) return say('desk.case.decidedOn', { day: dayText(lang, branch.decidedAt) });
  if (branch?.status === 'stopped') return say('desk.slip.stopped');
  if (file.state.closedAt) return undefined;
  if (branch?.promisedDue) return say('desk.slip.by', { day: dueText(desk.view, branch.promisedDue) });
  return say('desk.slip.within', { days: workdaysText(say, plan?.promisedDays ?? 0) });
}

function Missing({ data: { desk, file } }: { data: CaseData }) {
  const { say } = desk.view;
  const tasks = (file.state.missing ?? []).map(({ what, why }) => ({ title: what, note: why }));
  return (
    <Section title={say('desk.slip.missing')} id="missing">
      <TaskList numbered label={say('desk.slip.missing')} tasks={tasks} />
    </Section>
  );
}
