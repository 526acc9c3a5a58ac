import { join } from 'node:path';
import { expect, it } from 'vitest';
import { limits } from '../../../test/support/limits.ts';
import { fold, spokenNumber } from '../../cases/door.ts';
import { branchOf, planOf } from '../../cases/scenario.ts';
import { loadTexts } from '../../platform/door.ts';
import type { Level } from '../../rating/door.ts';
import { renderPage } from '../render.ts';
import { repositoryRoot } from '../root.ts';
import type { View } from '../view.ts';
import { RatedPage } from './rate.tsx';

const say = loadTexts(join(repositoryRoot(), 'texts'), true).say('zh');
const view: View = {
  ...{
    say,
    lang: 'zh',
    mode: 'standard',
    actor: { kind: 'guest' },
    csrf: '',
    path: '/',
    demo: false,
    region: '360121',
  },
  ...{
    county: { zh: '南昌县', en: 'Nanchang County' },
    placeName: (...names) => names.join(''),
    now: new Date(),
    coveredUntil: '2026-12-31',
    limits,
    firstView: false,
    requestId: 'r',
  },
};
const plan = planOf([branchOf('户口登记')]);
const [at, by] = ['2026-10-10T02:00:00Z', { id: 'x', name: '' }];
const theCase = fold([{ type: 'submitted', plan, answers: {}, materials: [], answerDue: '2026-10-16', at, by }]);
const pageOf = (level: Level) =>
  renderPage(<RatedPage view={view} theCase={theCase} rating={{ level, codes: [], comment: '' }} />);

it('names the case that was rated', () => {
  for (const said of [plan.subject.name.zh, spokenNumber(plan.number)]) expect(pageOf(5)).toContain(said);
});

it('is glad of a good grade, and not of a bad one', () => {
  expect(pageOf(3)).toContain('class="panel"');
  for (const bad of [1, 2] as const) expect(pageOf(bad)).toContain('class="panel panel-calm"');
});
