import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { submitted } from '../support/newborn.ts';

/** Emergency access to a case somebody has no part in, asked through HTTP as a person at a desk would. */
let now = new Date('2026-06-10T02:00:00.000Z');
let product: Product;
let approver: Client;
let number: string;
const reason = '群众在现场反映紧急情况，要当场答复';

beforeAll(async () => {
  product = await openProduct(() => now);
  approver = await product.as('approver-approval');
  number = await submitted(await product.as('father'));
});

async function post(client: Client, url: string, form: Record<string, string>) {
  const headers = { cookie: client.cookie, 'content-type': 'application/x-www-form-urlencoded' };
  const payload = new URLSearchParams({ ...form, _csrf: client.csrf }).toString();
  return product.app.inject({ method: 'POST', url, payload, headers });
}
const status = async (client: Client, url: string) => (await client.call('GET', url)).status;

describe('a case of other offices', () => {
  test('does not exist for an approver without a part in it, by page, slip, interface and proof', async () => {
    for (const url of [`/desk/cases/${number}`, `/desk/cases/${number}/slip`, `/api/v1/cases/${number}`])
      expect(await status(approver, url), url).toBe(404);
  });

  test('opens with a reason that is one, and a look is all it gives', async () => {
    expect((await post(approver, '/desk/break-glass', { number, reason: '急' })).statusCode).toBe(422);
    expect(await status(approver, `/desk/cases/${number}`)).toBe(404);
    expect((await post(approver, '/desk/break-glass', { number, reason })).statusCode).toBe(303);
    const page = await approver.call('GET', `/desk/cases/${number}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('陈志远');
    const item = 'birth-certificate';
    for (const command of [{ type: 'accept' }, { type: 'claim', item }]) {
      const acted = await approver.call('POST', `/api/v1/cases/${number}/commands`, {
        ...{ command, commandId: `emergency-${command.type}` },
      });
      expect(acted.status, command.type).toBe(403);
    }
  });

  test('is opened for that person and that case only', async () => {
    const other = await submitted(await product.as('father'));
    expect(await status(approver, `/desk/cases/${other}`)).toBe(404);
    expect(await status(await product.as('approver-tax'), `/desk/cases/${number}`)).toBe(200);
    expect(await status(await product.as('issuer-approval'), `/desk/cases/${number}`)).toBe(404);
  });

  test('is noted with the reason, waits for a review, and closes by itself after an hour', async () => {
    const [line] = await product.house.db.query<{ who_id: string; reason: string }>(
      `select who_id, reason from ledger.trail where what = 'break-glass.open' order by position desc limit 1`,
    );
    expect(line).toMatchObject({ who_id: '360121-approver-approval' });
    expect(line?.reason).toContain(reason);
    const reviews = await (await product.as('security-admin')).call('GET', '/admin/break-glass');
    expect(reviews.text).toContain(reason);
    now = new Date(now.getTime() + 61 * 60_000);
    expect(await status(await product.as('approver-approval'), `/desk/cases/${number}`)).toBe(404);
  });
});
