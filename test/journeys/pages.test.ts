import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectNoAxeViolations, newPage } from '../support/browser.ts';
import { answerForm, answers, begin, button, fill, handIn, say, signIn, smallFamily } from '../support/story.ts';
import { leftInChinese } from './chinese.ts';
import { addressesOf } from './crawl.ts';
import { expectFit, expectInOrder, wide } from './fit.ts';
import { accept, claim, deskOf, openFromQueue } from './office.ts';

/** Where each reader begins; from there every link is followed, one page of each kind. */
const readers: Record<string, string[]> = {
  guest: ['/', '/search', '/search?q=孩子', '/search?q=火星', '/nowhere', '/bundles/newborn/tasks', '/accessibility'],
  father: ['/cases'],
  mother: ['/cases'],
  'older-resident': ['/', '/cases'],
  'clerk-liantang': ['/desk', '/desk/search', '/nowhere'],
  'approver-health': ['/desk', '/desk/inbox?view=done'],
  'approver-police': ['/desk'],
  'lead-health': ['/desk', '/watch'],
  supervisor: [
    '/watch',
    '/watch/cases?measure=decided',
    '/watch/cases?measure=overdue-running',
    '/watch?division=360121572000',
  ],
  'issuer-approval': ['/desk', '/desk/inbox?view=done'],
  'catalog-editor': ['/admin'],
  'catalog-publisher': ['/admin'],
  admin: ['/desk', '/admin'],
  'security-admin': ['/admin'],
  'audit-admin': ['/admin'],
};
const citizens = ['guest', 'father', 'mother', 'older-resident'];
const seen = new Set<string>();

beforeAll(async () => {
  const tasks = `/bundles/newborn/tasks?${new URLSearchParams(smallFamily)}`;
  readers.guest?.push(tasks, `/bundles/newborn?asked=`, `/bundles/newborn?asked=household`);
  const father = await newPage();
  await signIn(father, 'father');
  const [waiting, returned] = [await handIn(father, smallFamily), await handIn(father, smallFamily)];
  readers.father?.push(tasks, `/cases/${waiting}`, `/cases/${waiting}/submitted`, `/cases/${returned}`);
  readers.father?.push(`/cases/${returned}/correct/answers`, '/cases/360121100000');
  const clerk = await deskOf('clerk-liantang');
  await openFromQueue(clerk, returned);
  await button(clerk, say('desk.act.toReturn')).click();
  await fill(clerk, { 'what-free-1': '结婚证的另一面', 'why-free-1': '请补拍一张给我们' });
  await button(clerk, say('desk.act.return')).click();
  await clerk.getByText(say('desk.done.returned')).waitFor();
  readers['clerk-liantang']?.push(`/desk/cases/${waiting}`, `/desk/cases/${returned}`, `/desk/cases/${returned}/slip`);
  await seeRunning(father, clerk);
  for (const citizen of ['father', 'mother', 'older-resident']) await seeEarlier(citizen);
  await father.goto(`/bundles/newborn/tasks?${new URLSearchParams({ ...smallFamily, has_birth_record: 'no' })}`);
  await begin(father);
  await answerForm(father, answers, { until: 'mother' });
  readers.father?.push(new URL(father.url()).pathname);
  await Promise.all([father, clerk].map((page) => page.context().close()));
}, 120_000);

/** A case under way: for its applicant, whoever holds a branch, colleagues of another office, and who supervises. */
async function seeRunning(father: Page, clerk: Page): Promise<void> {
  const running = await handIn(father, smallFamily);
  await accept(clerk, running);
  const officer = await deskOf('approver-health');
  await claim(officer, running, 'birth-certificate');
  await officer.context().close();
  const at = `/desk/cases/${running}`;
  readers.father?.push(`/cases/${running}`);
  readers['approver-health']?.push(`${at}?item=birth-certificate`, `${at}?item=birth-certificate&do=refuse`);
  readers['approver-health']?.push(`${at}?item=childcare-guidance`, `${at}?item=birth-registration`);
  readers['approver-police']?.push(`${at}?item=birth-certificate`);
  readers.supervisor?.push(at);
}

/** What somebody of the demo applied for before today, however it ended, and rating it. */
async function seeEarlier(citizen: string): Promise<void> {
  const page = await wide(citizen);
  const html = await (await page.request.get('/cases')).text();
  const all = [...new Set([...html.matchAll(/href="(\/cases\/360121[0-9A-Z]+)"/g)].map(([, path = '']) => path))];
  // Other journeys hand in cases of theirs today.
  const today = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10).replaceAll('-', '');
  const cases = all.filter((path) => !path.includes(today));
  expect(cases.length, citizen).toBeGreaterThan(0);
  const rating = cases.flatMap((path) => [`${path}/rate`, `${path}/rate?level=2`]);
  readers[citizen]?.push(...cases.slice(-4), ...rating.slice(-4));
  await page.context().close();
}

describe.each(Object.keys(readers))('every kind of page that %s can reach', (reader) => {
  let addresses: string[] = [];

  it('answers', async () => {
    const page = await wide(reader);
    addresses = await addressesOf(page, readers[reader] ?? [], seen);
    expect(addresses.length).toBeGreaterThan(0);
  });

  it('is accessible and never wider than its window, in both sizes of text', async () => {
    const pages = await Promise.all([wide(reader), wide(reader, { elder: true })]);
    const [standard, elder] = pages;
    const closest = async (page: Page) => {
      await expectInOrder(page);
      await expectNoAxeViolations(page);
    };
    await Promise.all([expectFit(standard, addresses, expectInOrder), expectFit(elder, addresses, closest)]);
  }, 180_000);

  if (citizens.includes(reader))
    it('weighs little: 14 KB on the first view with its styles, 8 KB afterwards', async () => {
      const page = await wide(reader);
      for (const address of addresses) {
        await page.context().clearCookies({ name: 'tb_css' });
        const [first, again] = [await page.request.get(address), await page.request.get(address)];
        expect(await first.text(), address).toContain('<style>');
        expect(gzipSync(await first.body()).length, `first view of ${address}`).toBeLessThanOrEqual(14 * 1024);
        expect(await again.text(), address).not.toContain('<style>');
        expect(gzipSync(await again.body()).length, `${address} again`).toBeLessThanOrEqual(8 * 1024);
      }
    });

  it('speaks English when asked to', async () => {
    const page = await wide(reader, { lang: 'en' });
    for (const address of addresses) {
      const html = await (await page.request.get(address)).text();
      expect(html).toContain('<html lang="en"');
      expect(leftInChinese(html), address).toEqual([]);
    }
  });
});

it('brings citizens at most 10 KB of script, which no page needs', () => {
  const script = readFileSync(join(import.meta.dirname, '../../dist/assets/portal.js'));
  expect(gzipSync(script).length).toBeLessThanOrEqual(10 * 1024);
});
