import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, expect } from 'vitest';
import { productHere } from './here.ts';

type Wishes = {
  /** Width of the window in CSS pixels; 320 is the narrowest phone, 1280 a desk. */
  width?: number;
  scripts?: boolean;
  elder?: boolean;
  lang?: 'zh' | 'en';
};

let browser: Promise<Browser> | undefined;
afterAll(async () => (await browser)?.close());

/** What browsers held against our pages: errors of scripts, and whatever the content-security policy had to stop. */
const complaints: string[] = [];
afterEach(() => expect(complaints.splice(0), 'complaints of the browser').toEqual([]));

/** The browser of this test file, started at first use and closed after its last test. */
export function launchBrowser(): Promise<Browser> {
  browser ??= chromium.launch({
    executablePath: findChromium(),
    headless: false, // the new headless mode is asked for below
    args: [
      '--no-sandbox',
      '--headless=new',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--disable-gpu',
      '--disable-dev-shm-usage',
    ],
  });
  return browser;
}

/** A page of a person new to us: no cookies but the language and mode wished for. Paths like `/help` are enough for `goto`. */
export async function newPage({
  width = 1280,
  scripts = true,
  elder = false,
  lang = 'zh',
}: Wishes = {}): Promise<Page> {
  const context = await (await launchBrowser()).newContext({
    baseURL: productHere().url,
    viewport: { width, height: width < 600 ? 700 : 900 },
    javaScriptEnabled: scripts,
    locale: lang === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(15_000);
  listen(context);
  const page = await context.newPage();
  if (elder) await page.goto('/?mode=elder');
  if (lang !== 'zh') await page.goto(`/?lang=${lang}`);
  return page;
}

function listen(context: BrowserContext): void {
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('console', (message) => {
    if (/content security policy|refused to/i.test(message.text())) complaints.push(message.text());
  });
}

/** Gives every page of this browser what checks it, which is quicker than handing it over page by page. */
export async function bringAxe(page: Page): Promise<void> {
  await page.addInitScript(axe.source);
}

/** WCAG 2.2 A and AA as far as a machine can tell. Needs a page with scripts on. */
export async function expectNoAxeViolations(page: Page): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const found = await page.evaluate(checkThisPage, ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
  expect(found, where(page)).toEqual([]);
}

/** Runs in the page. Style sheets and films are not loaded anew for it: no rule of these tags needs them here. */
async function checkThisPage(tags: string[]): Promise<string[]> {
  const checker = (window as unknown as { axe: typeof axe }).axe;
  const { violations } = await checker.run(document, {
    runOnly: tags,
    resultTypes: ['violations'],
    preload: false,
  });
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.target.join(' ')).join('\n  ')}`,
  );
}

/** No page is wider than its window: nobody has to scroll sideways to read a line. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [content, window] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return [scrollWidth, clientWidth];
  });
  expect(content, `width of ${where(page)} in a window of ${window}`).toBeLessThanOrEqual(window);
}

/** The address without what differs from case to case, for messages. */
export function where(page: Page): string {
  const { pathname, search } = new URL(page.url());
  return pathname + search;
}

/** Keeps a picture of the whole page in test/screens/ for people to look at. */
export async function shot(page: Page, name: string): Promise<void> {
  const folder = join(import.meta.dirname, '../screens');
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

function findChromium(): string {
  const folders = (process.env.PATH ?? '').split(':');
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const found =
    process.env.CHROMIUM ??
    names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
  if (!found) throw new Error('no Chromium: run npm test, which finds or installs one, or set CHROMIUM');
  return found;
}
