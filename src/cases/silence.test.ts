import { describe, expect, test } from 'vitest';
import type { CaseEvent } from './case.ts';
import { branchOf, clerk, due, father, having, problem, state, submitted, system, types, when } from './scenario.ts';

const newborn = [
  branchOf('birth-certificate'),
  branchOf('vaccination-record', ['birth-certificate']),
  branchOf('childcare-guidance'),
];

describe('silence at the counter', () => {
  test('given nobody has answered by the last day, when that has passed, then it counts as accepted from the day the papers came', () => {
    const after = `${due('2026-10-09', 5)}T16:00:00.000Z`;
    const events = when(submitted(newborn), { type: 'deem-accepted' }, system, after);
    expect(types(events)).toEqual(['accepted', 'branch-opened birth-certificate', 'branch-opened childcare-guidance']);
    expect(events[1]).toMatchObject({ promisedDue: due('2026-10-09', 3), statutoryDue: due('2026-10-09', 20) });
    const so = state([...submitted(newborn), ...events]);
    expect(so).toMatchObject({ status: 'accepted', deemed: true, acceptedAt: '2026-10-09T02:00:00.000Z' });
    expect(so.branches['birth-certificate']?.openedAt).toBe('2026-10-09T02:00:00.000Z');
  });

  test('given the papers came again, when the counter is silent once more, then it counts from that day', () => {
    const again = '2026-10-12T02:00:00.000Z';
    const back = having(
      submitted(newborn),
      [{ type: 'return', missing: [{ what: '签名', why: '没有签' }] }, clerk],
      [{ type: 'resubmit', answers: {}, materials: [], channel: 'online' }, father, again],
    );
    const [accepted] = when(back, { type: 'deem-accepted' }, system, '2026-10-30T02:00:00.000Z');
    expect(accepted).toMatchObject({ type: 'accepted', deemedFrom: again });
  });

  test('given the last day is not over, or somebody has answered, then silence has no effect', () => {
    const lastMoment = `${due('2026-10-09', 5)}T15:59:59.000Z`;
    const later = '2026-11-30T02:00:00.000Z';
    const silent = (events: CaseEvent[], at: string) =>
      problem(() => when(events, { type: 'deem-accepted' }, system, at));
    expect(silent(submitted(newborn), lastMoment)).toBe('answer-not-overdue');
    expect(silent(having(submitted(newborn), [{ type: 'accept' }, clerk]), later)).toBe('action-not-possible');
    const returned = having(submitted(newborn), [
      { type: 'return', missing: [{ what: '签名', why: '没有签' }] },
      clerk,
    ]);
    expect(silent(returned, later)).toBe('action-not-possible');
  });
});
