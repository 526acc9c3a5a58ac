import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { answers, fillIn, liantang, submitted } from '../support/newborn.ts';

/** What people may ask about their own data, and how a counter answers, through the machine interface. */
type Request = { id: string; kind: string; answer: { outcome: string } | null; wish: { words: string } };

let at = new Date('2026-06-10T02:00:00.000Z');
let product: Product;
let father: Client;
let clerk: Client;
let number: string;
beforeAll(async () => {
  product = await openProduct(() => at);
  father = await product.as('father');
  clerk = await product.as('clerk-liantang');
  number = await submitted(father);
});

describe('one’s own data', () => {
  test('is masked as on the page, and whole in the copy, which is kept in the trail', async () => {
    const own = await father.call('GET', '/api/v1/me');
    expect(own).toMatchObject({ status: 200, body: { name: '陈志远', phone: '138****0001' } });
    expect(own.text).not.toContain(answers.father_id_card);
    const copy = await father.call<{ person: object; cases: { number: string }[] }>('GET', '/api/v1/me/copy');
    expect(copy.body).toMatchObject({ person: { idCard: answers.father_id_card }, cases: [{ number }] });
    const [entry] = await product.entries('person.copy');
    expect(entry).toMatchObject({ kind: 'export', detail: { form: 'file', cases: 1 } });
  });

  test('a look of staff is told with the office and the reason, and nobody’s name', async () => {
    const full = { why: 'check' };
    expect((await clerk.call('POST', `/api/v1/cases/${number}/full`, full)).status).toBe(200);
    const looks = await father.call('GET', '/api/v1/me/looks');
    expect(looks.body).toMatchObject({
      looks: [{ what: 'case.read-in-full', about: number, why: 'check', agency: { zh: '莲塘镇便民服务中心' } }],
      more: false,
    });
    expect(looks.text).not.toContain('熊晓燕');
  });

  test('telephone and address are changed together; what is wrong is named', async () => {
    const put = (body: object) => father.call<{ errors: object[] }>('PUT', '/api/v1/me/contact', body);
    const wrong = await put({ phone: '123', address: '' });
    expect([wrong.status, wrong.body.errors]).toMatchObject([422, [{ field: 'phone' }, { field: 'address' }]]);
    expect((await put({ phone: '138 0000 0009', address: '莲塘镇新居路1号' })).status).toBe(204);
    expect((await father.call('GET', '/api/v1/me')).body).toMatchObject({ phone: '138****0009' });
  });

  test('staff have none', async () => {
    for (const path of ['', '/looks', '/copy', '/consents', '/requests', '/erasable'])
      expect((await clerk.call('GET', `/api/v1/me${path}`)).status, path).toBe(403);
  });
});

describe('what a person asks of a counter', () => {
  const ask = (body: object) => father.call<{ id: string; errors: object[] }>('POST', '/api/v1/me/requests', body);

  test('is refused with everything that is missing', async () => {
    const empty = await ask({ kind: 'correct', division: liantang, words: '' });
    expect(empty.body.errors).toMatchObject([{ field: 'field' }, { field: 'value' }, { field: 'words' }]);
    const elsewhere = await ask({ kind: 'explain', division: '360123100000', words: '请说明' });
    expect(elsewhere.body.errors).toMatchObject([{ field: 'division' }]);
    const endless = { field: 'name', value: '长'.repeat(51), words: '请改' };
    const long = await ask({ kind: 'correct', division: liantang, ...endless });
    expect([long.status, long.type]).toEqual([422, expect.stringContaining('application/problem+json')]);
    expect(long.body.errors).toMatchObject([{ field: 'value', detail: expect.stringContaining('“value”') }]);
  });

  test('is read there and kept, answered once with a reason, and told back', async () => {
    const wish = { kind: 'correct', division: liantang, field: 'name', value: '陈志源', words: '登记错了一个字' };
    const { id } = (await ask(wish)).body;
    const listed = await clerk.call('GET', '/api/v1/requests');
    expect(listed.body).toMatchObject({ requests: [{ id, kind: 'correct', answer: null }] });
    expect(listed.text).not.toContain('陈志源');
    const read = await clerk.call('GET', `/api/v1/requests/${id}`);
    expect(read.body).toMatchObject({ wish: { value: '陈志源' }, now: '陈志远', asker: { name: '陈志远' } });
    expect(read.text).not.toContain(answers.father_id_card);
    const [entry] = await product.entries('request.read');
    expect(entry).toMatchObject({ kind: 'reading', about: id, reason: 'work' });

    const reply = (reason: string) =>
      clerk.call<{ code: string }>('POST', `/api/v1/requests/${id}/answer`, { outcome: 'done', reason });
    expect((await reply(' ')).body.code).toBe('reason-required');
    expect((await reply('已核对身份证')).status).toBe(204);
    expect((await reply('再答一次')).body.code).toBe('changed-meanwhile');
    const after = await clerk.call('GET', `/api/v1/requests/${id}`);
    expect(after.body).toMatchObject({ wish: { value: expect.not.stringContaining('陈志源') } });
    const own = (await father.call<{ requests: Request[] }>('GET', '/api/v1/me/requests')).body.requests;
    expect(own).toMatchObject([{ id, answer: { outcome: 'done', reason: '已核对身份证' } }]);
    expect((await father.call('GET', '/api/v1/me')).body).toMatchObject({ name: '陈志源' });
  });

  test('is nothing to another counter, nor to an approver', async () => {
    const { id } = (await ask({ kind: 'explain', division: liantang, words: '请说明' })).body;
    expect((await (await product.as('clerk-anyi')).call('GET', `/api/v1/requests/${id}`)).status).toBe(404);
    expect((await (await product.as('approver-health')).call('GET', `/api/v1/requests/${id}`)).status).toBe(403);
  });
});

test('a consent is listed, taken back once, and the answers are staff’s no longer', async () => {
  const consents = async () => (await father.call('GET', '/api/v1/me/consents')).body;
  expect(await consents()).toMatchObject({ consents: [{ number, as: 'father', withdrawnAt: null }] });
  const path = `/api/v1/me/consents/${number}`;
  expect((await (await product.as('mother')).call('DELETE', path)).status).toBe(404);
  expect((await father.call('DELETE', path)).status).toBe(204);
  expect((await father.call('DELETE', path)).body).toMatchObject({ code: 'nothing-to-do' });
  expect(await consents()).toMatchObject({ consents: [{ number, withdrawnAt: at.toISOString() }] });
});

test('what the law lets go is deleted, after proof of a moment ago; what it keeps is refused with why', async () => {
  await fillIn(father);
  const erasable = async () => (await father.call('GET', '/api/v1/me/erasable')).body;
  expect(await erasable()).toMatchObject({ drafts: 1, cases: [{ number, may: 'no', because: 'running' }] });
  expect((await father.call('DELETE', `/api/v1/me/cases/${number}`)).body).toMatchObject({ code: 'not-erasable' });
  at = new Date(at.getTime() + 10 * 60_000);
  expect((await father.call('DELETE', '/api/v1/me/drafts')).body).toMatchObject({ code: 'confirm-first' });
  father = await product.as('father');
  expect((await father.call('DELETE', '/api/v1/me/drafts')).status).toBe(204);
  expect(await erasable()).toMatchObject({ drafts: 0 });
});
