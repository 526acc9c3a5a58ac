import { beforeAll, describe, expect, test } from 'vitest';
import { runRetention } from '../../src/cli-retention.ts';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { answers, fillIn, liantang, submitted } from '../support/newborn.ts';

/** Correcting, deleting, asking for an explanation: by a citizen, answered by people at a counter. */
let product: Product;
let father: Client;
let clerk: Client;
let number: string;
beforeAll(async () => {
  product = await openProduct();
  father = await product.as('father');
  clerk = await product.as('clerk-liantang');
  number = await submitted(father);
});
async function post(client: Client, url: string, form: Record<string, string> = {}) {
  const headers = { cookie: client.cookie, 'x-csrf-token': client.csrf };
  const answer = await product.app.inject({ method: 'POST', url, payload: form, headers });
  return { status: answer.statusCode, text: answer.payload, to: answer.headers.location };
}
const text = async (client: Client, path: string) => (await client.call('GET', path)).text;
const requests = async () =>
  (await product.house.db.query<{ id: string }>('select id from rights.request')).map(({ id }) => id);
/** Asks, and gives the id of what was asked: the one that was not there before. */
async function askedOf(client: Client, kind: string, form: Record<string, string>): Promise<string> {
  const before = await requests();
  const { to } = await post(client, `/account/data/ask/${kind}`, { division: liantang, ...form });
  expect(to).toBe('/account/data/requests?done=asked');
  return (await requests()).find((id) => !before.includes(id)) ?? '';
}

describe('correcting', () => {
  test('telephone and address oneself, at once; what is wrong is told beside the field', async () => {
    const wrong = await post(father, '/account/data/contact', { phone: '123', address: '' });
    expect([wrong.status, wrong.text.includes('phone-error'), wrong.text.includes('address-error')]).toEqual([
      422,
      true,
      true,
    ]);
    const right = { phone: '138 0000 0009', address: '江西省南昌市南昌县莲塘镇新居路1号' };
    expect((await post(father, '/account/data/contact', right)).status).toBe(303);
    const page = await text(father, '/account/data');
    expect(page).toContain('新居路1号');
    expect(page).toContain('138****0009');
    expect(await text(father, `/cases/${number}`), 'the case stays').toContain(answers.household_address);
  });

  test('a name by request, done at the counter with a reason; the events of cases stay', async () => {
    const empty = await post(father, '/account/data/ask/correct', {});
    for (const field of ['field', 'value', 'words', 'division'].slice(3))
      expect(empty.text).toContain(`id="${field}-error"`);
    const half = await post(father, '/account/data/ask/correct', { division: liantang });
    for (const field of ['field', 'value', 'words']) expect(half.text).toContain(`${field}-error`);
    const id = await askedOf(father, 'correct', { field: 'name', value: '陈志源', words: '登记错了一个字' });
    const { db } = product.house;
    const [row] = await db.query<{ row: string }>('select r::text as row from rights.request r where id = $1', [id]);
    expect(row?.row, 'lies sealed').not.toContain('陈志源');
    expect(await text(clerk, `/desk/requests/${id}`)).toContain('陈志源');
    const noReason = await post(clerk, `/desk/requests/${id}`, { outcome: 'done', reason: ' ' });
    expect([noReason.status, noReason.text.includes('reason-error')]).toEqual([422, true]);
    expect((await post(clerk, `/desk/requests/${id}`, { outcome: 'done', reason: '已核对身份证' })).status).toBe(303);
    expect((await post(clerk, `/desk/requests/${id}`, { outcome: 'refused', reason: '再答一次' })).status).toBe(409);
    expect(await text(await product.as('father'), '/account/data')).toContain('陈志源');
    expect(await text(father, '/account/data/requests')).toContain('已核对身份证');
    const [event] = await db.query<{ name: string }>(
      `select data -> 'plan' -> 'applicant' ->> 'name' as name from cases.event where number = $1 and seq = 1`,
      [number],
    );
    expect(event?.name).toBe('陈志远');
  });

  test('an id card of somebody else is refused, and nothing is half done', async () => {
    const id = await askedOf(father, 'correct', { field: 'idCard', value: answers.mother_id_card, words: '号码不对' });
    expect((await post(clerk, `/desk/requests/${id}`, { outcome: 'done', reason: '已核对' })).status).toBe(422);
    expect(await product.house.db.query('select from rights.answer where request = $1', [id])).toEqual([]);
  });
});

describe('asking for an explanation', () => {
  test('is answered by the counter of that place and no other, and nobody else sees it', async () => {
    const id = await askedOf(father, 'explain', { about: number, words: '想知道是谁决定的' });
    for (const persona of ['clerk-anyi', 'approver-health', 'supervisor', 'admin', 'security-admin']) {
      const other = await product.as(persona);
      expect([403, 404], persona).toContain((await other.call('GET', `/desk/requests/${id}`)).status);
      expect([403, 404], persona).toContain(
        (await post(other, `/desk/requests/${id}`, { outcome: 'done', reason: 'x' })).status,
      );
    }
    expect(await text(await product.as('mother'), '/account/data/requests')).not.toContain('想知道是谁决定的');
    expect(await text(clerk, '/desk/requests')).toContain(id);
    const { db } = product.house;
    const noted = await db.query(`select from ledger.trail where what = 'request.read' and about = $1`, [id]);
    expect(noted).toEqual([]);
    await text(clerk, `/desk/requests/${id}`);
    expect((await db.query(`select from ledger.trail where what = 'request.read' and about = $1`, [id])).length).toBe(
      1,
    );
  });

  test('may be about one’s own case only', async () => {
    const other = await product.as('older-resident');
    const form = { about: number, words: '看看别人的', division: liantang };
    expect((await post(other, '/account/data/ask/explain', form)).status).toBe(404);
  });
});

describe('the counter that answers', () => {
  test('is told who asks, with or without a case there, and no more of them than it needs', async () => {
    const resident = await product.as('older-resident');
    const id = await askedOf(resident, 'correct', { field: 'idCard', value: '360121194204050024', words: '写错了' });
    const page = await text(clerk, `/desk/requests/${id}`);
    for (const said of ['万根生', '138****0003', '现在登记的是', '360121194204050016']) expect(page).toContain(said);
    expect((await post(clerk, `/desk/requests/${id}`, { outcome: 'refused', reason: '与证件不符' })).status).toBe(303);
    const answered = await text(clerk, `/desk/requests/${id}`);
    expect(answered).toContain('360121********0024');
    for (const kept of ['360121194204050024', '360121194204050016']) expect(answered).not.toContain(kept);
    const other = await askedOf(resident, 'explain', { words: '谁决定的' });
    const masked = await text(clerk, `/desk/requests/${other}`);
    expect(masked).toContain('360121********0016');
    for (const kept of ['360121194204050016', '13800000003', '棠墅村']) expect(masked).not.toContain(kept);
  });

  test('opens the case that is asked about', async () => {
    const id = await askedOf(father, 'explain', { about: number, words: '为什么' });
    expect(await text(clerk, `/desk/requests/${id}`)).toContain(`href="/desk/cases/${number}"`);
  });

  test('is the only one who is told', async () => {
    const { identity, clock } = product.house;
    const asked = { region: '360121', division: liantang, person: '360121-older-resident' };
    const elsewhere = await identity.staff.actor('360121', '360121-clerk-xiangtang', clock());
    for (const actor of [elsewhere, { kind: 'guest' } as const]) {
      if (!actor) throw new Error('no clerk');
      await expect(identity.persons.whoAsked(actor, asked)).rejects.toMatchObject({ code: expect.any(String) });
    }
  });
});

describe('deleting', () => {
  test('drafts go at once, with their papers', async () => {
    const draft = await fillIn(father);
    expect((await post(father, '/account/data/delete')).to).toBe('/account/data/delete?done=drafts');
    const { db } = product.house;
    expect(await db.query('select from cases.draft where id = $1', [draft])).toEqual([]);
    expect(await db.query('select from cases.file where draft = $1', [draft])).toEqual([]);
    expect(await text(father, '/account/data/delete')).toContain('现在没有草稿');
  });

  test('a case that runs, is kept by law or held is not, and the page says why', async () => {
    expect(await text(father, '/account/data/delete')).toContain('还在办');
    expect((await post(father, `/account/data/delete/${number}`)).status).toBe(409);
    await post(father, `/cases/${number}/withdraw`, { command: 'w-1' });
    const page = await text(father, '/account/data/delete');
    expect(page).toContain('国家档案局令第8号');
    expect(page).toContain('2036年6月10日');
    expect((await post(father, `/account/data/delete/${number}`)).status).toBe(409);
    expect((await post(await product.as('mother'), `/account/data/delete/${number}`)).status).toBe(404);
  });

  test('a case past its time is, once; a hold stands in the way', async () => {
    const { db, cases } = product.house;
    await db.query(`update cases.case set closed_at = '2015-01-01' where number = $1`, [number]);
    const told = { who: { kind: 'staff', id: 'lead' }, from: '' } as const;
    const keeper = await product.staff('security-admin');
    await cases.holds.begin(keeper, { number, reason: '行政复议' }, new Date('2026-06-10T00:00:00.000Z'), told);
    expect(await text(father, '/account/data/delete')).toContain('诉讼、复议或调查');
    expect((await post(father, `/account/data/delete/${number}`)).status).toBe(409);
    await cases.holds.endOf(keeper, number, undefined, new Date('2026-06-10T01:00:00.000Z'), told);
    expect((await post(father, `/account/data/delete/${number}`)).to).toBe('/account/data/delete?done=case');
    expect(await text(father, '/account/data/delete')).toContain('敏感信息和材料已于');
    expect(await db.query('select from cases.sealed where number = $1', [number])).toEqual([]);
    expect(await text(father, `/cases/${number}`)).not.toContain(answers.child_home_address);
    const kept = await db.query('select from cases.event where number = $1', [number]);
    expect(kept.length, 'events stay').toBeGreaterThan(0);
  });

  test('by request is done by erasing what the law lets go; the answer says what went and what stays and why', async () => {
    const { db } = product.house;
    const [past, running, draft] = [await submitted(father), await submitted(father), await fillIn(father)];
    await post(father, `/cases/${past}/withdraw`, { command: `w-${past}` });
    await db.query(`update cases.case set closed_at = '2015-01-01' where number = $1`, [past]);
    const id = await askedOf(father, 'delete', { words: '都删掉' });
    expect(await text(clerk, `/desk/requests/${id}`)).toContain('1 份草稿，1 件办件里的敏感信息和材料');
    expect((await post(clerk, `/desk/requests/${id}`, { outcome: 'done', reason: '已按规定删除' })).status).toBe(303);
    const left = (table: string, column: string, key: string) =>
      db.query(`select from ${table} where ${column} = $1`, [key]);
    expect(await left('cases.sealed', 'number', past)).toEqual([]);
    expect(await left('cases.draft', 'id', draft)).toEqual([]);
    expect((await left('cases.sealed', 'number', running)).length).toBeGreaterThan(0);
    const [answer] = await db.query<{ erased: { cases: string[]; kept: { number: string; because: string }[] } }>(
      'select erased from rights.answer where request = $1',
      [id],
    );
    expect(answer?.erased.cases).toEqual([past]);
    expect(answer?.erased.kept).toContainEqual(expect.objectContaining({ number: running, because: 'running' }));
    const page = await text(father, '/account/data/requests');
    for (const said of ['已经删掉', '依法保留', '还在办']) expect(page).toContain(said);
    const noted = await db.query(`select from ledger.trail where what = 'case.erase' and about = $1`, [past]);
    expect(noted).toHaveLength(1);
  });

  test('by request is never called done when nothing may go', async () => {
    const { db } = product.house;
    const [running, draft] = [await submitted(father), await fillIn(father)];
    const id = await askedOf(father, 'delete', { about: running, words: '这一件删掉' });
    const refused = await post(clerk, `/desk/requests/${id}`, { outcome: 'done', reason: '删了' });
    expect([refused.status, refused.text.includes('依法都还要保存')]).toEqual([422, true]);
    expect(await db.query('select from rights.answer where request = $1', [id])).toEqual([]);
    expect((await db.query('select from cases.draft where id = $1', [draft])).length, 'asked about one case').toBe(1);
    expect((await post(clerk, `/desk/requests/${id}`, { outcome: 'refused', reason: '还在办' })).status).toBe(303);
  });
});

describe('what was asked', () => {
  test('is forgotten three years after its answer; that it was asked and answered stays', async () => {
    const words = '请更正我的住址，门牌号是旧的';
    const [answered, open] = [await askedOf(father, 'explain', { words }), await askedOf(father, 'explain', { words })];
    expect((await post(clerk, `/desk/requests/${answered}`, { outcome: 'done', reason: '已说明' })).status).toBe(303);
    const { house } = product;
    const later = (years: number) => ({
      ...house,
      clock: () => new Date(house.clock().getTime() + years * 366 * 24 * 3600 * 1000),
    });
    const sealed = async () => {
      const rows = await house.db.query<{ id: string; sealed: boolean }>(
        'select id, sealed is not null as sealed from rights.request where id = any($1)',
        [[answered, open]],
      );
      return Object.fromEntries(rows.map(({ id, sealed }) => [id, sealed]));
    };
    await runRetention(later(2), ['--run'], () => undefined);
    expect(await sealed()).toEqual({ [answered]: true, [open]: true });
    await runRetention(later(4), ['--run'], () => undefined);
    expect(await sealed()).toEqual({ [answered]: false, [open]: true });
    // The sweep of four years later has ended every session.
    const again = await product.as('father');
    const page = await text(again, '/account/data/requests');
    for (const kept of ['已过保存期限，内容已清除', '已说明', words]) expect(page).toContain(kept);
  });
});
