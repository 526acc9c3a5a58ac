import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { enrolled, securityAdmin } from '../support/device.ts';
import { answers, fillIn, liantang, pdf, situation, subject, submitted } from '../support/newborn.ts';
import { say } from '../support/story.ts';

/** Kiosks and village stations as requests meet them: what a case says it came from, and how little stays behind. */
let now = new Date('2026-06-10T02:00:00.000Z');
let product: Product;
let kiosk: { id: string; cookie: string };
let station: { id: string; cookie: string };
beforeAll(async () => {
  product = await openProduct(() => now);
  kiosk = await enrolled(product, 'kiosk');
  station = await enrolled(product, 'station');
});

const get = (url: string, cookie: string) => product.app.inject({ url, headers: { cookie } });
const post = (who: Client, url: string, form: Record<string, string> = {}) =>
  product.app.inject({
    ...{ method: 'POST', url, payload: new URLSearchParams({ ...form, _csrf: who.csrf }).toString() },
    headers: { cookie: who.cookie, 'content-type': 'application/x-www-form-urlencoded' },
  });
const channelOf = async (who: Client, number: string) =>
  (await who.call<{ channel: string }>('GET', `/api/v1/cases/${number}`)).body.channel;
const later = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000);
};

describe('where a case came from', () => {
  test('is the kiosk or the station it was handed in on, and online without one', async () => {
    for (const [channel, cookie] of [
      ['kiosk', kiosk.cookie],
      ['station', station.cookie],
      ['online', ''],
    ] as const) {
      const father = await product.as('father', cookie);
      expect(await channelOf(father, await submitted(father))).toBe(channel);
    }
  });

  test('is never what a form says', async () => {
    const father = await product.as('father', kiosk.cookie);
    const draft = await fillIn(father);
    const page = await get(`/apply/${draft}/check`, father.cookie);
    const consent = /name="consent"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="consent"/.exec(page.payload);
    const form = {
      command: 'devices.1',
      declared: 'yes',
      consent: consent?.[1] ?? consent?.[2] ?? '',
      channel: 'online',
    };
    const sent = await post(father, `/apply/${draft}/submit`, form);
    const number = String(sent.headers.location).split('/')[2] ?? '';
    expect(await channelOf(father, number)).toBe('kiosk');
  });

  test('stays the station when its staff enter a case for somebody, who came there', async () => {
    const body = {
      ...{ commandId: 'devices.0002', subject, division: liantang, situation, answers, papers: ['delivery_record'] },
      ...{ consent: true, applicant: { name: '陈志远', idCard: '360121199503120013', phone: '13800000001' } },
    };
    const given = { ...body, applicant: { ...body.applicant, address: answers.household_address } };
    const clerk = await product.as('clerk-liantang', station.cookie);
    const { body: made, text } = await clerk.call<{ number: string }>('POST', '/api/v1/cases', given);
    expect(made.number, text).toBeDefined();
    const read = await clerk.call<{ channel: string; visits: number }>('GET', `/api/v1/cases/${made.number}`);
    expect(read.body).toMatchObject({ channel: 'station', visits: 1 });
  });

  test('is said again when a case is sent in anew', async () => {
    const home = await product.as('father');
    const number = await submitted(home);
    const clerk = await product.as('clerk-liantang');
    const command = { type: 'return', missing: [{ what: '分娩记录', why: '看不清' }] };
    await clerk.call('POST', `/api/v1/cases/${number}/commands`, { command, commandId: 'devices.0003' });
    const there = await product.as('father', kiosk.cookie);
    await there.call('PUT', `/api/v1/cases/${number}/files/delivery_record`, pdf, {
      ...{ 'content-type': 'application/pdf', 'content-disposition': 'attachment; filename="record.pdf"' },
    });
    const again = { command: { type: 'resubmit', answers: {} }, commandId: 'devices.0004' };
    const sent = await there.call('POST', `/api/v1/cases/${number}/commands`, again);
    expect(sent.status, sent.text).toBe(200);
    const events = await product.house.db.query<{ channel: string }>(
      `select data ->> 'channel' as channel from cases.event where number = $1 and type = 'resubmitted'`,
      [number],
    );
    expect(events).toEqual([{ channel: 'kiosk' }]);
  });
});

describe('a page on a device', () => {
  test('goes on by itself when nobody touches it, and everywhere else stays', async () => {
    const father = await product.as('father', kiosk.cookie);
    const refresh = async (url: string, cookie: string) => (await get(url, cookie)).headers.refresh;
    expect(await refresh('/cases', father.cookie)).toBe('180; url=/device/idle?next=%2Fcases');
    expect(await refresh('/device/idle?next=/cases', father.cookie)).toBe('62; url=/device/start');
    expect(await refresh('/help', kiosk.cookie)).toBe('180; url=/device/start');
    expect(await refresh('/', kiosk.cookie)).toBeUndefined();
    expect(await refresh('/', `${kiosk.cookie}; tb_mode=elder`)).toBe('180; url=/device/start');
    const clerk = await product.as('clerk-liantang', station.cookie);
    expect(await refresh('/desk/queue', clerk.cookie)).toBeUndefined();
    const home = await product.as('father');
    expect(await refresh('/cases', home.cookie)).toBeUndefined();
  });

  test('shows who may finish, which machine it is, and goes back only within this site', async () => {
    const father = await product.as('father', kiosk.cookie);
    const cases = await get('/cases', father.cookie);
    expect(cases.payload).toContain(say('device.finish'));
    expect(cases.payload).toContain('莲塘kiosk');
    expect((await get('/', kiosk.cookie)).payload).toContain(say('device.anew'));
    expect((await get('/', '')).payload).not.toContain(say('device.anew'));
    const idle = await get('/device/idle?next=//evil.example/', father.cookie);
    expect(idle.payload).toContain(say('device.idle.title'));
    expect(idle.payload).toContain('<a class="button button-primary" href="/">');
  });

  test('asks once whether somebody is there, then it is over; what was saved is kept', async () => {
    const father = await product.as('father', kiosk.cookie);
    const draft = await fillIn(father);
    later(181);
    expect((await get('/device/idle?next=/cases', father.cookie)).statusCode).toBe(200);
    later(62);
    const start = await get('/device/start', father.cookie);
    expect(start.headers.location).toBe('/');
    expect(start.headers['clear-site-data']).toBe('"cache", "storage"');
    expect((await get(`/apply/${draft}/check`, father.cookie)).headers.location).toMatch(/^\/sign-in/);
    const home = await product.as('father');
    expect((await get(`/apply/${draft}/check`, home.cookie)).statusCode).toBe(200);
  });

  test('goes on for who says that they are there', async () => {
    const father = await product.as('father', kiosk.cookie);
    for (let times = 0; times < 3; times += 1) {
      later(181);
      expect((await get('/device/idle?next=/cases', father.cookie)).statusCode).toBe(200);
      later(50);
      expect((await get('/cases', father.cookie)).statusCode).toBe(200);
    }
  });

  test('after leaving begins anew: no session, no settings, no token of the visitor before', async () => {
    const father = await product.as('father', `${kiosk.cookie}; tb_mode=elder; tb_lang=en`);
    const left = await post(father, '/sign-out');
    const cleared = [left.headers['set-cookie'] ?? []]
      .flat()
      .filter((cookie) => /Expires=Thu, 01 Jan 1970/.test(cookie));
    const names = cleared.map((cookie) => cookie.split('=')[0]).sort();
    expect(names).toEqual(['tb_guest', 'tb_lang', 'tb_mode', 'tb_provider', 'tb_session', 'tb_step']);
    expect((await get('/cases', father.cookie)).headers.location).toMatch(/^\/sign-in/);
  });
});

describe('who signs in where', () => {
  test('a kiosk offers and takes nobody of the staff, a station does', async () => {
    expect((await get('/sign-in', kiosk.cookie)).payload).not.toContain('clerk-liantang');
    expect((await get('/sign-in', kiosk.cookie)).payload).not.toContain('name="password"');
    expect((await get('/sign-in', station.cookie)).payload).toContain('clerk-liantang');
    const guest = await product.as(undefined, kiosk.cookie);
    expect((await post(guest, '/sign-in', { persona: 'clerk-liantang' })).statusCode).toBe(403);
    expect((await post(guest, '/sign-in', { name: 'x', password: 'y' })).statusCode).toBe(403);
    expect((await post(guest, '/sign-in', { persona: 'father' })).statusCode).toBe(303);
  });

  test('a session taken off the machine opens nothing', async () => {
    const father = await product.as('father', kiosk.cookie);
    const alone = father.cookie.replace(`${kiosk.cookie}; `, '');
    expect((await get('/cases', father.cookie)).statusCode).toBe(200);
    expect((await get('/cases', alone)).headers.location).toMatch(/^\/sign-in/);
    expect((await get('/cases', `${station.cookie}; ${alone}`)).headers.location).toMatch(/^\/sign-in/);
  });

  test('the trail says on which machine somebody signed in and handed over', async () => {
    await product.as('mother', kiosk.cookie);
    const [row] = await product.house.db.query<{ what: string; detail: object }>(
      `select what, detail from ledger.trail where what = 'sign-in' order by position desc limit 1`,
    );
    expect(row?.detail).toMatchObject({ device: kiosk.id });
    const auditor = await product.as('audit-admin');
    const found = await post(auditor, '/admin/trail', { what: 'sign-in' });
    expect(found.payload).toContain(say('admin.trail.fromDevice', { device: kiosk.id }));
  });
});

describe('a revoked device', () => {
  test('is none with the next request, and who was signed in on it is out', async () => {
    const own = await enrolled(product, 'station');
    const [father, clerk] = [await product.as('father', own.cookie), await product.as('clerk-liantang', own.cookie)];
    const [home] = [await product.as('father')];
    const moment = { at: now, from: 'test' };
    await product.house.identity.devices.revoke(await securityAdmin(product), own.id, '不用了', moment);
    const gone = await get('/cases', father.cookie);
    expect(gone.headers.location).toMatch(/^\/sign-in/);
    expect(String(gone.headers['set-cookie'])).toMatch(/tb_enrolled=;/);
    expect((await get('/desk/queue', clerk.cookie)).headers.location).toMatch(/^\/sign-in/);
    expect((await get('/cases', home.cookie)).statusCode).toBe(200);
    const after = await get('/help', own.cookie);
    expect([after.statusCode, after.headers.refresh]).toEqual([200, undefined]);
  });
});

describe('the administrator of devices', () => {
  test('proves who they are before a code is given or a device revoked', async () => {
    const admin = await product.as('security-admin');
    later(301);
    for (const path of ['enrol', `${kiosk.id}/code`, `${kiosk.id}/revoke`]) {
      const answer = await post(admin, `/admin/devices/${path}`, { name: '新机器', kind: 'kiosk', division: liantang });
      expect(answer.headers.location, path).toMatch(/^\/account\/confirm/);
    }
    expect((await get('/admin/devices', admin.cookie)).statusCode).toBe(200);
  });
});
