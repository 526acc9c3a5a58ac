import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { spokenNumber } from '../../src/cases/door.ts';
import { expectNoAxeViolations } from '../support/browser.ts';
import { button, fill, inOrder, itemOf, numberIn, say } from '../support/story.ts';
import { deskOf } from './office.ts';

inOrder();
let clerk: Page;
beforeAll(async () => {
  clerk = await deskOf('clerk-liantang');
});

/** From what the person says to the one screen. */
async function choose(words: string, item: string): Promise<void> {
  await clerk.goto('/desk/counter');
  await clerk.getByRole('searchbox').fill(words);
  await clerk.getByRole('searchbox').press('Enter');
  await clerk.locator(`main a[href="/desk/counter/item/${item}"]`).click();
  await clerk.waitForURL(`**/desk/counter/item/${item}`);
}

describe('somebody comes to the counter for a senior card', () => {
  it('is found by what they say, on one screen', async () => {
    await choose('老年证', 'senior-card');
    await expectNoAxeViolations(clerk);
  });

  it('shows every mistake at once and keeps what was typed', async () => {
    await fill(clerk, { p_idCard: '360121194204050017', p_name: '万根生', p_phone: '123', a_contact_phone: '42' });
    await button(clerk, say('desk.act.onTheSpot')).click();
    for (const field of ['p_idCard', 'p_phone', 'a_contact_phone', 'm_applicant_photo'])
      await clerk.locator(`#${field}-error`).waitFor();
    expect(await clerk.locator('[data-errors] li').count()).toBeGreaterThanOrEqual(4);
    const kept = { p_idCard: '360121194204050017', p_name: '万根生', p_phone: '123', a_contact_phone: '42' };
    for (const [name, value] of Object.entries(kept))
      expect(await clerk.locator(`[name="${name}"]`).inputValue()).toBe(value);
    await expectNoAxeViolations(clerk);
  });

  it('fills in what is known once the card is right', async () => {
    await fill(clerk, { p_idCard: '360121194204050016', p_phone: '', a_contact_phone: '' });
    await fill(clerk, { p_name: '万根' });
    await button(clerk, say('desk.counter.update')).click();
    await clerk.getByText(say('desk.counter.card', { sex: '男', birth: '1942年4月5日' })).waitFor();
    expect(await clerk.locator('[name=p_phone]').inputValue()).toBe('');
    await fill(clerk, { p_name: '万根生' });
    await button(clerk, say('desk.counter.update')).click();
    await expect.poll(() => clerk.locator('[name=p_phone]').inputValue()).toBe('13800000003');
  });

  it('is done while the person waits', async () => {
    const [result] = itemOf('senior-card').results;
    await fill(clerk, { m: 'applicant_photo', [`r_${result?.id}`]: result?.example ?? '' });
    await button(clerk, say('desk.act.onTheSpot')).click();
    await clerk.getByText(say('desk.done.on-the-spot')).waitFor();
    await clerk
      .getByText(say('desk.branchNow.granted', { item: itemOf('senior-card').name.zh }))
      .first()
      .waitFor();
    await clerk
      .getByText(result?.example ?? '')
      .first()
      .waitFor();
  });

  it('takes home a slip that prints', async () => {
    const number = numberIn(clerk);
    await button(clerk, say('desk.slip.open')).click();
    await clerk.waitForURL(/\/slip$/);
    await clerk.emulateMedia({ media: 'print' });
    expect(await clerk.locator('main').innerText()).toContain(spokenNumber(number));
    expect(await clerk.getByRole('navigation', { name: say('desk.rail.label') }).isVisible()).toBe(false);
    expect((await clerk.pdf({ format: 'A5' })).subarray(0, 5).toString()).toBe('%PDF-');
    await clerk.emulateMedia({ media: 'screen' });
  });
});

describe('somebody comes to the counter for an allowance', () => {
  it('is entered and accepted in one go, for the office that decides', async () => {
    await choose('高龄津贴', 'old-age-allowance');
    await fill(clerk, { p_idCard: '360121194204050016', p_name: '万根生' });
    await button(clerk, say('desk.counter.update')).click();
    await expect.poll(() => clerk.locator('[name=p_phone]').inputValue()).toBe('13800000003');
    await fill(clerk, {
      a_living_with: 'spouse',
      a_bank_account_holder: '万根生',
      a_bank_name: '中国农业银行南昌县支行',
      a_bank_card: '6222600260001072444',
      consent: 'v1',
      m: 'bank_card_copy',
    });
    await button(clerk, say('desk.counter.enterAndAccept')).click();
    await clerk.getByText(say('desk.done.accepted')).waitFor();
    await clerk.getByText(say('desk.standing.accepted')).first().waitFor();
    expect(await clerk.locator('section[aria-labelledby=items]').innerText()).toContain('南昌县民政局');
  });
});

describe('somebody brings to the counter what was missing', () => {
  let number: string;

  it('is entered, and sent away once with the whole list', async () => {
    await choose('高龄津贴', 'old-age-allowance');
    await fill(clerk, { p_idCard: '360121194204050016', p_name: '万根生' });
    await button(clerk, say('desk.counter.update')).click();
    await expect.poll(() => clerk.locator('[name=p_phone]').inputValue()).toBe('13800000003');
    const answers = { a_living_with: 'spouse', a_bank_account_holder: '万根生', a_bank_name: '农业银行' };
    await fill(clerk, { ...answers, a_bank_card: '6222600260001072444', consent: 'v1', m: 'bank_card_copy' });
    await button(clerk, say('desk.counter.onlyEnter')).click();
    await clerk.getByText(say('desk.done.entered')).waitFor();
    number = numberIn(clerk);
    await button(clerk, say('desk.act.toReturn')).click();
    await fill(clerk, { 'miss-m-bank_card_copy': 'yes', 'why-m-bank_card_copy': '看不清卡号' });
    await button(clerk, say('desk.act.return')).click();
    await clerk.getByText(say('desk.done.returned')).waitFor();
  });

  it('comes back with it: the list, the papers and the answers stand on one page', async () => {
    await clerk.goto(`/desk/cases/${number}`);
    await button(clerk, say('desk.correct.open')).click();
    await clerk.getByText('看不清卡号').first().waitFor();
    expect(await clerk.locator('[name=a_bank_card]').inputValue()).toBe('6222600260001072444');
    await expectNoAxeViolations(clerk);
    await fill(clerk, { a_bank_card: '62226002600010724' });
    await button(clerk, say('desk.correct.andAccept')).click();
    await clerk.locator('#a_bank_card-error').waitFor();
    await expectNoAxeViolations(clerk);
  });

  it('is taken in and accepted in one go', async () => {
    await fill(clerk, { a_bank_card: '6222600260001072444', m: 'bank_card_copy' });
    await button(clerk, say('desk.correct.andAccept')).click();
    await clerk.getByText(say('desk.done.accepted')).waitFor();
    const history = await clerk.locator('details').last().innerText();
    expect(history).toContain(say('desk.event.resubmitted'));
  });
});
