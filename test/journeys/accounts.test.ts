import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoAxeViolations, expectNoSidewaysScroll, newPage } from '../support/browser.ts';
import { freePort, readyAt, start } from '../support/product.ts';
import { button, fill, say, signIn } from '../support/story.ts';

/** Accounts that are switched off and on, and a second step nobody may do without, at a product of their own. */
let folder: string;
let product: ChildProcess;
let origin: string;
const at = (path: string) => new URL(path, origin).href;

beforeAll(async () => {
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  folder = await mkdtemp(join(tmpdir(), 'tongban-accounts-'));
  await chmod(folder, 0o755); // started by root, PostgreSQL runs as another user
  product = start(folder, port, { TONGBAN_DEMO_CASES: '0', TONGBAN_SECOND_STEP: 'lead' });
  await readyAt(product);
}, 180_000);
afterAll(async () => {
  const gone = once(product, 'exit');
  product.kill('SIGTERM');
  await gone;
  await rm(folder, { recursive: true, force: true });
});

async function look(page: Page): Promise<void> {
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
}

/** Somebody of the demo, in a browser of their own. */
async function comes(persona: string, wishes: Parameters<typeof newPage>[0] = {}): Promise<Page> {
  const page = await newPage(wishes);
  if (wishes.elder) await page.goto(at('/?mode=elder'));
  await page.goto(at('/sign-in'));
  await signIn(page, persona);
  return page;
}
async function accountPage(page: Page, name: string): Promise<void> {
  await page.goto(at('/admin/accounts'));
  await look(page);
  await page.getByRole('link', { name, exact: true }).click();
  if (page.url().includes('/account/confirm')) await button(page, say('account.confirm.go')).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await look(page);
}
async function setUp(page: Page): Promise<void> {
  await button(page.locator('main'), say('account.second.add')).click();
  const secret = (await page.locator('main code').innerText()).replace(/\s/g, '');
  await page.locator('[name=code]').fill(new TOTP({ secret }).generate());
  await button(page, say('account.app.confirm')).click();
  await page.getByRole('heading', { name: say('account.codes.title') }).waitFor();
}
const pathOf = (page: Page) => new URL(page.url()).pathname;

describe('a second step that is required', () => {
  test('on a narrow screen with large letters: nothing opens before it is set up, everything after', async () => {
    const lead = await comes('lead-health', { width: 320, elder: true });
    await lead.waitForURL('**/account/second');
    await lead.getByText(say('account.second.need.required')).waitFor();
    await look(lead);
    for (const path of ['/desk', '/watch', '/', '/account', '/account/password']) {
      await lead.goto(at(path));
      expect(pathOf(lead), path).toBe('/account/second');
    }
    await setUp(lead);
    await lead.goto(at('/desk/inbox'));
    expect(pathOf(lead)).toBe('/desk/inbox');

    await lead.context().close();
  });
});

describe('the system administrator', () => {
  test('takes a lost second step away; its owner is told who did it and sets up another', async () => {
    const lead = await comes('lead-health', { scripts: false });
    const admin = await comes('admin');
    await accountPage(admin, '谢国平');
    await button(admin, say('admin.account.act.second.go')).click();
    await admin.getByText(say('field.power-reason-missing')).first().waitFor();
    await look(admin);
    await fill(admin, { 'why-second': '手机丢失，已当面核实' });
    await button(admin, say('admin.account.act.second.go')).click();
    await admin.getByRole('heading', { level: 1, name: say('admin.account.code.second.title') }).waitFor();
    await look(admin);
    expect(await admin.locator('.spoken-code').textContent()).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/);
    await button(admin, say('admin.account.code.done')).click();
    await admin.getByText(say('admin.account.done.second')).waitFor();
    await lead.goto(at('/desk'));
    expect(pathOf(lead), 'out').toBe('/sign-in');
    await signIn(lead, 'lead-health');
    await lead.waitForURL('**/account/second');
    await lead.getByText(say('account.second.need.notYou')).waitFor();
    await setUp(lead);
    await Promise.all([admin, lead].map((page) => page.context().close()));
  });

  test('switches an account off and on again, on a narrow screen too', async () => {
    const approver = await comes('approver-tax');
    const admin = await comes('admin', { width: 320, elder: true });
    await accountPage(admin, '钟海涛');
    await fill(admin, { 'why-off': '借调到市里' });
    await button(admin, say('admin.account.act.off.go')).click();
    await admin.getByText(say('admin.account.done.off')).waitFor();
    await look(admin);
    await approver.goto(at('/desk/inbox'));
    expect(pathOf(approver), 'out').toBe('/sign-in');
    await fill(admin, { 'why-on': '借调结束' });
    await button(admin, say('admin.account.act.on.go')).click();
    await admin.getByText(say('admin.account.done.on')).waitFor();
    await signIn(approver, 'approver-tax');
    expect(pathOf(approver)).toBe('/desk/inbox');
    await Promise.all([admin, approver].map((page) => page.context().close()));
  });
});

describe('a new colleague', () => {
  const [first, second] = ['walnut harbour mitten', 'saddle copper lantern'];
  const setPassword = async (page: Page, code: string, next: string) => {
    await page.goto(at('/sign-in'));
    await button(page, say('signIn.start.title')).click();
    await fill(page, { name: 'wu.min', code, next, again: next });
    await button(page, say('signIn.start.save')).click();
  };
  const enter = async (page: Page, password: string) => {
    await page.goto(at('/sign-in'));
    await fill(page, { name: 'wu.min', password });
    await button(page.locator('main'), say('components.page.signIn')).click();
  };
  const told = async (page: Page): Promise<string> => {
    const code = await page.locator('.spoken-code').innerText();
    await look(page);
    await button(page, say('admin.account.code.done')).click();
    return code;
  };

  test('is added and empowered by two administrators, and comes in without scripts on a narrow screen', async () => {
    const admin = await comes('admin');
    await admin.goto(at('/admin/accounts'));
    await button(admin, say('admin.account.add.title')).click();
    if (admin.url().includes('/account/confirm')) await button(admin, say('account.confirm.go')).click();
    await button(admin, say('admin.account.add.go')).click();
    await admin.getByText(say('field.login-format')).first().waitFor();
    await look(admin);
    const place = { agency: '360121-tax', division: '360121000000' };
    await fill(admin, { name: '吴敏', login: 'wu.min', ...place });
    await button(admin, say('admin.account.add.go')).click();
    const code = await told(admin);
    await admin.getByText(say('admin.account.done.new')).waitFor();
    await look(admin);
    const account = pathOf(admin).split('/').at(-1);

    const security = await comes('security-admin');
    await security.goto(at(`/admin/people/${account}`));
    if (security.url().includes('/account/confirm')) await button(security, say('account.confirm.go')).click();
    await fill(security, { role: 'approver', ...place, reason: '新同事' });
    await button(security, say('admin.person.grant')).click();
    await security.getByText(say('admin.person.granted')).waitFor();

    const colleague = await newPage({ width: 320, scripts: false });
    await setPassword(colleague, 'ABCD-EFGH-JKMN', first);
    await colleague.getByText(say('field.start-code-wrong')).first().waitFor();
    await expectNoSidewaysScroll(colleague);
    await setPassword(colleague, code, first);
    await colleague.getByText(say('signIn.start.done')).waitFor();
    await enter(colleague, first);
    await colleague.waitForURL('**/desk/**');
    await Promise.all([admin, security, colleague].map((page) => page.context().close()));
  });

  test('who forgets the password gets another by a new code; the old one opens nothing, and they are told by whom', async () => {
    const admin = await comes('admin', { width: 320, elder: true });
    await admin.goto(at('/admin/accounts'));
    await fill(admin, { q: '吴敏' });
    await admin.getByRole('searchbox').press('Enter');
    await admin.getByRole('link', { name: '吴敏', exact: true }).click();
    if (admin.url().includes('/account/confirm')) await button(admin, say('account.confirm.go')).click();
    await fill(admin, { 'why-start': '忘记密码，已当面核实' });
    await button(admin, say('admin.account.act.start.go')).click();
    const code = await told(admin);
    await admin.getByText(say('admin.account.done.start')).waitFor();

    const colleague = await newPage({ width: 320, elder: true });
    await colleague.goto(at('/?mode=elder'));
    await setPassword(colleague, 'ABCD-EFGH-JKMN', 'short');
    await look(colleague);
    await setPassword(colleague, code, second);
    await colleague.getByText(say('signIn.start.done')).waitFor();
    await look(colleague);
    await enter(colleague, first);
    await colleague.getByText(say('problem.sign-in-failed.title')).first().waitFor();
    await enter(colleague, second);
    await colleague.waitForURL('**/account/start**');
    await colleague.getByText('毛俊杰').first().waitFor();
    await look(colleague);
    await button(colleague, say('account.start.goOn')).click();
    await colleague.waitForURL('**/desk/**');
    await Promise.all([admin, colleague].map((page) => page.context().close()));
  });
});
