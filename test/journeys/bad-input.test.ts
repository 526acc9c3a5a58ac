import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPage } from '../support/browser.ts';
import {
  type Answers,
  answerForm,
  answers,
  begin,
  button,
  daysAgo,
  fill,
  pdf,
  photo,
  say,
  signIn,
  smallFamily,
  submit,
  upload,
  uploadForm,
} from '../support/story.ts';
import { deskOf } from './office.ts';

let father: Page;
let draft: string;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongban-uploads-'));
  father = await newPage();
  await signIn(father, 'father');
  await father.goto(`/bundles/newborn/tasks?${new URLSearchParams({ ...smallFamily, household: 'mother' })}`);
  await begin(father);
  await answerForm(father, answers);
  draft = /\/apply\/([^/]+)/.exec(father.url())?.[1] ?? '';
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Opens one question of the draft, types into it, and presses on. */
async function type(question: string, typed: Answers): Promise<void> {
  await father.goto(`/apply/${draft}/${question}`);
  await fill(father, typed);
  await button(father, say('portal.apply.continue')).click();
}

/** The message beside a field, and that the field still holds what was typed. */
async function messageAt(field: string, typed: string): Promise<string> {
  const message = father.locator(`#${field}-error`);
  await message.waitFor();
  expect(await father.locator(`main [name="${field}"]`).inputValue()).toBe(typed);
  expect(await father.locator('[data-errors]').count()).toBe(1);
  return message.innerText();
}

describe('answers that cannot be right', () => {
  it.each([
    ['child-birth', 'child_birth_date', '2026-02-30', say('field.date-impossible', { name: '出生日期' })],
    ['child-birth', 'child_birth_date', daysAgo(-5), say('field.date-future', { name: '出生日期' })],
    ['father', 'father_id_card', '360121199503120014', say('field.id-card-check', { name: '爸爸身份证号码' })],
    ['father', 'father_id_card', '36012120260101001X', '爸爸'],
    ['mother', 'mother_phone', '110', say('field.phone-format', { name: '妈妈手机号码' })],
  ])('%s: %s = %s is answered beside the field', async (question, field, typed, message) => {
    await type(question, { [field]: typed });
    expect(await messageAt(field, typed)).toContain(message);
  });

  it('a parent younger than the child is noticed', async () => {
    await type('child-birth', { child_birth_date: '1994-01-01' });
    await type('father', { father_id_card: '360121199503120013' });
    expect(await messageAt('father_id_card', '360121199503120013')).toContain('比孩子还小');
    await type('child-birth', { child_birth_date: answers.child_birth_date ?? '' });
  });

  it('10 MB of letters are answered beside the field, and the rest of the form is kept', async () => {
    await sendHospital('x', 10_000_000);
    const message = father.locator('#birth_hospital-error');
    await message.waitFor();
    expect(await message.innerText()).toContain('10000000');
    await father.getByText(say('components.errors.cut', { count: 5000 })).waitFor();
    await father.goto(`/apply/${draft}/child-name`);
    expect(await father.locator('[name=child_name]').inputValue()).toBe('陈沐阳');
  });

  it('10 MB of Chinese, three times that on the way, are answered beside the field too', async () => {
    await sendHospital('字', 3_500_000);
    const message = father.locator('#birth_hospital-error');
    await message.waitFor();
    expect(await message.innerText()).toContain('3500000');
    await father.getByText(say('components.errors.cut', { count: 5000 })).waitFor();
  });

  it('more than a form may hold gets a page that says what was kept and what to do', async () => {
    await sendHospital('字', 5_000_000);
    await father.getByRole('heading', { name: say('problem.form-too-large.title') }).waitFor();
    await button(father, say('problem.back')).click();
    await father.waitForURL(/child-hospital$/);
    expect(await father.locator('[name=birth_hospital]').inputValue()).toBe('南昌县人民医院');
  });
});

/** Sends a text of any length. Shown in a field of one line it would keep the browser itself busy for minutes. */
async function sendHospital(letter: string, times: number): Promise<void> {
  await father.goto(`/apply/${draft}/child-hospital`);
  await father.locator('[name=birth_hospital]').evaluate(
    (field: HTMLInputElement, [letter, times]) => {
      field.type = 'hidden';
      field.value = letter.repeat(times);
    },
    [letter, times] as const,
  );
  await button(father, say('portal.apply.continue')).click();
}

describe('files that cannot be right', () => {
  const tell = (code: string, params = {}) => say(`problem.${code}.title`, params);
  const message = () => father.locator('#delivery_record-error');
  const send = (file: string | { name: string; mimeType: string; buffer: Buffer }) => async () => {
    await father.goto(`/apply/${draft}/materials`);
    const form = uploadForm(father, 'delivery_record');
    await form.locator('input[type=file]').setInputFiles(file);
    await button(form, say('portal.materials.upload')).click();
    await message().waitFor();
  };

  it('200 MB are refused with words, and the service goes on', async () => {
    const file = join(folder, 'huge.pdf');
    const handle = await open(file, 'w');
    await handle.write('%PDF-1.4\n');
    await handle.truncate(200 * 1024 * 1024);
    await handle.close();
    await send(file)();
    expect(await message().innerText()).toContain(tell('file-too-large'));
    expect((await father.request.get('/healthz')).status()).toBe(200);
  });

  it('a PNG that calls itself a PDF is noticed', async () => {
    const png = await father.screenshot({ type: 'png' });
    await send({ name: '记录.pdf', mimeType: 'application/pdf', buffer: png })();
    expect(await message().innerText()).toContain(tell('file-type-mismatch'));
  });

  it('a page of HTML is not taken for a document', async () => {
    await send({ name: 'x.html', mimeType: 'text/html', buffer: Buffer.from('<script>alert(1)</script>') })();
    expect(await message().innerText()).toContain(tell('file-type-not-allowed'));
  });

  it('no file at all is said as well', async () => {
    await father.goto(`/apply/${draft}/materials`);
    await button(uploadForm(father, 'delivery_record'), say('portal.materials.upload')).click();
    await message().waitFor();
    expect(await message().innerText()).toContain(tell('file-missing'));
  });
});

describe('SQL and HTML', () => {
  const nasty = `'); drop table cases.case; --<img src=x onerror=alert(1)><script>alert(2)</script>`;

  it('stands as text in every field that refuses it', async () => {
    const fields = { father_name: nasty, father_id_card: nasty, father_phone: nasty };
    await type('father', fields);
    for (const field of Object.keys(fields)) await messageAt(field, nasty);
    expect(await father.locator('main img, main script').count()).toBe(0);
  });

  it('stands as text on every page that shows it, to the applicant and to the counter', async () => {
    await type('father', answers);
    await type('child-home', { child_home_address: nasty });
    await type('household', { household_address: nasty });
    await type('child-hospital', { birth_hospital: nasty.slice(0, 60) });
    await father.goto(`/apply/${draft}/materials`);
    await upload(father, 'delivery_record', { ...(await photo(father)), name: '<b onclick=alert(3)>.jpg' });
    await upload(father, 'delivery_record', { ...pdf, name: `'; drop table x; --.pdf` });
    const number = await submit(father, shownAsText);
    await father.goto(`/cases/${number}`);
    await father.locator('details').evaluateAll((all) => all.map((each) => each.setAttribute('open', '')));
    await shownAsText(father);
    expect(await father.locator('main').innerText()).toContain(nasty);
    const clerk = await deskOf('clerk-liantang');
    await clerk.goto(`/desk/cases/${number}`);
    await shownAsText(clerk);
    expect(await clerk.locator('main').innerText()).toContain(nasty);
    await clerk.goto('/desk/search');
    await fill(clerk, { q: nasty });
    await button(clerk.locator('main'), say('desk.search.button')).click();
    await shownAsText(clerk);
    await clerk.goto(`/search?q=${encodeURIComponent(nasty)}`);
    await shownAsText(clerk);
  });
});

async function shownAsText(page: Page): Promise<void> {
  expect(await page.locator('main :is(img, script, b)').count()).toBe(0);
}
