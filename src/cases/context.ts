import { type Calendar, Problem } from '../platform/door.ts';
import type { Who } from './case.ts';

/** What a decision may look at besides the case: the moment (ISO instant), who acts, and the calendar. */
export type Context = {
  at: string;
  by: Who;
  calendar: Calendar;
  /** The moment the clocks of what opens count from, where it is not this one. */
  countedFrom?: string;
  /** The policy lets who acts give back what a colleague has claimed. */
  takesBack?: boolean;
};

export function stamp(context: Context): { at: string; by: Who } {
  return { at: context.at, by: context.by };
}

/** A decision needs a reason somebody can read (行政许可法 art. 38 for refusals; the house asks it of every decision). */
export function reasonOf(text: string): string {
  const reason = text.trim();
  if (reason.length === 0) throw new Problem('reason-required');
  return reason;
}
