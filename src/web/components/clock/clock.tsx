import { daysLeftText, shortDayText, type Urgency, urgency, workdaysText } from '../../format.ts';
import type { View } from '../../view.ts';
import { Icon } from '../icon/icon.tsx';

export type TimeLimit = {
  /** Working days used and allowed. */
  used: number;
  total: number;
  due?: string;
  /** The clock has stopped: the office has decided, or it waits for the applicant. */
  stopped?: 'decided' | 'paused';
};

const icons: Record<Urgency, string> = {
  calm: 'clock',
  soon: 'clock-alert',
  today: 'clock-alert',
  late: 'triangle-alert',
};

/** The two clocks of a case or branch side by side: what was promised, what the law allows. */
export function Clocks({ view, promised, statutory }: { view: View; promised: TimeLimit; statutory: TimeLimit }) {
  return (
    <div class="clocks">
      <Clock view={view} kind="promised" limit={promised} />
      <Clock view={view} kind="statutory" limit={statutory} />
    </div>
  );
}

/** One clock: words and numbers first, a bar below that only repeats them. */
export function Clock({ view, kind, limit }: { view: View; kind: 'promised' | 'statutory'; limit: TimeLimit }) {
  const { say } = view;
  const left = limit.total - limit.used;
  const state = limit.stopped ? (left < 0 ? 'late' : 'calm') : urgency(left, limit.total);
  return (
    <div class={`clock clock-${state}`}>
      <p class="clock-label">{say(`components.clock.${kind}`)}</p>
      <p class="clock-left">
        <Icon name={limit.stopped === 'decided' ? 'circle-check' : icons[state]} />
        {headline(view, limit, left)}
      </p>
      <ClockBar used={limit.used} total={limit.total} />
      <p class="clock-facts">
        {say('components.clock.used', { used: limit.used, total: workdaysText(say, limit.total) })}
      </p>
      {limit.due && !limit.stopped && (
        <p class="clock-facts">
          {say('components.clock.due', { day: shortDayText(view, limit.due) })}
          {limit.due > view.coveredUntil && <> · {say('components.clock.provisional')}</>}
        </p>
      )}
    </div>
  );
}

function headline({ say }: View, limit: TimeLimit, left: number): string {
  if (limit.stopped === 'decided') return left < 0 ? daysLeftText(say, left) : say('components.clock.inTime');
  if (limit.stopped === 'paused') return say('components.clock.paused');
  return daysLeftText(say, left);
}

function ClockBar({ used, total }: { used: number; total: number }) {
  const share = Math.min(100, Math.max(0, total > 0 ? Math.round((used / total) * 100) : 100));
  return (
    <svg class="clock-bar" width="100%" height="8" aria-hidden="true">
      <rect class="bar-ground" width="100%" height="8" rx="4" />
      {share > 0 && <rect class="bar-fill" width={`${share}%`} height="8" rx="4" />}
    </svg>
  );
}

/** The days left in one line with icon and colour, for lists. */
export function DaysLeft({ view, left, total }: { view: View; left: number; total: number }) {
  const state = urgency(left, total);
  return (
    <span class={`days-left days-${state}`}>
      <Icon name={icons[state]} />
      {daysLeftText(view.say, left)}
    </span>
  );
}
