import type { FastifyRequest } from 'fastify';
import type { DeskCounts, InboxDays } from '../../cases/door.ts';
import type { House } from '../../house.ts';
import { can, type StaffActor, scopeOf } from '../../identity/door.ts';
import { addWorkdays, dayOf, Problem, workdaysBetween } from '../../platform/door.ts';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';

/** What every desk page knows: who works here, what day it is, how much waits where. */
export type Desk = {
  house: House;
  view: View;
  actor: StaffActor;
  today: string;
  counts: DeskCounts;
  /** Working days from today to a day; below zero when it has passed. */
  left(due: string): number;
};

/** The desk of the staff member who asks. Visitors are sent to sign in; applicants are told it is not theirs. */
export async function openDesk(site: Site, request: FastifyRequest): Promise<Desk> {
  const { house } = site;
  const bare = bareDesk(site, request);
  return { ...bare, counts: await house.cases.lists.counts(bare.actor, inboxDays(bare)) };
}

/** The same without the counts, for pages whose own statement brings them. */
export function bareDesk(site: Site, request: FastifyRequest): Omit<Desk, 'counts'> {
  const view = site.view(request);
  const { actor } = view;
  if (actor.kind === 'guest') throw new Problem('sign-in-required');
  if (actor.kind !== 'staff') throw new Problem('not-allowed');
  const today = dayOf(view.now);
  return { house: site.house, view, actor, today, left: daysLeft(site.house, today) };
}

/** What is due two working days from now counts as soon. */
export function inboxDays({ house, today }: Pick<Desk, 'house' | 'today'>): InboxDays {
  return { today, soon: addWorkdays(house.calendar(), today, 2).due };
}

/** Many rows share few days, so each day is counted once a page. */
function daysLeft(house: House, today: string): (due: string) => number {
  const known = new Map<string, number>();
  return (due) => {
    const left = known.get(due) ?? workdaysBetween(house.calendar(), today, due);
    known.set(due, left);
    return left;
  };
}

/** Whether this person answers cases at a counter, and whether they decide branches. */
export const worksCounter = (actor: StaffActor) => scopeOf(actor, 'queue.list').length > 0;
export const worksInbox = (actor: StaffActor) => scopeOf(actor, 'branch.list').length > 0;
export const mayEnter = (actor: StaffActor) => can(actor, 'case.enter', { kind: 'queue', division: actor.division });
export const mayWatch = (actor: StaffActor) => scopeOf(actor, 'watch.read').length > 0;

/** The part of a number that differs between the cases of one counter: its day, serial and check character. */
export function shortNumber(number: string): string {
  return `${number.slice(-15, -7)} ${number.slice(-7)}`;
}
