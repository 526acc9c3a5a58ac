import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { enrolled } from '../support/device.ts';
import { liantang } from '../support/newborn.ts';
import { say } from '../support/story.ts';

/** A form whose session has ended is sent again by who wrote it, and by nobody else in their name. */
let now = new Date('2026-06-10T02:00:00.000Z');
let product: Product;
beforeAll(async () => {
  product = await openProduct(() => now);
});

const url = '/account/data/ask/explain';
const form = { division: liantang, words: '请说明“<b>不予办理</b>”是谁决定的' };
const here = { 'sec-fetch-site': 'same-origin' };
type Fields = [string, string][];

async function post(client: Client, to: string, fields: Fields, headers: Record<string, string> = here) {
  const {
    statusCode,
    payload,
    headers: told,
  } = await product.app.inject({
    ...{ method: 'POST', url: to, payload: new URLSearchParams(fields).toString() },
    headers: {
      ...{ cookie: client.cookie, host: 'localhost', referer: `http://localhost${to}`, ...headers },
      'content-type': 'application/x-www-form-urlencoded',
    },
  });
  return { status: statusCode, text: payload, to: told.location };
}
const stale = (fields: object): Fields => Object.entries({ ...fields, _csrf: 'of a session that has ended' });

/** The form that is offered on a page; nothing when none is. */
function offered(text: string): { action: string; fields: Fields } | undefined {
  const [, action = '', inside = ''] =
    /id="again".*?<form method="post" action="([^"]*)">(.*?)<\/form>/s.exec(text) ?? [];
  if (action === '') return undefined;
  const plain = (value: string) =>
    value.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  const fields = [...inside.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  return { action: plain(action), fields: fields.map(([, name = '', value = '']) => [plain(name), plain(value)]) };
}
const tokenIn = (fields: Fields) => fields.find(([name]) => name === '_csrf')?.[1];
const requests = async () =>
  (await product.house.db.query<{ count: number }>('select count(*)::int as count from rights.request'))[0]?.count;

describe('a form whose session has ended', () => {
  test('waits for its writer to sign in, and then for one press of theirs', async () => {
    const nobody = await product.as();
    const first = await post(nobody, url, stale(form));
    expect(first.status).toBe(403);
    for (const words of [say('problem.page-expired.adviceAgain'), 'href="/sign-in" target="_blank"'])
      expect(first.text).toContain(words);
    const waiting = offered(first.text);
    expect(waiting).toEqual({ action: url, fields: Object.entries(form) });

    // Still nobody: it waits on, and is not lost on the way to the sign-in.
    expect(offered((await post(nobody, url, waiting?.fields ?? [])).text)).toEqual(waiting);
    const father = await product.as('father');
    const second = await post(father, url, waiting?.fields ?? []);
    expect(second.status).toBe(403);
    expect(second.text).toContain(say('problem.sendAgain.as', { name: '陈志远' }));
    expect(await requests()).toBe(0);
    const ready = offered(second.text);
    expect(tokenIn(ready?.fields ?? [])).toBeTruthy();
    expect(await post(father, ready?.action ?? '', ready?.fields ?? [])).toMatchObject({ status: 303 });
    expect(await requests()).toBe(1);
    expect((await father.call('GET', '/account/data/requests')).text).toContain('&lt;b>不予办理');
  });

  test('keeps every box that was ticked', async () => {
    const clerk = await product.as('clerk-liantang');
    const ticked: Fields = [
      ...stale({ do: 'enter', p_name: '万根生' }),
      ['m', 'applicant_id'],
      ['m', 'applicant_photo'],
    ];
    const { fields = [] } = offered((await post(clerk, '/desk/counter/item/senior-card', ticked)).text) ?? {};
    expect(fields.filter(([name]) => name === 'm')).toEqual(ticked.slice(-2));
  });

  test('of an administrator who has to prove again who they are is kept beside that', async () => {
    const admin = await product.as('security-admin');
    now = new Date(now.getTime() + 6 * 60_000);
    const fields: Fields = Object.entries({ number: '360121', reason: '行政诉讼 12 号', _csrf: admin.csrf });
    const to = '/admin/people/360121-clerk-liantang/revoke';
    const told = await post(admin, to, [...fields, ['why', '调离窗口']]);
    expect(told.status).toBe(403);
    for (const words of [
      say('problem.confirm-first.adviceAgain'),
      'href="/account/confirm" target="_blank"',
      '调离窗口',
    ])
      expect(told.text).toContain(words);
    await post(admin, '/account/confirm', Object.entries({ _csrf: admin.csrf }));
    const { fields: kept = [] } = offered(told.text) ?? {};
    const again = await post(admin, to, kept);
    expect([again.status, again.text.includes(say('field.power-missing'))]).toEqual([422, true]);
  });
});

describe('no form is offered', () => {
  test.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ 'sec-fetch-site': 'none' }],
    [{ 'sec-fetch-site': 'cross-site', origin: 'http://localhost' }],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'https://localhost' }],
    [{ origin: 'null' }],
    [{}],
  ])('of what may be another site’s: %j', async (headers) => {
    const { status, text } = await post(
      await product.as('father'),
      url,
      stale(form),
      headers as Record<string, string>,
    );
    expect([status, offered(text)]).toEqual([403, undefined]);
    expect(text).toContain(say('problem.page-expired.advice'));
  });

  test('but of an older browser that says only from where it sends', async () => {
    const { text } = await post(await product.as('father'), url, stale(form), { origin: 'http://localhost' });
    expect(offered(text)?.action).toBe(url);
  });

  test('at a device many people use', async () => {
    const { cookie } = await enrolled(product, 'kiosk');
    expect(offered((await post(await product.as('father', cookie), url, stale(form))).text)).toBeUndefined();
  });

  test('of an act without words, nor of a form larger than a page should be', async () => {
    const father = await product.as('father');
    expect(offered((await post(father, '/account/data/delete', stale({}))).text)).toBeUndefined();
    const { text } = await post(father, url, stale({ ...form, words: '长'.repeat(200_001) }));
    expect(offered(text)).toBeUndefined();
    expect(text).toContain('长'.repeat(5000));
  });

  test('of anything that failed for another reason', async () => {
    const father = await product.as('father');
    const { status, text } = await post(
      father,
      '/desk/cases/none',
      Object.entries({ act: 'accept', _csrf: father.csrf }),
    );
    expect([status, offered(text)]).toEqual([403, undefined]);
  });
});

test('what was written is told with the names of its fields, at the counter as well', async () => {
  const written = {
    ...{ p_name: '万根生', a_contact_name: '万小明', a_applicant_phone: '13800000003' },
    ...{
      r_senior_card_number: '3601210123',
      'why-m-applicant_photo': '看不清',
      why: 'check',
      'what-free-1': '户口本',
      value: '万跟生',
      constructor: '不是一项',
    },
  };
  const { text } = await post(await product.as('clerk-liantang'), '/desk/counter/item/senior-card', stale(written));
  const rows = [...text.matchAll(/<dt>([^<]*)<\/dt><dd><div class="summary-value">([^<]*)</g)].map(([, ...row]) => row);
  const { material } = product.house.elements;
  expect(rows).toEqual([
    ['姓名', '万根生'],
    ['家人姓名', '万小明'],
    ['手机号码', '13800000003'],
    ['老年人优待证编号', '3601210123'],
    [say('desk.return.whyFor', { what: material('applicant_photo')?.name.zh ?? '' }), '看不清'],
    [say('field.of.why'), say('desk.reveal.reason.check')],
    [say('field.of.what'), '户口本'],
    [say('field.of.value'), '万跟生'],
  ]);
});
