import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, openProduct, type Product } from '../support/api.ts';

/** Looking somebody up at a counter: with the card and the name on it, noted, and unusual when nobody is entered. */
const [card, name, phone] = ['360121194204050016', '万根生', '13800000003'];
const liantang = '360121100000';
let product: Product;
let clerk: Client;
beforeAll(async () => {
  product = await openProduct();
  clerk = await product.as('clerk-liantang');
});

async function form(fields: Record<string, string>) {
  const payload = new URLSearchParams({ ...fields, do: fields.do ?? 'update', _csrf: clerk.csrf }).toString();
  const headers = { cookie: clerk.cookie, 'content-type': 'application/x-www-form-urlencoded' };
  return product.app.inject({ method: 'POST', url: '/desk/counter/item/senior-card', payload, headers });
}
const looks = () =>
  product.house.db.query<{ outcome: string; whose: string | null; reason: string }>(
    `select outcome, whose, reason from ledger.trail where what = 'person.find' order by position`,
  );

describe('what is known of somebody', () => {
  test('is not told for the number of a card alone, and nothing is looked up', async () => {
    expect((await form({ p_idCard: card })).payload).not.toContain(phone);
    expect(await looks()).toEqual([]);
  });

  test('is not told under another name', async () => {
    const { payload } = await form({ p_idCard: card, p_name: '万根' });
    for (const kept of [phone, '棠墅村', name]) expect(payload).not.toContain(kept);
    expect(await looks()).toEqual([{ outcome: 'failed', whose: null, reason: 'counter' }]);
  });

  test('is filled in with the card and the name on it, and noted for the person', async () => {
    const { payload } = await form({ p_idCard: card, p_name: name });
    for (const known of [phone, '棠墅村']) expect(payload).toContain(known);
    expect((await looks()).at(-1)).toEqual({ outcome: 'done', whose: '360121-older-resident', reason: 'counter' });
  });
});

describe('looking up strangers', () => {
  const { at, who } = {
    at: new Date('2026-06-09T02:00:00.000Z'),
    who: { kind: 'staff', id: '360121-clerk-liantang' },
  } as const;
  const said = { region: '360121', at, who, from: '', outcome: 'done' } as const;
  const find = (person: string) =>
    product.house.trail.record({ ...said, kind: 'reading', what: 'person.find', whose: person, reason: 'counter' });
  const alarms = async () => {
    await product.house.drain();
    const list = await product.house.audit.alarms(await product.staff('audit-admin'));
    return list.rows.filter(({ day }) => day === '2026-06-09').map(({ rule, count }) => [rule, count]);
  };

  test('is work when a case is entered for them the same day', async () => {
    for (let one = 0; one < 20; one++) {
      await find(`visitor-${one}`);
      await product.house.trail.record({ ...said, kind: 'act', what: 'case.enter', whose: `visitor-${one}` });
    }
    expect(await alarms()).toEqual([]);
  });

  test('rings when nothing comes of it', async () => {
    for (let one = 0; one < 7; one++) await find(`stranger-${one}`);
    expect(await alarms()).toEqual([]);
    await find('stranger-7');
    expect(await alarms()).toEqual([['no-case', 8]]);
  });
});

test('a case that is entered is noted for the person it is for', async () => {
  const { payload } = await form({ p_idCard: card, p_name: name });
  const hidden = (field: string) => new RegExp(`name="${field}" value="([^"]*)"`).exec(payload)?.[1] ?? '';
  const ids = { draft: hidden('draft'), commandId: hidden('commandId'), actId: hidden('actId') };
  const entered = {
    ...ids,
    p_idCard: card,
    p_name: name,
    p_phone: phone,
    a_contact_phone: phone,
    a_applicant_address: '向塘镇棠墅村12号',
    division: liantang,
  };
  const answer = await form({ ...entered, m: 'applicant_photo', do: 'enter' });
  expect(answer.statusCode, /<[^>]*data-errors[\s\S]{0,900}/.exec(answer.payload)?.[0]).toBe(303);
  const [noted] = await product.house.db.query(
    `select whose, about from ledger.trail where what = 'case.enter' and who_id = '360121-clerk-liantang' and about is not null`,
  );
  expect(noted).toEqual({
    whose: '360121-older-resident',
    about: /cases\/(\w+)/.exec(answer.headers.location ?? '')?.[1],
  });
});
