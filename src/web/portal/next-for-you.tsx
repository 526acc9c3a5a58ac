import type { CaseFile } from '../../cases/door.ts';
import type { House } from '../../house.ts';
import { dayOf } from '../../platform/door.ts';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { NextStep } from '../components/next-step/next-step.tsx';
import { dueText, shortDayText, shortDueText } from '../format.ts';
import type { View } from '../view.ts';
import { type Branch, branchesOf, expectedEnd, hasEnded, isRunning, overdueOf } from './story.ts';

type NextProps = { view: View; file: CaseFile; house: Pick<House, 'calendar'>; counter: string; mayRate: boolean };

/** The largest thing on the page: what the applicant does next, or that there is nothing to do and until when. */
export function NextForYou(props: NextProps) {
  const { view, file, counter } = props;
  const { say } = view;
  const { state, plan } = file;
  switch (state.status) {
    case 'submitted':
      return (
        <NextStep
          title={say('portal.next.submitted')}
          note={say('portal.next.submittedNote', { office: counter, day: dueText(view, state.answerDue) })}
        />
      );
    case 'returned':
      return (
        <NextStep
          tone="act"
          icon="file-pen-line"
          title={say('portal.next.returned', { count: state.missing?.length ?? 0 })}
          note={say('portal.next.returnedNote')}
        >
          <ButtonRow>
            <Button href={`/cases/${plan.number}/correct`}>{say('portal.next.correct')}</Button>
          </ButtonRow>
        </NextStep>
      );
    case 'accepted':
      return <Working {...props} />;
    case 'closed':
      return <Closed {...props} />;
    case 'not-accepted':
      return (
        <NextStep
          tone="act"
          icon="circle-x"
          title={say('portal.next.not-accepted')}
          note={say('portal.next.notAcceptedNote', { reason: state.reason?.replace(/[。.]$/, '') ?? '' })}
        />
      );
    default:
      return (
        <NextStep icon="undo-2" title={say('portal.next.withdrawn')} note={say('portal.next.withdrawnNote')}>
          <ButtonRow>
            <Button href={`/${plan.subject.kind}s/${plan.subject.id}`}>{say('portal.next.again')}</Button>
          </ButtonRow>
        </NextStep>
      );
  }
}

function Working({ view, file, house }: NextProps) {
  const { say } = view;
  const branches = branchesOf(file);
  const counts = {
    total: branches.length,
    done: branches.filter(hasEnded).length,
    running: branches.filter(isRunning).length,
  };
  const note = endNote(view, branches, house);
  if (overdueOf(branches, dayOf(view.now)))
    return <NextStep tone="act" icon="clock-alert" title={say('portal.next.late')} note={note} />;
  return (
    <NextStep
      title={say(branches.length === 1 ? 'portal.next.workingOne' : 'portal.next.working', counts)}
      note={note}
    />
  );
}

/** By when it will be done; of what is late, that it is, and what can be done about it, never a new promise. */
function endNote(view: View, branches: Branch[], house: NextProps['house']): string | undefined {
  const { say } = view;
  const today = dayOf(view.now);
  const late = overdueOf(branches, today);
  if (late) {
    const days = { promised: shortDayText(view, late.promised), legal: shortDueText(view, late.legal) };
    return say(late.legal < today ? 'portal.next.lateByLawNote' : 'portal.next.lateNote', days);
  }
  const end = expectedEnd(branches, house.calendar(), today);
  return end && say('portal.next.workingNote', { day: shortDueText(view, end) });
}

const closedIcons: Record<string, string> = { 'partly-granted': 'circle-alert', refused: 'circle-x' };

function Closed({ view, file, mayRate }: NextProps) {
  const { say } = view;
  const outcome = file.state.outcome ?? 'granted';
  const tone = outcome === 'granted' ? 'good' : outcome === 'refused' ? 'act' : 'calm';
  return (
    <NextStep
      tone={tone}
      icon={closedIcons[outcome] ?? 'circle-check'}
      title={say(`portal.next.${outcome}`)}
      note={say(`portal.next.${outcome}Note`)}
    >
      {mayRate && (
        <ButtonRow>
          <Button icon="star" href={`/cases/${file.plan.number}/rate`}>
            {say('portal.next.rate')}
          </Button>
        </ButtonRow>
      )}
    </NextStep>
  );
}
