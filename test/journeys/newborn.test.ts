import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { isCaseNumber, spokenNumber } from '../../src/cases/door.ts';
import { resultText } from '../../src/web/format.ts';
import { expectNoAxeViolations, newPage } from '../support/browser.ts';
import {
  answerForm,
  answerSituation,
  answers,
  begin,
  button,
  countAfterReload,
  fill,
  findBundle,
  inOrder,
  itemOf,
  pdf,
  photo,
  questionOf,
  say,
  signIn,
  submit,
  upload,
} from '../support/story.ts';
import {
  accept,
  claim,
  claimOutcome,
  deskOf,
  grant,
  inboxRow,
  officerFor,
  openFromQueue,
  openInbox,
} from './office.ts';
import { sumOf, totalOf, townships } from './watch.ts';

/** All nine, in an order in which what others need comes first. */
const order = [
  'birth-certificate',
  'birth-service-record',
  'childcare-guidance',
  'vaccination-record',
  'birth-registration',
  'social-security-card',
  'resident-insurance',
  'insurance-payment',
  'maternity-benefit',
];
const name = (item: string) => itemOf(item).name.zh;

inOrder();
let father: Page;
let clerk: Page;
let number: string;

beforeAll(async () => {
  father = await newPage();
});

describe('a father, before he signs in', () => {
  it('finds what to do by the words he would use', async () => {
    await findBundle(father);
    await expect.poll(() => father.getByRole('heading', { level: 1 }).innerText()).toContain('孩子出生');
  });

  it('answers questions about his family and gets his own list', async () => {
    await answerSituation(father);
    const list = father.locator('section[aria-labelledby=tasks]');
    for (const item of order) expect(await list.innerText()).toContain(name(item));
    for (const office of ['卫生健康', '公安', '人力资源', '医疗保障', '税务'])
      expect(await list.innerText()).toContain(office);
  });

  it('reads what to bring, what not to bring, how many days and how many visits', async () => {
    const words = await father.locator('main').innerText();
    expect(words).toContain('分娩记录');
    expect(words).toMatch(/免交[\s\S]*结婚证|结婚证[\s\S]*免交/);
    expect(words).toMatch(/\d+ 个工作日/);
    expect(words).toContain(say('portal.guide.visitCount', { count: 1 }));
  });
});

describe('the joint form', () => {
  it('begins after signing in, where he left the list', async () => {
    await begin(father, 'father');
    expect(questionOf(father)).toBe('child-name');
  });

  it('survives closing the browser: he comes back to the right question', async () => {
    await answerForm(father, answers, { until: 'mother' });
    const [draft] = /\/apply\/[^/]+/.exec(father.url()) ?? [];
    await father.context().close();
    father = await newPage();
    await signIn(father, 'father');
    await father.goto('/cases');
    await father.locator(`main a[href="${draft}"]`).click();
    await father.waitForURL(/\/apply\//);
    expect(questionOf(father)).toBe('mother');
  });

  it('says beside the field that an ID number is wrong, and keeps what was typed', async () => {
    await fill(father, { ...answers, mother_id_card: '360121199708260029' });
    await button(father, say('portal.apply.continue')).click();
    const wrong = say('field.id-card-check', { name: '妈妈身份证号码' });
    await father.locator('#mother_id_card-error').getByText(wrong).waitFor();
    expect(await father.locator('[name=mother_id_card]').inputValue()).toBe('360121199708260029');
    expect(await father.locator('[name=mother_name]').inputValue()).toBe('刘雨桐');
    await father.getByRole('link', { name: wrong }).click();
    expect(await father.evaluate(() => document.activeElement?.id)).toBe('mother_id_card');
  });

  it('takes a photo and a PDF, and shows everything once more before it is sent', async () => {
    await answerForm(father, answers);
    await upload(father, 'delivery_record', await photo(father));
    await upload(father, 'discharge_summary', pdf);
    await button(father.locator('main'), say('portal.apply.continue')).click();
    await father.waitForURL(/\/check$/);
    const words = await father.locator('main').innerText();
    for (const said of ['陈沐阳', '南昌县人民医院', '刘雨桐', '出院小结.pdf']) expect(words).toContain(said);
    await father.goBack();
  });

  it('becomes a case with a number whose last character shows when it is misread', async () => {
    number = await submit(father);
    expect(isCaseNumber(number)).toBe(true);
    expect(await father.locator('main').innerText()).toContain(spokenNumber(number));
  });
});

describe('the counter of 莲塘镇', () => {
  it('returns it once, with the complete list of what is missing', async () => {
    clerk = await deskOf('clerk-liantang');
    await openFromQueue(clerk, number);
    await button(clerk, say('desk.act.toReturn')).click();
    await fill(clerk, {
      'miss-m-delivery_record': 'yes',
      'why-m-delivery_record': '照片太暗，医院的章看不清',
      'miss-q-child-hospital': 'yes',
      'why-q-child-hospital': '请写医院全称',
    });
    await button(clerk, say('desk.act.return')).click();
    await clerk.getByText(say('desk.done.returned')).waitFor();
  });

  it('gets it back with what was missing, from the father', async () => {
    await father.goto(`/cases/${number}`);
    await father.getByText('照片太暗，医院的章看不清').first().waitFor();
    await button(father, say('portal.next.correct')).click();
    await upload(father, 'delivery_record', await photo(father, '分娩记录（清楚）.jpg'));
    await button(father.locator('main'), say('portal.apply.continue')).click();
    await fill(father, { birth_hospital: '南昌县第二人民医院' });
    await button(father, say('portal.correct.send')).click();
    await father.waitForURL(/\/cases\/[0-9A-Z]+$/);
    await father.getByText(say('portal.next.submitted')).waitFor();
  });

  it('cannot return it a second time, and accepts it', async () => {
    await openFromQueue(clerk, number);
    expect(await button(clerk, say('desk.act.toReturn')).count()).toBe(0);
    await clerk.getByText('南昌县第二人民医院').waitFor();
    await accept(clerk, number);
  });

  it('leaves the father knowing who has what, and how many days are left', async () => {
    await father.goto(`/cases/${number}`);
    expect(await step('birth-certificate').innerText()).toContain('还剩');
    expect(await step('birth-registration').innerText()).toContain(name('birth-certificate'));
  });
});

/** What the father's timeline says about an item. */
const step = (item: string) => father.locator('ol.timeline > li', { hasText: name(item) }).first();

describe('five offices', () => {
  it('lets two police officers reach for one item: one has it, the other is told who', async () => {
    const health = await officerFor('birth-certificate');
    await claim(health, number, 'birth-certificate');
    await grant(health, 'birth-certificate');
    const officers = [await officerFor('birth-registration'), await deskOf('approver-police-2')];
    await Promise.all(officers.map((officer) => openInbox(officer, number, 'birth-registration')));
    await Promise.all(
      officers.map((officer) => inboxRow(officer, number, 'birth-registration').getByRole('button').click()),
    );
    const won = await Promise.all(officers.map((officer) => claimOutcome(officer)));
    expect(won.filter((each) => each === 'mine')).toHaveLength(1);
    const holder = won[0] === 'mine' ? '徐明辉' : '彭立军';
    expect(won.filter((each) => each !== 'mine')).toEqual([say('problem.branch-taken.title', { holder })]);
    await father.reload();
    expect(await step('birth-registration').innerText()).toContain(holder);
    const winner = officers[won.indexOf('mine')] as Page;
    // What health granted is handed on: the number of the certificate stands beside the decision that needs it.
    expect(await winner.locator('section', { has: winner.locator('#upstream') }).innerText()).toContain('V360012345');
    await grant(winner, 'birth-registration');
  });

  it.each(order.filter((item) => !['birth-certificate', 'birth-registration'].includes(item)))(
    'decide %s, each in its own inbox',
    async (item) => {
      const officer = await officerFor(item);
      await claim(officer, number, item);
      await grant(officer, item);
    },
  );

  it('end the case with one list of results', async () => {
    await father.goto(`/cases/${number}`);
    await father.getByText(say('portal.next.granted')).waitFor();
    const results = father.locator('dl', { hasText: 'V360012345' }).first();
    for (const item of order)
      for (const { example } of itemOf(item).results)
        expect(await results.innerText()).toContain(resultText('zh', example));
    await expectNoAxeViolations(father);
  });
});

describe('afterwards', () => {
  it('he is asked for a rating, and nothing is chosen for him', async () => {
    const invitation = button(father, say('portal.next.rate'));
    await expect.poll(() => countAfterReload(invitation), { timeout: 20_000 }).toBe(1);
    await invitation.click();
    expect(await father.locator('[name=level]:checked').count()).toBe(0);
    await button(father, say('portal.apply.continue')).click();
    await father.locator('#level-error').waitFor();
    await fill(father, { level: '5' });
    await button(father, say('portal.apply.continue')).click();
    await fill(father, { codes: '517', comment: '一次都没多跑' });
    await button(father, say('portal.rate.send')).click();
    await father.getByText(say('portal.rate.thanks')).first().waitFor();
    await father.goto(`/cases/${number}/rate`);
    expect(await father.locator('[name=level]').count()).toBe(0);
  });

  it('a supervisor follows a figure to the list and finds the case, and the totals add up', async () => {
    const watch = await deskOf('supervisor');
    const row = townships(watch).locator('tr', { hasText: '莲塘镇' });
    const mine = watch.locator(`a[href="/desk/cases/${number}"]`);
    await expect
      .poll(
        async () => {
          await watch.goto('/watch');
          await row.locator('a[href*="measure=closed"]').first().click();
          return mine.count();
        },
        { timeout: 20_000 },
      )
      .toBe(1);
    await watch.goto('/watch');
    for (const column of [1, 2, 3, 4]) expect(await sumOf(watch, column)).toBe(await totalOf(watch, column));
    await watch.context().close();
  });
});
