import { describe, expect, it } from 'vitest';
import type { BranchState } from '../../cases/door.ts';
import { calendarOf } from '../../platform/door.ts';
import { type Branch, clocksOf, expectedEnd, overdueOf } from './story.ts';

// Monday 1 June 2026; no holidays that month before the 19th.
const calendar = calendarOf([{ day: '2026-06-19', kind: 'holiday' }], '2026-12-31');
const today = '2026-06-01';

function branch(item: string, promisedDays: number, dependsOn: string[], state: BranchState): Branch {
  return { item, promisedDays, statutoryDays: promisedDays * 2, dependsOn, state } as Branch;
}
const open = (promisedDue: string): BranchState => ({ status: 'open', openedAt: '2026-05-28T01:00:00Z', promisedDue });

describe('the day everything should be done', () => {
  it('is the last promised day of what runs', () => {
    const branches = [branch('a', 1, [], open('2026-06-02')), branch('b', 3, [], open('2026-06-04'))];
    expect(expectedEnd(branches, calendar, today)).toBe('2026-06-04');
  });

  it('counts what waits from the last of what it needs, over a weekend', () => {
    const branches = [branch('a', 1, [], open('2026-06-04')), branch('b', 2, ['a'], { status: 'waiting' })];
    expect(expectedEnd(branches, calendar, today)).toBe('2026-06-08');
  });

  it('is never in the past: what is late is expected today', () => {
    expect(expectedEnd([branch('a', 1, [], open('2026-05-20'))], calendar, today)).toBe(today);
  });

  it('is not said when nothing runs', () => {
    expect(
      expectedEnd([branch('a', 1, [], { status: 'granted', decidedAt: '2026-05-20T01:00:00Z' })], calendar, today),
    ).toBeUndefined();
  });
});

describe('what is late', () => {
  const late = (promisedDue: string, statutoryDue: string) => ({ ...open(promisedDue), statutoryDue });

  it('is told with the first promise that was broken and the last day of the law', () => {
    const branches = [
      branch('a', 1, [], late('2026-05-28', '2026-06-08')),
      branch('b', 1, [], late('2026-05-20', '2026-06-03')),
      branch('c', 1, [], late('2026-06-01', '2026-06-30')),
    ];
    expect(overdueOf(branches, today)).toEqual({ promised: '2026-05-20', legal: '2026-06-08' });
  });

  it('is nothing on the promised day itself, nor once it is decided', () => {
    const decided = { ...late('2026-05-20', '2026-06-03'), status: 'granted' } as BranchState;
    expect(overdueOf([branch('a', 1, [], late(today, '2026-06-08'))], today)).toBeUndefined();
    expect(overdueOf([branch('a', 1, [], decided)], today)).toBeUndefined();
  });
});

describe('the two clocks of a branch', () => {
  it('run from the day after it opened', () => {
    const clocks = clocksOf(branch('a', 3, [], open('2026-06-02')), calendar, today);
    expect(clocks?.promised).toMatchObject({ used: 2, total: 3, stopped: undefined });
    expect(clocks?.statutory.total).toBe(6);
  });

  it('have stopped once it is decided, and are not shown before it opens', () => {
    const decided = { ...open('2026-06-02'), status: 'granted', usedDays: 1 } as BranchState;
    expect(clocksOf(branch('a', 3, [], decided), calendar, today)?.promised).toMatchObject({
      used: 1,
      stopped: 'decided',
    });
    expect(clocksOf(branch('a', 3, [], { status: 'waiting' }), calendar, today)).toBeUndefined();
  });
});
