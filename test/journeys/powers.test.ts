import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectNoAxeViolations, expectNoSidewaysScroll, newPage } from '../support/browser.ts';
import { button, fill, handIn, say, signIn, smallFamily } from '../support/story.ts';
import { deskOf } from './office.ts';

/** Powers are granted, lent, opened in an emergency, and taken away again. */
const look = async (page: Page) => {
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
};
/** Says again who one is, when asked. */
async function confirm(page: Page): Promise<void> {
  if (page.url().includes('/account/confirm')) await button(page, say('account.confirm.go')).click();
}
const day = (ahead: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Date.now() + ahead * 86_400_000);
const answers = async (page: Page, path: string) => (await page.request.get(path)).status();

async function personPage(page: Page, name: string): Promise<void> {
  await page.goto('/admin/people');
  await look(page);
  await page.getByRole('link', { name, exact: true }).click();
  await confirm(page);
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** Chooses one of several by its words. */
async function choose(page: Page, name: string, words: string): Promise<void> {
  await page
    .locator('.choice', { has: page.locator(`[name=${name}]`), hasText: words })
    .first()
    .locator('label')
    .click();
}

describe('powers', () => {
  test('a power that is granted works in a session that is open; revoked, it is refused', async () => {
    const approver = await deskOf('approver-tax');
    expect(await answers(approver, '/desk/queue')).toBe(403);
    const admin = await deskOf('security-admin');
    await personPage(admin, '钟海涛');
    await look(admin);
    await choose(admin, 'role', say('admin.role.clerk'));
    await admin.locator('[name=division]').selectOption({ label: '向塘镇' });
    await fill(admin, { until: 'x' });
    await button(admin, say('admin.person.grant')).click();
    await admin.getByText(say('field.power-end-wrong')).first().waitFor();
    await look(admin);
    await fill(admin, { until: day(3), reason: '支援向塘窗口一周' });
    await button(admin, say('admin.person.grant')).click();
    await admin.getByText(say('admin.person.granted')).waitFor();
    expect(await answers(approver, '/desk/queue')).toBe(200);

    await choose(admin, 'power', say('admin.role.clerk'));
    await fill(admin, { why: '支援结束' });
    await button(admin, say('admin.person.revoke')).click();
    await admin.getByText(say('admin.person.revoked')).waitFor();
    expect(await answers(approver, '/desk/queue')).toBe(403);
    await Promise.all([approver, admin].map((page) => page.context().close()));
  });

  test('nobody but the security administrator may, and each administrator sees only their own pages', async () => {
    const [system, audit] = [await deskOf('admin'), await deskOf('audit-admin')];
    for (const page of [system, audit]) {
      expect(await answers(page, '/admin/people')).toBe(403);
      expect(await answers(page, '/admin/break-glass')).toBe(403);
      await page.goto('/admin/policy');
      await look(page);
      await page.context().close();
    }
  });

  test('what is lent works for the colleague until it is taken back', async () => {
    const colleague = await deskOf('supervisor');
    expect(await answers(colleague, '/account/lending')).toBe(403);
    const lead = await deskOf('lead-health');
    await lead.goto('/account/lending');
    await confirm(lead);
    await look(lead);
    await choose(lead, 'power', say('admin.role.lead'));
    await lead.locator('[name=to]').selectOption({ label: '罗静怡' });
    await fill(lead, { until: day(5), reason: '出差' });
    const approver = await deskOf('approver-health');
    expect(await answers(approver, '/watch')).toBe(403);
    await button(lead, say('account.lending.lend')).click();
    await lead.getByText(say('account.lending.done')).waitFor();
    await look(lead);
    expect(await answers(approver, '/watch')).toBe(200);
    await button(lead, say('account.lending.takeBackLabel', { name: '罗静怡' })).click();
    await lead.getByText(say('account.lending.back')).waitFor();
    expect(await answers(approver, '/watch')).toBe(403);
    await Promise.all([colleague, lead, approver].map((page) => page.context().close()));
  });

  test('a case outside of one’s reach is opened in an emergency, with a reason, and reviewed', async () => {
    const father = await newPage();
    await signIn(father, 'father');
    const number = await handIn(father, smallFamily);
    const approver = await deskOf('approver-human-resources');
    expect(await answers(approver, `/desk/cases/${number}`)).toBe(404);
    await approver.goto('/desk/break-glass');
    await look(approver);
    await fill(approver, { number, reason: '急' });
    await button(approver, say('admin.glass.open')).click();
    await approver
      .getByText(say('field.glass-reason-short', { length: 10 }))
      .first()
      .waitFor();
    await look(approver);
    await fill(approver, { reason: '群众在现场反映紧急情况，要当场答复' });
    await button(approver, say('admin.glass.open')).click();
    await approver.waitForURL(`**/desk/cases/${number}`);
    await look(approver);
    const admin = await newPage({ width: 320, elder: true });
    await signIn(admin, 'security-admin');
    await admin.goto('/admin/break-glass');
    await look(admin);
    await choose(admin, 'verdict', say('admin.glass.justified'));
    await button(admin, say('admin.glass.review')).first().click();
    await admin.getByText(say('admin.glass.reviewed')).waitFor();
    await Promise.all([father, approver, admin].map((page) => page.context().close()));
  });
});
