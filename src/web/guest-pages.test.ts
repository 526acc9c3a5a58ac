import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openGuestPages } from './guest-pages.ts';

const blank = 'a-secret-of-this-process';
const at = new Date('2026-03-02T01:00:00Z');
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000);

function rendering(make: (token: string) => string) {
  const render = async (token: string) => {
    render.times++;
    return make(token);
  };
  render.times = 0;
  return render;
}

test('a page is made once for many guests, and anew after half a minute', async () => {
  const pages = openGuestPages(blank);
  const render = rendering(() => '<p>通办</p>');
  await pages.recall('/', at, render);
  await pages.recall('/', later(29), render);
  expect(render.times).toBe(1);
  await pages.recall('/', later(30), render);
  await pages.recall('/help', later(30), render);
  expect(render.times).toBe(3);
});

test('every guest finds their own token in the forms, and never somebody else’s', async () => {
  const pages = openGuestPages(blank);
  const render = rendering((token) => `<form><input value="${token}"/></form><form><input value="${token}"/></form>`);
  for (const token of ['one', 'two']) {
    const page = await pages.recall('/items/a', at, render);
    expect(page.text(() => token).toString()).toBe(
      `<form><input value="${token}"/></form><form><input value="${token}"/></form>`,
    );
    expect(page.packed).toBeUndefined();
  }
  expect(render.times).toBe(1);
});

test('a page without forms is packed once', async () => {
  const page = await openGuestPages(blank).recall(
    '/',
    at,
    rendering(() => '<p>通办</p>'),
  );
  expect(gunzipSync(page.packed ?? Buffer.alloc(0)).toString()).toBe('<p>通办</p>');
});

test('addresses without end do not fill the memory', async () => {
  const pages = openGuestPages(blank);
  const render = rendering(() => '');
  for (let n = 0; n < 400; n++) await pages.recall(`/search?q=${n}`, at, render);
  await pages.recall('/search?q=0', at, render);
  expect(render.times).toBe(400);
  await pages.recall('/search?q=400', at, render);
  await pages.recall('/search?q=0', at, render);
  expect(render.times).toBe(402);
});

test('a page that cannot be made is not kept', async () => {
  const pages = openGuestPages(blank);
  await expect(pages.recall('/', at, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  const render = rendering(() => 'yes');
  expect((await pages.recall('/', at, render)).text(() => '').toString()).toBe('yes');
});

test('an address that holds some word is no place for a token', async () => {
  const address = '~~the-token-of-a-guest-goes-in-here-instead';
  const page = await openGuestPages(blank).recall(
    address,
    at,
    rendering((token) => `<a href="/?x=${address}"></a><input value="${token}"/>`),
  );
  expect(page.text(() => 'mine').toString()).toBe(`<a href="/?x=${address}"></a><input value="mine"/>`);
});
