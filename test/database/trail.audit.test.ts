import { beforeAll, describe, expect, test } from 'vitest';
import { spokenNumber } from '../../src/cases/door.ts';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { answers, submitted } from '../support/newborn.ts';
import { say } from '../support/story.ts';

/** The trail and its alarms, as the audit administrator sees them and nobody else. */
let product: Product;
let auditor: Client;
let clerk: Client;
let number: string;
beforeAll(async () => {
  // A Sunday: every reading is outside working hours.
  product = await openProduct('2026-06-14T02:00:00.000Z');
  auditor = await product.as('audit-admin');
  clerk = await product.as('clerk-liantang');
  number = await submitted(await product.as('father'));
  for (let times = 0; times < 3; times++) await clerk.call('GET', `/desk/cases/${number}`);
});

async function post(client: Client, url: string, form: Record<string, string> = {}) {
  const headers = { cookie: client.cookie, 'x-csrf-token': client.csrf };
  const answer = await product.app.inject({ method: 'POST', url, payload: form, headers });
  return { status: answer.statusCode, text: answer.payload, to: answer.headers.location };
}
const rowsIn = (text: string) => (text.match(/<tr/g) ?? []).length - 1;

describe('the trail', () => {
  test('opens for the audit administrator only, and that they looked is in it', async () => {
    const others = ['clerk-liantang', 'approver-health', 'supervisor', 'admin', 'security-admin', 'father'];
    for (const persona of others) {
      const other = await product.as(persona);
      for (const path of ['/admin/trail', '/admin/alarms'])
        expect([persona, (await other.call('GET', path)).status]).toEqual([persona, 403]);
      expect((await post(other, '/admin/trail/csv')).status).toBe(403);
    }
    const first = await auditor.call('GET', '/admin/trail');
    expect([first.status, first.text.includes('查看办件')]).toEqual([200, true]);
    expect((await post(auditor, '/admin/trail', { what: 'trail.read' })).text).toContain('龚正明');
  });

  test('is searched by who, by case, by the person’s card, by outcome and by day, and nothing of it is in an address', async () => {
    const search = async (form: Record<string, string>) => rowsIn((await post(auditor, '/admin/trail', form)).text);
    expect(await search({ about: number, what: 'case.read' })).toBe(3);
    expect(await search({ about: number.replace(/(.{4})/g, '$1 '), kind: 'reading', outcome: 'done' })).toBe(3);
    expect(await search({ about: answers.father_id_card ?? '', what: 'case.read' })).toBe(3);
    expect(await search({ who: '360121-clerk-liantang', what: 'case.read' })).toBe(3);
    expect(await search({ about: number, from: '2026-06-14', to: '2026-06-14', what: 'case' })).toBe(3);
    const nothing: Record<string, string>[] = [
      { from: '2026-06-15' },
      { to: '2026-06-13' },
      { about: '360121199001010017' },
      { who: 'x' },
    ];
    for (const form of nothing)
      expect((await post(auditor, '/admin/trail', { ...form, what: 'case.read' })).text).toContain(
        '没有符合条件的记录',
      );
    const wrong = await post(auditor, '/admin/trail', { from: '14.6.2026', to: '2026-13-01' });
    expect([wrong.status, wrong.text.includes('2026-01-02')]).toEqual([422, true]);
  });

  test('is read page by page, the latest first, each entry once', async () => {
    const { ids, clock, trail } = product.house;
    const who = { kind: 'staff', id: 'many' } as const;
    const entry = { region: '360121', at: clock(), kind: 'reading', what: 'case.read', who, from: '' } as const;
    await Promise.all(
      Array.from({ length: 120 }, (_, at) =>
        trail.record({ ...entry, outcome: 'done', about: `n-${at}-${ids.token()}` }),
      ),
    );
    const seen = new Set<string>();
    let before = '';
    for (let page = 0; page < 3; page++) {
      const { text } = await post(auditor, '/admin/trail', { who: 'many', before });
      for (const [name] of text.matchAll(/n-\d+-/g)) seen.add(name);
      before = /name="before" value="([^"]+)"/.exec(text)?.[1] ?? '';
    }
    expect([seen.size, before]).toEqual([120, '']);
  });

  test('is taken away as a table with Chinese headings, and that is in it', async () => {
    const { status, text } = await post(auditor, '/admin/trail/csv', { about: number });
    expect([status, text.split('\r\n')[0]?.startsWith('\ufeff时间,谁,账号编号,单位,类别')]).toEqual([200, true]);
    expect(text.split('\r\n').filter((line) => line.includes('查看办件'))).toHaveLength(3);
    expect(text).not.toContain(answers.father_id_card);
    expect((await post(auditor, '/admin/trail', { kind: 'export' })).text).toContain('导出审计日志');
  });

  test('tells a person who looked, for which agency and why, without the name of the clerk', async () => {
    const [row] = await product.house.db.query<{ whose: string }>(
      'select whose from ledger.trail where about = $1 and whose is not null limit 1',
      [number],
    );
    const looks = await product.house.trail.whoLooked('360121', { whose: [row?.whose ?? ''], about: [] });
    expect(looks).toHaveLength(3);
    expect(looks[0]).toMatchObject({
      what: 'case.read',
      about: number,
      why: 'work',
      roles: expect.arrayContaining(['clerk']),
    });
    expect(product.house.identity.agencies.get(looks[0]?.agency ?? '')).toBeTruthy();
    expect(JSON.stringify(looks)).not.toContain('clerk-liantang');
  });

  test('tells who is named in the case of somebody else the same, and opens the case to nobody for it', async () => {
    const [mother, stranger] = [await product.as('mother'), await product.as('older-resident')];
    const looked = (await mother.call('GET', '/account/looked')).text;
    expect(looked.split(say('rights.looked.caseOfOthers', { number: spokenNumber(number) }))).toHaveLength(4);
    expect(looked).toContain(say('rights.looked.why.work-of-others'));
    expect(looked).not.toContain(`/cases/${number}`);
    expect((await mother.call('GET', `/cases/${number}`)).status).toBe(404);
    expect((await stranger.call('GET', '/account/looked')).text).not.toContain(spokenNumber(number));
    const copy = await mother.call<{ looked: { about?: string; named: boolean }[] }>('GET', '/account/data/copy/file');
    expect(copy.body.looked.filter(({ about, named }) => about === number && named)).toHaveLength(3);
  });
});

describe('an alarm', () => {
  beforeAll(() => product.house.drain());

  test('says what was unusual, once', async () => {
    await clerk.call('GET', `/desk/cases/${number}`);
    await product.house.drain();
    const { text } = await auditor.call('GET', '/admin/alarms');
    expect(text.match(/非工作时间查看 \d+ 次/g)).toEqual(['非工作时间查看 3 次']);
    expect((await post(auditor, '/admin/trail', { kind: 'alarm' })).text).toContain('提醒：非工作时间查看');
  });

  test('is looked into, with a note that is in the trail', async () => {
    const { text } = await auditor.call('GET', '/admin/alarms');
    const alarm = /name="alarm" value="(hour [^"]+)"/.exec(text)?.[1] ?? '';
    expect((await post(auditor, '/admin/alarms', { alarm, note: ' ' })).status).toBe(422);
    expect((await post(auditor, '/admin/alarms', { alarm: 'hour 2026-01-01 nobody ', note: '没有这条' })).status).toBe(
      404,
    );
    expect((await post(auditor, '/admin/alarms', { alarm, note: '周末值班，已向中心核实' })).to).toBe(
      '/admin/alarms?done=noted',
    );
    expect((await auditor.call('GET', '/admin/alarms')).text).toContain('周末值班，已向中心核实');
    expect((await post(auditor, '/admin/trail', { what: 'alarm.looked-into' })).text).toContain('核查异常提醒');
    for (const sql of ['delete from ledger.alarm', `update ledger.alarm_note set note = ''`])
      await expect(product.house.db.query(sql)).rejects.toMatchObject({ code: '42501' });
  });

  test('rings for somebody who reads a case they are named in', async () => {
    const { db, identity } = product.house;
    const [row] = await db.query<{ whose: string }>(
      'select whose from ledger.trail where about = $1 and whose is not null limit 1',
      [number],
    );
    await db.query(`update identity.staff set name = $1 where id = '360121-approver-health'`, [answers.mother_name]);
    expect((await identity.staff.get('360121', '360121-approver-health'))?.name).toBe(answers.mother_name);
    const { trail, clock } = product.house;
    await trail.record({
      ...{ region: '360121', at: clock(), kind: 'reading', what: 'case.read', from: '', outcome: 'done' },
      ...{ who: { kind: 'staff', id: '360121-approver-health' }, whose: row?.whose, about: number, reason: 'work' },
    });
    await product.house.drain();
    expect((await auditor.call('GET', '/admin/alarms')).text).toContain('办件填写的内容里有本人姓名');
  });

  test('and all of it is in the log', async () => {
    const { ledger, acts } = product.house;
    expect((await ledger.verify(acts)).difference).toBeUndefined();
  });
});
