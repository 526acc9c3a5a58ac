import { beforeAll, describe, expect, it } from 'vitest';
import { newPage } from '../support/browser.ts';
import { answerForm, answers, begin, button, fill, handIn, say, signIn, smallFamily } from '../support/story.ts';
import { leftInChinese } from './chinese.ts';
import { addressesOf } from './crawl.ts';
import { expectFit, expectInOrder, wide } from './fit.ts';
import { deskOf, openFromQueue } from './office.ts';

/** Where each reader begins; from there every link is followed, one page of each kind. */
const readers: Record<string, string[]> = {
  guest: ['/', '/search', '/search?q=孩子', '/search?q=火星', '/nowhere', '/bundles/newborn/tasks', '/accessibility'],
  father: ['/cases'],
  'older-resident': ['/', '/cases'],
  'clerk-liantang': ['/desk', '/desk/search', '/nowhere'],
  'approver-health': ['/desk', '/desk/inbox?view=done'],
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
  await father.goto(`/bundles/newborn/tasks?${new URLSearchParams({ ...smallFamily, has_birth_record: 'no' })}`);
  await begin(father);
  await answerForm(father, answers, { until: 'mother' });
  readers.father?.push(new URL(father.url()).pathname);
  await Promise.all([father, clerk].map((page) => page.context().close()));
}, 120_000);

describe.each(Object.keys(readers))('every kind of page that %s can reach', (reader) => {
  let addresses: string[] = [];

  it('answers', async () => {
    const page = await wide(reader);
    addresses = await addressesOf(page, readers[reader] ?? [], seen);
    expect(addresses.length).toBeGreaterThan(0);
  });

  it('is accessible and never wider than its window, in both sizes of text', async () => {
    const pages = await Promise.all([wide(reader), wide(reader, { elder: true })]);
    await Promise.all(pages.map((page) => expectFit(page, addresses, expectInOrder)));
  }, 180_000);

  it('speaks English when asked to', async () => {
    const page = await wide(reader, { lang: 'en' });
    for (const address of addresses) {
      const html = await (await page.request.get(address)).text();
      expect(html).toContain('<html lang="en"');
      expect(leftInChinese(html), address).toEqual([]);
    }
  });
});
