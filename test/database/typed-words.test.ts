import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { answers, submitted } from '../support/newborn.ts';
import { say } from '../support/story.ts';

/** Nothing typed is lost when a case has moved on under an open form, or a text is too long. */
let product: Product;
let father: Client;
let clerk: Client;
let health: Client;
let lead: Client;
beforeAll(async () => {
  product = await openProduct();
  [father, clerk] = [await product.as('father'), await product.as('clerk-liantang')];
  [health, lead] = [await product.as('approver-health'), await product.as('lead-health')];
});

async function post(client: Client, url: string, form: Record<string, string>, referer = `http://localhost${url}`) {
  const headers = {
    cookie: client.cookie,
    'content-type': 'application/x-www-form-urlencoded',
    host: 'localhost',
    referer,
  };
  const payload = new URLSearchParams({ ...form, _csrf: client.csrf }).toString();
  const { statusCode, payload: text } = await product.app.inject({ method: 'POST', url, payload, headers });
  return { status: statusCode, text };
}
let acted = 0;
const act = (client: Client, number: string, command: object) =>
  client.call('POST', `/api/v1/cases/${number}/commands`, { command, commandId: `typed-words-${acted++}` });
const item = 'birth-certificate';
const missing = { 'what-free-1': '户口本首页', 'why-free-1': '漏拍了<b>首页</b>' };

describe('a form whose case has moved on', () => {
  test('gives the clerk back the whole list of what is missing', async () => {
    const number = await submitted(father);
    await act(father, number, { type: 'withdraw' });
    const told = await post(clerk, `/desk/cases/${number}`, { act: 'return', seenVersion: '1', ...missing });
    expect(told.status).toBe(409);
    expect(told.text).toContain(say('desk.act.typedBefore'));
    expect(told.text).toContain('户口本首页：漏拍了&lt;b>首页&lt;/b>');
  });

  test('gives the approver back the reason and every result', async () => {
    const number = await submitted(father);
    await act(clerk, number, { type: 'accept' });
    await act(health, number, { type: 'claim', item });
    await act(health, number, { type: 'release', item });
    await act(lead, number, { type: 'claim', item });
    const form = { act: 'grant', item, reason: '核对过原件', r_birth_certificate_number: 'V360099999' };
    const told = await post(health, `/desk/cases/${number}`, form);
    expect(told.status).toBeGreaterThanOrEqual(400);
    for (const words of ['核对过原件', 'V360099999']) expect(told.text).toContain(words);
  });

  test('gives the applicant back the answers of a correction, on our own form only', async () => {
    const number = await submitted(father);
    await act(clerk, number, { type: 'return', missing: [{ what: '医院', why: '请写全称' }] });
    await act(father, number, { type: 'withdraw' });
    const form = { birth_hospital: '南昌县第三人民医院', child_birth_date: answers.child_birth_date };
    const url = `/cases/${number}/correct/answers`;
    const told = await post(father, url, form);
    expect(told.status).toBe(409);
    for (const words of [say('problem.typed.lead'), '南昌县第三人民医院', '2026年6月1日'])
      expect(told.text).toContain(words);
    expect((await post(father, url, form, 'https://evil.example/')).text).not.toContain('第三人民医院');
  });
});

describe('a text that is too long', () => {
  const long = '长'.repeat(1001);
  test('is refused beside its field, kept, and the case stays as it is', async () => {
    const number = await submitted(father);
    for (const [form, max, typed] of [
      [{ act: 'not-accept', reason: long }, 1000, 1001],
      [{ act: 'return', ...missing, 'why-free-1': '长'.repeat(501) }, 500, 501],
    ] as const) {
      const told = await post(clerk, `/desk/cases/${number}`, { seenVersion: '1', ...form });
      expect(told.status).toBe(422);
      expect(told.text).toContain(say('field.text-too-long', { max, typed }));
      expect(told.text).toContain('长'.repeat(typed));
    }
    const { body } = await clerk.call<{ status: string; version: number }>('GET', `/api/v1/cases/${number}`);
    expect(body).toMatchObject({ status: 'submitted', version: 1 });
  });

  test('of ten megabytes is answered on the page of the case', async () => {
    const number = await submitted(father);
    const told = await post(clerk, `/desk/cases/${number}`, {
      ...{ act: 'not-accept', seenVersion: '1', reason: '长'.repeat(3_500_000) },
    });
    expect(told.status).toBe(422);
    expect(told.text).toContain(say('field.text-too-long', { max: 1000, typed: 3_500_000 }));
    expect(told.text.length).toBeLessThan(200_000);
  });
});
