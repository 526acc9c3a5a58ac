import { addWorkdays, type Calendar, dayOf } from '../platform/door.ts';
import type { Dice } from './random.ts';

/** An instant in office hours of a day, in China. */
export function officeHour(dice: Dice, day: string): string {
  const minutes = dice.whole(8 * 60 + 40, 17 * 60 + 20);
  return instant(day, minutes);
}

/** Some minutes later the same day. */
export function soonAfter(dice: Dice, at: string): string {
  return new Date(Date.parse(at) + dice.whole(3, 25) * 60_000).toISOString();
}

/** In office hours `n` working days later; on the same day it is soon after. */
export function workdaysLater(dice: Dice, calendar: Calendar, at: string, n: number): string {
  if (n <= 0) return soonAfter(dice, at);
  return officeHour(dice, addWorkdays(calendar, dayOf(at), n).due);
}

/** The day `n` calendar days before an instant. */
export function daysBefore(at: string, n: number): string {
  return dayOf(new Date(Date.parse(at) - n * 86_400_000));
}

function instant(day: string, minutes: number): string {
  const shanghai = 8 * 60;
  return new Date(Date.parse(`${day}T00:00:00Z`) + (minutes - shanghai) * 60_000).toISOString();
}
