import { describe, expect, test } from 'vitest';
import { calendarOf } from '../platform/door.ts';
import { type Fact, fold } from './fact.ts';
import type { CaseHappening, PlanNews } from './news.ts';

const calendar = calendarOf([{ day: '2026-03-05', kind: 'holiday' }], '2026-12-31');
const monday = '2026-03-02T01:00:00Z';
const branch = (item: string, agency: string) => ({
  ...{ item, agency, name: { zh: item, en: item }, agencyName: { zh: agency, en: agency } },
  ...{ promisedDays: 3, statutoryDays: 10 },
});
const plan: PlanNews = {
  division: '360121100000',
  divisionName: '莲塘镇',
  subject: { kind: 'bundle', id: 'newborn', name: { zh: '新生儿', en: 'Newborn' } },
  channel: 'online',
  branches: [branch('birth', 'health'), branch('vaccine', 'health'), branch('register', 'police')],
  materialsAsked: 8,
  materialsSpared: 5,
};
type Story = [type: string, more?: object][];

/** The facts after these events, each on its own day from Monday on. */
function factsAfter(story: Story): Fact {
  const events = story.map(
    ([type, more], day) => ({ type, at: `2026-03-0${2 + day}T01:00:00Z`, ...more }) as CaseHappening,
  );
  const folded = [{ type: 'submitted', at: monday, plan } as const, ...events].reduce<Fact | undefined>(
    (fact, event, index) => fold(fact, { region: '360121', number: 'n', seq: index + 1, event }, calendar),
    undefined,
  );
  if (!folded) throw new Error('no fact');
  return folded;
}

describe('the facts of a case', () => {
  test('begin with what was pinned when it was submitted', () => {
    expect(factsAfter([]).case).toMatchObject({
      ...{ seq: 1, status: 'submitted', submittedDay: '2026-03-02', agencies: ['health', 'police'], visits: 0 },
      ...{ materialsAsked: 8, materialsSpared: 5, endedDay: null },
    });
    expect(factsAfter([]).branches.map(({ status }) => status)).toEqual(['waiting', 'waiting', 'waiting']);
  });

  test('an evening submission belongs to the day it is in China', () => {
    const news = {
      region: '360121',
      number: 'n',
      seq: 1,
      event: { type: 'submitted', at: '2026-03-02T17:00:00Z', plan },
    } as const;
    expect(fold(undefined, news, calendar)?.case.submittedDay).toBe('2026-03-03');
  });

  test.each(['counter', 'kiosk', 'station'])('a return and a second visit, to a %s, count once each', (channel) => {
    const { case: fact } = factsAfter([['returned'], ['resubmitted', { channel }], ['accepted']]);
    expect(fact).toMatchObject({ status: 'accepted', timesReturned: 1, visits: 1, acceptedDay: '2026-03-04' });
  });

  test('what the law accepted counts from the day the papers came', () => {
    const from = { deemedFrom: monday };
    const { case: fact, branches } = factsAfter([
      ['accepted', from],
      ['branch-opened', { item: 'birth', promisedDue: '2026-03-05', statutoryDue: '2026-03-16', countedFrom: monday }],
    ]);
    expect(fact).toMatchObject({ status: 'accepted', acceptedDay: '2026-03-02', deemed: true });
    expect(branches[0]?.openedDay).toBe('2026-03-02');
    expect(factsAfter([['accepted']]).case.deemed).toBe(false);
  });

  test('a decision on the due day is in time, the day after it is not', () => {
    const opened = { promisedDue: '2026-03-03', statutoryDue: '2026-03-16' };
    const granted = { outcome: 'granted', usedDays: 1 };
    const { branches } = factsAfter([
      ['branch-opened', { item: 'birth', ...opened }],
      ['branch-decided', { item: 'birth', ...granted }],
      ['branch-opened', { item: 'register', ...opened }],
      ['branch-decided', { item: 'register', outcome: 'refused', usedDays: 1 }],
      ['branch-stopped', { item: 'vaccine' }],
    ]);
    expect(
      branches.map(({ status, onTimePromised, onTimeStatutory }) => [status, onTimePromised, onTimeStatutory]),
    ).toEqual([
      ['granted', true, true],
      ['stopped', null, null],
      ['refused', false, true],
    ]);
  });

  test('what somebody else issues has a second clock, in working days from the decision', () => {
    const story: Story = [
      ['branch-opened', { item: 'birth', promisedDue: '2026-03-03', statutoryDue: '2026-03-16' }],
      ['branch-decided', { item: 'birth', outcome: 'granted', usedDays: 1, issueDue: '2026-03-04' }],
    ];
    const toIssue = { status: 'to-issue', decidedDay: '2026-03-03', issueDue: '2026-03-04' };
    expect(factsAfter(story).branches[0]).toMatchObject({ ...toIssue, issuedDay: null, issueUsedDays: null });
    const issued = factsAfter([
      ...story,
      ['branch-claimed', { item: 'register' }],
      ['returned'],
      ['branch-issued', { item: 'birth' }],
    ]);
    // 4 March is a working day, 5 March a holiday, 6 March a working day.
    expect(issued.branches[0]).toMatchObject({
      ...toIssue,
      status: 'granted',
      issuedDay: '2026-03-06',
      issueUsedDays: 2,
    });
    expect(factsAfter([...story, ['branch-stopped', { item: 'birth' }]]).branches[0]?.status).toBe('stopped');
    expect(issued.branches[1]).toMatchObject({ issueDue: null, issuedDay: null });
  });

  test.each([
    ['closed', { outcome: 'partly-granted' }, 'partly-granted'],
    ['withdrawn', {}, 'withdrawn'],
    ['not-accepted', {}, 'not-accepted'],
  ])('%s ends it', (type, more, outcome) => {
    expect(factsAfter([[type, more]]).case).toMatchObject({ status: type, outcome, endedDay: '2026-03-02' });
  });

  test('what comes twice changes nothing, and news of an unknown case is nothing', () => {
    const once = factsAfter([['returned']]);
    const again = { region: '360121', number: 'n', seq: 2, event: { type: 'returned', at: monday } } as const;
    expect(fold(once, again, calendar)).toBe(once);
    expect(fold(undefined, again, calendar)).toBeUndefined();
  });
});
