import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { newPage } from '../support/browser.ts';
import {
  answerForm,
  answerSituation,
  answers,
  begin,
  button,
  fill,
  findBundle,
  inOrder,
  itemOf,
  photo,
  say,
  smallFamily,
  submit,
  upload,
  uploadForm,
} from '../support/story.ts';
import { accept, claim, decideAll, deskOf, findInWatch, grant, rate, smallFamilyItems } from './office.ts';

inOrder();
let father: Page;
let number: string;
beforeAll(async () => {
  father = await newPage({ width: 768, scripts: false });
});

describe('with scripts off, a father', () => {
  it('runs no script at all', async () => {
    await father.goto('/help');
    expect(await father.locator('script').count()).toBeGreaterThan(0);
    expect(await father.getByRole('button', { name: say('components.read.start') }).count()).toBe(0);
  });

  it('finds the life event and gets his own list', async () => {
    await findBundle(father);
    await button(father, say('portal.bundle.begin')).click();
    await button(father, say('portal.apply.continue')).click();
    await father.locator('#household-error').waitFor();
    await father.goBack();
    await father.goBack();
    await answerSituation(father, smallFamily);
  });

  it('fills the form, is told what is wrong, and loses nothing', async () => {
    await begin(father);
    await answerForm(father, answers, { until: 'father' });
    await fill(father, { father_phone: '1380000' });
    await button(father, say('portal.apply.continue')).click();
    await father.locator('#father_phone-error').waitFor();
    expect(await father.locator('[name=father_phone]').inputValue()).toBe('1380000');
    expect(await father.locator('[name=father_name]').inputValue()).toBe('陈志远');
    await answerForm(father, answers);
  });

  it('uploads a photo, removes it, uploads another, and sends it all', async () => {
    await upload(father, 'delivery_record', await photo(father, '太暗.jpg'));
    await button(uploadForm(father, 'delivery_record'), say('components.file.remove')).click();
    await father.getByText('太暗.jpg').waitFor({ state: 'detached' });
    await upload(father, 'delivery_record', await photo(father));
    number = await submit(father);
  });
});

describe('with scripts off, the desk', () => {
  it('accepts the case', async () => {
    const clerk = await deskOf('clerk-liantang', { scripts: false });
    await accept(clerk, number);
  });

  it('decides a branch, which opens the next one', async () => {
    const officer = await deskOf('approver-health', { scripts: false });
    await claim(officer, number, 'birth-certificate');
    await grant(officer, 'birth-certificate');
    await father.goto(`/cases/${number}`);
    const registration = father.locator('ol.timeline > li', { hasText: itemOf('birth-registration').name.zh }).first();
    expect(await registration.innerText()).toContain(say('components.clock.promised'));
  });

  it('decides the rest, each office in its own inbox', async () => {
    await decideAll(
      number,
      smallFamilyItems.filter((item) => item !== 'birth-certificate'),
      { scripts: false },
    );
  });
});

describe('with scripts off, afterwards', () => {
  it('the father finds his results and rates the case', async () => {
    await rate(father, number);
    await father.goto(`/cases/${number}`);
    expect(await father.locator('main').innerText()).toContain('V360012345');
  });

  it('a supervisor finds the case behind a figure', () => findInWatch(number, { scripts: false }));
});
