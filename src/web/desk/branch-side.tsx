import { needsOf } from '../../cases/door.ts';
import { ActionBar } from '../components/action-bar/action-bar.tsx';
import { Button } from '../components/button/button.tsx';
import { Clocks, type TimeLimit } from '../components/clock/clock.tsx';
import { Section } from '../components/layout/layout.tsx';
import { NextStep } from '../components/next-step/next-step.tsx';
import { shortDueText } from '../format.ts';
import { ActForm, Reason, ResultFields } from './act-form.tsx';
import { Results } from './branches.tsx';
import type { CaseData } from './case-data.ts';
import { type Branch, branchForms } from './forms-here.ts';
import { NextBar } from './next-bar.tsx';

/** What an approver does with a branch of their agency. */
export function BranchSide({ data, branch }: { data: CaseData; branch: Branch }) {
  const { view } = data.desk;
  const { plan } = branch;
  const forms = branchForms(data, branch);
  return (
    <>
      <Now data={data} branch={branch} />
      {branch.state.openedAt && !plan.onTheSpot && (
        <Section title={view.say('desk.case.clocks')} id="clocks">
          <Clocks
            view={view}
            promised={limitOf(data, branch, 'promised')}
            statutory={limitOf(data, branch, 'statutory')}
          />
        </Section>
      )}
      <Results data={data} items={needsOf(data.file, plan.item)} title={view.say('desk.case.upstream')} id="upstream" />
      <Results data={data} items={[plan.item]} title={view.say('desk.case.results')} id="results" />
      {forms.includes('refuse') && <RefuseForm data={data} />}
      {forms.includes('grant') && <GrantForm data={data} branch={branch} />}
      {forms.includes('issue') && <IssueForm data={data} branch={branch} />}
      {forms.includes('claim') && <ActForm data={data} act="claim" />}
    </>
  );
}

/** How the branch stands for this reader, as the largest thing of the pane. */
function Now({ data, branch }: { data: CaseData; branch: Branch }) {
  const { view } = data.desk;
  const { plan, state } = branch;
  const item = plan.name[view.lang];
  const name = (state.decidedBy ?? state.claimedBy)?.name ?? '';
  const [form] = branchForms(data, branch);
  const deciding = form === 'grant' || form === 'refuse';
  const key = deciding ? 'mine' : form === 'issue' ? 'issuing' : state.status;
  const acting = form !== undefined;
  const day = state.issueDue ? shortDueText(view, state.issueDue) : '';
  return (
    <NextStep
      tone={acting ? 'act' : key === 'granted' ? 'good' : 'calm'}
      icon={acting ? 'clipboard-check' : key === 'granted' ? 'circle-check' : 'hourglass'}
      title={view.say(`desk.branchNow.${key}`, { item, name })}
      note={(state.status !== 'to-issue' && state.reason) || view.say(`desk.branchNow.${key}Note`, { item, name, day })}
    />
  );
}

function GrantForm({ data, branch }: { data: CaseData; branch: Branch }) {
  const { say } = data.desk.view;
  return (
    <>
      <ActForm data={data} act="grant">
        <Section title={say('desk.decide.title')} id="act">
          {branch.plan.issueDays === undefined ? (
            <ResultFields data={data} act="grant" results={branch.plan.results} />
          ) : (
            <p class="hint">{say('desk.decide.issuedByAnother')}</p>
          )}
          <Reason data={data} act="grant" label={say('desk.act.reason')} hint={say('desk.decide.reasonHint')} usual />
        </Section>
      </ActForm>
      <ActForm data={data} act="release" />
    </>
  );
}

function IssueForm({ data, branch }: { data: CaseData; branch: Branch }) {
  return (
    <ActForm data={data} act="issue">
      <Section title={data.desk.view.say('desk.issue.title')} id="act">
        <ResultFields data={data} act="issue" results={branch.plan.results} />
      </Section>
    </ActForm>
  );
}

function RefuseForm({ data }: { data: CaseData }) {
  const { say } = data.desk.view;
  return (
    <ActForm data={data} act="refuse">
      <Section title={say('desk.refuse.title')} id="act">
        <Reason data={data} act="refuse" label={say('desk.refuse.reason')} hint={say('desk.refuse.hint')} />
      </Section>
    </ActForm>
  );
}

function limitOf({ desk }: CaseData, { plan, state }: Branch, kind: 'promised' | 'statutory'): TimeLimit {
  const total = kind === 'promised' ? plan.promisedDays : plan.statutoryDays;
  const due = (kind === 'promised' ? state.promisedDue : state.statutoryDue) ?? '';
  if (state.decidedAt) return { used: state.usedDays ?? 0, total, due, stopped: 'decided' };
  return { used: total - desk.left(due), total, due };
}

/** The buttons of an approver, with the way to the next one when there is nothing left to do here. */
export function BranchBar({ data, branch }: { data: CaseData; branch: Branch }) {
  const { desk, file } = data;
  const { say } = desk.view;
  const here = `/desk/cases/${file.plan.number}?item=${branch.plan.item}`;
  const forms = branchForms(data, branch);
  if (forms.includes('claim')) {
    return (
      <ActionBar label={say('desk.act.label')}>
        <Button form="claim" icon="hand" shortcut="c">
          {say('desk.act.claim')}
        </Button>
      </ActionBar>
    );
  }
  if (forms.includes('issue')) {
    return (
      <ActionBar label={say('desk.act.label')}>
        <Button form="issue" icon="stamp" shortcut="g">
          {say('desk.act.issue')}
        </Button>
      </ActionBar>
    );
  }
  if (forms.includes('refuse')) {
    return (
      <ActionBar label={say('desk.act.label')}>
        <Button form="refuse" kind="warning" shortcut="g">
          {say('desk.act.refuse')}
        </Button>
        <Button href={here} kind="secondary" shortcut="x">
          {say('desk.act.cancel')}
        </Button>
      </ActionBar>
    );
  }
  if (!forms.includes('grant')) return <NextBar desk={desk} inbox />;
  return (
    <ActionBar label={say('desk.act.label')}>
      <Button form="grant" icon="check" shortcut="g">
        {say('desk.act.grant')}
      </Button>
      <Button href={`${here}&do=refuse#act`} kind="secondary" shortcut="x">
        {say('desk.act.toRefuse')}
      </Button>
      <Button form="release" kind="secondary" shortcut="z">
        {say('desk.act.release')}
      </Button>
    </ActionBar>
  );
}
