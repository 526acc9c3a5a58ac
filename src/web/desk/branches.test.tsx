import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { BranchState } from '../../cases/door.ts';
import { branchOf, planOf } from '../../cases/scenario.ts';
import { loadTexts } from '../../platform/door.ts';
import { renderPage } from '../render.ts';
import { repositoryRoot } from '../root.ts';
import { BranchSide } from './branch-side.tsx';
import { Branches } from './branches.tsx';
import type { CaseData } from './case-data.ts';

const texts = loadTexts(join(repositoryRoot(), 'texts'), true);
const view = {
  ...{ say: texts.say('zh'), lang: 'zh', now: new Date('2026-12-28T02:00:00Z'), coveredUntil: '2026-12-31' },
};
const plan = branchOf('执业许可', [], { issueDays: 10 });
const by = { id: 'x', name: '熊晓燕' };

/** The page of a colleague who neither holds nor issues it. */
const dataOf = (state: BranchState) =>
  ({
    desk: { view, actor: { id: 'me' }, left: () => 3 },
    file: { plan: planOf([plan]), state: { status: 'accepted', branches: { [plan.item]: state } } },
    sight: { mine: [plan.item], issues: [], results: () => 'full' },
  }) as unknown as CaseData;

test('who holds an item is named with the moment they claimed it', () => {
  const openedAt = '2026-12-25T01:00:00.000Z';
  const claimed = { status: 'claimed', openedAt, claimedBy: by, claimedAt: '2026-12-26T06:30:00.000Z' } as const;
  const html = renderPage(<Branches data={dataOf(claimed)} />);
  expect(html).toContain('熊晓燕正在办，12月26日 14:30 认领');
  expect(html).not.toContain('12月25日');
});

test('the day by which something is to be issued says in words that it is provisional', () => {
  const side = (issueDue: string) => {
    const state: BranchState = { status: 'to-issue', decidedAt: '2026-12-25T01:00:00.000Z', decidedBy: by, issueDue };
    return renderPage(<BranchSide data={dataOf(state)} branch={{ plan, state }} />);
  };
  expect(side('2027-01-08')).toContain('在2027年1月8日（暂定）前发证');
  expect(side('2026-12-31')).toContain('在12月31日前发证');
});
