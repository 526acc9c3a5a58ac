import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { liantang, submitted } from '../support/newborn.ts';
import { say } from '../support/story.ts';

/** What cannot be right, on pages where people and staff type it: told beside its field, kept, and only ever a text. */
let product: Product;
let father: Client;
let clerk: Client;
let resident: Client;
beforeAll(async () => {
  product = await openProduct();
  [father, clerk] = [await product.as('father'), await product.as('clerk-liantang')];
  resident = await product.as('older-resident');
});

async function post(client: Client, url: string, form: Record<string, string>) {
  const headers = { cookie: client.cookie, 'content-type': 'application/x-www-form-urlencoded' };
  const payload = new URLSearchParams({ ...form, _csrf: client.csrf }).toString();
  const answer = await product.app.inject({ method: 'POST', url, payload, headers });
  return { status: answer.statusCode, to: answer.headers.location, text: answer.payload };
}
const page = async (client: Client, url: string) => (await client.call('GET', url)).text;
let acted = 0;
const act = (client: Client, number: string, command: object) =>
  client.call('POST', `/api/v1/cases/${number}/commands`, { command, commandId: `bad-input-${acted++}` });

describe('a credit code with a wrong check character', () => {
  const code = '91360121MA35K2X00A';
  const message = say('field.credit-code-check', { name: '统一社会信用代码' });
  const subject = { kind: 'item', id: 'public-place-hygiene' };

  test('is told beside its field to who applies, and kept', async () => {
    const { questions } = product.house.elements;
    const question = questions.find(({ elements }) => elements.some(({ id }) => id === 'business_credit_code'));
    const { body } = await father.call<{ id: string }>('POST', '/api/v1/drafts', {
      ...{ subject, division: liantang, situation: {} },
    });
    const told = await post(father, `/apply/${body.id}/${question?.id}`, { business_credit_code: code });
    expect(told.status).toBe(422);
    for (const text of [message, 'id="business_credit_code-error"', `value="${code}"`])
      expect(told.text).toContain(text);
  });

  test('is told beside its field to the counter, and kept', async () => {
    const form = { do: 'enter', a_business_credit_code: code };
    const told = await post(clerk, `/desk/counter/${subject.kind}/${subject.id}`, form);
    expect(told.status).toBe(422);
    for (const text of [message, 'id="a_business_credit_code-error"', `value="${code}"`])
      expect(told.text).toContain(text);
  });
});

describe('SQL and HTML', () => {
  const nasty = `'); drop table cases.case; --<img src=x onerror=alert(1)><script>alert(2)</script>&amp;`;
  const shown = nasty.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  /** The page has it as it was typed, and nothing of it is more than letters. */
  function isText(text: string): void {
    expect(text).toContain(shown);
    for (const made of ['<img src=x', '<script>alert']) expect(text).not.toContain(made);
  }

  test('in a reason and a result of the desk stand as they were typed, for who decided and who applied', async () => {
    const number = await submitted(father);
    const health = await product.as('approver-health');
    const item = 'childcare-guidance';
    await act(clerk, number, { type: 'accept' });
    await act(health, number, { type: 'claim', item });
    const form = { act: 'grant', item, reason: nasty, r_guidance_team: nasty, r_guidance_first_day: '明天' };
    const refused = await post(health, `/desk/cases/${number}`, form);
    expect(refused.status).toBe(409);
    expect(refused.text.split(shown)).toHaveLength(3);
    isText(refused.text);
    const granted = { ...form, r_guidance_first_day: '2026-07-01' };
    expect((await post(health, `/desk/cases/${number}`, granted)).status).toBe(303);
    isText(await page(health, `/desk/cases/${number}?item=${item}`));
    isText(await page(father, `/cases/${number}`));
    const { body } = await father.call<{ branches: { item: string; results?: { value: string }[] }[] }>(
      ...(['GET', `/api/v1/cases/${number}`] as const),
    );
    const { results = [] } = body.branches.find((branch) => branch.item === item) ?? {};
    expect(results.map(({ value }) => value)).toContain(nasty);
  });

  test('in a list of what is missing stand as they were typed', async () => {
    const number = await submitted(father);
    const form = { act: 'return', seenVersion: '1', 'what-free-1': nasty, 'why-free-1': nasty };
    expect((await post(clerk, `/desk/cases/${number}`, form)).status).toBe(303);
    isText(await page(father, `/cases/${number}`));
    isText(await page(clerk, `/desk/cases/${number}`));
  });

  test('in a rating stand as they were typed', async () => {
    const number = await closed();
    const url = `/cases/${number}/rate`;
    expect((await post(resident, url, { level: '2', comment: nasty })).status).toBe(303);
    isText(await page(resident, url));
    const { body } = await resident.call<{ rating: { comment: string } }>('GET', `/api/v1/cases/${number}/rating`);
    expect(body.rating.comment).toBe(nasty);
  });

  test('in a request and its answer stand as they were typed', async () => {
    const asked = await post(father, '/account/data/ask/explain', { division: liantang, words: nasty });
    expect(asked.status).toBe(303);
    const [, url = ''] = /href="(\/desk\/requests\/[^"]+)"/.exec(await page(clerk, '/desk/requests')) ?? [];
    isText(await page(clerk, url));
    expect((await post(clerk, url, { outcome: 'done', reason: nasty })).status).toBe(303);
    expect((await page(father, '/account/data/requests')).split(shown).length).toBeGreaterThanOrEqual(2);
    isText(await page(father, '/account/data/requests'));
  });
});

describe('a text without end', () => {
  // Three bytes each, and three letters for each byte on the way: more than 30 MB.
  const endless = '长'.repeat(3_500_000);
  const kept = (text: string) => Math.max(...(text.match(/长+/g) ?? []).map(({ length }) => length));

  test.each([
    ['/account/data/ask/explain', { division: liantang, words: endless }, 'words', 500],
    ['/account/data/ask/correct', { division: liantang, field: 'name', value: endless }, 'value', 50],
  ])('in a request (%s) is told beside its field, and its beginning is kept', async (url, form, field, max) => {
    const told = await post(father, url, form);
    expect(told.status).toBe(422);
    expect(told.text).toContain(say('field.too-long', { name: say(`field.of.${field}`), max, typed: 3_500_000 }));
    expect(told.text).toContain(say('components.errors.cut', { count: 5000 }));
    expect(kept(told.text)).toBe(5000);
  });

  test('in a rating is told beside its field, and its beginning is kept; the case can still be rated', async () => {
    const url = `/cases/${await closed()}/rate`;
    const told = await post(resident, url, { level: '1', comment: endless });
    expect(told.status).toBe(422);
    expect(told.text).toContain('id="comment-error"');
    for (const text of ['3500000', say('components.errors.cut', { count: 5000 })]) expect(told.text).toContain(text);
    expect(kept(told.text)).toBe(5000);
    expect((await post(resident, url, { level: '1', comment: '长'.repeat(500) })).status).toBe(303);
  });

  test('in a result is told beside its field, and nothing is decided', async () => {
    const number = await submitted(father);
    const health = await product.as('approver-health');
    const item = 'childcare-guidance';
    await act(clerk, number, { type: 'accept' });
    await act(health, number, { type: 'claim', item });
    const form = { act: 'grant', item, reason: '符合', r_guidance_first_day: '2026-07-01', r_guidance_team: endless };
    const told = await post(health, `/desk/cases/${number}`, form);
    expect(told.status).toBe(422);
    const name = '负责的家庭医生团队';
    expect(told.text).toContain(say('field.too-long', { name, max: 500, typed: 3_500_000 }));
    for (const text of ['id="r_guidance_team-error"', 'value="2026-07-01"', '符合']) expect(told.text).toContain(text);
    expect(kept(told.text)).toBe(5000);
    const { body } = await health.call<{ branches: { item: string; status: string }[] }>(
      'GET',
      `/api/v1/cases/${number}`,
    );
    expect(body.branches.find((branch) => branch.item === item)?.status).toBe('claimed');
  });
});

/** A card for an older resident, finished while they waited. */
async function closed(): Promise<string> {
  const [name, idCard, phone, address] = ['万根生', '360121194204050016', '13800000003', '莲塘镇公园路 5 号'];
  const { body, text } = await clerk.call<{ number: string }>('POST', '/api/v1/cases', {
    ...{ commandId: `bad-input-${acted++}`, division: liantang, situation: {} },
    ...{ subject: { kind: 'item', id: 'senior-card' }, applicant: { name, idCard, phone, address } },
    answers: {
      ...{ applicant_name: name, applicant_id_card: idCard, applicant_phone: phone, applicant_address: address },
      ...{ contact_name: '万小明', contact_phone: '13800000004' },
    },
    papers: ['applicant_id', 'applicant_photo'],
  });
  const results = { senior_card_number: '3601210123' };
  const ended = await act(clerk, body.number, { type: 'decide-on-the-spot', reason: '符合', results });
  if (ended.status !== 200) throw new Error(text + ended.text);
  await product.house.drain();
  return body.number;
}
