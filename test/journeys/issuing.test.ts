import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectNoAxeViolations, expectNoSidewaysScroll } from '../support/browser.ts';
import { button, fill, inOrder, itemOf, numberIn, say } from '../support/story.ts';
import { claim, deskOf, grant, inboxRow } from './office.ts';

/** A licence that three people give: one receives, one decides, one issues. The applicant's browser runs no scripts. */
inOrder();
const id = 'public-place-hygiene';
const { name, results } = itemOf(id);
const licence = results[0]?.example ?? '';
let father: Page;
let approver: Page;
let number: string;
beforeAll(async () => {
  father = await deskOf('father', { width: 320, scripts: false });
});

describe('a licence that somebody else issues', () => {
  it('is asked for at the counter and received there', async () => {
    const clerk = await deskOf('clerk-liantang');
    await clerk.goto(`/desk/counter/item/${id}`);
    await fill(clerk, { p_idCard: '360121199503120013', p_name: '陈志远' });
    await button(clerk, say('desk.counter.update')).click();
    await expect.poll(() => clerk.locator('[name=p_phone]').inputValue()).toBe('13800000001');
    await fill(clerk, {
      ...{ a_business_name: '小陈理发店', a_business_credit_code: '91360121MA35K2X00U' },
      ...{ a_business_address: '莲塘镇澄湖路1号', a_place_kind: 'hair', a_place_area: '40' },
      ...{ a_business_staff: '3', a_central_air: 'no', consent: 'v1' },
    });
    for (const paper of await clerk.locator('main label[for^=m_]').all()) await paper.click();
    await button(clerk, say('desk.counter.enterAndAccept')).click();
    await clerk.getByText(say('desk.done.accepted')).waitFor();
    number = numberIn(clerk);
  });

  it('is granted without a number, and who granted it is offered no way to issue it', async () => {
    approver = await deskOf('approver-approval');
    await claim(approver, number, id);
    await approver.getByText(say('desk.decide.issuedByAnother')).waitFor();
    expect(await approver.locator('main [name^=r_]').count()).toBe(0);
    await grant(approver, id);
    await approver.goto(`/desk/cases/${number}?item=${id}`);
    await approver.getByText(say('desk.branchNow.to-issue', { item: name.zh })).waitFor();
    expect(await button(approver.locator('main'), say('desk.act.issue')).count()).toBe(0);
    expect(await approver.locator('a[href*="view=issue"]').count()).toBe(0);
  });

  it('is told to the applicant as granted and being made out', async () => {
    await father.goto(`/cases/${number}`);
    await father.getByText(say('portal.case.toIssue', { name: name.zh })).waitFor();
    expect(await father.locator('main').innerText()).not.toContain(licence);
    await expectNoSidewaysScroll(father);
  });

  it('lies in the list of who issues, who fills in the number and hands it on', async () => {
    const issuer = await deskOf('issuer-approval');
    await issuer.goto('/desk/inbox');
    await expectNoAxeViolations(issuer);
    await inboxRow(issuer, number, id).locator('a').first().click();
    await issuer.getByText(say('desk.branchNow.issuing', { item: name.zh })).waitFor();
    await expectNoAxeViolations(issuer);
    await fill(issuer, Object.fromEntries(results.map((result) => [`r_${result.id}`, result.example])));
    await button(issuer, say('desk.act.issue')).click();
    await issuer.getByText(say('desk.done.issued')).waitFor();
    await issuer.goto('/desk/inbox');
    expect(await inboxRow(issuer, number, id).count()).toBe(0);
  });

  it('stands on the applicant’s page with its number, and on the slip that prints', async () => {
    await father.goto(`/cases/${number}`);
    expect(await father.locator('#results, section[aria-labelledby=results]').first().innerText()).toContain(licence);
    await expectNoSidewaysScroll(father);
    await father.emulateMedia({ media: 'print' });
    expect(await father.locator('body').innerText()).toContain(say('portal.case.print'));
    expect(await father.locator('main').innerText()).toContain(licence);
  });

  it('is counted by the watch with the days it took, down to the case', async () => {
    const watch = await deskOf('supervisor');
    const link = watch.locator('main a[href*="measure=issued"]').first();
    await expect.poll(async () => (await watch.goto('/watch')) && link.count()).toBeGreaterThan(0);
    await expectNoAxeViolations(watch);
    await watch.goto('/watch/cases?measure=issued');
    await watch.locator(`a[href="/desk/cases/${number}"]`).waitFor();
    await expectNoAxeViolations(watch);
  });
});
