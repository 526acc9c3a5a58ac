import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { submitted } from '../support/newborn.ts';
import { say } from '../support/story.ts';

/** What an administrator writes is taken whole or refused beside its field, never cut; and it is still there. */
const long = '长'.repeat(501);
const account = '360121-clerk-liantang';
let product: Product;
beforeAll(async () => {
  product = await openProduct();
});

async function post(client: Client, url: string, form: Record<string, string>) {
  const headers = { cookie: client.cookie, 'content-type': 'application/x-www-form-urlencoded' };
  const payload = new URLSearchParams({ ...form, _csrf: client.csrf }).toString();
  const { statusCode, payload: text } = await product.app.inject({ method: 'POST', url, payload, headers });
  return { status: statusCode, text };
}
const changes = () =>
  product.house.db.query(`select what from ledger.trail where what not like 'sign-in%' and outcome = 'done'`);

describe('a text of an administrator that is too long', () => {
  test.each([
    ['security-admin', '/admin/holds', 'reason', 200],
    ['security-admin', `/admin/people/${account}/grant`, 'reason', 200],
    ['security-admin', `/admin/people/${account}/revoke`, 'why', 200],
    ['security-admin', '/admin/clients/enrol', 'name', 100],
    ['admin', `/admin/accounts/${account}/off`, 'why-off', 200],
    ['admin', '/admin/accounts/add', 'name', 100],
    ['approver-health', '/desk/break-glass', 'reason', 200],
    ['approver-health', '/account/lending', 'reason', 200],
  ])('of %s at %s: %s is refused whole, and kept', async (persona, url, field, max) => {
    const client = await product.as(persona);
    const before = await changes();
    const { status, text } = await post(client, url, { number: '360121', verdict: 'justified', [field]: long });
    expect(status).toBe(422);
    const name = say(`field.of.${field.replace('-off', '')}`);
    expect(text).toContain(say('field.too-long', { name, max, typed: 501 }));
    expect(text).toContain(long);
    expect(await changes()).toEqual(before);
  });

  test('about an access in an emergency, and about its alarm, stands in that form and in no other', async () => {
    const reason = '群众在现场反映紧急情况，要当场答复';
    for (const persona of ['approver-approval', 'approver-human-resources']) {
      const number = await submitted(await product.as('father'));
      expect((await post(await product.as(persona), '/desk/break-glass', { number, reason })).status).toBe(303);
    }
    await product.house.drain();
    const [security, auditor] = [await product.as('security-admin'), await product.as('audit-admin')];
    const reviews = await security.call('GET', '/admin/break-glass');
    const [power] = /\/admin\/break-glass\/[^"]+/.exec(reviews.text) ?? [''];
    const alarms = await auditor.call('GET', '/admin/alarms');
    const [alarm] = /break-glass 2026[^"]+/.exec(alarms.text) ?? [''];
    for (const { status, text } of [
      await post(security, power, { remark: long }),
      await post(auditor, '/admin/alarms', { alarm, note: long }),
    ]) {
      expect(status).toBe(422);
      expect(text.split(long)).toHaveLength(2);
    }
    const missing = await post(security, power, { remark: '查过了' });
    for (const words of [say('field.verdict-missing'), 'value="查过了"']) expect(missing.text).toContain(words);
  });
});
