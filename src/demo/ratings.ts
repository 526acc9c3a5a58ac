import type { Case } from '../cases/door.ts';
import type { House } from '../house.ts';
import { dice } from './random.ts';
import { officeHour, workdaysLater } from './times.ts';

/** Words people leave with a bad rating. */
const complaints = [
  '说好三天，等了一个多星期。',
  '材料交过一次，又让我再交一次。',
  '电话没人接，跑了两趟才问清楚。',
  '',
];

/** About six of ten applicants rate their closed case; the longer past the promise, the worse. */
export async function rateSome(house: House, cases: Case[], until: string, seed: number): Promise<void> {
  for (const [index, { plan, state }] of cases.entries()) {
    const chance = dice(seed * 7 + index);
    if (state.status !== 'closed' || !state.closedAt || plan.applicant.id.endsWith('-father') || !chance.chance(0.6))
      continue;
    const at = workdaysLater(
      chance,
      house.calendar(),
      officeHour(chance, state.closedAt.slice(0, 10)),
      chance.whole(0, 3),
    );
    if (at > until) continue;
    const late = plan.branches.some(({ item, promisedDays }) => (state.branches[item]?.usedDays ?? 0) > promisedDays);
    const level = levelOf(chance.unit(), late || state.timesReturned > 0, state.outcome !== 'granted');
    const codes = [chance.pick(house.rating.codes(level)).code];
    const comment = level <= 2 ? chance.pick(complaints) : '';
    const actor = { kind: 'person', id: plan.applicant.id, region: plan.region, name: plan.applicant.name } as const;
    await house.rating.rate(actor, {
      number: plan.number,
      level,
      codes,
      comment,
      commandId: `past-rating-${plan.number}`,
      at,
    });
  }
}

function levelOf(unit: number, slow: boolean, refused: boolean): 1 | 2 | 3 | 4 | 5 {
  const mood = unit - (slow ? 0.22 : 0) - (refused ? 0.25 : 0);
  if (mood > 0.42) return 5;
  if (mood > 0.16) return 4;
  if (mood > 0.02) return 3;
  return mood > -0.12 ? 2 : 1;
}
