import { DaysLeft } from '../components/clock/clock.tsx';
import { shortDueText } from '../format.ts';
import type { Desk } from './desk.ts';

/** Days left, and the day itself below. */
export function Due({ desk, due, total }: { desk: Desk; due: string; total: number }) {
  const { view } = desk;
  return (
    <>
      <DaysLeft view={view} left={desk.left(due)} total={total} />
      <br />
      <span class="quiet">{view.say('desk.inbox.due', { day: shortDueText(view, due) })}</span>
    </>
  );
}
