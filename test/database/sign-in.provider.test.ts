import { afterAll, beforeAll, expect, test } from 'vitest';
import { openProduct, type Product } from '../support/api.ts';
import { type RunningProvider, startProvider } from '../support/outside/provider.ts';
import { userAgent } from '../support/outside/user-agent.ts';
import { freePort } from '../support/product.ts';

/** What a stranger tries with the way back from a real provider: to get in as somebody, or somebody in as them. */
const acr = 'urn:gov:auth:L2';
const father = { acr, name: '陈志远', id_card: '360121199503120013', phone_number: '13800000001' };
const stranger = { acr, name: '万小芳', id_card: '360121199001010025', phone_number: '13800000099' };

let provider: RunningProvider;
let product: Product;
let back: string;
beforeAll(async () => {
  const origin = `http://127.0.0.1:${await freePort()}`;
  back = `${origin}/sign-in/provider/back`;
  provider = await startProvider({ accounts: { father, stranger }, back: [back], leave: [`${origin}/`] });
  const { issuer, clientId, secret } = provider;
  const config = { issuer, clientId, secret, origin, profile: 'national' };
  product = await openProduct(() => new Date(), { secure: true, origin, provider: config });
});
afterAll(() => provider.stop());

const name = '__Host-tb_provider';
async function begin(path = '/sign-in/provider?next=/cases') {
  const answer = await product.app.inject(path);
  const set = answer.cookies.find((cookie) => cookie.name === name);
  return { url: String(answer.headers.location), browser: set?.value ?? '', set };
}
/** Comes back from the provider as somebody, with the answer they got there. */
async function answerOf(account: string, url: string) {
  return (await userAgent()(url, account, back)).search;
}
const comeBack = (search: string, cookie: string) =>
  product.app.inject({ url: `/sign-in/provider/back${search}`, headers: { cookie } });
const isIn = ({ cookies }: { cookies: { name: string }[] }) => cookies.some((one) => one.name === '__Host-tb_session');

test('the browser that began comes in, by a cookie that no neighbouring host can set', async () => {
  const { url, browser, set } = await begin();
  expect(set).toMatchObject({ path: '/', httpOnly: true, secure: true, sameSite: 'Lax' });
  const answer = await comeBack(await answerOf('father', url), `${name}=${browser}`);
  expect([isIn(answer), answer.headers.location]).toEqual([true, '/cases']);
});

test('a stranger’s own way back lets nobody in as the stranger, whatever cookie was planted', async () => {
  const { url, browser } = await begin();
  const search = await answerOf('stranger', url);
  for (const planted of [`tb_provider=${browser}`, '', `${name}=${'A'.repeat(43)}`]) {
    const answer = await comeBack(search, planted);
    expect([isIn(answer), answer.statusCode], planted).toEqual([false, 403]);
  }
});

test('an answer is good once, and for the sign-in it belongs to', async () => {
  const [mine, theirs] = [await begin(), await begin()];
  const search = await answerOf('father', mine.url);
  const cookie = `${name}=${mine.browser}`;
  const mixed = new URLSearchParams(search);
  mixed.set('state', new URL(theirs.url).searchParams.get('state') ?? '');
  expect(isIn(await comeBack(`?${mixed}`, `${name}=${theirs.browser}`)), 'a code put into another sign-in').toBe(false);
  const other = new URLSearchParams(search);
  other.set('iss', 'https://evil.example');
  expect(isIn(await comeBack(`?${other}`, cookie)), 'another issuer').toBe(false);
  const again = await begin();
  const whole = await answerOf('father', again.url);
  expect(isIn(await comeBack(whole, `${name}=${again.browser}`))).toBe(true);
  expect(isIn(await comeBack(whole, `${name}=${again.browser}`)), 'a second time').toBe(false);
});

test('leads on nowhere but into this site, and takes up no session the browser came with', async () => {
  for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', '/%09/evil.example']) {
    const { url, browser } = await begin(`/sign-in/provider?next=${encodeURIComponent(next)}`);
    const answer = await comeBack(await answerOf('father', url), `${name}=${browser}`);
    const led = new URL(String(answer.headers.location), 'https://tongban.example/');
    expect([isIn(answer), led.host], next).toEqual([true, 'tongban.example']);
  }
  const { cookie: before } = await product.as('mother');
  const { url, browser } = await begin();
  const answer = await comeBack(await answerOf('father', url), `${name}=${browser}; ${before}`);
  expect(before).not.toContain(answer.cookies.find((one) => one.name === '__Host-tb_session')?.value);
  const old = await product.app.inject({ url: '/account', headers: { cookie: before } });
  expect(old.headers.location, 'the one it came with has ended').toMatch(/^\/sign-in/);
});
