import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoAxeViolations, expectNoSidewaysScroll, newPage, shot } from '../../support/browser.ts';
import { button, choose, fill, handIn, inOrder, say, signIn, smallFamily } from '../../support/story.ts';
import { deskOf } from '../office.ts';

/** A kiosk from the day it is set up to the day it is taken away, and whom it serves in between. */
const look = async (page: Page) => {
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
};
const name = '莲塘镇便民服务中心 1 号机';

/** Enrols a device and gives the code that is shown once. */
async function enrol(admin: Page, given: { name: string; kind: 'kiosk' | 'station' }): Promise<string> {
  await admin.goto('/admin/devices');
  await button(admin, say('admin.device.enrol')).click();
  await fill(admin, { name: given.name });
  await choose(admin, 'kind', given.kind);
  await admin.locator('[name=division]').selectOption({ label: '莲塘镇' });
  await button(admin.locator('main'), say('admin.device.enrol')).click();
  return (await admin.locator('.spoken-code').textContent()) ?? '';
}

/** Types a code on the machine. */
async function open(machine: Page, code: string): Promise<void> {
  await machine.goto('/device');
  await fill(machine, { code });
  await button(machine, say('device.open.go')).click();
}

const leave = (machine: Page) => button(machine.locator('.device-bar'), say('device.finish')).click();
/** The channel the desk shows of a case. */
async function channelShown(number: string): Promise<string> {
  const clerk = await deskOf('clerk-liantang');
  await clerk.goto(`/desk/cases/${number}`);
  const shown = await clerk
    .locator('.summary-row', { hasText: say('desk.case.channel') })
    .first()
    .textContent();
  await clerk.context().close();
  return shown ?? '';
}

describe('a kiosk', () => {
  inOrder();
  let admin: Page;
  let machine: Page;
  let code: string;
  let number: string;
  beforeAll(async () => {
    admin = await deskOf('security-admin');
    machine = await newPage();
  });
  afterAll(async () => {
    for (const page of [admin, machine]) await page.context().close();
  });

  test('is enrolled by the security administrator, who is told what is missing and sees its code once', async () => {
    await admin.goto('/admin/devices');
    await look(admin);
    await button(admin, say('admin.device.enrol')).click();
    await look(admin);
    await button(admin.locator('main'), say('admin.device.enrol')).click();
    await admin.getByText(say('field.device-kind')).first().waitFor();
    await look(admin);
    code = await enrol(admin, { name, kind: 'kiosk' });
    await look(admin);
    expect(code.replaceAll(' ', '')).toHaveLength(9);
    await button(admin, say('admin.device.codeDone')).click();
    await admin.getByText(say('admin.device.standing.waiting')).waitFor();
    expect(await admin.content()).not.toContain(code);
  });

  test('is opened with the code on the machine, once, and a slip is told', async () => {
    await machine.goto('/device');
    await look(machine);
    await open(machine, `${code.slice(0, -1)}?`);
    await machine.getByText(say('field.device-code-slip')).first().waitFor();
    await look(machine);
    await open(machine, code.toLowerCase());
    await machine.getByRole('heading', { name: say('device.here.title') }).waitFor();
    await look(machine);
    const again = await newPage();
    await open(again, code);
    await again.getByText(say('field.device-code-wrong')).first().waitFor();
    await again.context().close();
    await admin.reload();
    await admin.getByText(say('admin.device.standing.in-use')).waitFor();
  });

  test('lets a father hand in a case, which says where it came from', async () => {
    await machine.goto('/sign-in');
    await look(machine);
    expect(await machine.locator('button[name=persona][value=clerk-liantang]').count()).toBe(0);
    await signIn(machine, 'father');
    number = await handIn(machine, smallFamily);
    await machine.goto(`/cases/${number}`);
    await machine.getByText(say('portal.case.event.submitted-kiosk')).first().waitFor();
    await look(machine);
    expect(await channelShown(number)).toContain(say('desk.channel.kiosk'));
  });

  test('asks who stands there, goes on for who does, and leaves nothing to the next', async () => {
    await machine.goto('/cases?mode=elder');
    expect(await machine.locator('html').getAttribute('class')).toContain('mode-elder');
    await machine.goto(`/device/idle?next=${encodeURIComponent(`/cases/${number}`)}`);
    await look(machine);
    await button(machine.locator('main'), say('device.idle.stay')).click();
    await machine.waitForURL(`**/cases/${number}`);
    await leave(machine);
    await machine.waitForURL(({ pathname }) => pathname === '/');
    expect(await machine.locator('html').getAttribute('class')).toContain('mode-standard');
    await machine.goBack();
    await machine.waitForURL(/\/sign-in/);
    await machine.goto(`/cases/${number}`);
    await machine.waitForURL(/\/sign-in/);
    await signIn(machine, 'mother');
    await machine.goto('/cases');
    expect(await machine.content()).not.toContain(number);
    await look(machine);
  });

  test('is revoked with a reason: who stands there is out with the next page, and it is no kiosk any more', async () => {
    await button(admin, say('admin.device.revoke')).click();
    await admin.getByText(say('field.power-reason-missing')).first().waitFor();
    await look(admin);
    await fill(admin, { why: '机器送修，不再使用' });
    await button(admin, say('admin.device.revoke')).click();
    await admin.getByText(say('admin.device.revoked')).waitFor();
    await look(admin);
    await machine.goto('/cases');
    await machine.waitForURL(/\/sign-in/);
    expect(await machine.locator('.device-bar').count()).toBe(0);
    await machine.goto('/device');
    await machine.getByRole('heading', { name: say('device.open.title') }).waitFor();
    await signIn(machine, 'father');
    const home = await handIn(machine, smallFamily);
    expect(await channelShown(home)).toContain(say('desk.channel.online'));
  });
});

describe('a village station', () => {
  test('serves people without scripts on a narrow screen in large type, and its staff too', async () => {
    const admin = await deskOf('security-admin');
    const code = await enrol(admin, { name: '澄湖村服务站', kind: 'station' });
    const machine = await newPage({ width: 320, scripts: false });
    await open(machine, code);
    await machine.getByRole('heading', { name: say('device.here.title') }).waitFor();
    await machine.goto('/?mode=elder');
    await signIn(machine, 'mother');
    const page = await machine.goto('/cases');
    expect(page?.headers().refresh).toBe('180; url=/device/idle?next=%2Fcases');
    await shot(machine, 'device-cases-320-elder');
    await leave(machine);
    await signIn(machine, 'clerk-liantang');
    expect((await machine.goto('/desk/queue'))?.headers().refresh).toBeUndefined();
    for (const one of [machine, admin]) await one.context().close();
  });
});
