import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectNoAxeViolations, expectNoSidewaysScroll, newPage, where } from '../support/browser.ts';
import {
  answerForm,
  answerSituation,
  answers,
  begin,
  button,
  fill,
  findBundle,
  inOrder,
  photo,
  say,
  smallFamily,
  submit,
  upload,
} from '../support/story.ts';
import { accept, decideAll, deskOf, findInWatch, openFromQueue, rate, smallFamilyItems } from './office.ts';

inOrder();
let father: Page;
let number: string;
beforeAll(async () => {
  father = await newPage({ width: 320, elder: true });
});

/** What an older person with a small phone may count on, on every page. */
async function fitForElders(page: Page): Promise<void> {
  expect(await page.locator('html').getAttribute('class')).toContain('mode-elder');
  await expectNoSidewaysScroll(page);
  expect(await smallWords(page), `small words on ${where(page)}`).toEqual([]);
  expect(await smallTargets(page), `small targets on ${where(page)}`).toEqual([]);
  await expectNoAxeViolations(page);
}

/** Words set smaller than 18 px, or in lines closer than 1.3. */
function smallWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const parent = node.parentElement;
      if (!parent || !node.textContent?.trim() || parent.closest('script, style, noscript, .away, [hidden]')) continue;
      const { fontSize, lineHeight } = getComputedStyle(parent);
      const [size, line] = [Number.parseFloat(fontSize), Number.parseFloat(lineHeight)];
      if (size < 18 || line / size < 1.29)
        found.push(`${node.textContent.trim().slice(0, 30)} ${fontSize}/${lineHeight}`);
    }
    return found;
  });
}

/** Buttons, fields and lines to choose from that are lower or narrower than 60 px. */
function smallTargets(page: Page): Promise<string[]> {
  const fields = 'input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea';
  const targets = `button:not(.button-link), a.button, a.card, ${fields}, .choice`;
  return page.locator('main').evaluate((main, selector) => {
    const visible = [...main.querySelectorAll<HTMLElement>(selector)].filter((each) => each.checkVisibility());
    return visible
      .map((each) => ({ each, box: each.getBoundingClientRect() }))
      .filter(({ box }) => box.height < 60 || box.width < 60)
      .map(({ each, box }) => `${each.outerHTML.slice(0, 80)} ${Math.round(box.width)}×${Math.round(box.height)}`);
  }, targets);
}

describe('a father at 320 px in elder mode', () => {
  it('finds the life event', async () => {
    await findBundle(father, fitForElders);
  });

  it('gets his own list', async () => {
    await answerSituation(father, smallFamily, fitForElders);
  });

  it('signs in and fills the form', async () => {
    await begin(father, 'father', fitForElders);
    await answerForm(father, answers, { look: fitForElders, until: 'mother' });
    await fill(father, { mother_name: '1', mother_id_card: '36012119970826002', mother_phone: '' });
    await button(father, say('portal.apply.continue')).click();
    await father.locator('#mother_phone-error').waitFor();
    await fitForElders(father);
    await answerForm(father, answers, { look: fitForElders });
  });

  it('uploads, checks, sends, and follows his case', async () => {
    await upload(father, 'delivery_record', await photo(father));
    number = await submit(father, fitForElders);
    for (const path of [`/cases/${number}`, `/cases/${number}/withdraw`, '/cases', '/']) {
      await father.goto(path);
      await fitForElders(father);
    }
  });

  it('puts right what was sent back', async () => {
    const clerk = await deskOf('clerk-liantang');
    await openFromQueue(clerk, number);
    await button(clerk, say('desk.act.toReturn')).click();
    await fill(clerk, { 'miss-q-child-hospital': 'yes', 'why-q-child-hospital': '请写医院全称' });
    await button(clerk, say('desk.act.return')).click();
    await clerk.getByText(say('desk.done.returned')).waitFor();
    await father.goto(`/cases/${number}`);
    await fitForElders(father);
    await button(father, say('portal.next.correct')).click();
    await fitForElders(father);
    if ((await father.locator('[name=birth_hospital]').count()) === 0)
      await button(father.locator('main'), say('portal.apply.continue')).click();
    await fill(father, { birth_hospital: '南昌县第二人民医院' });
    await fitForElders(father);
    await button(father, say('portal.correct.send')).click();
    await father.getByText(say('portal.next.submitted')).waitFor();
    await accept(clerk, number);
  });

  it('follows it to its end and rates it', async () => {
    await decideAll(number, smallFamilyItems.slice(0, 1));
    await father.goto(`/cases/${number}`);
    await fitForElders(father);
    await decideAll(number, smallFamilyItems.slice(1));
    await rate(father, number, fitForElders);
    await findInWatch(number);
  });

  it('can make it larger still', async () => {
    await father.goto('/help');
    await button(father, say('components.page.larger')).click();
    await father.locator('html.mode-elder-xl').waitFor();
    await expectNoSidewaysScroll(father);
    await expectNoAxeViolations(father);
  });
});
