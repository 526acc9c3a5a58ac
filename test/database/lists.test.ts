import { beforeAll, describe, expect, test } from 'vitest';
import { pageSize } from '../../src/platform/door.ts';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { submitted } from '../support/newborn.ts';
import { say } from '../support/story.ts';

/** Lists longer than a page, on their pages and by the machine interface: they go on, and their end can be reached. */
const at = '2026-06-10T02:00:00.000Z';
const many = pageSize + 10;
const region = '360121';
const county = '360121000000';

let product: Product;
const people: Record<string, Client> = {};
beforeAll(async () => {
  product = await openProduct(at);
  for (const who of ['father', 'clerk-liantang', 'admin', 'security-admin', 'audit-admin', 'catalog-editor'])
    people[who] = await product.as(who);
  await fill();
}, 60_000);

async function fill(): Promise<void> {
  const { db } = product.house;
  const number = await submitted(people.father as Client);
  const rows = `from generate_series(1, ${many}) n`;
  const name = `'某某' || to_char(n, 'FM000')`;
  for (const insert of [
    `identity.staff (region, id, login, name, division, agency)
     select '${region}', '${region}-z' || n, 'z.' || n, ${name}, '${county}', '360121-tax' ${rows}`,
    `identity.device (region, id, name, kind, division, enrolled_by, enrolled_at)
     select '${region}', 'd' || n, ${name}, 'station', '360121100201', 'x', now() ${rows}`,
    `identity.client (region, id, name, keys, scopes, division, valid_until, enrolled_by, enrolled_at, reason)
     select '${region}', 'c' || n, ${name}, '[]', '{case.read}', '${county}', now(), 'x', now(), 'x' ${rows}`,
    `identity.power (region, id, account, role, division, agency, number, valid_until, granted_by, granted_at, reason)
     select '${region}', 'o' || n, '${region}-approver-tax', 'break-glass', '${county}', '360121-tax', '36012120260610000001A',
            '2026-06-10', 'x', '2026-06-09'::timestamptz - make_interval(hours => n), ${name} ${rows}`,
    `cases.legal_hold (region, number, id, reason, by_id, from_at)
     select '${region}', '${number}', 'h' || n, ${name}, 'x', '2026-06-09' ${rows}`,
    `ledger.alarm (region, who, day, rule, subject, at, count)
     select '${region}', ${name}, '2026-06-09', 'volume', '', '2026-06-09', 1 ${rows}`,
    `catalog.proposal (id, region, kind, subject, base, source, content, hash, note, proposed_by, proposed_name, proposed_at)
     select '${region}-p' || n, '${region}', 'item', 'senior-card', 1, 'x', '{}', 'x', ${name}, 'x', 'x', '2026-06-09' ${rows}`,
  ])
    await db.query(`insert into ${insert}`);
  const asked = { kind: 'explain', division: '360121100000' };
  for (let n = 1; n <= many; n++) {
    const words = `某某${String(n).padStart(3, '0')}`;
    const made = await people.father?.call('POST', '/api/v1/me/requests', { ...asked, words });
    expect(made?.status, made?.text).toBe(201);
  }
}
const call = <Body>(who: string, path: string) => (people[who] as Client).call<Body>('GET', path);

type Answer = { more: boolean } & Record<string, unknown>;
const lists: [who: string, page: string, operation: string, rows: string, place?: string][] = [
  ['security-admin', '/admin/devices', '/api/v1/admin/devices', 'devices'],
  ['security-admin', '/admin/clients', '/api/v1/admin/clients', 'clients'],
  ['security-admin', '/admin/break-glass', '/api/v1/admin/break-glass', 'openings'],
  ['security-admin', '/admin/holds', '/api/v1/admin/holds', 'holds', '#holds'],
  ['audit-admin', '/admin/alarms', '/api/v1/admin/alarms', 'alarms'],
  ['catalog-editor', '/admin/catalog', '/api/v1/admin/proposals', 'proposals'],
  ['father', '/account/data/requests', '/api/v1/me/requests', 'requests'],
];

/** Which of the many are on a page. */
const namesIn = (text: string) => new Set(text.match(/某某\d{3}/g));

describe.each(lists)('for %s, %s', (who, page, operation, rows, place = '') => {
  const to = (path: string, n: number) => (n > 1 ? `${path}?page=${n}` : path);

  test('shows every row once, over two pages that lead to each other', async () => {
    const [first, second] = [await call(who, to(page, 1)), await call(who, to(page, 2))];
    expect([first.status, second.status]).toEqual([200, 200]);
    const [on, after] = [namesIn(first.text), namesIn(second.text)];
    expect([on.size, after.size, new Set([...on, ...after]).size]).toEqual([pageSize, many - pageSize, many]);
    expect(first.text).toContain(`rel="next" href="${to(page, 2)}${place}"`);
    expect(second.text).toContain(`rel="prev" href="${to(page, 1)}${place}"`);
    expect(second.text).not.toContain('rel="next"');
    expect(second.text).toContain(say('components.pagination.range', { from: pageSize + 1, to: many }));
  });

  test('says of a page there is not that it is not, and leads back', async () => {
    const past = await call(who, to(page, 9));
    expect(past.status).toBe(200);
    expect(past.text).toContain(say('components.pagination.past'));
    expect(past.text).toContain('rel="prev"');
  });

  test('is given page by page to programs too', async () => {
    const [first, second] = [await call<Answer>(who, to(operation, 1)), await call<Answer>(who, to(operation, 2))];
    const listed = [first, second].map(({ body }) => [(body[rows] as unknown[]).length, body.more]);
    expect(listed).toEqual([
      [pageSize, true],
      [many - pageSize, false],
    ]);
    for (const wrong of ['0', '-1', 'x', '1001'])
      expect((await call(who, `${operation}?page=${wrong}`)).status, wrong).toBe(422);
  });
});

test('a counter reaches the last request, and a copy holds all of them', async () => {
  const first = await call<Answer>('clerk-liantang', '/api/v1/requests');
  expect([(first.body.requests as unknown[]).length, first.body.more]).toEqual([pageSize, true]);
  const page = await call('clerk-liantang', '/desk/requests?page=2');
  expect(page.text.match(/href="\/desk\/requests\/[^"?]+"/g)?.length).toBeGreaterThanOrEqual(many - pageSize);
  const copy = await call<{ requests: unknown[] }>('father', '/api/v1/me/copy');
  expect(copy.body.requests.length).toBe(many);
});

/** Sends a form as a browser does. */
async function post(who: string, url: string, form: Record<string, string>) {
  const { cookie, csrf } = people[who] as Client;
  const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
  const payload = new URLSearchParams({ ...form, _csrf: csrf }).toString();
  const { statusCode, payload: text } = await product.app.inject({ method: 'POST', url, payload, headers });
  return { status: statusCode, text };
}

/** The form that turns the pages of a list: where it posts to, what it carries, and the pages its buttons ask for. */
function turningIn(text: string) {
  const [, action = '', inside = ''] =
    /<form class="pagination" method="post" action="([^"]*)">(.*?)<\/form>/s.exec(text) ?? [];
  const carried = [...inside.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  const fields = Object.fromEntries(carried.map(([, name = '', value = '']) => [name, value]));
  return { action, fields, pages: [...inside.matchAll(/name="page" value="(\d+)"/g)].map(([, page]) => page) };
}

const searches: [who: string, page: string, operation: string, rows: string, q: string][] = [
  ['admin', '/admin/accounts', '/api/v1/admin/accounts', 'accounts', 'z.'],
  ['security-admin', '/admin/people', '/api/v1/admin/staff', 'staff', '某某'],
];
describe.each(searches)('for %s, a search at %s', (who, page, operation, rows, q) => {
  test('finds every row once, over two pages that lead to each other by buttons', async () => {
    const first = await post(who, page, { q });
    const { action, fields, pages } = turningIn(first.text);
    expect([first.status, action, fields.q, pages]).toEqual([200, page, q, ['2']]);
    const second = await post(who, action, { ...fields, page: '2' });
    expect(turningIn(second.text)).toMatchObject({ fields: { q }, pages: ['1'] });
    const [on, after] = [namesIn(first.text), namesIn(second.text)];
    expect([on.size, after.size, new Set([...on, ...after]).size]).toEqual([pageSize, many - pageSize, many]);
    expect(second.text).toContain(say('components.pagination.range', { from: pageSize + 1, to: many }));
    const past = await post(who, page, { q, page: '9' });
    expect([past.status, turningIn(past.text).pages]).toEqual([200, ['1']]);
    expect(past.text).toContain(say('components.pagination.past'));
  });

  test('asks with the words in no address, which finds nobody by them either', async () => {
    const found = await post(who, page, { q });
    const addresses = [...found.text.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, to = '']) => decodeURI(to));
    expect(addresses.length).toBeGreaterThan(pageSize);
    expect(addresses.filter((to) => to.includes(q))).toEqual([]);
    const all = await call(who, page);
    const asked = await call(who, `${page}?q=${encodeURIComponent(q)}`);
    expect(namesIn(asked.text)).toEqual(namesIn(all.text));
    expect(asked.text).not.toContain(`value="${q}"`);
  });

  test('without words, or with none but blanks, is the whole list, whose pages are links', async () => {
    for (const form of [{}, { q: '  ' }]) {
      const all = await post(who, page, form as Record<string, string>);
      expect(all.text).toContain(`rel="next" href="${page}?page=2"`);
    }
  });

  test('is given page by page to programs too, who post what they look for', async () => {
    const search = (body: object) => (people[who] as Client).call<Answer>('POST', `${operation}/search`, body);
    const [first, second] = [await search({ q }), await search({ q, page: 2 })];
    expect([first, second].map(({ body }) => [(body[rows] as unknown[]).length, body.more])).toEqual([
      [pageSize, true],
      [many - pageSize, false],
    ]);
    for (const wrong of [{}, { q: ' ' }, { q, page: 0 }, { q, page: '2' }, { q, page: 1001 }, { q, also: 1 }])
      expect((await search(wrong)).status, JSON.stringify(wrong)).toBe(422);
  });
});

test('the whole list of accounts goes on too', async () => {
  for (const [who, page, operation, rows] of searches) {
    const [first, second] = [await call(who, page), await call(who, `${page}?page=2`)];
    expect(first.text).toContain(`rel="next" href="${page}?page=2"`);
    expect(namesIn(second.text).size).toBeGreaterThan(0);
    const [one, two] = [await call<Answer>(who, operation), await call<Answer>(who, `${operation}?page=2`)];
    expect([(one.body[rows] as unknown[]).length, one.body.more]).toEqual([pageSize, true]);
    expect((two.body[rows] as unknown[]).length).toBeGreaterThan(0);
  }
});

test('what finds nobody says so, and stays in the field', async () => {
  const page = await post('admin', '/admin/accounts', { q: '<b>' });
  expect(page.text).toContain(say('admin.people.none'));
  expect(page.text).toContain('value="&lt;b>"');
});

test('a refused review comes back on the page it was written on', async () => {
  const text = (await call('security-admin', '/admin/break-glass?page=2')).text;
  const action = text.match(/action="(\/admin\/break-glass\/[^"]+)"/)?.[1] ?? '';
  expect(action).toMatch(/\?page=2$/);
  const refused = await post('security-admin', action, { remark: '没有选结论' });
  expect([refused.status, refused.text.includes('没有选结论')]).toEqual([422, true]);
});

test('what is refused of an alarm or a hold of a further page comes back there', async () => {
  const alarms = await call('audit-admin', '/admin/alarms?page=2');
  const [, alarm = ''] = /name="alarm" value="([^"]+)"/.exec(alarms.text) ?? [];
  expect(alarms.text).toContain('action="/admin/alarms?page=2"');
  const short = await post('audit-admin', '/admin/alarms?page=2', { alarm, note: '短' });
  expect([short.status, short.text.includes('>短</textarea>')]).toEqual([422, true]);
  expect((await post('audit-admin', '/admin/alarms?page=2', { alarm, note: '已核实' })).status).toBe(303);
  for (const none of ['', 'volume', 'volume 0000-02-30 x ', `${alarm}x`])
    expect((await post('audit-admin', '/admin/alarms', { alarm: none, note: '已核实' })).status, none).toBe(404);
  const holds = await call('security-admin', '/admin/holds?page=2');
  const [, end = ''] = /action="(\/admin\/holds\/[^"]+)"/.exec(holds.text) ?? [];
  expect(end).toMatch(/\/end\?page=2$/);
  const id = /holds\/([^/]+)\/end/.exec(end)?.[1] ?? '';
  const refused = await post('security-admin', end, { [`why-${id}`]: '' });
  expect([refused.status, refused.text.includes(`id="hold-${id}"`)]).toEqual([422, true]);
});
