import type { Page } from 'playwright-core';
import { expectNoAxeViolations, expectNoSidewaysScroll, newPage } from '../support/browser.ts';
import { signIn } from '../support/story.ts';

/** The browser of one reader; `guest` has not signed in. */
export async function wide(reader: string, wishes: Parameters<typeof newPage>[0] = {}): Promise<Page> {
  const page = await newPage(wishes);
  if (reader !== 'guest') await signIn(page, reader);
  return page;
}

/** Looks at each address on a desk and on the narrowest phone. */
export async function expectFit(page: Page, addresses: string[]): Promise<void> {
  for (const address of addresses) {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(address);
    await expectNoSidewaysScroll(page);
    await expectNoAxeViolations(page);
    await page.setViewportSize({ width: 320, height: 700 });
    await expectNoSidewaysScroll(page);
  }
  await page.context().close();
}
