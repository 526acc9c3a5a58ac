import type { Page } from 'playwright-core';
import { newPage } from '../support/browser.ts';
import { button, fill, itemOf, say, signIn } from '../support/story.ts';

/** Who decides for a kind of agency in the demo. */
const approvers: Record<string, string> = {
  health: 'approver-health',
  'public-security': 'approver-police',
  'human-resources': 'approver-human-resources',
  'medical-insurance': 'approver-medical-insurance',
  tax: 'approver-tax',
};

/** A desk of its own for somebody who works here. */
export async function deskOf(persona: string, wishes: Parameters<typeof newPage>[0] = {}): Promise<Page> {
  const page = await newPage(wishes);
  await signIn(page, persona);
  return page;
}

const desks = new Map<string, Page>();

/** Whoever decides an item, at the desk they keep all day. */
export async function officerFor(item: string): Promise<Page> {
  const persona = approvers[itemOf(item).agency] ?? '';
  const desk = desks.get(persona) ?? (await deskOf(persona));
  desks.set(persona, desk);
  return desk;
}

/** Opens a case from the list of those that wait for the counter's answer. */
export async function openFromQueue(page: Page, number: string): Promise<void> {
  await page.goto('/desk/queue');
  await turnTo(page, `a[href="/desk/cases/${number}"]`);
  await page.locator(`a[href="/desk/cases/${number}"]`).click();
  await page.waitForURL(`**/desk/cases/${number}`);
}

export async function accept(page: Page, number: string): Promise<void> {
  await openFromQueue(page, number);
  await button(page, say('desk.act.accept')).click();
  await page.getByText(say('desk.done.accepted')).waitFor();
}

/** The row of one branch in the inbox. */
export const inboxRow = (page: Page, number: string, item: string) =>
  page.locator('tr', { has: page.locator(`a[href="/desk/cases/${number}?item=${item}"]`) });

/** Opens the inbox where the branch is listed. */
export async function openInbox(page: Page, number: string, item: string): Promise<void> {
  await page.goto('/desk/inbox');
  await turnTo(page, `a[href="/desk/cases/${number}?item=${item}"]`);
}

/** Claims a branch from the inbox. */
export async function claim(page: Page, number: string, item: string): Promise<void> {
  await openInbox(page, number, item);
  await inboxRow(page, number, item).getByRole('button').click();
  await page.getByText(say('desk.done.claimed')).waitFor();
}

/** Whether a claim was this officer's, or what they were told instead. */
export async function claimOutcome(officer: Page): Promise<string> {
  const mine = officer.getByText(say('desk.done.claimed'));
  const told = officer.locator('main', { hasText: say('problem.branch-taken.title', { holder: '' }) });
  await mine.or(told).first().waitFor();
  if ((await mine.count()) > 0) return 'mine';
  return officer.locator('.notice-title').first().innerText();
}

/** Decides a branch one has claimed, with results as the item's own examples have them. */
export async function grant(page: Page, item: string): Promise<void> {
  const results = itemOf(item).results.map(({ id, example }) => [`r_${id}`, example]);
  await fill(page, Object.fromEntries(results));
  await button(page, say('desk.act.grant')).click();
  await page.getByText(say('desk.done.granted')).waitFor();
}

/** Leafs through a long list until what is looked for is on the page. */
async function turnTo(page: Page, selector: string): Promise<void> {
  const next = page.getByRole('link', { name: say('components.pagination.next') });
  while ((await page.locator(selector).count()) === 0) {
    if ((await next.count()) === 0) throw new Error('it is on no page of this list');
    await next.click();
  }
}
