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

/** A card for an older person, entered by the clerk: it could be finished while the person waits. */
async function atCounter(): Promise<string> {
  const [name, idCard, phone, address] = ['万根生', '360121194204050016', '13800000003', '莲塘镇公园路 5 号'];
  const { body, text } = await clerk.call<{ number?: string }>('POST', '/api/v1/cases', {
    ...{ commandId: 'typed-words.counter', division: '360121100000', situation: {} },
    ...{ subject: { kind: 'item', id: 'senior-card' }, applicant: { name, idCard, phone, address } },
    answers: {
      ...{ applicant_name: name, applicant_id_card: idCard, applicant_phone: phone, applicant_address: address },
      ...{ contact_name: '万小明', contact_phone: '13800000004' },
    },
    papers: ['applicant_id', 'applicant_photo'],
  });
  if (!body.number) throw new Error(text);
  return body.number;
}
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

  test('gives who decides at the counter back the result, when a colleague had accepted it', async () => {
    const number = await atCounter();
    await act(clerk, number, { type: 'accept' });
    const form = { act: 'on-the-spot', seenVersion: '1', reason: '当场办好', r_senior_card_number: '3601210123' };
    const told = await post(clerk, `/desk/cases/${number}`, form);
    expect(told.status).toBe(409);
    for (const words of ['当场办好', '老年人优待证编号：3601210123']) expect(told.text).toContain(words);
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
    const why = say('desk.return.why', { at: 1 });
    for (const [form, name, max, typed] of [
      [{ act: 'not-accept', reason: long }, say('desk.act.reason'), 1000, 1001],
      [{ act: 'return', ...missing, 'why-free-1': '长'.repeat(501) }, why, 500, 501],
    ] as const) {
      const told = await post(clerk, `/desk/cases/${number}`, { seenVersion: '1', ...form });
      expect(told.status).toBe(422);
      expect(told.text).toContain(say('field.too-long', { name, max, typed }));
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
    expect(told.text).toContain(say('field.too-long', { name: say('desk.act.reason'), max: 1000, typed: 3_500_000 }));
    expect(told.text).toContain(say('components.errors.cut', { count: 5000 }));
    expect(told.text.length).toBeLessThan(200_000);
  });

  test('is told with what happened when its form has gone meanwhile', async () => {
    const number = await submitted(father);
    await act(father, number, { type: 'withdraw' });
    const told = await post(clerk, `/desk/cases/${number}`, { act: 'not-accept', seenVersion: '1', reason: long });
    for (const words of [say('problem.changed-meanwhile.title'), say('desk.act.typedBefore'), long])
      expect(told.text).toContain(words);
    expect(told.text).not.toContain(say('components.errors.title', { count: 1 }));
  });

  test('of a decision at the counter is refused before anything is entered', async () => {
    const cases = () => product.house.db.query('select count(*)::int as count from cases.case');
    const before = await cases();
    const url = '/desk/counter/item/senior-card';
    const told = await post(clerk, url, { do: 'spot', r_senior_card_number: '1'.repeat(501), reason: '可以' });
    expect(told.status).toBe(422);
    const name = '老年人优待证编号';
    expect(told.text).toContain(say('field.too-long', { name, max: 500, typed: 501 }));
    expect(told.text).toContain(`href="#r_senior_card_number"`);
    expect(told.text).toContain('1'.repeat(501));
    expect(await cases()).toEqual(before);
  });

  test('why somebody wants to see everything is kept whole, or refused whole', async () => {
    const number = await submitted(father);
    await act(clerk, number, { type: 'accept' });
    const words = '因'.repeat(201);
    const told = await post(clerk, `/desk/cases/${number}/full`, { why: 'other', words });
    expect(told.status).toBe(422);
    for (const text of [words, say('field.too-long', { name: say('field.of.words'), max: 200, typed: 201 })])
      expect(told.text).toContain(text);
    expect((await post(clerk, `/desk/cases/${number}/full`, { why: 'other', words: words.slice(1) })).status).toBe(200);
  });
});
