import type { BranchState, PlannedBranch } from '../../cases/door.ts';
import { Button } from '../components/button/button.tsx';
import { DaysLeft } from '../components/clock/clock.tsx';
import { Section } from '../components/layout/layout.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import { TaskList } from '../components/task-list/task-list.tsx';
import { resultText, shortDayText, timeText } from '../format.ts';
import { ActForm } from './act-form.tsx';
import type { CaseData } from './case-data.ts';
import { takesBack } from './forms-here.ts';
import { BranchTag } from './states.tsx';

/** All items of the case: whose each is, how it stands, and what it waits for. */
export function Branches({ data }: { data: CaseData }) {
  const { desk, file, sight, focus } = data;
  const { view } = desk;
  const tasks = file.plan.branches.map((plan) => {
    const branch = file.state.branches[plan.item] ?? { status: 'waiting' as const };
    return {
      title: plan.name[view.lang],
      href: sight.mine.includes(plan.item) && plan.item !== focus ? `?item=${plan.item}` : undefined,
      note: [plan.agencyName[view.lang], noteOf(data, plan, branch)].filter(Boolean).join(' · '),
      state: (
        <>
          <BranchTag view={view} status={branch.status} of={file.state} />
          {['open', 'claimed'].includes(branch.status) && branch.promisedDue && (
            <DaysLeft view={view} left={desk.left(branch.promisedDue)} total={plan.promisedDays} />
          )}
          {branch.status === 'to-issue' && branch.issueDue && (
            <DaysLeft view={view} left={desk.left(branch.issueDue)} total={plan.issueDays ?? 0} />
          )}
        </>
      ),
    };
  });
  return (
    <Section title={view.say('desk.case.items')} id="items">
      <TaskList label={view.say('desk.case.items')} tasks={tasks} />
    </Section>
  );
}

/** What a colleague has and cannot go on with: a lead puts it back for the others of the office. */
export function TakeBack({ data }: { data: CaseData }) {
  const { view } = data.desk;
  const held = takesBack(data);
  if (held.length === 0) return null;
  return (
    <Section title={view.say('desk.takeBack.title')} id="take-back">
      <p class="hint">{view.say('desk.takeBack.note')}</p>
      {held.map(({ plan, state }) => (
        <ActForm data={data} act="release" item={plan.item}>
          <input type="hidden" name="from" value={state.claimedBy?.id} />
          <p class="button-row">
            <Button kind="secondary" icon="undo-2">
              {view.say('desk.takeBack.from', { item: plan.name[view.lang], name: state.claimedBy?.name ?? '' })}
            </Button>
          </p>
        </ActForm>
      ))}
    </Section>
  );
}

/** Who holds it, when it was decided, or what it waits for. */
function noteOf({ desk, file }: CaseData, plan: PlannedBranch, branch: BranchState): string {
  const { say, lang } = desk.view;
  const nameOf = (item: string) => file.plan.branches.find((each) => each.item === item)?.name[lang] ?? item;
  if (branch.claimedBy && branch.claimedAt && branch.status === 'claimed')
    return say('desk.case.heldBy', { name: branch.claimedBy.name, time: timeText(desk.view, branch.claimedAt) });
  if (branch.decidedAt) return say('desk.case.decidedOn', { day: shortDayText(desk.view, branch.decidedAt) });
  if (branch.status === 'waiting' && file.state.acceptedAt && plan.dependsOn.length > 0) {
    const separator = say('desk.case.and');
    return say('desk.case.waitsFor', { items: plan.dependsOn.map(nameOf).join(separator) });
  }
  if (branch.status === 'stopped' && branch.because && branch.because !== 'withdrawn') {
    return say('desk.case.stoppedBy', { item: nameOf(branch.because) });
  }
  return '';
}

/** What branches handed on, e.g. a certificate number. */
export function Results({ data, items, title, id }: { data: CaseData; items: string[]; title: string; id: string }) {
  const { desk, file, sight } = data;
  const rows = items.flatMap((item) =>
    (file.state.branches[item]?.results ?? []).map(({ name, value }) => ({
      key: name[desk.view.lang],
      value: sight.results(item) === 'full' ? resultText(desk.view.lang, value) : '****',
    })),
  );
  if (rows.length === 0) return null;
  return (
    <Section title={title} id={id}>
      <SummaryList view={desk.view} label={title} rows={rows} />
    </Section>
  );
}

/** Everything the case has led to so far. */
export function AllResults({ data }: { data: CaseData }) {
  const items = data.file.plan.branches.map(({ item }) => item);
  return <Results data={data} items={items} title={data.desk.view.say('desk.case.results')} id="results" />;
}
