import { addWorkdays, type Calendar, dayOf } from '../platform/door.ts';
import type { CasePlan } from './case.ts';

/**
 * The working days in which the counter answers; silence counts as acceptance (行政许可法 art. 32(4)). Pinned when the case
 * was made; cases older than the pin were all made under five days.
 */
export const answerDaysOf = ({ answerDays = 5 }: Pick<CasePlan, 'answerDays'>): number => answerDays;

/** The day by which the counter answers papers that came in at a moment, with the calendar as it is known now. */
export function answerDue(plan: Pick<CasePlan, 'answerDays'>, receivedAt: string, calendar: Calendar): string {
  return addWorkdays(calendar, dayOf(receivedAt), answerDaysOf(plan)).due;
}
