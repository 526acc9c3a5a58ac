import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { newPage } from '../support/browser.ts';
import { productHere } from '../support/here.ts';
import {
  answerForm,
  answers,
  begin,
  button,
  fill,
  handIn,
  numberIn,
  photo,
  say,
  signIn,
  smallFamily,
  upload,
} from '../support/story.ts';
import { accept, deskOf, openFromQueue } from './office.ts';

const title = (code: string, params = {}) => say(`problem.${code}.title`, params);
const advice = (code: string, kind = 'advice') => say(`problem.${code}.${kind}`);

let father: Page;
let number: string;
beforeAll(async () => {
  father = await newPage();
  await signIn(father, 'father');
  number = await handIn(father, smallFamily);
});

/** The page says what happened and what to do, and keeps to itself what it must. */
async function told(page: Page, code: string, kind?: 'adviceStaff'): Promise<void> {
  await page.getByRole('heading', { name: title(code) }).waitFor();
  await page.getByText(advice(code, kind)).waitFor();
  expect(await page.locator('main').innerText()).not.toContain('陈志远');
}

describe('a case number of somebody else', () => {
  it('is not found by another person, nor by a clerk of another county', async () => {
    const mother = await newPage();
    await signIn(mother, 'mother');
    const anyi = await deskOf('clerk-anyi');
    for (const [page, path] of [
      [mother, `/cases/${number}`],
      [mother, `/cases/${number}/correct`],
      [mother, `/cases/${number}/withdraw`],
      [anyi, `/desk/cases/${number}`],
      [anyi, `/desk/cases/${number}/slip`],
    ] as const) {
      expect((await page.goto(path))?.status()).toBe(404);
      await told(page, 'case-not-found', page === anyi ? 'adviceStaff' : undefined);
    }
    expect((await mother.goto('/desk'))?.status()).toBe(403);
    await told(mother, 'not-allowed');
  });

  it('leads a visitor to sign in first, and back to it', async () => {
    const visitor = await newPage();
    await visitor.goto(`/cases/${number}`);
    expect(new URL(visitor.url()).pathname).toBe('/sign-in');
    await signIn(visitor, 'father');
    expect(numberIn(visitor)).toBe(number);
  });
});

describe('the wrong moment', () => {
  it('a form sent from two tabs is one case', async () => {
    await father.goto(`/bundles/newborn/tasks?${new URLSearchParams({ ...smallFamily, wants_card: 'yes' })}`);
    await begin(father);
    await answerForm(father, answers);
    await upload(father, 'delivery_record', await photo(father));
    await button(father.locator('main'), say('portal.apply.continue')).click();
    await father.waitForURL(/\/check$/);
    const second = await father.context().newPage();
    await second.goto(father.url());
    for (const tab of [father, second]) await fill(tab, { declared: 'yes', consent: 'v1' });
    await Promise.all([father, second].map((tab) => button(tab.locator('main'), say('portal.check.submit')).click()));
    await Promise.all([father, second].map((tab) => tab.waitForURL(/\/submitted$/)));
    expect(numberIn(second)).toBe(numberIn(father));
    await father.goBack();
    await father.waitForURL(/\/(submitted|check)$/);
    await second.close();
  });

  it('a clerk who accepts what was withdrawn a moment ago is told so', async () => {
    const clerk = await deskOf('clerk-liantang');
    await openFromQueue(clerk, number);
    await father.goto(`/cases/${number}`);
    await button(father, say('portal.case.withdraw')).click();
    await button(father, say('portal.withdraw.yes')).click();
    await father.getByText(say('portal.next.withdrawn')).first().waitFor();
    await button(clerk, say('desk.act.accept')).click();
    const message = clerk.getByRole('status').filter({ hasText: /已|变化|不能/ });
    await message.waitFor();
    expect([title('changed-meanwhile'), title('action-not-possible')]).toContain(
      await message.locator('.notice-title').innerText(),
    );
    await clerk.getByText(say('desk.standing.withdrawn')).first().waitFor();
    await father.goto(`/cases/${number}`);
    await father.getByText(say('portal.next.withdrawn')).first().waitFor();
  });

  it('two clerks accept one case: it is accepted once, and the second is told', async () => {
    const again = await handIn(father, { ...smallFamily, has_birth_record: 'no' });
    const clerks = [await deskOf('clerk-liantang'), await deskOf('clerk-liantang')] as const;
    await openFromQueue(clerks[1], again);
    await accept(clerks[0], again);
    await button(clerks[1], say('desk.act.accept')).click();
    await clerks[1].getByRole('status').waitFor();
    await clerks[1].goto(`/desk/cases/${again}`);
    const history = await clerks[1].locator('details').innerText();
    expect(history.split(say('desk.event.accepted')).length - 1).toBe(1);
  });

  it('a session that has ended leads to a page that keeps the answers, to be sent once signed in beside it', async () => {
    await father.goto(`/bundles/newborn/tasks?${new URLSearchParams({ ...smallFamily, household: 'mother' })}`);
    await begin(father);
    await answerForm(father, answers, { until: 'child-hospital' });
    const question = father.url();
    await father.context().clearCookies({ name: /tb_(session|guest)/ });
    await fill(father, answers);
    await button(father, say('portal.apply.continue')).click();
    await father.getByRole('heading', { name: title('page-expired') }).waitFor();
    await father.getByText(advice('page-expired', 'adviceAgain')).waitFor();
    const opened = father.waitForEvent('popup');
    await father.getByRole('link', { name: say('problem.sendAgain.signIn') }).click();
    const beside = await opened;
    await signIn(beside, 'father');
    await beside.close();
    await button(father, say('problem.sendAgain.goOn')).click();
    await father.getByText(say('problem.sendAgain.as', { name: '陈志远' })).waitFor();
    await button(father, say('problem.sendAgain.send')).click();
    await father.waitForURL((url) => !url.pathname.endsWith('/child-hospital'));
    await father.goto(question);
    expect(await father.locator('[name=birth_hospital]').inputValue()).toBe(answers.birth_hospital);
  });
});

describe('the log', () => {
  it.skipIf(productHere().log === '')('has codes and routes, and nobody’s name, number, address or case', async () => {
    await father.goto('/search?q=孩子出生');
    const log = await readFile(productHere().log, 'utf8');
    expect(log).toContain('"route":"/search"');
    const county = parse(await readFile(join(import.meta.dirname, '../../demo/county.yaml'), 'utf8')) as {
      citizens: { name: string; idCard: string; phone: string; address: string }[];
    };
    const people = county.citizens.flatMap(({ name, idCard, phone, address }) => [name, idCard, phone, address]);
    const typed = Object.values(answers).filter((value) => /[\u4e00-\u9fff]|^\d{9,}$/.test(value));
    for (const value of [...people, ...typed, number, 'drop table', '孩子出生']) {
      expect(log.includes(value), `${value} in the log`).toBe(false);
      expect(log.includes(encodeURIComponent(value)), `${value} in the log`).toBe(false);
    }
  });
});
