import { TOTP } from 'otpauth';
import { beforeAll, describe, expect, test } from 'vitest';
import { roundsOf } from '../../src/rounds.ts';
import { settingUpRoutes } from '../../src/web/guard.ts';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { openWorld, requestOf } from '../support/asking.ts';
import { submitted } from '../support/newborn.ts';
import { say } from '../support/story.ts';

/** What the system administrator does to accounts, and what is left to somebody who has to have a second step and has none. */
let product: Product;
beforeAll(async () => {
  product = await openProduct();
});

async function post(client: Client, url: string, form: Record<string, string> = {}, of = product) {
  const headers = { cookie: client.cookie, 'content-type': 'application/x-www-form-urlencoded' };
  const payload = new URLSearchParams({ ...form, _csrf: client.csrf }).toString();
  const { statusCode, payload: text, headers: told } = await of.app.inject({ method: 'POST', url, payload, headers });
  return { status: statusCode, text, to: told.location };
}
const account = (name: string) => `/admin/accounts/360121-${name}`;

/** A case whose first branch the approver of health has claimed; gives its number. */
async function claimed(): Promise<string> {
  const number = await submitted(await product.as('father'));
  const clerk = await product.as('clerk-liantang');
  const of = (client: Client, command: object, commandId: string) =>
    client.call<{ version?: number }>('POST', `/api/v1/cases/${number}/commands`, { command, commandId });
  expect((await of(clerk, { type: 'accept' }, 'accounts.1')).status).toBe(200);
  const approver = await product.as('approver-health');
  const done = await of(approver, { type: 'claim', item: 'birth-certificate' }, 'accounts.2');
  expect(done.status, done.text).toBe(200);
  return number;
}
const branchOf = (number: string) =>
  product.house.db
    .query<{ status: string; by: string | null }>(
      `select status, claimed_by as by from cases.branch where number = $1 and item = 'birth-certificate'`,
      [number],
    )
    .then(([row]) => row);

describe('an account', () => {
  test('is switched off on its page: out at once, and what it had claimed is open again', async () => {
    const number = await claimed();
    expect(await branchOf(number)).toEqual({ status: 'claimed', by: '360121-approver-health' });
    const approver = await product.as('approver-health');
    const admin = await product.as('admin');
    const nothing = await post(admin, `${account('approver-health')}/off`);
    expect([nothing.status, nothing.text.includes(say('field.power-reason-missing'))]).toEqual([422, true]);
    const done = await post(admin, `${account('approver-health')}/off`, { 'why-off': '退休' });
    expect(done).toMatchObject({ status: 303, to: `${account('approver-health')}?done=off` });
    expect((await approver.call('GET', '/api/v1/inbox')).status).toBe(401);
    expect(await branchOf(number)).toEqual({ status: 'open', by: null });
    const page = await admin.call('GET', account('approver-health'));
    for (const text of [say('admin.account.isOff'), '退休', '毛俊杰', say('admin.account.asleep')])
      expect(page.text).toContain(text);
    await expect(product.as('approver-health')).rejects.toThrow();
    expect(await post(admin, `${account('approver-health')}/on`, { 'why-on': '返聘' })).toMatchObject({ status: 303 });
    expect((await (await product.as('approver-health')).call('GET', '/api/v1/inbox')).status).toBe(200);
  });

  test('whose branches were left behind when a process was killed gives them back by itself', async () => {
    const number = await claimed();
    const { house } = product;
    const id = '360121-approver-health';
    await house.db.query('update identity.staff set active = false where id = $1', [id]);
    for (const round of roundsOf(house)) await round.run(house.clock());
    expect(await branchOf(number)).toEqual({ status: 'open', by: null });
    await house.db.query('update identity.staff set active = true where id = $1', [id]);
  });

  test('of the administrator is their own to nobody, and the last of a kind stays', async () => {
    const admin = await product.as('admin');
    const own = await post(admin, `${account('admin')}/off`, { 'why-off': '试试' });
    expect([own.status, own.text.includes(say('problem.own-account.title'))]).toEqual([409, true]);
    const last = await post(admin, `${account('audit-admin')}/off`, { 'why-off': '试试' });
    expect([last.status, last.text.includes(say('problem.last-administrator.title'))]).toEqual([409, true]);
    expect((await admin.call('GET', account('admin'))).text).toContain(say('admin.account.own'));
    expect((await admin.call('GET', account('nobody'))).status).toBe(404);
  });
});

describe('who has to have a second step and has none', () => {
  let strict: Product;
  let lead: Client;
  beforeAll(async () => {
    strict = await openProduct(() => new Date(), { secondStep: 'lead' });
    lead = await strict.as('lead-health');
  });

  test('gets nowhere, on any route, but to setting one up and out again', async () => {
    const world = await openWorld(strict, 'accepted');
    const facts = strict.app.routeFacts.filter(({ method, url }) => method !== 'HEAD' && !url.startsWith('/assets/'));
    const routes = facts.map(({ method, url }) => `${method} ${url}`);
    expect([...settingUpRoutes].filter((route) => !routes.includes(route))).toEqual([]);
    const free = new Set(['GET /healthz', 'GET /readyz', 'GET /metrics']);
    const closed = facts.filter(({ method, url }) => {
      const route = `${method} ${url}`;
      // The log of acts and the health of the process ask nobody who they are.
      return !settingUpRoutes.has(route) && !free.has(route) && !/^\/ledger\//.test(url);
    });
    expect(closed.length).toBeGreaterThan(100);
    for (const { method, url } of closed) {
      const route = `${method} ${url}`;
      const answer = await strict.app.inject(requestOf(route, world, lead));
      const told = answer.statusCode === 403 ? answer.json<{ code: string }>().code : answer.headers.location;
      expect([route, told]).toEqual([route, url.startsWith('/api/') ? 'second-step-missing' : '/account/second']);
    }
  });

  test('is let in everywhere as soon as it is set up', async () => {
    expect((await lead.call('GET', '/account/second')).text).toContain(say('account.second.need.required'));
    expect(await post(lead, '/account/app', {}, strict)).toMatchObject({ status: 303, to: '/account/app' });
    const { text } = await lead.call('GET', '/account/app');
    const secret = /<code>([A-Z2-7 ]+)<\/code>/.exec(text)?.[1]?.replace(/\s/g, '') ?? '';
    const code = new TOTP({ secret }).generate();
    expect((await post(lead, '/account/app/confirm', { code }, strict)).status).toBe(200);
    expect((await lead.call('GET', '/desk/inbox')).status).toBe(200);
    expect((await lead.call('GET', '/account/second')).status).toBe(303);
  });

  test('is sent there again once it was taken away, and told by whom', async () => {
    const admin = await strict.as('admin');
    const done = await post(admin, `${account('lead-health')}/second`, { 'why-second': '手机丢失' }, strict);
    // The code for its owner is in the answer and nowhere else: no address, no line of the trail, no later page.
    expect(done).toMatchObject({ status: 200, to: undefined });
    const [code = ''] = />([0-9A-Z]{4}(?:-[0-9A-Z]{4}){2})</.exec(done.text)?.slice(1) ?? [];
    expect(code).toHaveLength(14);
    const trail = await strict.house.db.query<{ line: string }>('select to_jsonb(t)::text as line from ledger.trail t');
    expect(trail.filter(({ line }) => line.includes(code))).toEqual([]);
    expect((await admin.call('GET', account('lead-health'))).text).not.toContain(code);
    expect((await lead.call('GET', '/desk/inbox')).status).toBe(303);
    const anew = await strict.as('lead-health');
    expect((await anew.call('GET', '/account/second')).text).toContain('毛俊杰');
  });

  test('rings for the audit administrator when the same colleague gives a start code too, and could come in as them', async () => {
    const [admin, auditor] = [await strict.as('admin'), await strict.as('audit-admin')];
    const alarms = async () => {
      await strict.house.drain();
      return (await auditor.call('GET', '/admin/alarms')).text;
    };
    const name = say('admin.alarms.name.take-over');
    expect((await alarms()).includes(name), 'one key alone opens nothing').toBe(false);
    expect((await post(admin, `${account('approver-tax')}/start`, { 'why-start': '忘记密码' }, strict)).status).toBe(
      200,
    );
    expect((await alarms()).includes(name), 'nor do two of two people').toBe(false);
    expect((await post(admin, `${account('lead-health')}/start`, { 'why-start': '忘记密码' }, strict)).status).toBe(
      200,
    );
    const text = await alarms();
    for (const words of [name, '毛俊杰', '谢国平']) expect([words, text.includes(words)]).toEqual([words, true]);
  });
});
