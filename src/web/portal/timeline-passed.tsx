import type { CaseEvent, CaseFile } from '../../cases/door.ts';
import type { House } from '../../house.ts';
import { dayOf } from '../../platform/door.ts';
import type { TimelineEntry } from '../components/timeline/timeline.tsx';
import { shortDayText, shortDueText, timeText } from '../format.ts';
import type { View } from '../view.ts';

export type TimelineProps = {
  view: View;
  file: CaseFile;
  house: Pick<House, 'calendar'>;
  /** Who receives and answers. */
  counter: string;
};

/** Everything at the counter as it happened, and days that were counted anew. */
export function passed({ view, file, counter }: TimelineProps): TimelineEntry[] {
  const { say } = view;
  return file.events.flatMap((event): TimelineEntry[] => {
    const when = timeText(view, event.at);
    switch (event.type) {
      case 'submitted':
        return [
          {
            state: 'done',
            title: say(`portal.case.event.submitted-${file.plan.channel}`),
            who: file.plan.applicant.name,
            when,
          },
        ];
      case 'returned':
        return [
          {
            state: 'done',
            title: say('portal.case.event.returned', { count: event.missing.length }),
            who: counter,
            when,
            children: <Missing missing={event.missing} />,
          },
        ];
      case 'resubmitted':
        return [{ state: 'done', title: say('portal.case.event.resubmitted'), who: file.plan.applicant.name, when }];
      case 'accepted':
        return [event.deemedFrom ? deemed(view, event.deemedFrom, when) : taken(view, counter, when)];
      case 'not-accepted':
        return [
          {
            state: 'stopped',
            title: say('portal.case.event.not-accepted'),
            who: counter,
            when,
            children: <p>{say('portal.case.reason', { reason: event.reason })}</p>,
          },
        ];
      case 'answer-recounted':
      case 'branch-recounted':
        return recounted(view, file, event);
      default:
        return [];
    }
  });
}

type Recounted = Extract<CaseEvent, { type: 'answer-recounted' | 'branch-recounted' }>;
const isRecounted = (event: CaseEvent): event is Recounted =>
  event.type === 'answer-recounted' || event.type === 'branch-recounted';

/** All days of a case are counted anew in one act; its first event speaks for them all. */
function recounted(view: View, { plan, events }: CaseFile, event: Recounted): TimelineEntry[] {
  const together = events.filter(isRecounted).filter(({ at }) => at === event.at);
  if (together[0] !== event) return [];
  const { say, lang } = view;
  const nameOf = (item: string) => plan.branches.find((branch) => branch.item === item)?.name[lang] ?? item;
  return [
    {
      state: 'done',
      title: say('portal.case.event.recounted'),
      when: timeText(view, event.at),
      children: (
        <ul class="prose">
          {together.map((each) => (
            <li>{movedTo(view, each, 'item' in each ? nameOf(each.item) : '')}</li>
          ))}
        </ul>
      ),
    },
  ];
}

/** By when it is done now; a day that no holidays are announced for says so. */
function movedTo(view: View, event: Recounted, name: string): string {
  const { say } = view;
  const day = (due = '') => shortDueText(view, due);
  if (event.type === 'answer-recounted') return say('portal.case.answerBy', { day: day(event.answerDue) });
  if (event.issueDue) return say('portal.case.event.issueMoved', { name, day: day(event.issueDue) });
  const days = { promised: day(event.promisedDue), legal: day(event.statutoryDue) };
  return say('portal.case.event.decisionMoved', { name, ...days });
}

const taken = ({ say }: View, counter: string, when: string): TimelineEntry => ({
  state: 'done',
  title: say('portal.case.event.accepted'),
  who: counter,
  when,
});

/** Nobody acted: the law did. */
const deemed = (view: View, from: string, when: string): TimelineEntry => ({
  state: 'done',
  title: view.say('portal.case.event.deemed'),
  when,
  children: <p>{view.say('portal.case.event.deemedWhy', { day: shortDayText(view, dayOf(from)) })}</p>,
});

export function Missing({ missing }: { missing: { what: string; why: string }[] }) {
  return (
    <ul class="prose">
      {missing.map(({ what, why }) => (
        <li>
          <strong>{what}</strong> {why}
        </li>
      ))}
    </ul>
  );
}
