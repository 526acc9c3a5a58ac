import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoAxeViolations, expectNoSidewaysScroll, newPage } from '../support/browser.ts';
import { type RunningProvider, startProvider } from '../support/outside/provider.ts';
import { freePort, readyAt, start } from '../support/product.ts';
import { answerForm, button, choose, pdf, say, signIn, submit, upload } from '../support/story.ts';

/** Citizens sign in at a real provider, in a real browser, at a product of their own. */
const father = { acr: 'urn:gov:auth:L2', name: '陈志远', id_card: '360121199503120013', phone_number: '13800000001' };
/** A legal representative; the provider first knows her by name and number, and by her face when that is asked for. */
const chief = {
  ...{ acr: 'urn:gov:auth:L2', name: '胡美玲', id_card: '360121198811200045', phone_number: '13800000004' },
  ...{ credit_code: '91360121MA35K2X00U', org_name: '南昌县美玲理发店有限公司', org_role: 'legal_representative' },
};
const salon = {
  applicant_address: '江西省南昌市南昌县三江镇乌龙街社区28号',
  business_address: '江西省南昌市南昌县莲塘镇澄湖中路100号',
  ...{ place_kind: 'hair', place_area: '60', business_staff: '4', central_air: 'no' },
};
const nationalName = '国家政务服务平台';

let folder: string;
let product: ChildProcess;
let provider: RunningProvider;
let origin: string;
const at = (path: string) => new URL(path, origin).href;

beforeAll(async () => {
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  const accounts = { father, chief, 'only-registered': { ...father, acr: 'urn:gov:auth:L1' } };
  provider = await startProvider({ accounts, back: [at('/sign-in/provider/back')], leave: [at('/')] });
  folder = await mkdtemp(join(tmpdir(), 'tongban-provider-'));
  await chmod(folder, 0o755); // started by root, PostgreSQL runs as another user
  product = start(folder, port, {
    TONGBAN_DEMO_CASES: '0',
    TONGBAN_OIDC_ISSUER: provider.issuer,
    TONGBAN_OIDC_CLIENT_ID: provider.clientId,
    TONGBAN_OIDC_CLIENT_SECRET: provider.secret,
    TONGBAN_ORIGIN: origin,
  });
  await readyAt(product);
}, 180_000);
afterAll(async () => {
  const gone = once(product, 'exit');
  product.kill('SIGTERM');
  await gone;
  await rm(folder, { recursive: true, force: true });
});

const toProvider = (page: Page) => button(page.locator('main'), say('signIn.provider.go', { provider: nationalName }));
async function look(page: Page): Promise<void> {
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
}

/** From the sign-in page through the provider's own, as one of its accounts. */
async function through(page: Page, account: string): Promise<void> {
  await toProvider(page).click();
  await page.waitForURL(/\/interaction\//);
  await page.locator(`button[value="${account}"]`).click();
  await page.waitForURL((url) => url.href.startsWith(origin));
}

describe('somebody who applies', () => {
  test('comes back to the page they wanted, and can sign out in both places', async () => {
    const page = await newPage();
    await page.goto(at('/cases'));
    await look(page);
    await through(page, 'father');
    await page.waitForURL(at('/cases'));
    await page.goto(at('/account'));
    await look(page);
    await button(page, say('components.page.signOut')).click();
    await page.getByRole('heading', { name: say('signIn.left.title') }).waitFor();
    await look(page);
    await button(page.locator('main'), say('signIn.left.there', { provider: nationalName })).click();
    await page.locator('button[name=logout]').first().click();
    await page.waitForURL(at('/'));
    await page.goto(at('/cases'));
    expect(new URL(page.url()).pathname).toBe('/sign-in');
  });

  test('is asked anew at a kiosk, whoever was there before, and led to sign out in both places', async () => {
    const [admin, machine] = [await newPage(), await newPage({ scripts: false })];
    await admin.goto(at('/sign-in'));
    await signIn(admin, 'security-admin');
    await admin.goto(at('/admin/devices/enrol'));
    await admin.locator('[name=name]').fill('大厅自助机');
    await choose(admin, 'kind', 'kiosk');
    await admin.locator('[name=division]').selectOption({ label: '南昌县' });
    await button(admin.locator('main'), say('admin.device.enrol')).click();
    const code = (await admin.locator('.spoken-code').textContent()) ?? '';
    await machine.goto(at('/device'));
    await machine.locator('[name=code]').fill(code);
    await button(machine, say('device.open.go')).click();
    for (const times of [1, 2]) {
      await machine.goto(at('/sign-in?next=/cases'));
      await through(machine, 'father');
      await machine.waitForURL(at('/cases'));
      await button(machine.locator('.device-bar'), say('device.finish')).click();
      await machine.locator('button[name=logout]').first().waitFor();
      expect(new URL(machine.url()).origin, `time ${times}`).toBe(new URL(provider.issuer).origin);
    }
    await machine.locator('button[name=logout]').first().click();
    await machine.waitForURL(at('/'));
    await Promise.all([admin, machine].map((page) => page.context().close()));
  });

  test('without scripts, on a narrow screen: changes their mind, tries an account that will not do, gets in', async () => {
    const page = await newPage({ width: 320, scripts: false });
    await page.goto(at('/sign-in?next=/cases'));
    await through(page, '');
    await page.getByRole('heading', { name: say('problem.provider-denied.title') }).waitFor();
    await page.goto(at('/sign-in?next=/cases'));
    await through(page, 'only-registered');
    await page.getByRole('heading', { name: say('problem.provider-level-low.title') }).waitFor();
    await page.context().clearCookies();
    await page.goto(at('/sign-in?next=/cases'));
    await through(page, 'father');
    await page.waitForURL(at('/cases'));
  });

  test.each(['https://evil.example/', '//evil.example/', '/\\evil.example', 'javascript:alert(1)'])(
    'is not led away by %s',
    async (next) => {
      const page = await newPage();
      await page.goto(at(`/sign-in?next=${encodeURIComponent(next)}`));
      await through(page, 'father');
      await page.waitForURL(at('/'));
      await page.goto(at(`/sign-in/provider?next=${encodeURIComponent(next)}`));
      await page.waitForURL(at('/'));
    },
  );

  test('who opens the same answer again, or one they did not ask for, gets a page that says what to do', async () => {
    const page = await newPage();
    await page.goto(at('/sign-in/provider/back?code=stolen&state=made-up'));
    await page.getByRole('heading', { name: say('problem.provider-answer-wrong.title') }).waitFor();
    await look(page);
    await button(page, say('signIn.provider.again')).click();
    await page.waitForURL(/\/interaction\//);
  });

  test('for an organisation: gives a power when known surely, and the agent hands in what it is for', async () => {
    const page = await newPage();
    await page.goto(at('/sign-in?next=/organisation'));
    await through(page, 'chief');
    await page.getByText(say('organisation.header', { name: chief.org_name })).waitFor();
    await look(page);
    chief.acr = 'urn:gov:auth:L3';
    await button(page.locator('main'), say('organisation.powers.title')).click();
    await page.waitForURL(/\/interaction\//);
    await page.locator('button[value=chief]').click();
    await page.waitForURL(at('/organisation/powers'));
    await look(page);
    await page.locator('[name=name]').fill(father.name);
    await page.locator('[name=id_card]').fill('360121199503120014');
    await choose(page, 'items', 'public-place-hygiene');
    await button(page.locator('main'), say('organisation.give.go')).click();
    await page.getByText(say('field.id-card-wrong')).first().waitFor();
    await look(page);
    await page.locator('[name=id_card]').fill(father.id_card);
    await button(page.locator('main'), say('organisation.give.go')).click();
    await page.getByText(say('organisation.powers.done')).waitFor();

    const agent = await newPage({ scripts: false });
    await agent.goto(at('/sign-in?next=/organisation'));
    await through(agent, 'father');
    await agent.getByText(chief.org_name).click();
    await button(agent.locator('main'), say('organisation.choose.go')).click();
    await agent.getByText(say('organisation.header', { name: chief.org_name })).waitFor();
    await agent.goto(at('/items/public-place-hygiene'));
    await button(agent.locator('main'), say('portal.guide.begin')).click();
    await agent.waitForURL(/\/apply\//);
    await answerForm(agent, salon);
    await agent.waitForURL(/\/materials$/);
    const wanted = await agent
      .locator('form [name=material]')
      .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
    for (const material of wanted) await upload(agent, material, pdf);
    const number = await submit(agent);
    await agent.goto(at(`/cases/${number}`));
    await agent.getByText(chief.org_name).first().waitFor();

    await page.reload();
    await button(page.locator('main'), say('organisation.revoke')).click();
    await page.getByText(say('organisation.act.revoke')).first().waitFor();
    await agent.goto(at(`/cases/${number}`));
    await agent.getByRole('heading', { name: say('problem.case-not-found.title') }).waitFor();
    await page.goto(at(`/cases/${number}`));
    await page.getByText(chief.org_name).first().waitFor();
  });

  test('is told when the provider is down, and staff still come in', async () => {
    await provider.stop();
    const page = await newPage();
    await page.goto(at('/sign-in?next=/cases'));
    await toProvider(page).click();
    await page.getByRole('heading', { name: say('problem.provider-unavailable.title') }).waitFor();
    await look(page);
    await page.goto(at('/sign-in'));
    await signIn(page, 'clerk-liantang');
    await page.waitForURL(/\/desk/);
  });
});
