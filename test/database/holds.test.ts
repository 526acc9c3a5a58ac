import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { submitted } from '../support/newborn.ts';
import { say } from '../support/story.ts';

/** Cases that must not be erased, as the security administrator places and lifts it on a page. */
let product: Product;
let admin: Client;
let number: string;
beforeAll(async () => {
  product = await openProduct();
  admin = await product.as('security-admin');
  number = await submitted(await product.as('father'));
});

async function post(client: Client, url: string, form: Record<string, string> = {}) {
  const headers = { cookie: client.cookie, 'content-type': 'application/x-www-form-urlencoded' };
  const payload = new URLSearchParams({ ...form, _csrf: client.csrf }).toString();
  const {
    statusCode,
    payload: text,
    headers: told,
  } = await product.app.inject({ method: 'POST', url, payload, headers });
  return { status: statusCode, text, to: told.location };
}
const page = async () => (await admin.call('GET', '/admin/holds')).text;
const idIn = (text: string) => /action="\/admin\/holds\/([^/"]+)\/end"/.exec(text)?.[1] ?? '';
const trail = () =>
  product.house.db.query<{ what: string; who: string; reason: string }>(
    `select what, who_id as who, reason from ledger.trail where about = $1 and what like 'hold.%' order by position`,
    [number],
  );

describe('a hold', () => {
  test('is for the security administrator, and the page is there before the first one', async () => {
    expect(await page()).toContain(say('admin.hold.none'));
    for (const persona of ['admin', 'audit-admin', 'clerk-liantang', 'lead-health', 'father']) {
      const other = await product.as(persona);
      expect((await other.call('GET', '/admin/holds')).status, persona).toBe(403);
      expect((await post(other, '/admin/holds', { number, reason: '行政诉讼' })).status, persona).toBe(403);
    }
  });

  test('says beside each field what is wrong, and keeps what was typed', async () => {
    // A day that does not exist is none, and not the one after it.
    const never = await post(admin, '/admin/holds', { number, reason: '行政诉讼 12 号', until: '2027-02-30' });
    expect(never.text).toContain(say('field.hold-end-wrong'));
    const wrong = await post(admin, '/admin/holds', { number, reason: '诉', until: '2026-06-09' });
    expect(wrong.status).toBe(422);
    for (const text of [say('field.power-reason-missing'), say('field.hold-end-wrong'), 'value="2026-06-09"'])
      expect(wrong.text).toContain(text);
    for (const odd of ['360121', '360123100000202600000001X', 'nonsense']) {
      const answer = await post(admin, '/admin/holds', { number: odd, reason: '行政诉讼' });
      expect([odd, answer.status, answer.text.includes(say('field.number-wrong'))]).toEqual([odd, 404, true]);
    }
    expect(await trail()).toEqual([]);
  });

  test('is placed with its reason and its last day, without a word of the case', async () => {
    const spoken = number.replace(/(.{4})/g, '$1 ');
    const done = await post(admin, '/admin/holds', { number: spoken, reason: '行政诉讼 12 号', until: '2026-12-31' });
    expect(done).toMatchObject({ status: 303, to: '/admin/holds?done=begun' });
    const text = await page();
    for (const word of ['行政诉讼 12 号', '涂晓岚', say('admin.hold.state.holds'), '2026年12月31日'])
      expect(text).toContain(word);
    expect(text).not.toContain('陈志远');
    const { cases, clock } = product.house;
    const [held] = (await cases.holds.list(await product.staff('security-admin'), clock().toISOString())).rows;
    expect(held).toMatchObject({ number, until: '2026-12-31T16:00:00.000Z', holds: true });
  });

  test('is lifted with a reason, once; all of it stays on the page and in the trail', async () => {
    const id = idIn(await page());
    const nothing = await post(admin, `/admin/holds/${id}/end`);
    expect([nothing.status, nothing.text.includes(say('field.power-reason-missing'))]).toEqual([422, true]);
    const why = { [`why-${id}`]: '已结案' };
    expect(await post(admin, `/admin/holds/${id}/end`, why)).toMatchObject({ status: 303 });
    const text = await page();
    for (const word of [say('admin.hold.state.ended'), '已结案', '行政诉讼 12 号']) expect(text).toContain(word);
    expect(idIn(text)).toBe('');
    expect((await post(admin, `/admin/holds/${id}/end`, why)).status).toBe(409);
    expect(await trail()).toEqual([
      { what: 'hold.begin', who: '360121-security-admin', reason: 'hold.begin:行政诉讼 12 号' },
      { what: 'hold.end', who: '360121-security-admin', reason: 'hold.end:已结案' },
    ]);
  });
});
