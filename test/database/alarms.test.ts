import { beforeAll, describe, expect, test } from 'vitest';
import { spokenNumber } from '../../src/cases/door.ts';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { submitted } from '../support/newborn.ts';
import { say } from '../support/story.ts';

/** What rings besides a colleague's reading: a case opened in an emergency, and another system that is unlike itself. */
let product: Product;
let auditor: Client;
let number: string;
beforeAll(async () => {
  product = await openProduct();
  auditor = await product.as('audit-admin');
  number = await submitted(await product.as('father'));
});

async function post(client: Client, url: string, form: Record<string, string> = {}) {
  const headers = { cookie: client.cookie, 'content-type': 'application/x-www-form-urlencoded' };
  const payload = new URLSearchParams({ ...form, _csrf: client.csrf }).toString();
  return (await product.app.inject({ method: 'POST', url, payload, headers })).statusCode;
}
const page = async (client: Client, url: string) => (await client.call('GET', url)).text;
/** The count beside a place of the rail; nothing where nothing waits. */
const countAt = (text: string, place: string) =>
  new RegExp(`${say(`admin.place.${place}`)}</span><span class="count count-soon">(\\d+)<`).exec(text)?.[1];

describe('a case opened in an emergency', () => {
  let security: Client;
  beforeAll(async () => {
    security = await product.as('security-admin');
    expect(await page(security, '/admin/people')).not.toContain(say('admin.glass.waiting', { count: 1 }));
    const approver = await product.as('approver-human-resources');
    const reason = '群众在现场反映紧急情况，要当场答复';
    expect(await post(approver, '/desk/break-glass', { number, reason })).toBe(303);
    await product.house.drain();
  });

  test('waits for the security administrator, who sees so wherever they are', async () => {
    const home = await page(security, '/admin/people');
    expect(home).toContain(say('admin.glass.waiting', { count: 1 }));
    for (const url of ['/admin/people', '/admin/break-glass', '/admin/clients', '/admin/policy'])
      expect([url, countAt(await page(security, url), 'glass')]).toEqual([url, '1']);
  });

  test('rings for the audit administrator, once, with its number and who opened it', async () => {
    const text = await page(auditor, '/admin/alarms');
    for (const word of [say('admin.alarms.name.break-glass'), spokenNumber(number), '曾雪梅'])
      expect(text).toContain(word);
    expect(countAt(text, 'alarms')).toBe('1');
    const [key] = /break-glass [^"]+/.exec(text) ?? [''];
    expect(await post(auditor, '/admin/alarms', { alarm: key, note: '已核实，情况属实' })).toBe(303);
    expect(countAt(await page(auditor, '/admin/alarms'), 'alarms')).toBeUndefined();
    const [entry] = await product.house.db.query(
      `select about, whose, detail->>'number' as number from ledger.trail where what = 'alarm.looked-into'`,
    );
    expect(entry).toEqual({ about: '360121-approver-human-resources', whose: null, number });
  });

  test('waits no longer once it was reviewed', async () => {
    const [, power = ''] =
      /action="\/admin\/break-glass\/([^"]+)"/.exec(await page(security, '/admin/break-glass')) ?? [];
    expect(await post(security, `/admin/break-glass/${power}`, { verdict: 'justified' })).toBe(303);
    const home = await page(security, '/admin/people');
    expect([countAt(home, 'glass'), home.includes(say('admin.glass.waiting', { count: 1 }))]).toEqual([
      undefined,
      false,
    ]);
  });
});

describe('another system', () => {
  const client = { kind: 'client', id: '360121-platform' } as const;
  const at = new Date('2026-06-10T02:00:00.000Z');
  const call = { region: '360121', at, kind: 'reading', who: client, from: '' } as const;
  const alarms = async () => {
    await product.house.drain();
    const list = await product.house.audit.alarms(await product.staff('audit-admin'));
    return list.rows.filter(({ who }) => who === client.id).map(({ rule, count }) => [rule, count]);
  };

  test('rings when it reads far more than it usually does, and not for what it lists', async () => {
    const { trail } = product.house;
    const read = (times: number) =>
      Promise.all(
        Array.from({ length: times }, (_, at) =>
          trail.record({ ...call, what: 'case.read-by-api', outcome: 'done', whose: `person-${at}` }),
        ),
      );
    await read(299);
    for (let lists = 0; lists < 5; lists++) await trail.record({ ...call, what: 'client.call', outcome: 'done' });
    expect(await alarms()).toEqual([]);
    await read(1);
    expect(await alarms()).toEqual([['client-volume', 300]]);
    expect(await page(auditor, '/admin/alarms')).toContain(say('admin.alarms.name.client-volume'));
  });

  test('rings when it is refused again and again', async () => {
    for (let times = 0; times < 20; times++)
      await product.house.trail.record({ ...call, what: 'client.call', outcome: 'refused' });
    expect((await alarms()).toSorted()).toEqual([
      ['client-refused', 20],
      ['client-volume', 300],
    ]);
  });
});
