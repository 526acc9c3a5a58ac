import { TOTP } from 'otpauth';
import { beforeAll, describe, expect, test } from 'vitest';
import { openProduct, type Product } from '../../../test/support/api.ts';

/** A browser without scripts: it keeps cookies, reads the token of a page and posts forms. */
let product: Product;
beforeAll(async () => {
  product = await openProduct();
});

function browser() {
  const cookies = new Map<string, string>();
  let csrf = '';
  const header = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const keep = (answer: Awaited<ReturnType<typeof product.app.inject>>) => {
    for (const { name, value } of answer.cookies) value ? cookies.set(name, value) : cookies.delete(name);
    csrf = /name="_csrf" value="([^"]+)"/.exec(answer.payload)?.[1] ?? csrf;
    return { status: answer.statusCode, location: answer.headers.location, text: answer.payload };
  };
  const send = async (method: 'GET' | 'POST', url: string, fields?: Record<string, string>) => {
    const type = fields && { 'content-type': 'application/x-www-form-urlencoded' };
    const payload = fields && new URLSearchParams({ _csrf: csrf, ...fields }).toString();
    return keep(await product.app.inject({ method, url, payload, headers: { cookie: header(), ...type } }));
  };
  return { cookies, get: (url: string) => send('GET', url), post: (url: string, f = {}) => send('POST', url, f) };
}

async function signedIn(fields: Record<string, string>) {
  const one = browser();
  await one.get('/sign-in');
  const answer = await one.post('/sign-in', fields);
  return { ...one, answer };
}

describe('my sign-in', () => {
  test.each(['clerk-liantang', 'father'])('%s sees it in both languages', async (persona) => {
    const { get } = await signedIn({ persona });
    expect(await get('/account')).toMatchObject({ status: 200, text: expect.stringContaining('登录着的设备') });
    await get('/account?lang=en');
    expect((await get('/account')).text).toContain('Where you are signed in');
  });

  test('a visitor signs in first', async () => {
    for (const path of ['', '/password', '/confirm'])
      expect(await browser().get(`/account${path}`)).toMatchObject({
        status: 303,
        location: `/sign-in?next=${encodeURIComponent(`/account${path}`)}`,
      });
  });

  test('a first password, a wrong one, and in with the right one; the form never says what was typed', async () => {
    const desk = await signedIn({ persona: 'approver-health' });
    expect((await desk.get('/account/password')).text).not.toContain('name="current"');
    const bad = await desk.post('/account/password', { next: 'Password2026!', again: 'x' });
    expect(bad.status).toBe(422);
    expect(bad.text).toContain('太常见');
    expect(bad.text).not.toContain('Password2026!');
    const password = 'kettle ladder orchid';
    const done = await desk.post('/account/password', { next: password, again: password });
    expect(done).toMatchObject({ status: 303, location: '/account?done=password' });
    const login = /<dt>登录名<\/dt><dd><div class="summary-value">([^<]+)/.exec((await desk.get('/account')).text)?.[1];

    const wrong = await signedIn({ name: login ?? '', password: 'kettle ladder' });
    expect(wrong.answer).toMatchObject({ status: 422, text: expect.stringContaining('登录名或密码不对') });
    const right = await signedIn({ name: login ?? '', password });
    expect(right.answer).toMatchObject({ status: 303, location: '/desk' });
    expect(right.cookies.get('tb_device')).toMatch(/^360121\./);

    expect((await right.get('/account')).text).toContain('退出其他所有设备');
    await right.post('/account/sessions/end-others');
    expect((await desk.get('/account')).status).toBe(303);
    expect((await right.get('/account/confirm?next=//evil.example')).text).toContain('value="/account"');
    expect(await right.post('/account/confirm', { password: 'no', next: '/desk' })).toMatchObject({ status: 422 });
    expect(await right.post('/account/confirm', { password, next: '/desk' })).toMatchObject({ location: '/desk' });
  });

  test('an app as a second step: on, asked for, a code from paper, off', async () => {
    const desk = await signedIn({ persona: 'approver-tax' });
    const password = 'kettle ladder orchid';
    await desk.get('/account/password');
    await desk.post('/account/password', { next: password, again: password });
    expect(await desk.post('/account/app')).toMatchObject({ status: 303, location: '/account/app' });
    const page = await desk.get('/account/app');
    const secret = /<code>([A-Z2-7 ]+)<\/code>/.exec(page.text)?.[1]?.replace(/ /g, '') ?? '';
    expect(page.text).toContain('otpauth://totp/');
    expect(page.text).toMatch(/<svg role="img" aria-label="给验证器应用扫的二维码/);
    expect((await desk.post('/account/app/confirm', { code: '12345' })).text).toContain('验证码不对');
    const code = new TOTP({ secret }).generate({ timestamp: product.house.clock().getTime() });
    const kept = await desk.post('/account/app/confirm', { code });
    const codes = [...kept.text.matchAll(/<code>([0-9A-Z-]{14})<\/code>/g)].map(([, one = '']) => one);
    expect(codes).toHaveLength(10);
    expect((await desk.get('/account')).text).toContain('还有 10 个没用过');

    const login = /<dt>登录名<\/dt><dd><div class="summary-value">([^<]+)/.exec((await desk.get('/account')).text)?.[1];
    const next = { name: login ?? '', password, next: '/account' };
    const waits = await signedIn(next);
    expect(waits.answer).toMatchObject({ status: 303, location: '/sign-in/second?next=%2Faccount' });
    expect((await waits.get('/desk')).location, 'not in yet').toBe('/sign-in?next=%2Fdesk');
    await waits.get(waits.answer.location ?? '');
    const used = await waits.post('/sign-in/second', { code, next: '/account' });
    expect(used, 'a code of the app twice').toMatchObject({ status: 422, text: expect.stringContaining('验证码不对') });
    const right = await waits.post('/sign-in/second', { code: codes[0] ?? '', next: '/account' });
    expect(right).toMatchObject({ status: 303, location: '/account' });
    expect((await waits.get('/account')).text).toContain('还有 9 个没用过');
    const machine = await product.as();
    const first = await machine.call<{ step: string }>('POST', '/api/v1/session', { name: login, password });
    expect([first.status, Object.keys(first.body)], 'no session yet').toEqual([202, ['step']]);
    const { step } = first.body;
    expect((await machine.call('POST', '/api/v1/session', { step, code: codes[0] })).status, 'used before').toBe(422);
    const second = await machine.call('POST', '/api/v1/session', { step, code: codes[1] });
    expect(second).toMatchObject({ status: 200, body: { actor: { kind: 'staff' } } });
    expect((await machine.call('POST', '/api/v1/session', { step, code: codes[2] })).status, 'good once').toBe(403);

    expect(await waits.post('/account/app/remove')).toMatchObject({ location: '/account?done=removed' });
    expect((await signedIn(next)).answer).toMatchObject({ location: '/account' });
    expect(await browser().get('/sign-in/second')).toMatchObject({ status: 303, location: '/sign-in' });
  });
});
