import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addWorkdays, type Calendar, calendarOf, dayOf } from '../platform/door.ts';
import type { CaseEvent, Command, Who } from './case.ts';
import type { Context } from './context.ts';
import { decide } from './decide.ts';
import { fold } from './evolve.ts';
import { branchOf, claim, clerk, grant, having, problem, state, submitted, system, types } from './scenario.ts';

const late = '2026-12-28T02:00:00.000Z';
/** The holidays of the next year, known: 1 to 3 January are free, Sunday the 10th is worked. */
const announced = calendarOf(
  [
    { day: '2027-01-01', kind: 'holiday' },
    { day: '2027-01-04', kind: 'holiday' },
    { day: '2027-01-10', kind: 'makeup' },
  ],
  '2027-12-31',
);
const recount = (events: CaseEvent[], calendar: Calendar = announced, by: Who = system): CaseEvent[] => {
  const context: Context = { at: '2027-01-05T02:00:00.000Z', by, calendar };
  return decide(fold(events), { type: 'recount' } as Command, context);
};
const bundle = [
  branchOf('birth-certificate'),
  branchOf('licence', [], { issueDays: 10 }),
  branchOf('later', ['licence']),
];
const accepted = () => having(submitted(bundle), [{ type: 'accept' }, clerk, late]);

describe('when the holidays are announced', () => {
  test('given a branch whose clock runs, then both its days are counted anew from where it opened', () => {
    const before = accepted();
    expect(state(before).branches['birth-certificate']).toMatchObject({ promisedDue: '2026-12-31', provisional: true });
    const events = recount(before);
    expect(types(events)).toEqual(['branch-recounted birth-certificate', 'branch-recounted licence']);
    const after = state([...before, ...events]).branches['birth-certificate'];
    expect(after).toMatchObject({
      status: 'open',
      promisedDue: '2026-12-31',
      statutoryDue: addWorkdays(announced, dayOf(late), 20).due,
      provisional: false,
    });
    expect(after?.statutoryDue).not.toBe(state(before).branches['birth-certificate']?.statutoryDue);
  });

  test('given it was granted and is to be issued, then only that day is', () => {
    const before = having(accepted(), claim('licence'), grant('licence'));
    const [, licence] = recount(before);
    const decidedAt = state(before).branches.licence?.decidedAt ?? '';
    const issueDue = addWorkdays(announced, dayOf(decidedAt), 10).due;
    const so = licence && state([...before, licence]).branches.licence;
    expect(so).toMatchObject({ status: 'to-issue', issueDue, issueProvisional: false });
    expect(so?.promisedDue).toBe(state(before).branches.licence?.promisedDue);
  });

  test('given nobody has answered, then the day of the answer is', () => {
    const new_ = [branchOf('a')];
    const before = submitted(new_).map((event) => ({ ...event, at: late, answerDue: '2027-01-04' })) as CaseEvent[];
    const events = recount(before);
    expect(events).toMatchObject([
      { type: 'answer-recounted', answerDue: addWorkdays(announced, '2026-12-28', 5).due },
    ]);
    expect(state([...before, ...events]).answerDue).toBe('2027-01-06');
  });

  test('given that day has passed as it was counted before, then silence has no effect until it has passed as it is now', () => {
    const before = submitted([branchOf('a')]).map((event) => ({ ...event, at: late, answerDue: '2027-01-04' }));
    const silence = (day: string, calendar: Calendar) =>
      decide(
        fold(before as CaseEvent[]),
        { type: 'deem-accepted' },
        { at: `${day}T02:00:00.000Z`, by: system, calendar },
      );
    expect(problem(() => silence('2027-01-05', announced))).toBe('answer-not-overdue');
    expect(types(silence('2027-01-07', announced))).toContain('accepted');
    const worked = calendarOf([{ day: '2027-01-02', kind: 'makeup' }], '2027-12-31');
    expect(
      problem(() => silence('2027-01-04', worked)),
      'what was said is kept',
    ).toBe('answer-not-overdue');
    expect(types(silence('2027-01-05', worked))).toContain('accepted');
  });

  test('given all stays as it is, or the case has ended, then nothing happens', () => {
    const once = [...accepted(), ...recount(accepted())];
    expect(problem(() => recount(once))).toBe('nothing-to-do');
    const ended = having(accepted(), [{ type: 'withdraw' }, clerk]);
    expect(problem(() => recount(ended))).toBe('action-not-possible');
  });

  test('counting twice is counting once, whatever the calendar', () => {
    const day = fc
      .integer({ min: 1, max: 40 })
      .map((n) => new Date(Date.UTC(2026, 11, 28 + n)).toISOString().slice(0, 10));
    const special = fc.record({ day, kind: fc.constantFrom('holiday' as const, 'makeup' as const) });
    fc.assert(
      fc.property(fc.array(special, { maxLength: 12 }), (days) => {
        const calendar = calendarOf(days, '2027-12-31');
        const events = [...accepted(), ...attempt(() => recount(accepted(), calendar))];
        expect(problem(() => recount(events, calendar))).toBe('nothing-to-do');
        for (const branch of Object.values(state(events).branches))
          if (branch.statutoryDue) expect(calendar.isWorkday(branch.statutoryDue)).toBe(true);
      }),
    );
  });
});

function attempt(work: () => CaseEvent[]): CaseEvent[] {
  try {
    return work();
  } catch {
    return [];
  }
}
