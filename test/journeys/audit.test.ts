import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectNoAxeViolations, expectNoSidewaysScroll, newPage } from '../support/browser.ts';
import {
  answers,
  button,
  choose,
  countAfterReload,
  fill,
  handIn,
  inOrder,
  say,
  signIn,
  smallFamily,
} from '../support/story.ts';
import { accept, deskOf } from './office.ts';

/** What was answered is masked at the desk; whoever says why sees it once, and the audit administrator sees that. */
const card = answers.father_id_card ?? '';
const elder = { width: 320, elder: true };
const status = async (page: Page, path: string) => (await page.request.get(path)).status();
const look = async (page: Page) => {
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
};

let clerk: Page;
let number: string;
let here: string;
beforeAll(async () => {
  const father = await newPage();
  await signIn(father, 'father');
  number = await handIn(father, smallFamily);
  here = `/desk/cases/${number}`;
  await father.context().close();
  clerk = await deskOf('clerk-liantang');
});

describe('what is masked', () => {
  inOrder();

  test('is plain while the answer is the counter’s own, and masked once it was given', async () => {
    await clerk.goto(here);
    expect(await clerk.locator('main').innerText()).toContain(card);
    await accept(clerk, number);
    await clerk.goto(here);
    const words = await clerk.locator('main').innerText();
    expect(words).toContain(say('desk.reveal.title'));
    expect(words).not.toContain(card);
    expect(await clerk.content()).not.toContain(card);
    await look(clerk);
  });

  test('is shown once to whoever says why, and no longer on the next page', async () => {
    await button(clerk, say('desk.reveal.open')).click();
    await look(clerk);
    await button(clerk, say('desk.reveal.button')).click();
    await clerk.getByText(say('field.reveal-why')).first().waitFor();
    await look(clerk);
    await choose(clerk, 'why', 'other');
    await button(clerk, say('desk.reveal.button')).click();
    await clerk.getByText(say('field.reveal-words')).first().waitFor();
    await choose(clerk, 'why', 'contact');
    await fill(clerk, { words: '电话没有打通' });
    await button(clerk, say('desk.reveal.button')).click();
    await clerk.getByText(say('desk.reveal.shown')).waitFor();
    expect(await clerk.locator('main').innerText()).toContain(card);
    await look(clerk);
    await clerk.goto(here);
    expect(await clerk.content()).not.toContain(card);
  });

  test('can be asked for on a phone in large type', async () => {
    const phone = await deskOf('clerk-liantang', elder);
    await phone.goto(`${here}?do=reveal`);
    await look(phone);
    await choose(phone, 'why', 'check');
    await button(phone, say('desk.reveal.button')).click();
    await phone.getByText(say('desk.reveal.shown')).waitFor();
    await look(phone);
    await phone.context().close();
  });
});

describe('the audit administrator', () => {
  inOrder();

  test.each([{}, elder])('finds the reading with its reason (%o)', async (wishes) => {
    const audit = await deskOf('audit-admin', wishes);
    await audit.goto('/admin/trail');
    await look(audit);
    await fill(audit, { about: number, what: 'case.read-in-full' });
    await button(audit, say('admin.trail.button')).click();
    const row = audit.getByRole('row', { name: '电话没有打通' });
    await row.waitFor();
    expect(await row.innerText()).toContain('熊晓燕');
    expect(await row.innerText()).toContain(say('admin.trail.code.case-read-in-full'));
    expect(await audit.locator('main').innerText()).not.toContain(card);
    await look(audit);
    await fill(audit, { from: '1' });
    await button(audit, say('admin.trail.button')).click();
    await audit.getByText(say('field.trail-day')).first().waitFor();
    await look(audit);
    await audit.context().close();
  });

  test.each([{}, elder])('sees what is unusual, and notes what they found (%o)', async (wishes) => {
    const audit = await deskOf('audit-admin', wishes);
    for (let read = 0; read < 80; read++) await clerk.request.get(here);
    await audit.goto('/admin/alarms');
    const alarm = audit.locator('section', { hasText: say('admin.alarms.name.volume') });
    await expect.poll(() => countAfterReload(alarm), { timeout: 30_000 }).toBeGreaterThan(0);
    await look(audit);
    await button(alarm, say('admin.alarms.keep')).click();
    await audit.getByText(say('field.alarm-note')).first().waitFor();
    await look(audit);
    await alarm.locator('textarea').fill('问过本人，是在核对积压的办件');
    await button(alarm, say('admin.alarms.keep')).click();
    await audit.getByText(say('admin.alarms.noted')).waitFor();
    await look(audit);
    await button(alarm, say('admin.alarms.look')).click();
    await audit.getByRole('heading', { name: say('admin.trail.title') }).waitFor();
    expect(await audit.locator('tbody tr').count()).toBeGreaterThan(0);
    await audit.context().close();
  });

  test('is the only one who may', async () => {
    for (const persona of ['father', 'clerk-liantang', 'lead-health', 'supervisor', 'admin', 'security-admin']) {
      const other = await deskOf(persona);
      expect([await status(other, '/admin/trail'), await status(other, '/admin/alarms')], persona).toEqual([403, 403]);
      await other.context().close();
    }
    const audit = await deskOf('audit-admin');
    expect(await status(audit, here)).not.toBe(200);
    await audit.context().close();
  });
});
