import { spokenNumber } from '../../cases/door.ts';
import { Problem } from '../../platform/door.ts';
import { type Stand, standOf } from '../case-stand.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button } from '../components/button/button.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Heading, Split } from '../components/layout/layout.tsx';
import { NextStep } from '../components/next-step/next-step.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { shortDayText, timeText } from '../format.ts';
import { summaryOf, type Wrong } from '../forms.ts';
import { wrongIn } from './act-form.tsx';
import { Application, applicantName } from './application.tsx';
import { BranchBar, BranchSide } from './branch-side.tsx';
import { AllResults, Branches, TakeBack } from './branches.tsx';
import type { CaseData } from './case-data.ts';
import { acts } from './commands.ts';
import { CorrectBar, CounterBar, CounterSide } from './counter-side.tsx';
import { mayEnter, worksCounter } from './desk.ts';
import { DeskPage, Done } from './desk-page.tsx';
import { answersNow, correctsNow, focused, formsHere } from './forms-here.ts';
import { History } from './history.tsx';
import { lostWords } from './lost-words.ts';
import { NextBar } from './next-bar.tsx';
import { revealing, revealWrong } from './reveal.tsx';

/** One case at work: what was sent on the left, what this reader does about it on the right. */
export function CasePage({ data }: { data: CaseData }) {
  const { desk, file } = data;
  const { say, lang } = desk.view;
  const { plan, state } = file;
  const branch = focused(data);
  const answering = answersNow(data);
  const home = branch && !answering ? '/desk/inbox' : worksCounter(desk.actor) ? '/desk/queue' : '/desk/inbox';
  return (
    <DeskPage
      desk={desk}
      title={say('desk.case.title', { subject: plan.subject.name[lang] })}
      back={<BackLink view={desk.view} href={home} />}
      wrong={data.problem !== undefined}
    >
      <Refusal data={data} />
      <Done desk={desk} code={data.done} />
      <Heading
        about={spokenNumber(plan.number)}
        title={plan.subject.name[lang]}
        lead={say('desk.case.lead', { name: applicantName(data), time: timeText(desk.view, state.submittedAt) })}
        action={mayEnter(desk.actor) && <SlipLink data={data} />}
      />
      <Split
        side={
          <>
            {answering ? (
              <CounterSide data={data} />
            ) : branch ? (
              <BranchSide data={data} branch={branch} />
            ) : (
              <Standing data={data} />
            )}
            {!branch && <AllResults data={data} />}
            <Branches data={data} />
            <TakeBack data={data} />
            <History data={data} />
            <p>
              <a href={`/api/v1/cases/${plan.number}/proof?acts=yes`}>{desk.view.say('desk.case.proof')}</a>
            </p>
          </>
        }
      >
        <Application data={data} />
      </Split>
      {!revealing(data) && <Bar data={data} branch={branch} answering={answering} />}
    </DeskPage>
  );
}

type BarProps = { data: CaseData; branch: ReturnType<typeof focused>; answering: boolean };

/** The buttons for what this reader does about the case. */
function Bar({ data, branch, answering }: BarProps) {
  if (answering) return <CounterBar data={data} />;
  if (correctsNow(data)) return <CorrectBar data={data} />;
  return branch ? <BranchBar data={data} branch={branch} /> : <NextBar desk={data.desk} />;
}

/** Why the last act was refused. What was typed is still in its fields, or told here when its form is gone. */
function Refusal({ data }: { data: CaseData }) {
  const { problem, typed, cut, desk } = data;
  if (!problem) return null;
  const here = [...formsHere(data), revealing(data) && 'reveal'].find((form) => form === typed.act);
  const wrong: Wrong = Object.assign(revealWrong(data), ...acts.map((act) => wrongIn(data, act)));
  const errors = summaryOf(wrong).map(({ field, message }) => ({
    field: field === 'reason' ? `reason-${typed.act}` : field,
    message,
  }));
  if (here && errors.length > 0) return <ErrorSummary view={desk.view} errors={errors} cut={cut} />;
  // Its fields are gone with the form: what matters is that the case has moved on.
  const { code, params } = errors.length > 0 ? new Problem('changed-meanwhile') : problem;
  return (
    <Notice kind="bad" live title={desk.view.say(`problem.${code}.title`, params)}>
      <p>{desk.view.say(`problem.${code}.advice`, params)}</p>
      {!here && <Lost data={data} />}
    </Notice>
  );
}

/** What was typed into a form that has gone. */
function Lost({ data }: { data: CaseData }) {
  const { view } = data.desk;
  const words = lostWords(data);
  if (words.length === 0) return null;
  return (
    <>
      <p>{view.say('desk.act.typedBefore')}</p>
      <ul class="bullets">
        {words.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      {data.cut !== undefined && <p>{view.say('components.errors.cut', { count: data.cut })}</p>}
    </>
  );
}

const standingIcons: Partial<Record<Stand, string>> = {
  granted: 'circle-check',
  'partly-granted': 'circle-alert',
  refused: 'circle-x',
  'not-accepted': 'circle-x',
  withdrawn: 'undo-2',
};

/** How the case stands when this reader has nothing to decide in it. */
function Standing({ data }: { data: CaseData }) {
  const { desk, file } = data;
  const { say } = desk.view;
  const { state } = file;
  const stand = standOf(state);
  const day = shortDayText(desk.view, state.closedAt ?? state.acceptedAt ?? state.submittedAt);
  return (
    <NextStep
      tone={stand === 'granted' ? 'good' : 'calm'}
      icon={standingIcons[stand] ?? 'hourglass'}
      title={say(`desk.standing.${stand}`)}
      note={state.reason ?? say(`desk.standing.${stand}Note`, { day })}
    >
      {state.status === 'returned' && state.missing && (
        <ul class="bullets">
          {state.missing.map(({ what, why }) => (
            <li>{say('desk.case.whatWhy', { what, why })}</li>
          ))}
        </ul>
      )}
    </NextStep>
  );
}

function SlipLink({ data }: { data: CaseData }) {
  return (
    <Button href={`/desk/cases/${data.file.plan.number}/slip`} kind="secondary" icon="printer" shortcut="p">
      {data.desk.view.say('desk.slip.open')}
    </Button>
  );
}
