import type { CaseEvent } from '../../cases/door.ts';
import { mask } from '../../elements/door.ts';
import { Timeline, type TimelineEntry } from '../components/timeline/timeline.tsx';
import { Details } from '../components/why/why.tsx';
import { timeText, workdaysText } from '../format.ts';
import type { View } from '../view.ts';
import type { CaseData } from './case-data.ts';
import { personElements } from './person-elements.ts';

/** Everything that has happened to the case, newest first. */
export function History({ data }: { data: CaseData }) {
  const { view } = data.desk;
  const entries = data.file.events.map((event) => entryOf(data, event)).reverse();
  return (
    <div class="section">
      <Details summary={view.say('desk.case.history')} open>
        <Timeline view={view} label={view.say('desk.case.history')} entries={entries} />
      </Details>
    </div>
  );
}

function entryOf(data: CaseData, event: CaseEvent): TimelineEntry {
  const { say, lang } = data.desk.view;
  const { by } = event;
  const office = by.agencyName?.[lang];
  // Who is of no office is the applicant, or acts for it.
  const own = office || data.sight.name ? by.name : mask(personElements(data.desk.house.texts).name, by.name);
  const name = by.actsFor ? say('desk.case.actsFor', { name: by.name, colleague: by.actsFor.name }) : own;
  return {
    state: markOf(event),
    title: titleOf(data, event),
    who: office ? `${name} · ${office}` : name,
    when: timeText(data.desk.view, event.at),
    time: event.type === 'branch-decided' ? tookText(say, event.usedDays) : undefined,
    children: wordsOf(data, event),
  };
}

const tookText = (say: View['say'], days: number) =>
  days === 0 ? say('desk.case.tookNone') : say('desk.case.took', { days: workdaysText(say, days) });

function markOf(event: CaseEvent): TimelineEntry['state'] {
  if (event.type === 'withdrawn' || event.type === 'branch-stopped') return 'dropped';
  const refused = event.type === 'not-accepted' || ('outcome' in event && event.outcome === 'refused');
  return refused ? 'stopped' : 'done';
}

function titleOf({ desk, file }: CaseData, event: CaseEvent): string {
  const { say, lang } = desk.view;
  const item =
    'item' in event ? (file.plan.branches.find((branch) => branch.item === event.item)?.name[lang] ?? event.item) : '';
  if (event.type === 'branch-decided' && event.issueDue) return say('desk.event.toIssue', { item });
  if (event.type === 'branch-decided') return say(`desk.event.${event.outcome}`, { item });
  if (event.type === 'accepted' && event.deemedFrom) return say('desk.event.deemed');
  if (event.type === 'closed') return say(`desk.event.closed-${event.outcome}`);
  return say(`desk.event.${event.type}`, { item });
}

/** The words that were written with it: a reason, or the list of what was missing. */
function wordsOf({ desk: { view } }: CaseData, event: CaseEvent) {
  if ('reason' in event) return <p>{event.reason}</p>;
  if (event.type !== 'returned') return null;
  return (
    <ul class="bullets">
      {event.missing.map(({ what, why }) => (
        <li>{view.say('desk.case.whatWhy', { what, why })}</li>
      ))}
    </ul>
  );
}
