import { realDay } from '../elements/door.ts';
import { dayEnd, dayStart, type FieldProblem, Problem } from '../platform/door.ts';
import type { StaffActor } from './actor.ts';
import { covers, padCode } from './division.ts';
import { isGrantable, keptApart, type Power, rolesByItem, rolesToLend } from './power.ts';
import type { StaffRow } from './powers.ts';

/** What may be granted and lent. Pure: everything it looks at is passed in. */
export type Grant = {
  account: string;
  role: string;
  division: string;
  agency: string;
  item: string;
  /** Days in China, `YYYY-MM-DD`; both inclusive, empty for none. */
  from: string;
  until: string;
  reason: string;
};
export type Lending = { power: string; to: string; until: string; reason: string };
type Known = { today: string; divisions: (code: string) => boolean; agencies: (id: string) => boolean };

/** The power a security administrator wishes to grant; throws everything that is wrong with it at once. */
export function powerToGrant(
  actor: StaffActor,
  to: StaffRow | undefined,
  given: Grant,
  known: Known,
): Omit<Power, 'id'> {
  if (!to) throw new Problem('account-not-found');
  if (to.id === actor.id) throw new Problem('power-own');
  const { role, division, agency, item, from, until, reason } = given;
  const wrong: FieldProblem[] = [];
  const check = (ok: boolean, field: string, code: string) => ok || wrong.push({ field, code });
  check(isGrantable(role), 'role', 'role-missing');
  check(covers(padCode(actor.region), division) && known.divisions(division), 'division', 'division-unknown');
  check(known.agencies(agency), 'agency', 'agency-unknown');
  check(item === '' || (rolesByItem as readonly string[]).includes(role), 'item', 'item-not-for-role');
  check(from === '' || realDay(from), 'from', 'day-wrong');
  check(until === '' || (realDay(until) && until >= known.today && until >= from), 'until', 'power-end-wrong');
  check(reason.trim().length >= 2, 'reason', 'power-reason-missing');
  const apart = isGrantable(role) && keptApart(rolesOf(to), role);
  if (apart) wrong.push({ field: 'role', code: apart });
  if (wrong.length > 0 || !isGrantable(role)) throw new Problem('form-invalid', {}, wrong);
  return { role, division, agency, item: item || undefined, ...between(from, until) };
}

/** The power somebody lends a colleague: one of their own, not lent itself, for a limited time. */
export function powerToLend(
  actor: StaffActor,
  to: StaffRow | undefined,
  given: Lending,
  now: { at: Date; today: string; days: number },
): Omit<Power, 'id'> {
  const own = actor.powers.find(({ id, lentBy }) => id === given.power && !lentBy);
  const wrong: FieldProblem[] = [];
  const check = (ok: boolean, field: string, code: string) => ok || wrong.push({ field, code });
  check(!!own && (rolesToLend as readonly string[]).includes(own.role), 'power', 'power-missing');
  check(!!to && to.id !== actor.id && to.agency === actor.agency, 'to', 'colleague-missing');
  const apart = own && to && keptApart(rolesOf(to), own.role);
  if (apart) wrong.push({ field: 'to', code: apart });
  const last = new Date(now.at.getTime() + now.days * 86_400_000);
  const inTime = realDay(given.until) && given.until >= now.today && dayEnd(given.until) <= last;
  check(inTime, 'until', 'lending-end-wrong');
  check(given.reason.trim().length >= 2, 'reason', 'power-reason-missing');
  if (wrong.length > 0 || !own) {
    const params = { days: now.days };
    throw new Problem(
      'form-invalid',
      {},
      wrong.map((problem) => ({ ...problem, params })),
    );
  }
  const { role, division, agency, item } = own;
  const ends = [
    dayEnd(given.until).toISOString(),
    ...(own.until ? [new Date(own.until).toISOString()] : []),
  ].toSorted();
  return {
    ...{ role, division, agency, item, from: now.at.toISOString(), until: ends[0] },
    lentBy: { id: actor.id, name: actor.name },
  };
}

const rolesOf = ({ powers }: StaffRow) => powers.map(({ role }) => role);

function between(from: string, until: string): Pick<Power, 'from' | 'until'> {
  return {
    from: from === '' ? undefined : dayStart(from).toISOString(),
    until: until === '' ? undefined : dayEnd(until).toISOString(),
  };
}
