import { beforeAll, describe, expect, test } from 'vitest';
import { openProduct, type Product } from '../support/api.ts';
import { addressOf, openWorld, type World } from '../support/asking.ts';

/** What every answer says to browsers, whatever kind it is; and where no answer leads. */
let product: Product;
let world: World;
let cookie: string;
beforeAll(async () => {
  product = await openProduct(undefined, { secure: true });
  world = await openWorld(product, 'handed in');
  cookie = (await product.as('father')).cookie;
});

const kinds = (): Record<string, { url: string; status: number }> => ({
  'a page': { url: '/', status: 200 },
  'a page of somebody': { url: `/cases/${world.number}`, status: 200 },
  'a page that is not there': { url: '/nowhere', status: 404 },
  'a refusal': { url: '/desk/queue', status: 403 },
  'a way on': { url: '/?lang=en', status: 303 },
  'a file': { url: `/files/${world.file}`, status: 200 },
  'a document': { url: '/api/v1/items', status: 200 },
  'a problem document': { url: '/api/v1/cases/not-a-number-at-all-0000', status: 404 },
  'an icon': { url: '/assets/icon.svg', status: 200 },
  'the log of acts': { url: '/ledger/keys', status: 200 },
  'the health': { url: '/healthz', status: 200 },
  'the figures': { url: '/metrics', status: 200 },
  'an address no browser sends': { url: '/%', status: 400 },
});

describe('every kind of answer', () => {
  test('tells browsers to keep it where it is', async () => {
    for (const [kind, { url, status }] of Object.entries(kinds())) {
      const answer = await product.app.inject({ url, headers: { cookie } });
      expect(answer.statusCode, kind).toBe(status);
      expect(answer.headers, kind).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'strict-transport-security': 'max-age=31536000; includeSubDomains',
      });
      expect(answer.headers['permissions-policy'], kind).toContain('geolocation=()');
      const policy = String(answer.headers['content-security-policy']);
      expect(policy, kind).toContain("frame-ancestors 'none'");
      expect(policy, kind).not.toMatch(/script-src[^;]*unsafe|unsafe-eval/);
      expect(answer.headers, kind).not.toHaveProperty('x-powered-by');
      expect(answer.headers, kind).not.toHaveProperty('server');
    }
  });

  test('that cannot be read is a page for people, in both languages, and a document for machines; neither repeats it', async () => {
    const page = await product.app.inject({ url: '/%<b>' });
    expect(page.headers['content-type']).toContain('text/html');
    for (const lang of ['zh', 'en'] as const)
      expect(page.body).toContain(product.house.texts.say(lang)('problem.not-found.title'));
    expect(page.body).not.toContain('<b>');
    const document = await product.app.inject({ url: '/api/v1/%' });
    expect(document.json()).toMatchObject({ status: 400, code: 'not-found' });
  });

  test('about somebody is kept by no cache', async () => {
    for (const url of [`/cases/${world.number}`, `/files/${world.file}`, `/api/v1/cases/${world.number}`, '/account']) {
      const answer = await product.app.inject({ url, headers: { cookie } });
      expect(answer.headers['cache-control'], url).toContain('no-store');
    }
  });
});

test('a page allows scripts and forms of this site only', async () => {
  const { headers } = await product.app.inject('/');
  for (const rule of [
    "default-src 'self'",
    "script-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ])
    expect(String(headers['content-security-policy']).split('; ')).toContain(rule);
});

test('cookies are for this site over TLS and for no script; the ones that open something bear the prefix', async () => {
  const payload = 'persona=father';
  const first = await product.app.inject('/sign-in?mode=elder');
  const form = await product.app.inject('/sign-in');
  const given = Object.fromEntries(form.cookies.map(({ name, value }) => [name, value]));
  const token = /name="_csrf" value="([^"]+)"/.exec(form.payload)?.[1] ?? '';
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    cookie: `__Host-tb_guest=${given['__Host-tb_guest']}`,
  };
  const entered = await product.app.inject({
    method: 'POST',
    url: '/sign-in',
    headers,
    payload: `${payload}&_csrf=${token}`,
  });
  const set = [first, form, entered].flatMap(({ headers }) => headers['set-cookie'] ?? []);
  expect(set.map((cookie) => cookie.split('=')[0])).toContain('__Host-tb_session');
  for (const cookie of set) {
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; Secure/);
    expect(cookie).toMatch(/; SameSite=(Lax|Strict)/);
    expect(cookie).not.toMatch(/; Domain/i);
    if (/^__Host-/.test(cookie)) expect(cookie).toMatch(/; Path=\/;/);
  }
});

test('a session under the bare name, as a neighbouring host could set it, opens nothing', async () => {
  const bare = cookie.replaceAll('__Host-', '');
  const answer = await product.app.inject({ url: '/account', headers: { cookie: bare } });
  expect(answer.headers.location).toMatch(/^\/sign-in/);
});

test('no address, form or header makes any page lead to another site', async () => {
  const evil = [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/%09/evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    '/..//evil.example',
    'https:evil.example',
  ];
  const home = 'https://tongban.example';
  const leads = (location: unknown) =>
    location !== undefined && new URL(String(location), `${home}/a/b`).origin !== home;
  const routes = product.app.routeFacts.filter(({ method, url }) => method === 'GET' && !url.startsWith('/assets/'));
  const wrong: string[] = [];
  for (const there of evil) {
    const query = new URLSearchParams({ next: there, back: there, return: there, url: there });
    for (const { url } of routes) {
      const path = addressOf(`GET ${url}`, world).split('?')[0];
      for (const who of [cookie, ''])
        for (const ask of [`${path}?${query}`]) {
          const answer = await product.app.inject({
            url: ask,
            headers: { cookie: who, referer: there, host: 'tongban.example' },
          });
          if (leads(answer.headers.location)) wrong.push(`${ask} -> ${answer.headers.location}`);
        }
    }
    for (const path of [`/${there}`, `//evil.example/?lang=en`, `/\\evil.example?mode=elder`]) {
      const answer = await product.app.inject({
        url: path.replace(/^\/+https/, '/https'),
        headers: { host: 'tongban.example' },
      });
      if (leads(answer.headers.location)) wrong.push(`${path} -> ${answer.headers.location}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('a form that says where to go on leads nowhere else', async () => {
  const evil = ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'];
  for (const next of evil) {
    const guest = await product.as();
    const headers = { cookie: guest.cookie, 'content-type': 'application/x-www-form-urlencoded' };
    const payload = new URLSearchParams({ persona: 'father', next, _csrf: guest.csrf }).toString();
    const { headers: said } = await product.app.inject({ method: 'POST', url: '/sign-in', headers, payload });
    expect(said.location, next).toBe('/');
  }
});

test('no address breaks an answer or adds a header to it', async () => {
  const page = (await product.app.inject(`/?x=~~the-token-of-a-guest-goes-in-here-instead`)).payload;
  expect(page).toContain('x=~~the-token-of-a-guest-goes-in-here-instead');
  expect((await product.app.inject('//?lang=zh')).statusCode).toBe(404);
  const { cookie: desk } = await product.as('clerk-liantang');
  const led = await product.app.inject({ url: '/cases/%0d%0aset-cookie:x=1', headers: { cookie: desk } });
  expect(led.headers.location).toBe('/desk/cases/%0D%0Aset-cookie%3Ax%3D1');
  expect(led.headers).not.toHaveProperty('set-cookie');
  for (const url of ['/files/360121-%00', '/apply/360121-%00', '/api/v1/drafts/360121-%00'])
    expect((await product.app.inject({ url, headers: { cookie } })).statusCode, url).toBe(422);
});

test('the token of the forms looks different on each page, and all of them are taken', async () => {
  const { cookie: guest } = await product.as();
  for (const [who, url] of [
    [cookie, '/account'],
    [guest, '/sign-in'],
  ] as const) {
    const tokens: string[] = [];
    for (let page = 0; page < 3; page++) {
      const { payload } = await product.app.inject({ url, headers: { cookie: who } });
      tokens.push(/name="_csrf" value="([^"]+)"/.exec(payload)?.[1] ?? '');
    }
    expect(new Set(tokens.flatMap((token) => [token.slice(0, 43), token.slice(43)])).size, url).toBe(6);
    for (const [token, taken] of [
      ...tokens.map((one) => [one, true] as const),
      [tokens[0]?.slice(1), false] as const,
    ]) {
      const headers = { cookie: who, 'content-type': 'application/x-www-form-urlencoded' };
      const payload = new URLSearchParams({ name: 'nobody', password: 'nothing', _csrf: token ?? '' }).toString();
      const sent = await product.app.inject({ method: 'POST', url: '/sign-in', headers, payload });
      expect(sent.payload.includes('这个页面放得太久了'), `${url} ${token}`).toBe(!taken);
    }
  }
});

test('a page that another site opens in somebody’s session is not packed, so that its length tells nothing', async () => {
  const asked = (site: string, who = cookie) =>
    product.app.inject({
      url: `/search?q=${encodeURIComponent('出生')}`,
      headers: { cookie: who, 'accept-encoding': 'gzip', 'sec-fetch-site': site },
    });
  expect((await asked('same-origin')).headers['content-encoding']).toBe('gzip');
  expect((await asked('none')).headers['content-encoding']).toBe('gzip');
  expect((await asked('cross-site')).headers['content-encoding']).toBeUndefined();
  expect((await asked('cross-site', '')).headers['content-encoding'], 'a guest has no secret there').toBe('gzip');
});
