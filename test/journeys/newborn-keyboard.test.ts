import type { FileChooser, Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { newPage, where } from '../support/browser.ts';
import {
  type Answers,
  answers,
  countAfterReload,
  inOrder,
  isQuestion,
  itemOf,
  numberIn,
  photo,
  say,
  situation,
  smallFamily,
} from '../support/story.ts';
import { approverOf, deskOf, smallFamilyItems } from './office.ts';

inOrder();
let father: Page;
let number: string;
beforeAll(async () => {
  father = await newPage();
});

/** Whether the focused element shows that it has the focus: a ring of its own. */
function focusShows(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return true;
    // A radio button or a checkbox may hand its ring to the line it stands in.
    return [focused, focused.nextElementSibling, focused.parentElement].some((each) => {
      if (!each) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
    });
  });
}

/** Presses Tab until the element has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const goal = await target.elementHandle();
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab');
    expect(await focusShows(page), `the focus shows on ${where(page)}`).toBe(true);
    if (await page.evaluate((element) => document.activeElement === element, goal)) return;
  }
  throw new Error(`no way to it with Tab on ${where(page)}`);
}

/** Past the header: the first stop of every page leads to its main part. */
async function skipToMain(page: Page): Promise<void> {
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(say('components.page.skip'));
  expect(await page.locator('a.skip').isVisible()).toBe(true);
  await page.keyboard.press('Enter');
}

/** Presses the button or the link that has these words. */
async function press(page: Page, words: string): Promise<void> {
  const target = page.locator('main button, main a', { hasText: words }).first();
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Chooses in the group that has the focus, with Space and the arrows. */
async function chooseValue(page: Page, name: string, value: string): Promise<void> {
  const boxes = page.locator(`main [name="${name}"]`);
  const checked = page.locator(`main [name="${name}"]:checked`);
  await tabTo(page, (await checked.count()) > 0 ? checked : boxes.first());
  await page.keyboard.press('Space');
  while ((await checked.getAttribute('value')) !== value) await page.keyboard.press('ArrowDown');
}

/** Answers everything a question page asks, in the order the keyboard meets it. */
async function answerPage(page: Page, given: Answers): Promise<void> {
  const fields = await page
    .locator('main form')
    .evaluate((form) =>
      [...form.querySelectorAll<HTMLInputElement>('input:not([type=hidden]), select, textarea')].map(
        ({ name, type }) => ({ name, type }),
      ),
    );
  for (const { name, type } of new Map(fields.map((field) => [field.name, field])).values()) {
    const value = given[name];
    if (value === undefined) continue;
    if (type === 'radio') await chooseValue(page, name, value);
    else {
      await tabTo(page, page.locator(`main [name="${name}"]`));
      if (type.startsWith('select')) await arrowTo(page, name, value);
      else await retype(page, value);
    }
  }
}

async function arrowTo(page: Page, name: string, value: string): Promise<void> {
  const list = page.locator(`main select[name="${name}"]`);
  await page.keyboard.press('Home');
  while ((await list.inputValue()) !== value) await page.keyboard.press('ArrowDown');
}

async function retype(page: Page, value: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(value);
}

describe('a father with a keyboard and nothing else', () => {
  it('skips to the main part, searches, and opens the life event', async () => {
    await father.goto('/');
    await skipToMain(father);
    await father.goto('/');
    await tabTo(father, father.getByRole('searchbox'));
    await father.keyboard.insertText('孩子出生');
    await father.keyboard.press('Enter');
    await father.waitForURL(/\/search/);
    await tabTo(father, father.locator('main a[href="/bundles/newborn"]'));
    await father.keyboard.press('Enter');
    await father.waitForURL(/\/bundles\/newborn/);
  });

  it('answers questions with arrows and Space', async () => {
    await press(father, say('portal.bundle.begin'));
    for (const [name, value] of Object.entries(smallFamily)) {
      await father.locator(`[name="${name}"][type=radio]`).first().waitFor();
      await skipToMain(father);
      await chooseValue(father, name, value);
      await press(father, say('portal.apply.continue'));
    }
    await father.waitForURL(/\/tasks/);
    expect(Object.keys(situation)).toHaveLength(5);
  });

  it('signs in, and comes back to the list', async () => {
    await press(father, say('portal.tasks.begin'));
    await father.waitForURL(/\/sign-in/);
    await tabTo(father, father.locator('button[name=persona][value=father]'));
    await father.keyboard.press('Enter');
    await father.waitForURL(/\/tasks/);
    await press(father, say('portal.tasks.begin'));
    await father.waitForURL(isQuestion);
  });

  it('is led from the list of mistakes to the field', async () => {
    await press(father, say('portal.apply.continue'));
    await father.locator('#child_name-error').waitFor();
    expect(await father.evaluate(() => document.activeElement?.tagName)).toBe('H2');
    await father.keyboard.press('Tab');
    await father.keyboard.press('Enter');
    expect(await father.evaluate(() => document.activeElement?.id)).toBe('child_name');
    await father.keyboard.insertText('陈沐阳');
    await father.keyboard.press('Enter');
    await father.waitForURL(/\/child-sex$/);
  });

  it('answers the whole form', async () => {
    while (isQuestion(new URL(father.url()))) {
      const before = father.url();
      await answerPage(father, answers);
      await press(father, say('portal.apply.continue'));
      await father.waitForURL((url) => url.href !== before);
    }
  });

  it('uploads, checks and sends', async () => {
    const paper = await photo(father);
    // The browser must know that we answer its file window before it opens one: a page away and back makes sure.
    const asked = new Promise<FileChooser>((resolve) => father.once('filechooser', resolve));
    await father.reload();
    await tabTo(father, father.locator('input[type=file]').first());
    await father.keyboard.press('Enter');
    await (await asked).setFiles(paper);
    await press(father, say('portal.materials.upload'));
    await father.getByRole('link', { name: paper.name }).waitFor();
    await press(father, say('portal.apply.continue'));
    await father.waitForURL(/\/check$/);
    for (const box of ['consent', 'declared']) {
      await tabTo(father, father.locator(`[name=${box}]`));
      await father.keyboard.press('Space');
    }
    await press(father, say('portal.check.submit'));
    await father.waitForURL(/\/submitted$/);
    await press(father, say('portal.submitted.follow'));
    await father.waitForURL(/\/cases\/[0-9A-Z]+$/);
    number = numberIn(father);
    expect(number).toMatch(/^360121/);
  });
});

/** Tabs to the one button with these words, wherever it stands on the page. */
async function pressButton(page: Page, words: string): Promise<void> {
  await tabTo(page, page.getByRole('button', { name: words }).first());
  await page.keyboard.press('Enter');
}

describe('staff with a keyboard and nothing else', () => {
  it('accepts the case at the counter', async () => {
    const clerk = await deskOf('clerk-liantang');
    await clerk.goto('/desk/search');
    await tabTo(clerk, clerk.locator('main input[name=q]').first());
    await clerk.keyboard.insertText(number);
    await clerk.keyboard.press('Enter');
    await tabTo(clerk, clerk.locator(`main a[href^="/desk/cases/${number}"]`).first());
    await clerk.keyboard.press('Enter');
    await clerk.waitForURL(/\/desk\/cases\//);
    await pressButton(clerk, say('desk.act.accept'));
    await clerk.getByText(say('desk.done.accepted')).waitFor();
  });

  it('claims and decides every item', async () => {
    for (const item of smallFamilyItems) {
      const officer = await deskOf(approverOf(item));
      await officer.goto(`/desk/cases/${number}?item=${item}`);
      await pressButton(officer, say('desk.act.claim'));
      await officer.getByText(say('desk.done.claimed')).waitFor();
      for (const { id, example } of itemOf(item).results) {
        await tabTo(officer, officer.locator(`main [name="r_${id}"]`));
        await officer.keyboard.insertText(example);
      }
      await pressButton(officer, say('desk.act.grant'));
      await officer.getByText(say('desk.done.granted')).waitFor();
      await officer.context().close();
    }
  });

  it('follows a figure of the watch to its list', async () => {
    const watch = await deskOf('supervisor');
    await watch.goto('/watch');
    await tabTo(watch, watch.locator('main a[href*="measure=closed"]').first());
    await watch.keyboard.press('Enter');
    await watch.waitForURL(/measure=closed/);
    await tabTo(watch, watch.locator('main a[href^="/desk/cases/"]').first());
    await watch.keyboard.press('Enter');
    await watch.waitForURL(/\/desk\/cases\//);
    await watch.context().close();
  });
});

describe('the father with his keyboard, afterwards', () => {
  it('rates the case', async () => {
    await father.goto(`/cases/${number}`);
    const invitation = father.locator('main a', { hasText: say('portal.next.rate') });
    await expect.poll(() => countAfterReload(invitation), { timeout: 20_000 }).toBe(1);
    await press(father, say('portal.next.rate'));
    await father.locator('[name=level]').first().waitFor();
    await chooseValue(father, 'level', '4');
    await press(father, say('portal.apply.continue'));
    await tabTo(father, father.locator('[name=comment]'));
    await father.keyboard.insertText('办得顺');
    await press(father, say('portal.rate.send'));
    await father.getByText(say('portal.rate.thanks')).first().waitFor();
  });
});
