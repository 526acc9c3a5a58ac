import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type CaseEvent, type CaseFile, type CasePlan, fold } from '../../cases/door.ts';
import { branchOf, calendar, planOf } from '../../cases/scenario.ts';
import { loadTexts } from '../../platform/door.ts';
import { renderPage } from '../render.ts';
import { repositoryRoot } from '../root.ts';
import type { View } from '../view.ts';
import { CaseTimeline } from './timeline.tsx';

const texts = loadTexts(join(repositoryRoot(), 'texts'), true);
const say = texts.say('zh');
const view = { say, lang: 'zh', now: new Date('2026-10-12T02:00:00Z'), coveredUntil: '2026-12-31' } as View;

const plan: CasePlan = planOf([branchOf('户口登记'), branchOf('社保卡', ['户口登记'])]);
const by = { id: 'x', name: '熊晓燕' };
const at = '2026-10-10T02:00:00Z';
const sent: CaseEvent = { type: 'submitted', plan, answers: {}, materials: [], answerDue: '2026-10-16', at, by };
const accepted: CaseEvent = { type: 'accepted', at, by };
const refused: CaseEvent[] = [
  accepted,
  { type: 'branch-decided', item: '户口登记', outcome: 'refused', reason: '不符合', results: [], usedDays: 1, at, by },
  { type: 'branch-stopped', item: '社保卡', because: '户口登记', at, by },
  { type: 'closed', outcome: 'refused', at, by },
];

/** The steps of a case after it was sent: how each is marked, and its words. */
function stepsOf(...events: CaseEvent[]): { mark: string; words: string }[] {
  const file: CaseFile = {
    ...fold([sent, ...events]),
    events: [sent, ...events],
    answers: {},
    materials: [],
    withdrawn: null,
  };
  const html = renderPage(<CaseTimeline view={view} file={file} house={{ calendar: () => calendar }} counter="窗口" />);
  const steps = html.split('<li class="step step-').slice(1);
  return steps.map((step) => ({ mark: /^\w+/.exec(step)?.[0] ?? '', words: step.replace(/^[^>]*>|<[^>]*>/g, ' ') }));
}

it('does not say of items of a case that was not accepted that they will begin', () => {
  const steps = stepsOf({ type: 'not-accepted', reason: '不归本县', at, by });
  expect(steps).toHaveLength(2);
  expect(steps[1]).toMatchObject({ mark: 'stopped' });
  expect(steps[1]?.words).toContain('不归本县');
});

it('says once of all that the applicant took back that it goes no further, and does not call it refused', () => {
  const steps = stepsOf(
    { type: 'branch-stopped', item: '户口登记', because: 'withdrawn', at, by },
    { type: 'branch-stopped', item: '社保卡', because: 'withdrawn', at, by },
    { type: 'withdrawn', at, by },
  );
  expect(steps.map(({ mark }) => mark)).toEqual(['done', 'dropped']);
  expect(steps[1]?.words).toContain('不再办理：户口登记和社保卡');
});

const opened = (item: string, promisedDue = '2026-10-15', statutoryDue = '2026-11-09'): CaseEvent => ({
  ...{ type: 'branch-opened', item, promisedDue, statutoryDue, provisional: statutoryDue > '2026-12-31', at, by },
});

it('says who holds an item since when: the office since it opened, somebody since they claimed it', () => {
  const waiting = stepsOf(accepted, opened('户口登记'));
  expect(waiting[2]?.words).toContain('10月10日 10:00 开始');
  const claimed: CaseEvent = { type: 'branch-claimed', item: '户口登记', at: '2026-10-11T06:30:00Z', by };
  const held = stepsOf(accepted, opened('户口登记'), claimed);
  expect(held[2]?.words).toContain('10月11日 14:30 开始');
  expect(held[2]?.words).not.toContain('10月10日 10:00 开始');
  const released: CaseEvent = { type: 'branch-released', item: '户口登记', at: '2026-10-11T08:00:00Z', by };
  expect(stepsOf(accepted, opened('户口登记'), claimed, released)[2]?.words).toContain('10月10日 10:00 开始');
});

it('marks a day as provisional that no holidays are announced for yet, and no other', () => {
  const provisional = say('components.clock.provisional');
  expect(stepsOf(accepted, opened('户口登记'))[2]?.words).not.toContain(provisional);
  expect(stepsOf(accepted, opened('户口登记', '2026-12-30', '2027-01-12'))[2]?.words.split(provisional)).toHaveLength(
    2,
  );
  const waits = (answerDue: string) =>
    stepsOf({ ...sent, type: 'resubmitted', channel: 'online', answerDue }).at(-4)?.words;
  expect(waits('2027-01-05')).toContain('2027年1月5日（暂定）');
  expect(waits('2026-12-30')).not.toContain('暂定');
});

it('says in one step that days were counted anew, and what they are now', () => {
  const moment = '2026-10-11T02:00:00Z';
  const recounted = (item: string, statutoryDue: string): CaseEvent => ({
    ...{ type: 'branch-recounted', item, promisedDue: '2026-12-30', statutoryDue, provisional: false, at: moment, by },
  });
  const events = [accepted, opened('户口登记'), opened('社保卡')];
  const words = (...more: CaseEvent[]) => stepsOf(...events, ...more).map((step) => step.words);
  const told = say('portal.case.event.recounted');
  expect(words().join()).not.toContain(told);
  const steps = words(recounted('户口登记', '2026-12-31'), recounted('社保卡', '2027-01-12'));
  expect(steps.filter((step) => step.includes(told))).toHaveLength(1);
  expect(steps[2]).toContain('户口登记：承诺12月30日前办好，法定的最后期限是12月31日');
  expect(steps[2]).toContain('社保卡：承诺12月30日前办好，法定的最后期限是2027年1月12日（暂定）');
  const [, answer] = stepsOf({ type: 'answer-recounted', answerDue: '2026-10-19', at: moment, by });
  expect(answer?.words).toContain('10月19日前答复');
  const decided = { type: 'branch-decided', item: '户口登记', outcome: 'granted', reason: '好' } as const;
  const issue = { issueDue: '2026-10-26', issueProvisional: false };
  const granted: CaseEvent = { ...decided, results: [], usedDays: 0, ...issue, at, by };
  const later: CaseEvent = { type: 'branch-recounted', item: '户口登记', issueDue: '2026-10-27', at: moment, by };
  expect(words(granted, later)[2]).toContain('户口登记：最晚10月27日发证');
});

it('ends in a refusal when everything was refused', () => {
  const last = stepsOf(...refused).at(-1);
  expect(last).toMatchObject({ mark: 'stopped' });
  expect(last?.words).toContain(say('portal.case.event.closed-refused'));
});
