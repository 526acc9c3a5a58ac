import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type CaseEvent, fold } from '../../cases/door.ts';
import { branchOf, calendar, planOf } from '../../cases/scenario.ts';
import { loadTexts } from '../../platform/door.ts';
import { renderPage } from '../render.ts';
import { repositoryRoot } from '../root.ts';
import type { View } from '../view.ts';
import { NextForYou } from './next-for-you.tsx';

const say = loadTexts(join(repositoryRoot(), 'texts'), true).say('zh');
const plan = planOf([branchOf('户口登记'), branchOf('社保卡', ['户口登记'])]);
const by = { id: 'x', name: '熊晓燕' };
const at = '2026-10-10T02:00:00Z';
const sent: CaseEvent = { type: 'submitted', plan, answers: {}, materials: [], answerDue: '2026-10-16', at, by };
const opened: CaseEvent = {
  ...{ type: 'branch-opened', item: '户口登记', promisedDue: '2026-10-15', statutoryDue: '2026-11-09' },
  ...{ provisional: false, at, by },
};

/** What the applicant reads on a day, after a case was sent. */
function shownOn(day: string, ...events: CaseEvent[]): string {
  const view = { say, lang: 'zh', now: new Date(`${day}T02:00:00Z`), coveredUntil: '2026-12-31' } as View;
  const history = [sent, ...events];
  const file = { ...fold(history), events: history, answers: {}, materials: [], withdrawn: null };
  return renderPage(
    <NextForYou view={view} file={file} house={{ calendar: () => calendar }} counter="窗口" mayRate={false} />,
  );
}

it('says of a case whose promised day has passed that it is late, from the next day on', () => {
  const accepted: CaseEvent = { type: 'accepted', at, by };
  expect(shownOn('2026-10-15', accepted, opened)).not.toContain(say('portal.next.late'));
  const late = shownOn('2026-10-16', accepted, opened);
  expect(late).toContain(say('portal.next.late'));
  expect(late).toContain('next-act');
});

it('leads from a withdrawn case to applying again for the same', () => {
  const { kind, id } = plan.subject;
  expect(shownOn('2026-10-12', { type: 'withdrawn', at, by })).toContain(`href="/${kind}s/${id}"`);
});
