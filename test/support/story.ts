import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterEach, beforeEach } from 'vitest';
import { parse } from 'yaml';
import { loadTexts } from '../../src/platform/say.ts';
import { liantang, answers as told } from './newborn.ts';

const root = join(import.meta.dirname, '../..');
const texts = loadTexts(join(root, 'texts'));
/** What the pages say, by key, so that better words break no test. */
export const say = texts.say('zh');
export const inEnglish = texts.say('en');

/** A story is told in order: after a step that went wrong the next ones are left out, so that one cause shows once. */
export function inOrder(): void {
  let broken = false;
  beforeEach(({ skip }) => skip(broken, 'an earlier step went wrong'));
  afterEach(({ task }) => {
    broken ||= task.result?.state === 'fail';
  });
}

/** A day in the demo county: 0 is today, 3 is three days ago. */
export function daysAgo(days: number): string {
  const at = Date.now() - days * 86_400_000;
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(at);
}

/** The family whose newborn needs all nine items. */
export const situation = {
  household: 'father',
  parents_married: 'yes',
  mother_insured: 'yes',
  wants_card: 'yes',
  has_birth_record: 'no',
};
/** The family with the fewest items. */
export const smallFamily = { ...situation, mother_insured: 'no', wants_card: 'no', has_birth_record: 'yes' };
export type Answers = Record<string, string>;
export const answers: Answers = {
  ...told,
  child_birth_date: daysAgo(3),
  birth_order: '1',
  mother_employer: '南昌县莲塘镇小陈食品有限公司',
  delivery_method: 'natural',
  discharge_date: daysAgo(1),
  bank_account_holder: '刘雨桐',
  bank_name: '中国农业银行南昌县支行',
  bank_card: '6222600260001072444',
};

type Item = {
  id: string;
  name: { zh: string; en: string };
  agency: string;
  results: { id: string; example: string }[];
};
const items = readdirSync(join(root, 'items')).map(
  (id) => parse(readFileSync(join(root, 'items', id, 'item.yaml'), 'utf8')) as Item,
);
/** An item as its folder describes it. */
export function itemOf(id: string): Item {
  const found = items.find((item) => item.id === id);
  if (!found) throw new Error(`there is no items/${id}`);
  return found;
}

/** How often something stands on its page once it is loaded again: what others do shows with the next visit. */
export async function countAfterReload(found: Locator): Promise<number> {
  await found.page().reload();
  return found.count();
}

/** Called on every page of a walk, before going on. */
export type Look = (page: Page) => Promise<unknown>;
const noLook: Look = async () => {};

/** A button or a link that looks like one, by the words it begins with; a shortcut may follow them. */
export function button(page: Page | Locator, words: string): Locator {
  const name = new RegExp(`^\\s*${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
  return page.getByRole('button', { name }).or(page.getByRole('link', { name })).first();
}

/** Signs in as one of the demo's people, from wherever the page is. */
export async function signIn(page: Page, persona: string): Promise<void> {
  if (new URL(page.url(), 'http://nowhere').pathname !== '/sign-in') await page.goto('/sign-in');
  await page.locator(`button[name=persona][value="${persona}"]`).click();
  await page.waitForURL(({ pathname }) => pathname !== '/sign-in');
}

/** Ticks or chooses one answer by its words, which are what people press. */
export async function choose(page: Page, name: string, value: string): Promise<void> {
  const box = page.locator(`main [name="${name}"][value="${value}"]`);
  if (await box.isChecked()) return;
  await page.locator(`main label[for="${await box.getAttribute('id')}"]`).click();
}

/** Fills those fields of the page that have a value here, as a person would: types, chooses, ticks. */
export async function fill(page: Page, values: Answers): Promise<void> {
  const fields = await page
    .locator('main')
    .evaluate((main) =>
      [...main.querySelectorAll<HTMLInputElement>('input, select, textarea')].map(({ name, type }) => ({ name, type })),
    );
  for (const { name, type } of new Map(fields.map((field) => [field.name, field])).values()) {
    const value = values[name];
    if (value === undefined || type === 'hidden' || type === 'file') continue;
    const field = page.locator(`main [name="${name}"]`);
    if (type === 'radio' || type === 'checkbox') await choose(page, name, value);
    else if (type.startsWith('select')) await field.selectOption(value);
    else await field.fill(value);
  }
}

/** From the home page to the life event, by the words a father would type. */
export async function findBundle(page: Page, look: Look = noLook, words = '孩子出生'): Promise<void> {
  await page.goto('/');
  await look(page);
  await page.getByRole('searchbox').fill(words);
  await page.getByRole('searchbox').press('Enter');
  await page.waitForURL(/\/search/);
  await look(page);
  await page.locator('main a[href="/bundles/newborn"]').click();
  await page.waitForURL(/\/bundles\/newborn/);
  await look(page);
}

/** Answers the questions about the family, up to the reader's own list. */
export async function answerSituation(page: Page, family: Answers = situation, look: Look = noLook): Promise<void> {
  await button(page, say('portal.bundle.begin')).click();
  for (const [name, value] of Object.entries(family)) {
    await page.locator(`[name="${name}"][type=radio]`).first().waitFor();
    await look(page);
    await choose(page, name, value);
    await button(page, say('portal.apply.continue')).click();
  }
  await page.waitForURL(/\/bundles\/newborn\/tasks/);
  await look(page);
}

/** From the list to the first question, or to where an earlier visit ended; a visitor signs in on the way and comes back to the list. */
export async function begin(page: Page, persona = 'father', look: Look = noLook): Promise<void> {
  const start = () => button(page.locator('main'), say('portal.tasks.begin')).click();
  await start();
  await page.waitForURL(/\/(sign-in|apply)/);
  if (page.url().includes('/sign-in')) {
    await look(page);
    await signIn(page, persona);
    await page.waitForURL(/\/tasks/);
    await fill(page, { division: liantang });
    await start();
  }
  await page.waitForURL(({ pathname }) => pathname.startsWith('/apply/'));
}

/** One page for one question of the joint form. */
export const isQuestion = (url: URL) => /^\/apply\/[^/]+\/(?!materials$|check$)/.test(url.pathname);
export const questionOf = (page: Page) => new URL(page.url()).pathname.split('/').at(-1) ?? '';

/** Answers question after question, until there is none left or the one named here is on the page. */
export async function answerForm(page: Page, given: Answers, options: { until?: string; look?: Look } = {}) {
  const { until, look = noLook } = options;
  while (isQuestion(new URL(page.url())) && questionOf(page) !== until) {
    await look(page);
    await fill(page, given);
    const before = page.url();
    await button(page, say('portal.apply.continue')).click();
    await page.waitForURL((url) => url.href !== before);
  }
}

/** A file as a browser sends it. */
export type Paper = { name: string; mimeType: string; buffer: Buffer };
export const pdf: Paper = {
  name: '出院小结.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
};
/** A real photo: of the page the reader is on. */
export async function photo(page: Page, name = '分娩记录.jpg'): Promise<Paper> {
  return { name, mimeType: 'image/jpeg', buffer: await page.screenshot({ type: 'jpeg', quality: 30 }) };
}

/** The form that takes the files of one material. */
export const uploadForm = (page: Page, material: string) =>
  page.locator('form', { has: page.locator(`[name=material][value="${material}"]`) });

/** Hands in one file for a material, and waits until the page lists it. */
export async function upload(page: Page, material: string, paper: Paper): Promise<void> {
  const form = uploadForm(page, material);
  await form.locator('input[type=file]').setInputFiles(paper);
  await button(form, say('portal.materials.upload'))
    .or(button(form, say('portal.materials.uploadMore')))
    .click();
  await form.getByRole('link', { name: paper.name }).first().waitFor();
}

/** From the materials page to a case. Gives back its number. */
export async function submit(page: Page, look: Look = noLook): Promise<string> {
  await look(page);
  await button(page.locator('main'), say('portal.apply.continue')).click();
  await page.waitForURL(/\/check$/);
  await look(page);
  const consent = page.locator('main [name=consent]');
  if ((await consent.count()) > 0) await choose(page, 'consent', (await consent.getAttribute('value')) ?? '');
  await choose(page, 'declared', 'yes');
  await button(page.locator('main'), say('portal.check.submit')).click();
  await page.waitForURL(/\/submitted$/);
  await look(page);
  return numberIn(page);
}

/** The number of the case the page is about. */
export function numberIn(page: Page): string {
  const number = /\/cases\/([0-9A-Z]+)/.exec(new URL(page.url()).pathname)?.[1];
  if (!number) throw new Error('this page is about no case');
  return number;
}

/** A case of the father's, handed in as quickly as the pages let him. */
export async function handIn(page: Page, family: Answers = situation, given: Answers = answers): Promise<string> {
  await page.goto(`/bundles/newborn/tasks?${new URLSearchParams(family)}`);
  await begin(page);
  await answerForm(page, given);
  await upload(page, 'delivery_record', await photo(page));
  if (family.mother_insured === 'yes') await upload(page, 'discharge_summary', pdf);
  return submit(page);
}
