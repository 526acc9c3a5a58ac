import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectNoAxeViolations, expectNoSidewaysScroll, newPage } from '../support/browser.ts';
import { button, handIn, inOrder, say, signIn, smallFamily } from '../support/story.ts';
import { deskOf, openFromQueue } from './office.ts';

inOrder();
let father: Page;
let number: string;
const look = async (page: Page) => {
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
};

beforeAll(async () => {
  father = await newPage({ width: 320, elder: true });
  await signIn(father, 'father');
  number = await handIn(father, smallFamily);
  const clerk = await deskOf('clerk-liantang');
  await openFromQueue(clerk, number);
  await clerk.context().close();
}, 120_000);

describe('a father with an old phone', () => {
  it('finds what is kept of him', async () => {
    await father.goto('/account');
    await button(father.locator('main'), say('rights.title')).click();
    await father.waitForURL('**/account/data');
    await look(father);
  });

  it('sees who looked, for which office and why, and goes on to the case', async () => {
    await father.locator('main a[href="/account/looked"]').click();
    await father.waitForURL('**/account/looked');
    await look(father);
    const first = father.locator('.task', { has: father.locator(`a[href="/cases/${number}"]`) }).first();
    expect(await first.innerText()).toContain(say('rights.looked.why.work'));
    await first.getByRole('link').click();
    await father.waitForURL(`**/cases/${number}`);
  });

  it('takes a copy of everything, to read and to carry', async () => {
    await father.goto('/account/data/copy');
    await look(father);
    const file = father.waitForEvent('download');
    await button(father, say('rights.copy.file')).click();
    expect((await file).suggestedFilename()).toMatch(/^my-data-[\d-]+\.json$/);
    await button(father, say('rights.copy.read')).click();
    await father.waitForURL('**/account/data/copy/page*');
    await look(father);
    expect(await father.locator('main').innerText()).toContain('陈沐阳');
  });

  it('reads that no program refuses him', async () => {
    await father.goto('/account/data/automatic');
    await look(father);
  });
});
