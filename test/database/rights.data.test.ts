import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { answers, submitted } from '../support/newborn.ts';
import { say } from '../support/story.ts';

/** What a citizen may know of what is kept of them: who looked, and a copy of everything. */
type Copy = {
  person: Record<string, string>;
  cases: {
    number: string;
    outcome?: string;
    answers: Record<string, string>;
    events: { what: string; by: unknown }[];
  }[];
  looked: { what: string; why?: string; agency?: { zh: string }; roles: string[] }[];
  signIns: unknown[];
};
let product: Product;
let father: Client;
let number: string;
const pages = ['/account/data', '/account/looked', '/account/data/copy', '/account/data/automatic'];
const taken = ['/account/data/copy/file', '/account/data/copy/page'];

beforeAll(async () => {
  product = await openProduct();
  father = await product.as('father');
  number = await submitted(father);
});
const get = (who: Client, path: string) => who.call('GET', path);

describe('who looked at my data', () => {
  test('says so while nobody has', async () => {
    const page = await get(await product.as('older-resident'), '/account/looked');
    expect(page.text).toContain('还没有人看过');
  });

  test('tells the office, the role, why and of which case, but no name of staff', async () => {
    const clerk = await product.as('clerk-liantang');
    await get(clerk, `/desk/cases/${number}`);
    await get(await product.as('supervisor'), `/desk/cases/${number}`);
    const { text } = await get(father, '/account/looked');
    expect(text).toContain('莲塘镇便民服务中心看了您的办件');
    expect(text).toContain('窗口人员');
    expect(text).toContain('正在办理您的事');
    expect(text).toContain('只看到遮住的信息');
    expect(text).toContain(`href="/cases/${number}"`);
    expect(text).not.toContain('熊晓燕');
    expect((await get(await product.as('older-resident'), '/account/looked')).text).toContain('还没有人看过');
  });

  test('is turned page by page', async () => {
    const clerk = await product.as('clerk-liantang');
    for (let times = 0; times < 25; times++) await get(clerk, `/desk/cases/${number}`);
    expect((await get(father, '/account/looked')).text).toContain('href="/account/looked?page=2"');
    const second = (await get(father, '/account/looked?page=2')).text;
    expect(second).toContain('href="/account/looked?page=1"');
    expect(second).not.toContain('page=3');
  });
});

describe('a copy of my data', () => {
  test('holds what was given and what happened, in a form machines read', async () => {
    const { status, type, body } = await father.call<Copy>('GET', '/account/data/copy/file');
    expect([status, type]).toEqual([200, 'application/json; charset=utf-8']);
    expect(body.person).toMatchObject({ name: '陈志远', idCard: answers.father_id_card, phone: '13800000001' });
    expect(body.cases.map((one) => one.number)).toEqual([number]);
    expect(body.cases[0]?.answers).toMatchObject({ child_name: answers.child_name, mother_name: answers.mother_name });
    expect(body.cases[0]?.events).toContainEqual(expect.objectContaining({ what: 'submitted', by: 'applicant' }));
    expect(body.looked).toContainEqual(
      expect.objectContaining({
        what: 'case.read',
        why: 'work',
        agency: expect.objectContaining({ zh: '莲塘镇便民服务中心' }),
      }),
    );
    expect(body.signIns.length).toBeGreaterThan(0);
  });

  test('is the same to be read and printed', async () => {
    const { text } = await get(father, '/account/data/copy/page');
    for (const value of [answers.child_name, answers.mother_name, answers.father_id_card, '莲塘镇'])
      expect(text).toContain(value);
  });

  test('holds nothing of anybody else', async () => {
    const other = await get(await product.as('older-resident'), '/account/data/copy/file');
    for (const value of Object.values(answers).filter((answer) => /^\d{11,}|^\p{Script=Han}{2,4}$/u.test(answer)))
      expect(other.text).not.toContain(value);
    const own = (await get(father, '/account/data/copy/file')).text;
    expect(own, 'whoever works on it').not.toContain('熊晓燕');
  });

  test('says where there is nothing, instead of empty headings', async () => {
    const { text } = await get(await product.as('older-resident'), '/account/data/copy/page');
    for (const none of ['noRequests', 'noConsents']) expect(text).toContain(say(`rights.copy.${none}`));
    expect(text).toContain(say('rights.erase.noDrafts'));
  });

  test('says how a case ended in the words of my cases', async () => {
    const ended = await submitted(father);
    const command = { command: { type: 'withdraw' }, commandId: `withdraw-${ended}` };
    expect((await father.call('POST', `/api/v1/cases/${ended}/commands`, command)).status).toBe(200);
    const { body } = await father.call<Copy>('GET', '/account/data/copy/file');
    const outcomes = Object.fromEntries(body.cases.map((one) => [one.number, one.outcome]));
    expect(outcomes).toEqual({ [ended]: 'withdrawn', [number]: undefined });
    const { text } = await get(father, '/account/data/copy/page');
    for (const state of ['withdrawn', 'submitted']) expect(text).toContain(say(`portal.status.${state}`));
  });

  test('is in the trail before it leaves', async () => {
    const rows = await product.house.db.query<{ whose: string; form: string }>(
      `select whose, detail ->> 'form' as form from ledger.trail where what = 'person.copy' and kind = 'export' and whose = who_id`,
    );
    expect(rows.map(({ form }) => form)).toEqual(expect.arrayContaining(['file', 'page']));
  });

  test('asks to sign in once more when that was a while ago', async () => {
    const { db } = product.house;
    const late = await product.as('older-resident');
    await db.query(`update identity.session set proved_at = proved_at - interval '6 minutes'`);
    await db.query(`select pg_notify('session', '')`);
    for (const path of taken) await expect.poll(async () => (await get(late, path)).status).toBe(303);
    const confirm = await get(late, `/account/confirm?next=${encodeURIComponent(taken[0] ?? '')}`);
    expect(confirm.text).toContain(`href="/sign-in?next=${encodeURIComponent(taken[0] ?? '')}"`);
  });
});

test.each([...pages, ...taken])('%s is nobody else’s: a visitor signs in, staff are refused', async (path) => {
  expect((await get(await product.as(), path)).status).toBe(303);
  for (const persona of ['clerk-liantang', 'supervisor', 'admin', 'security-admin', 'audit-admin'])
    expect((await get(await product.as(persona), path)).status, persona).toBe(403);
});
