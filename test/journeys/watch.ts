import type { Page } from 'playwright-core';
import { say } from '../support/story.ts';

/** The table whose rows are townships and whose last row is the county. */
export const townships = (watch: Page) =>
  watch.locator('table', { has: watch.locator('caption', { hasText: say('watch.table.divisionLabel') }) });

const counted = (text: string) => Number(text.replaceAll(',', ''));

/** All townships together, in one column. */
export async function sumOf(watch: Page, column: number): Promise<number> {
  const cells = await townships(watch)
    .locator(`tbody tr > :nth-child(${column + 1})`)
    .allInnerTexts();
  return cells.map(counted).reduce((sum, count) => sum + count, 0);
}

/** What the last row says of the same column. */
export async function totalOf(watch: Page, column: number): Promise<number> {
  return counted(
    await townships(watch)
      .locator(`tfoot tr > :nth-child(${column + 1})`)
      .innerText(),
  );
}
