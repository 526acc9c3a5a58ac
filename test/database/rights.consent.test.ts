import { beforeAll, describe, expect, test } from 'vitest';
import { checkCharacter112 } from '../../src/elements/iso7064.ts';
import { openDb, openLog } from '../../src/platform/door.ts';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { answers, fillIn, liantang, situation, subject, submitted } from '../support/newborn.ts';

/** Separate consent to sensitive answers, by the child's guardian, and taking it back. */
type Wrong = { code: string; errors: { field: string; code: string }[] };
const card = (body: string) => body + checkCharacter112(body);
let product: Product;
let father: Client;
beforeAll(async () => {
  product = await openProduct();
  father = await product.as('father');
});

type Row = { seq: number; kind: string; person: string; elements: string[]; given_as: string; by_id: string };
const rows = (number: string) =>
  product.house.db.query<Row>(
    'select seq, kind, person, elements, given_as, by_id from cases.consent where number = $1 order by seq',
    [number],
  );
async function post(client: Client, url: string, form: Record<string, string> = {}) {
  const headers = { cookie: client.cookie, 'x-csrf-token': client.csrf };
  const answer = await product.app.inject({ method: 'POST', url, payload: form, headers });
  return { status: answer.statusCode, text: answer.payload, to: answer.headers.location };
}

async function returned(clerk: Client, number: string) {
  const command = { type: 'return', missing: [{ what: '孩子居住地址', why: '没有写' }] };
  const done = await clerk.call('POST', `/api/v1/cases/${number}/commands`, { command, commandId: `return-${number}` });
  expect(done.status).toBe(200);
}
/** A case that is returned, handed in without an answer that needs consent; the application itself takes no row away. */
async function returnedWithout(clerk: Client): Promise<string> {
  const number = await submitted(father);
  const { databaseUrl = '' } = product.house.config;
  const owner = openDb({ url: databaseUrl, log: openLog('silent') });
  await owner.query('delete from cases.consent where number = $1', [number]);
  await owner.end();
  await returned(clerk, number);
  return number;
}

describe('consent', () => {
  test('is asked for once more, alone, when sensitive answers rest on no duty', async () => {
    const draft = await fillIn(father);
    const { status, body } = await father.call<Wrong>('POST', `/api/v1/drafts/${draft}/submission`);
    expect([status, body.errors]).toEqual([
      422,
      [expect.objectContaining({ field: 'consent', code: 'consent-missing' })],
    ]);
    const page = await father.call('GET', `/apply/${draft}/check`);
    expect(page.text).toContain('作为孩子的父母或其他监护人');
    expect(page.text).toContain('孩子居住地址');
    const form = { command: 'c-1', declared: 'yes' };
    const without = await post(father, `/apply/${draft}/submit`, form);
    expect(without.status).toBe(422);
    expect(without.text).toMatch(/name="declared"[^>]*checked/);
    expect(without.text).toContain('id="consent-error"');
    expect((await post(father, `/apply/${draft}/submit`, { ...form, consent: 'v0' })).status, 'older words').toBe(422);
    expect((await post(father, `/apply/${draft}/submit`, { ...form, consent: 'v1' })).status).toBe(303);
  });

  test('is kept with the case: who, as whose father, to which answers', async () => {
    const number = await submitted(father);
    const [given] = await rows(number);
    expect(given).toMatchObject({ kind: 'given', elements: ['child_home_address'], given_as: 'father' });
    expect(given?.person).toBe(given?.by_id);
  });

  test('at the counter is noted by the clerk for the person who came', async () => {
    const clerk = await product.as('clerk-liantang');
    const body = {
      ...{ commandId: 'at-counter', division: liantang, subject, situation, answers, papers: ['delivery_record'] },
      applicant: { name: '刘雨桐', idCard: '360121199708260028', phone: '13800000002', address: '公园路社区' },
    };
    const refused = await clerk.call<Wrong>('POST', '/api/v1/cases', body);
    expect([refused.status, refused.body.errors[0]?.field]).toEqual([422, 'consent']);
    const made = await clerk.call<{ number: string }>('POST', '/api/v1/cases', { ...body, consent: true });
    const [given] = await rows(made.body.number);
    expect(given).toMatchObject({ given_as: 'mother', by_id: '360121-clerk-liantang' });
    expect(given?.person).not.toBe(given?.by_id);
  });

  test('is not given by a child of ten, whoever ticks the box: a guardian has to apply', async () => {
    const clerk = await product.as('clerk-liantang');
    const body = {
      ...{ commandId: 'by-a-child', division: liantang, subject, situation, answers, papers: ['delivery_record'] },
      applicant: { name: '周小雨', idCard: card('36012120160301002'), phone: '13800000002', address: '公园路社区' },
    };
    const refused = await clerk.call<Wrong>('POST', '/api/v1/cases', { ...body, consent: true });
    expect([refused.status, refused.body.errors.map(({ code }) => code)]).toEqual([422, ['consent-too-young']]);
    expect(refused.text).toContain('14');
    const older = { ...body.applicant, name: '周大雨', idCard: card('36012120120301002') };
    const made = await clerk.call('POST', '/api/v1/cases', { ...body, applicant: older, consent: true });
    expect(made.status, made.text).toBe(201);
  });

  test('is taken back by another row; staff then read those answers no more, the father does', async () => {
    const number = await submitted(father);
    const clerk = await product.as('clerk-liantang');
    const home = answers.child_home_address;
    const seenBy = async (who: Client, path: string) =>
      (await who.call('GET', path)).text.includes(`<div class="summary-value">${home}`);
    const lines = async () => (await clerk.call('GET', `/desk/cases/${number}`)).text.split(home).length;
    const before = await lines();
    const sure = await father.call('GET', `/account/data/consents/${number}`);
    expect(sure.text).toContain('这件事还在办');
    expect((await post(father, `/account/data/consents/${number}`)).to).toBe('/account/data/consents?done=withdrawn');
    expect((await rows(number)).map(({ kind }) => kind)).toEqual(['given', 'withdrawn']);
    expect(await lines(), 'one line fewer').toBe(before - 1);
    expect((await clerk.call('GET', `/desk/cases/${number}`)).text).toContain('撤回了对 1 项敏感信息的同意');
    expect((await clerk.call('GET', `/api/v1/cases/${number}`)).text).not.toContain('child_home_address');
    expect(await seenBy(father, `/cases/${number}`)).toBe(true);
    expect((await post(father, `/account/data/consents/${number}`)).status, 'once').toBe(409);
    const { db } = product.house;
    const noted = await db.query(`select from ledger.trail where what = 'consent.withdraw' and about = $1`, [number]);
    expect(noted.length).toBeGreaterThan(0);
  });

  test('is asked for in a correction that brings a sensitive answer for the first time, and kept like any other', async () => {
    const clerk = await product.as('clerk-liantang');
    const [byPage, byInterface] = [await returnedWithout(clerk), await returnedWithout(clerk)];
    const form = { ...answers, command: 'again-1', version: '2' };
    const path = `/cases/${byPage}/correct/answers`;
    expect((await father.call('GET', path)).text).toContain('作为孩子的父母或其他监护人');
    for (const consent of [{}, { consent: 'v0' }] as Record<string, string>[]) {
      const without = await post(father, path, { ...form, ...consent });
      expect([without.status, without.text.includes('id="consent-error"')]).toEqual([422, true]);
    }
    expect(await rows(byPage)).toEqual([]);
    expect((await post(father, path, { ...form, consent: 'v1' })).status).toBe(303);

    const resubmit = (more = {}) => {
      const body = { command: { type: 'resubmit', answers: {}, ...more }, commandId: `again-${byInterface}` };
      return father.call<Wrong>('POST', `/api/v1/cases/${byInterface}/commands`, body);
    };
    const bare = await resubmit();
    expect([bare.status, bare.body.errors.map(({ code }) => code)]).toEqual([422, ['consent-missing']]);
    expect((await resubmit({ consent: true })).status).toBe(200);
    for (const number of [byPage, byInterface]) {
      const [given] = await rows(number);
      expect(given).toMatchObject({ kind: 'given', elements: ['child_home_address'], given_as: 'father' });
      expect((await post(father, `/account/data/consents/${number}`)).status).toBe(303);
      expect((await clerk.call('GET', `/api/v1/cases/${number}`)).text).not.toContain('child_home_address');
    }
  });

  test('is not asked again in a correction for what it was given to before', async () => {
    const clerk = await product.as('clerk-liantang');
    const number = await submitted(father);
    await returned(clerk, number);
    const path = `/cases/${number}/correct/answers`;
    expect((await father.call('GET', path)).text).not.toContain('name="consent"');
    expect((await post(father, path, { ...answers, command: 'again-2', version: '2' })).status).toBe(303);
    expect(await rows(number)).toHaveLength(1);
  });

  test('is nobody else’s to see or to take back', async () => {
    const number = await submitted(father);
    for (const persona of ['mother', 'older-resident']) {
      const other = await product.as(persona);
      expect((await other.call('GET', `/account/data/consents/${number}`)).status).toBe(404);
      expect((await post(other, `/account/data/consents/${number}`)).status).toBe(404);
    }
    expect((await post(await product.as('clerk-liantang'), `/account/data/consents/${number}`)).status).toBe(403);
    expect(await rows(number)).toHaveLength(1);
  });

  test('cannot be changed or taken out by the application', async () => {
    for (const sql of [`update cases.consent set kind = 'given'`, 'delete from cases.consent'])
      await expect(product.house.db.query(sql)).rejects.toMatchObject({ code: '42501' });
  });
});
