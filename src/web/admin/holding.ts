import type { FastifyRequest } from 'fastify';
import { realDay } from '../../elements/door.ts';
import { networkOf, type StaffActor } from '../../identity/door.ts';
import { dayEnd, dayOf, type FieldProblem, type Once, Problem } from '../../platform/door.ts';
import { longerThan } from '../forms.ts';
import { offsetOf } from '../paging.ts';
import type { Site } from '../site.ts';
import { longest } from './admin.ts';

type Keeper = { actor: StaffActor };

/** A page of the holds of a county, those that hold first, and the names of who began and ended them. */
export async function holdsOf({ house: { cases, clock, identity } }: Site, actor: StaffActor, page?: number) {
  const found = await cases.holds.list(actor, clock().toISOString(), offsetOf(page));
  const ids = new Set(found.rows.flatMap(({ by, endedBy }) => [by, endedBy ?? '']));
  return { found, names: await identity.staff.names(actor, [...ids]) };
}

/**
 * Keeps a case from being erased; gives its number. Throws `form-invalid` with everything that is wrong, and
 * `case-not-found` for a number of nobody's and of another county.
 */
export async function beginHold(
  { house: { cases, clock } }: Site,
  request: FastifyRequest,
  { actor }: Keeper,
  { number, reason, until, once }: { number: string; reason: string; until: string; once: Once },
): Promise<string> {
  const last = until.trim();
  const wrong = [...wrongIn(reason, last, dayOf(clock())), ...longerThan(longest, { reason })];
  if (wrong.length > 0) throw new Problem('form-invalid', {}, wrong);
  // The last day counts: it ends as the next one begins in China.
  const end = last === '' ? undefined : dayEnd(last).toISOString();
  const hold = { number: number.slice(0, 60), reason, until: end, once };
  return cases.holds.begin(actor, hold, clock(), toldOf(actor, request));
}

/** Lets go of a case. Throws `form-invalid` when nobody says why, or at too great length. */
export async function endHold(
  { house: { cases, clock } }: Site,
  request: FastifyRequest,
  { actor }: Keeper,
  { id, why }: { id: string; why: string },
): Promise<void> {
  const wrong = [
    ...(isShort(why) ? [{ field: 'why', code: 'power-reason-missing' }] : []),
    ...longerThan(longest, { why }),
  ];
  if (wrong.length > 0) throw new Problem('form-invalid', {}, wrong);
  await cases.holds.lift(actor, id, why, clock(), toldOf(actor, request));
}

const isShort = (reason: string) => [...reason.trim()].length < 2;

const toldOf = ({ id }: StaffActor, request: FastifyRequest) => ({
  ...{ who: { kind: 'staff' as const, id }, from: networkOf(request.ip), requestId: request.id },
});

function wrongIn(reason: string, until: string, today: string): FieldProblem[] {
  return [
    ...(isShort(reason) ? [{ field: 'reason', code: 'power-reason-missing' }] : []),
    ...(until !== '' && !(realDay(until) && until >= today) ? [{ field: 'until', code: 'hold-end-wrong' }] : []),
  ];
}
