import { TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectNoAxeViolations, expectNoSidewaysScroll, newPage } from '../support/browser.ts';
import { productHere } from '../support/here.ts';
import { button, say, signIn } from '../support/story.ts';

/** Staff come in with a password and a second step, in a real browser with a key of its own. */
const password = 'kettle ladder orchid';
// Passkeys are bound to a host name; an address in numbers is none.
const at = (path: string) => {
  const url = new URL(path, productHere().url);
  url.hostname = 'localhost';
  return url.href;
};

/** A demo account gets a password; gives its sign-in name. */
async function withPassword(page: Page, persona: string): Promise<string> {
  await page.goto(at('/sign-in'));
  await signIn(page, persona);
  await page.goto(at('/account/password'));
  await page.locator('[name=next]').fill(password);
  await page.locator('[name=again]').fill(password);
  await button(page, say('account.change.save')).click();
  await page.waitForURL(/done=password/);
  const row = page.locator('.summary-row', { hasText: say('account.login') });
  return (await row.locator('.summary-value').innerText()).trim();
}

async function givePassword(page: Page, login: string): Promise<void> {
  await page.goto(at('/sign-in?next=/account'));
  await page.locator('[name=name]').fill(login);
  await page.locator('[name=password]').fill(password);
  await page.locator('[name=password]').press('Enter');
}

async function look(page: Page): Promise<void> {
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
}

describe('the second step', () => {
  test('a passkey is made, asked for, and opens the desk; a strange key does not', async () => {
    const page = await newPage();
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
        ...{ isUserVerified: true, automaticPresenceSimulation: true },
      },
    });
    const login = await withPassword(page, 'approver-human-resources');
    await look(page);
    await button(page, say('account.passkey.title')).click();
    await look(page);
    await button(page, say('account.passkey.make')).click();
    await page.getByRole('heading', { name: say('account.codes.title') }).waitFor();
    expect(await page.locator('main li code').count()).toBe(10);
    await look(page);
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
    expect(credentials).toHaveLength(1);

    await page.context().clearCookies();
    await givePassword(page, login);
    await page.waitForURL(/\/sign-in\/second/);
    await look(page);
    await button(page, say('account.passkey.use')).click();
    await page.waitForURL(/\/account$/);

    await page.context().clearCookies();
    await cdp.send('WebAuthn.clearCredentials', { authenticatorId });
    await givePassword(page, login);
    await button(page, say('account.passkey.use')).click();
    await page.getByText(say('account.passkey.failed')).waitFor();
    await page.goto(at('/desk'));
    expect(new URL(page.url()).pathname, 'not in').toBe('/sign-in');
  });

  test('without scripts, on a narrow screen: an app, and a code from paper', async () => {
    const page = await newPage({ width: 320, scripts: false });
    const login = await withPassword(page, 'approver-medical-insurance');
    await button(page, say('account.second.add')).click();
    const secret = (await page.locator('main code').innerText()).replace(/\s/g, '');
    await page.locator('[name=code]').fill(new TOTP({ secret }).generate());
    await button(page, say('account.app.confirm')).click();
    const codes = await page.locator('main li code').allInnerTexts();
    await page.context().clearCookies();
    await givePassword(page, login);
    await page.locator('[name=code]').fill('000000');
    await button(page.locator('main'), say('signIn.second.go')).click();
    await page.getByText(say('field.code-wrong')).first().waitFor();
    await page.locator('[name=code]').fill(codes[0] ?? '');
    await button(page.locator('main'), say('signIn.second.go')).click();
    await page.waitForURL(/\/account$/);
    await page.goto(at('/account/passkey'));
    await page.getByText(say('account.passkey.needsScript')).waitFor();
  });
});
