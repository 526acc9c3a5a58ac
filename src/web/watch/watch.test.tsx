import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { limits } from '../../../test/support/limits.ts';
import {
  type CaseList,
  figureIds,
  isNow,
  listBehind,
  type MeasureId,
  measureIds,
  measures,
  type Overview,
  type Slice,
  type Totals,
} from '../../efficacy/door.ts';
import { powersOf, staffActor } from '../../identity/door.ts';
import { loadTexts } from '../../platform/door.ts';
import { renderPage } from '../render.ts';
import { repositoryRoot } from '../root.ts';
import type { View } from '../view.ts';
import { ListPage } from './list.tsx';
import { OverviewPage } from './overview.tsx';
import type { Watch } from './watch-page.tsx';

const texts = loadTexts(join(repositoryRoot(), 'texts'), true);
const langs = ['zh', 'en'] as const;
const agencyName = { zh: '南昌县政务服务管理办公室', en: 'Government Service Office' };

function watchIn(
  lang: 'zh' | 'en',
  look: Watch['look'] = { period: '3m' },
  roles: ('supervisor' | 'lead')[] = ['supervisor'],
): Watch {
  const view: View = {
    ...{ say: texts.say(lang), lang, mode: 'standard', csrf: '', path: '/watch', demo: true, region: '360121' },
    ...{
      county: { zh: '南昌县', en: 'Nanchang County' },
      placeName: (...names) => names.join(''),
      now: new Date('2026-03-04T02:00:00Z'),
      coveredUntil: '2026-12-31',
      limits,
      firstView: false,
      requestId: 'r',
    },
    actor: staffActor(
      { id: 's', region: '360121', name: '陶', division: '360121000000', agency: 'x', agencyName },
      powersOf(roles, { division: '360121000000', agency: 'x' }),
    ),
  };
  return { view, look, names: {}, span: 'span' };
}

const sum = {
  visits: 3,
  materialsAsked: 400,
  materialsSpared: 300,
  satisfaction: 3000,
  usedDays: 200,
  promisedDays: 300,
  statutoryDays: 900,
  issueUsedDays: 120,
};
const totals = (count: number): Totals => ({
  ...(Object.fromEntries(measureIds.map((id) => [id, count])) as Record<MeasureId, number>),
  sum,
});
const slice = (key: string, count: number): Slice => ({ key, name: { zh: key, en: key }, totals: totals(count) });
const overviewOf = (count: number): Overview => ({
  ...{ today: '2026-03-04', total: totals(count * 2), medianUsedDays: count === 0 ? null : 2 },
  ...{ division: [slice('360121100000', count), slice('360121101000', count)] },
  ...{
    agency: [slice('360121-tax', count), slice('360121-health', count)],
    item: [slice('birth', count), slice('tax', count)],
  },
});
const issuedLate = {
  ...{ divisionName: '莲塘镇', agencyName, status: 'granted', openedDay: '2026-03-02', decidedDay: '2026-03-03' },
  ...{ promisedDue: '2026-03-06', statutoryDue: '2026-03-10', promisedDays: 4, statutoryDays: 6, usedDays: 1 },
  ...{ issueDue: '2026-03-17', issuedDay: '2026-03-20', issueUsedDays: 13, lateDays: 3 },
};
const hrefs = (html: string) =>
  [...html.matchAll(/href="(\/watch[^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));

describe.each(langs)('the overview in %s', (lang) => {
  test('can be said with much, little and nothing', () => {
    for (const count of [0, 1, 40]) {
      expect(renderPage(<OverviewPage watch={watchIn(lang)} overview={overviewOf(count)} />)).toContain('<h1');
    }
  });

  test('leads from every figure to a list that exists', () => {
    const html = renderPage(<OverviewPage watch={watchIn(lang)} overview={overviewOf(40)} />);
    const lists = hrefs(html).filter((href) => href.startsWith('/watch/cases'));
    expect(lists.length).toBeGreaterThan(20);
    const measures = lists.map((href) => new URL(href, 'http://x').searchParams.get('measure'));
    for (const measure of measures) expect(measureIds).toContain(measure);
    // Each figure by itself: one that is a bare number would be missed by a count of links.
    for (const id of figureIds) expect(measures, id).toContain(listBehind(id));
    const figures = html.split('<section class="figure"').slice(1);
    expect(figures.length).toBeGreaterThan(8);
    for (const figure of figures) expect(figure.split('</section>')[0]).toContain('href="/watch/cases');
  });

  test('marks rates that rest on little', () => {
    const noted = texts.say(lang)('watch.smallSample');
    expect(renderPage(<OverviewPage watch={watchIn(lang)} overview={overviewOf(2)} />)).toContain(noted);
    expect(renderPage(<OverviewPage watch={watchIn(lang)} overview={overviewOf(40)} />)).not.toContain(noted);
  });
});

test.each(langs)('issuing in %s is figures where there is any, and one sentence where there is none', (lang) => {
  const { say } = watchIn(lang).view;
  const overview = overviewOf(40);
  const without = { ...overview, total: { ...overview.total, 'to-issue': 0, issued: 0 } };
  const [some, none] = [overview, without].map((each) =>
    renderPage(<OverviewPage watch={watchIn(lang)} overview={each} />),
  );
  expect(some).toContain(say('watch.table.issue-days'));
  expect(some).not.toContain(say('watch.sentence.no-issuing'));
  expect(none).toContain(say('watch.sentence.no-issuing'));
  expect(none).not.toContain(say('watch.table.issue-days'));
});

test('a list of issuing says by when, since when and how long, by its own clock', () => {
  const { view } = watchIn('en');
  const row = { ...issuedLate, number: 'N', item: 'licence', itemName: agencyName, subjectName: agencyName };
  const html = renderPage(
    <ListPage
      watch={watchIn('en')}
      list={{ measure: 'issued-late', total: 1, offset: 0, unit: 'branch', rows: [row] }}
    />,
  );
  for (const column of ['granted', 'issueDue', 'issued', 'issueUsed'])
    expect(html).toContain(view.say(`watch.list.column.${column}`));
  expect(html).toContain(view.say('watch.list.lateBy', { days: 3 }));
  expect(html).not.toContain(view.say('watch.list.column.due'));
});

test.each(['late', 'late-to-issue'] as const)('the day of %s says in words that it is provisional', (measure) => {
  const { say } = watchIn('zh').view;
  const row = { ...issuedLate, number: 'N', item: 'licence', itemName: agencyName, subjectName: agencyName };
  const html = (day: string) => {
    const rows = [{ ...row, promisedDue: day, issueDue: day, issuedDay: null }];
    return renderPage(<ListPage watch={watchIn('zh')} list={{ measure, total: 1, offset: 0, unit: 'branch', rows }} />);
  };
  expect(html('2026-12-31')).not.toContain(say('components.time.provisional', { day: '' }));
  expect(html('2027-01-04')).toContain('2027年1月4日（暂定）');
});

test('a lead reads whose figures these are', () => {
  const html = renderPage(<OverviewPage watch={watchIn('zh', { period: '3m' }, ['lead'])} overview={overviewOf(1)} />);
  expect(html).toContain(`${agencyName.zh} · span`);
});

describe.each(langs)('a list in %s', (lang) => {
  const branch = {
    ...{
      number: `360121100000A01420260301000123X`,
      item: 'birth',
      itemName: { zh: '出生登记', en: 'Birth' },
      subjectName: { zh: '', en: '' },
    },
    ...{
      divisionName: '莲塘镇',
      agencyName,
      status: 'open',
      openedDay: '2026-03-01',
      decidedDay: null,
      promisedDue: '2026-03-02',
    },
    ...{ statutoryDue: '2026-03-10', promisedDays: 1, statutoryDays: 5, usedDays: null, lateDays: 2 },
    ...{ issueDue: null, issuedDay: null, issueUsedDays: null },
  };
  const one = {
    ...{
      number: branch.number,
      subjectName: branch.itemName,
      divisionName: '莲塘镇',
      channel: 'online',
      status: 'closed',
      outcome: 'granted',
    },
    ...{ submittedAt: '2026-03-01T02:00:00Z', endedDay: '2026-03-03', timesReturned: 1, visits: 0, level: 2 },
    ...{ materialsAsked: 9, materialsSpared: 7 },
  };
  const listOf = (measure: MeasureId, offset = 0, total = 1): CaseList =>
    measures[measure].unit === 'case'
      ? { measure, total, offset, unit: 'case', rows: offset < total ? [one] : [] }
      : { measure, total, offset, unit: 'branch', rows: offset < total ? [branch] : [] };

  test.each(measureIds)('of %s says what it holds and leads to the case', (measure) => {
    const html = renderPage(<ListPage watch={watchIn(lang)} list={listOf(measure)} />);
    expect(html).toContain(`href="/desk/cases/${branch.number}"`);
    expect(html).toContain(texts.say(lang)(`watch.measure.${measure}`));
    if (measures[measure].unit === 'case') expect(html).toContain('9 / 7');
    if (isNow(measure)) expect(html).not.toContain('· span');
  });

  test('knows when there is nothing, and when a page is past the end', () => {
    const { say } = watchIn(lang).view;
    expect(renderPage(<ListPage watch={watchIn(lang)} list={listOf('late', 0, 0)} />)).toContain(
      say('watch.list.empty'),
    );
    expect(renderPage(<ListPage watch={watchIn(lang)} list={listOf('late', 50, 1)} />)).toContain(
      say('watch.list.past'),
    );
  });
});
