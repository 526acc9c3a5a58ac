import { describe, expect, test } from 'vitest';
import {
  accepted,
  branchOf,
  clerk,
  context,
  due,
  father,
  having,
  newborn,
  officer,
  problem,
  state,
  submitted,
  types,
  when,
} from './scenario.ts';

describe('at the counter', () => {
  test('given a new case, when nothing has been answered, then the answer is due in five working days', () => {
    expect(state(submitted(newborn)).answerDue).toBe(due('2026-10-09', 5));
  });

  test('given a law of another number of days, then a case is answered by what it began with', () => {
    const events = submitted(newborn, { answerDays: 3 });
    expect(state(events).answerDue).toBe(due('2026-10-09', 3));
    const returned = having(events, [{ type: 'return', missing: [{ what: '照片', why: '不清晰' }] }, clerk]);
    const again = having(returned, [{ type: 'resubmit', answers: {}, materials: [], channel: 'counter' }, father]);
    expect(state(again).answerDue).toBe(due('2026-10-09', 3));
  });

  test('given a submitted case, when it is accepted, then what depends on nothing opens at once', () => {
    expect(types(when(submitted(newborn), { type: 'accept' }, clerk))).toEqual([
      'accepted',
      'branch-opened birth-certificate',
      'branch-opened childcare-guidance',
    ]);
  });

  test('given a branch opens, then both clocks start on the next working day', () => {
    const [, opened] = when(submitted(newborn), { type: 'accept' }, clerk);
    expect(opened).toMatchObject({
      promisedDue: due('2026-10-09', 3),
      statutoryDue: due('2026-10-09', 20),
      provisional: false,
    });
  });

  test('given a due date past the calendar, then it is provisional', () => {
    const late = '2026-12-20T02:00:00.000Z';
    const [, opened] = when(submitted(newborn), { type: 'accept' }, clerk, late);
    expect(opened).toMatchObject({ provisional: true });
  });

  test('given a submitted case, when it is returned, then with the complete list', () => {
    const missing = [{ what: '户口簿', why: '照片看不清' }];
    const events = having(submitted(newborn), [{ type: 'return', missing }, clerk]);
    expect(state(events)).toMatchObject({ status: 'returned', missing, timesReturned: 1 });
  });

  test('given an empty list, when it is returned, then it is refused', () => {
    expect(problem(() => when(submitted(newborn), { type: 'return', missing: [] }, clerk))).toBe('missing-list-empty');
  });

  test('given a case returned once and sent again, when it is returned a second time, then it is refused', () => {
    const again = having(
      submitted(newborn),
      [{ type: 'return', missing: [{ what: '户口簿', why: '' }] }, clerk],
      [{ type: 'resubmit', answers: {}, materials: [], channel: 'counter' }, father],
    );
    expect(state(again)).toMatchObject({ status: 'submitted', visits: 1 });
    expect(problem(() => when(again, { type: 'return', missing: [{ what: '照片', why: '' }] }, clerk))).toBe(
      'already-returned-once',
    );
  });

  test('given no reason, when a case is not accepted, then it is refused; with one, the case ends', () => {
    expect(problem(() => when(submitted(newborn), { type: 'not-accept', reason: ' ' }, clerk))).toBe('reason-required');
    const events = having(submitted(newborn), [{ type: 'not-accept', reason: '不属本机关职权' }, clerk]);
    expect(state(events)).toMatchObject({ status: 'not-accepted', outcome: 'not-accepted', reason: '不属本机关职权' });
  });

  test('given a case that has ended, then nothing more may be done with it', () => {
    const ended = having(submitted(newborn), [{ type: 'withdraw' }, father]);
    for (const command of [
      { type: 'accept' },
      { type: 'withdraw' },
      { type: 'claim', item: 'birth-certificate' },
    ] as const) {
      expect(problem(() => when(ended, command, clerk))).toBe('action-not-possible');
    }
  });
});

describe('on the spot', () => {
  test('given an on-the-spot item, when the clerk decides it, then it is accepted, decided and closed in one act', () => {
    const events = submitted([branchOf('senior-card', [], { onTheSpot: true, promisedDays: 0 })]);
    expect(types(when(events, { type: 'decide-on-the-spot', reason: '当场核验', results: {} }, clerk))).toEqual([
      'accepted',
      'branch-opened senior-card',
      'branch-claimed senior-card',
      'branch-decided senior-card',
      'closed',
    ]);
  });

  test('given an item with a time limit, then it cannot be decided on the spot', () => {
    expect(
      problem(() => when(submitted(newborn), { type: 'decide-on-the-spot', reason: '好', results: {} }, clerk)),
    ).toBe('not-on-the-spot');
  });
});

test('a decision looks at nothing but what it is given', () => {
  const events = submitted(newborn);
  expect(when(events, { type: 'accept' }, clerk)).toEqual(when(events, { type: 'accept' }, clerk));
  expect(context(clerk)).toEqual(context(clerk));
});

describe('who receives does not decide', () => {
  const item = 'birth-certificate';
  test('given a case that somebody accepted, when the same person claims or decides, then it is refused', () => {
    expect(state(accepted()).acceptedBy).toBe(clerk.id);
    expect(problem(() => when(accepted(), { type: 'claim', item }, clerk))).toBe('received-by-you');
    const standIn = { ...officer('health'), actsFor: clerk };
    expect(
      problem(() => when(accepted(), { type: 'claim', item }, standIn)),
      'with a lent power',
    ).toBe('received-by-you');
  });
  test('given an item done on the spot, then accepting and deciding is one act of one person', () => {
    const onTheSpot = submitted([{ ...branchOf('card'), onTheSpot: true }]);
    const command = { type: 'decide-on-the-spot', reason: '符合条件', results: {} } as const;
    expect(types(when(onTheSpot, command, clerk))).toContain('branch-decided card');
  });
});
