import { dayOf, workdaysBetween } from '../../platform/door.ts';
import { Clocks } from '../components/clock/clock.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import { Timeline, type TimelineEntry } from '../components/timeline/timeline.tsx';
import { daysLeftText, resultText, shortDueText, timeText, workdaysText } from '../format.ts';
import type { View } from '../view.ts';
import { type Branch, branchesOf, clocksOf, isRunning } from './story.ts';
import { passed, type TimelineProps } from './timeline-passed.tsx';
import { listOfNames } from './words.ts';

/** What happened, who holds what since when, and what still waits for what. */
export function CaseTimeline({ view, file, house, counter }: TimelineProps) {
  const props = { view, file, house, counter };
  const entries = [...passed(props), ...atCounter(props), ...branchEntries(props), ...ending(props)];
  return <Timeline view={view} label={view.say('portal.case.timeline')} entries={entries} />;
}

/** The counter's turn, or the applicant's. */
function atCounter({ view, file, house, counter }: TimelineProps): TimelineEntry[] {
  const { say } = view;
  const { status, answerDue } = file.state;
  if (status === 'returned')
    return [{ state: 'now', title: say('portal.case.waitsForYou'), who: file.plan.applicant.name }];
  if (status !== 'submitted') return [];
  const left = workdaysBetween(house.calendar(), dayOf(view.now), answerDue);
  const when = say('portal.case.answerBy', { day: shortDueText(view, answerDue) });
  const now: TimelineEntry = {
    state: 'now',
    title: say('portal.case.atCounter'),
    who: counter,
    when,
    time: daysLeftText(say, left),
  };
  return [now];
}

function branchEntries(props: TimelineProps): TimelineEntry[] {
  // Of what was not accepted nothing has begun, and nothing will.
  if (props.file.state.status === 'not-accepted') return [];
  const branches = branchesOf(props.file);
  const rank = { granted: 0, refused: 0, 'to-issue': 1, claimed: 1, open: 1, waiting: 2, stopped: 3 } as const;
  return branches
    .filter((branch) => !takenBack(branch))
    .sort(
      (a, b) =>
        rank[a.state.status] - rank[b.state.status] || (a.state.decidedAt ?? '').localeCompare(b.state.decidedAt ?? ''),
    )
    .map((branch) => branchEntry(props, branch, branches));
}

function branchEntry({ view, house }: TimelineProps, branch: Branch, all: Branch[]): TimelineEntry {
  const { say, lang } = view;
  const name = branch.name[lang];
  const who = branch.agencyName[lang];
  const { status, openedAt, claimedBy, claimedAt, decidedAt, reason, results = [], usedDays = 0 } = branch.state;
  if (isRunning(branch)) {
    const clocks = clocksOf(branch, house.calendar(), dayOf(view.now));
    // Who holds it has done so since they claimed it; until then the office has, since it opened.
    const since = claimedAt ?? openedAt;
    return {
      state: 'now',
      title: name,
      who: claimedBy
        ? say('portal.case.heldBy', { office: who, name: claimedBy.name })
        : say('portal.case.notClaimed', { office: who }),
      when: since && say('portal.case.since', { time: timeText(view, since) }),
      children: clocks && <Clocks view={view} {...clocks} />,
    };
  }
  if (status === 'to-issue') return toIssue(view, branch, house);
  if (status === 'granted' || status === 'refused') {
    return {
      state: status === 'granted' ? 'done' : 'stopped',
      title: status === 'granted' ? name : say('portal.case.refused', { name }),
      who,
      when: decidedAt && timeText(view, decidedAt),
      time: tookText(view, branch, usedDays),
      children: (
        <>
          {reason && <p>{say(status === 'granted' ? 'portal.case.note' : 'portal.case.reason', { reason })}</p>}
          {results.length > 0 && (
            <SummaryList
              view={view}
              rows={results.map((result) => ({ key: result.name[lang], value: resultText(lang, result.value) }))}
            />
          )}
        </>
      ),
    };
  }
  if (status === 'stopped')
    return { state: 'dropped', title: say('portal.case.stopped', { name }), who, time: becauseOf(view, branch, all) };
  return { state: 'waiting', title: name, who, time: waitsFor(view, branch, all) };
}

/** Granted, and on its way into the applicant's hands. */
function toIssue(view: View, branch: Branch, house: TimelineProps['house']): TimelineEntry {
  const { say, lang } = view;
  const { decidedAt, reason, usedDays = 0, issueDue = '' } = branch.state;
  const left = workdaysBetween(house.calendar(), dayOf(view.now), issueDue);
  return {
    state: 'now',
    title: say('portal.case.toIssue', { name: branch.name[lang] }),
    who: branch.agencyName[lang],
    when: decidedAt && timeText(view, decidedAt),
    time: tookText(view, branch, usedDays),
    children: (
      <>
        {reason && <p>{say('portal.case.note', { reason })}</p>}
        <p>{say('portal.case.issueBy', { day: shortDueText(view, issueDue), left: daysLeftText(say, left) })}</p>
      </>
    ),
  };
}

function tookText({ say }: View, { promisedDays }: Branch, usedDays: number): string {
  const promised = workdaysText(say, promisedDays);
  return usedDays === 0
    ? say('portal.case.tookNone', { promised })
    : say('portal.case.took', { days: workdaysText(say, usedDays), promised });
}

function waitsFor({ say, lang }: View, branch: Branch, all: Branch[]): string {
  const open = all.filter(({ item, state }) => branch.dependsOn.includes(item) && state.status !== 'granted');
  const time = workdaysText(say, branch.promisedDays);
  if (open.length === 0) return say('portal.case.afterAccepting', { time });
  return say('portal.case.waitsFor', {
    names: listOfNames(
      open.map(({ name }) => name[lang]),
      lang,
    ),
    time,
  });
}

function becauseOf({ say, lang }: View, branch: Branch, all: Branch[]): string | undefined {
  const cause = all.find(({ item }) => item === branch.state.because);
  return cause && say('portal.case.stoppedBecause', { name: cause.name[lang] });
}

/** Ended by the applicant, who reads it once, below what they did. */
const takenBack = ({ state }: Branch): boolean => state.status === 'stopped' && state.because === 'withdrawn';

function ending({ view, file }: TimelineProps): TimelineEntry[] {
  const { say, lang } = view;
  const { status, closedAt, outcome } = file.state;
  const withdrawn = file.events.find(({ type }) => type === 'withdrawn');
  if (withdrawn) {
    const names = branchesOf(file)
      .filter(takenBack)
      .map(({ name }) => name[lang]);
    return [
      {
        state: 'dropped',
        title: say('portal.case.event.withdrawn'),
        who: file.plan.applicant.name,
        when: timeText(view, withdrawn.at),
        children: names.length > 0 && <p>{say('portal.case.notGoingOn', { names: listOfNames(names, lang) })}</p>,
      },
    ];
  }
  if (status === 'not-accepted') return [];
  if (status === 'closed') {
    return [
      {
        state: outcome === 'refused' ? 'stopped' : 'done',
        title: say(`portal.case.event.closed-${outcome}`),
        when: closedAt && timeText(view, closedAt),
      },
    ];
  }
  return [{ state: 'waiting', title: say('portal.case.event.willClose') }];
}
