import { allowedNow, answerDaysOf } from '../../cases/door.ts';
import { ActionBar } from '../components/action-bar/action-bar.tsx';
import { Button } from '../components/button/button.tsx';
import { Section } from '../components/layout/layout.tsx';
import { NextStep } from '../components/next-step/next-step.tsx';
import { daysLeftText, shortDueText } from '../format.ts';
import { ActForm, Reason, ResultFields } from './act-form.tsx';
import type { CaseData } from './case-data.ts';
import { formsHere } from './forms-here.ts';
import { ReturnForm } from './return-form.tsx';

/** What the counter does with a case that waits for its answer. */
export function CounterSide({ data }: { data: CaseData }) {
  const { desk, file, open } = data;
  const { say } = desk.view;
  if (open === 'return') return <ReturnForm data={data} />;
  if (open === 'not-accept') {
    return (
      <ActForm data={data} act="not-accept">
        <Section title={say('desk.notAccept.title')} id="act">
          <Reason data={data} act="not-accept" label={say('desk.notAccept.reason')} hint={say('desk.notAccept.hint')} />
        </Section>
      </ActForm>
    );
  }
  const left = desk.left(file.state.answerDue);
  return (
    <>
      <NextStep
        tone="act"
        icon={left < 0 ? 'triangle-alert' : 'clipboard-check'}
        title={say('desk.counterSide.answer', { day: shortDueText(desk.view, file.state.answerDue) })}
        note={say(file.state.timesReturned > 0 ? 'desk.counterSide.noteAgain' : 'desk.counterSide.note', {
          left: daysLeftText(say, left),
          days: answerDaysOf(file.plan),
        })}
      />
      {formsHere(data).includes('on-the-spot') && (
        <ActForm data={data} act="on-the-spot">
          <Section title={say('desk.spot.title')} id="spot">
            <ResultFields
              data={data}
              act="on-the-spot"
              results={file.plan.branches.flatMap(({ results }) => results)}
            />
            <Reason data={data} act="on-the-spot" label={say('desk.act.reason')} usual />
          </Section>
        </ActForm>
      )}
      <ActForm data={data} act="accept" />
    </>
  );
}

/** The buttons of the counter. They stay in view and send the forms beside the case. */
export function CounterBar({ data }: { data: CaseData }) {
  const { desk, file, open } = data;
  const { say } = desk.view;
  const here = `/desk/cases/${file.plan.number}`;
  const allowed = allowedNow(file);
  if (open === 'return' || open === 'not-accept') {
    return (
      <ActionBar label={say('desk.act.label')}>
        <Button form={open} kind="warning" shortcut="g">
          {say(`desk.act.${open}`)}
        </Button>
        <Button href={here} kind="secondary" shortcut="x">
          {say('desk.act.cancel')}
        </Button>
      </ActionBar>
    );
  }
  const spot = formsHere(data).includes('on-the-spot');
  return (
    <ActionBar label={say('desk.act.label')}>
      {spot && (
        <Button form="on-the-spot" icon="check" shortcut="g">
          {say('desk.act.onTheSpot')}
        </Button>
      )}
      <Button form="accept" kind={spot ? 'secondary' : 'primary'} icon="check" shortcut="a">
        {say('desk.act.accept')}
      </Button>
      {allowed.includes('return') && (
        <Button href={`${here}?do=return#act`} kind="secondary" shortcut="r">
          {say('desk.act.toReturn')}
        </Button>
      )}
      <Button href={`${here}?do=not-accept#act`} kind="secondary" shortcut="x">
        {say('desk.act.toNotAccept')}
      </Button>
    </ActionBar>
  );
}

/** For whoever brings what was missing to the counter. */
export function CorrectBar({ data: { desk, file } }: { data: CaseData }) {
  const { say } = desk.view;
  return (
    <ActionBar label={say('desk.act.label')}>
      <Button href={`/desk/cases/${file.plan.number}/correct`} icon="square-pen" shortcut="a">
        {say('desk.correct.open')}
      </Button>
      <Button href="/desk/queue" kind="secondary" shortcut="l">
        {say('desk.act.toList')}
      </Button>
    </ActionBar>
  );
}
