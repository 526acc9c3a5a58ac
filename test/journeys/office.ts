import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { newPage } from '../support/browser.ts';
import { button, countAfterReload, fill, itemOf, type Look, say, signIn } from '../support/story.ts';
import { townships } from './watch.ts';

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

/** The items of a small family's case (`smallFamily`), in an order in which what others need comes first. */
export const smallFamilyItems = [
  'birth-certificate',
  'childcare-guidance',
  'vaccination-record',
  'birth-registration',
  'resident-insurance',
  'insurance-payment',
];

/** Who decides an item in the demo. */
export const approverOf = (item: string): string => approvers[itemOf(item).agency] ?? '';

/** Grants items of a case one after the other, each at the desk of its agency. */
export async function decideAll(
  number: string,
  items: string[],
  wishes: Parameters<typeof newPage>[0] = {},
): Promise<void> {
  for (const item of items) {
    const officer = await deskOf(approverOf(item), wishes);
    await claim(officer, number, item);
    await grant(officer, item);
    await officer.context().close();
  }
}

/** The applicant of a closed case is asked, gives a grade and a word of their own, and is thanked. */
export async function rate(page: Page, number: string, look: Look = async () => {}): Promise<void> {
  await page.goto(`/cases/${number}`);
  await page.getByText(say('portal.next.granted')).waitFor();
  const invitation = button(page, say('portal.next.rate'));
  await expect.poll(() => countAfterReload(invitation), { timeout: 20_000 }).toBe(1);
  await look(page);
  await invitation.click();
  await look(page);
  expect(await page.locator('[name=level]:checked').count()).toBe(0);
  await fill(page, { level: '4' });
  await button(page, say('portal.apply.continue')).click();
  await look(page);
  await fill(page, { comment: '办得顺' });
  await button(page, say('portal.rate.send')).click();
  await page.getByText(say('portal.rate.thanks')).first().waitFor();
  await look(page);
}

/** A supervisor goes from the figure of closed cases of 莲塘镇 to the list, and finds the case. */
export async function findInWatch(number: string, wishes: Parameters<typeof newPage>[0] = {}): Promise<void> {
  const watch = await deskOf('supervisor', wishes);
  const closed = townships(watch).locator('tr', { hasText: '莲塘镇' }).locator('a[href*="measure=closed"]').first();
  const mine = watch.locator(`a[href="/desk/cases/${number}"]`);
  const look = async () => {
    await watch.goto('/watch');
    if ((await closed.count()) === 0) return 0;
    await closed.click();
    return mine.count();
  };
  await expect.poll(look, { timeout: 20_000 }).toBe(1);
  await watch.context().close();
}

/** Leafs through a long list until what is looked for is on the page. */
async function turnTo(page: Page, selector: string): Promise<void> {
  const next = page.getByRole('link', { name: say('components.pagination.next') });
  while ((await page.locator(selector).count()) === 0) {
    if ((await next.count()) === 0) throw new Error('it is on no page of this list');
    await next.click();
  }
}
