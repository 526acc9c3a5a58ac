import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { bringAxe, expectNoAxeViolations, expectNoSidewaysScroll, newPage, where } from '../support/browser.ts';
import { type Look, signIn } from '../support/story.ts';

/** The browser of one reader; `guest` has not signed in. */
export async function wide(reader: string, wishes: Parameters<typeof newPage>[0] = {}): Promise<Page> {
  const page = await newPage(wishes);
  if (reader !== 'guest') await signIn(page, reader);
  return page;
}

/** Looks at each address on a desk, a tablet and the narrowest phone; `closer` is called on the phone. */
export async function expectFit(page: Page, addresses: string[], closer: Look = async () => {}): Promise<void> {
  await bringAxe(page);
  for (const address of addresses) {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(address);
    await expectNoSidewaysScroll(page);
    await expectNoAxeViolations(page);
    await page.setViewportSize({ width: 768, height: 1000 });
    await expectNoSidewaysScroll(page);
    await page.setViewportSize({ width: 320, height: 700 });
    await expectNoSidewaysScroll(page);
    await closer(page);
  }
  await page.context().close();
}

/** One title, the banner of the demonstration, no heading level left out, nothing too small for a thumb, no character left alone on a line, and a header that leaves room for the page. */
export async function expectInOrder(page: Page): Promise<void> {
  expect(await page.locator('h1').count(), `titles of ${where(page)}`).toBe(1);
  expect(await page.locator('.demo').isVisible(), `banner of ${where(page)}`).toBe(true);
  expect(await skippedLevels(page), `headings of ${where(page)}`).toEqual([]);
  expect(await smallTargets(page), `small targets on ${where(page)}`).toEqual([]);
  expect(await loneCharacters(page), `alone on a line of ${where(page)}`).toEqual([]);
  const header = await page.locator('header.header').boundingBox();
  expect(header?.height, `header of ${where(page)}`).toBeLessThan(240);
}

/** Headings two levels below the one before. A list of errors may come before the title. */
function skippedLevels(page: Page): Promise<string[]> {
  return page.locator('main').evaluate((main) => {
    const headings = [...main.querySelectorAll('h1, h2, h3, h4')];
    const level = (heading: Element | undefined) => Number(heading?.tagName[1] ?? 1);
    return headings
      .filter((heading, at) => level(heading) > level(headings[at - 1]) + 1)
      .map((heading) => heading.outerHTML.slice(0, 80));
  });
}

/** Headings, buttons and tags on pages of citizens and numbers that break so that a line has one character. */
function loneCharacters(page: Page): Promise<string[]> {
  return page.locator('.area-portal body').evaluateAll((bodies) => {
    const named = 'h1, h2, h3, .button, .tag, .card-title, .step-title, .panel-reference strong';
    return bodies
      .flatMap((body) => [...body.querySelectorAll<HTMLElement>(named)])
      .filter((each) => each.checkVisibility())
      .map(linesOf)
      .filter((lines) => lines.length > 1 && lines.some((line) => [...line].length === 1))
      .map((lines) => lines.join(' / '));

    function linesOf(of: HTMLElement): string[] {
      const lines = new Map<number, string>();
      const texts = document.createTreeWalker(of, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode() as Text | null; text; text = texts.nextNode() as Text | null) {
        if (text.parentElement?.closest('.away')) continue;
        for (const [at, sign] of [...text.data].entries()) {
          const range = document.createRange();
          range.setStart(text, at);
          range.setEnd(text, at + 1);
          const line = Math.round(range.getBoundingClientRect().bottom);
          if (sign.trim()) lines.set(line, (lines.get(line) ?? '') + sign);
        }
      }
      return [...lines.values()];
    }
  });
}

/** On pages of citizens, links that stand alone, buttons and fields lower than 44 px. A link in a sentence is as high as its line. */
function smallTargets(page: Page): Promise<string[]> {
  return page.locator('.area-portal body').evaluateAll((bodies) => {
    const choice = '[type=radio], [type=checkbox]';
    const targets = `a[href]:not(.skip), button, input:not([type=hidden], ${choice}), select, textarea, summary, .choice`;
    return bodies
      .flatMap((body) => [...body.querySelectorAll<HTMLElement>(targets)])
      .filter((each) => each.checkVisibility() && !inSentence(each) && each.getBoundingClientRect().height < 43.5)
      .map((each) => `${each.outerHTML.slice(0, 120)} ${Math.round(each.getBoundingClientRect().height)}`);

    function inSentence(link: HTMLElement): boolean {
      const around = link.parentElement?.textContent?.trim() ?? '';
      return getComputedStyle(link).display === 'inline' && around.length > (link.textContent?.trim() ?? '').length;
    }
  });
}
