import { beforeAll, describe, expect, test } from 'vitest';
import { pageSize } from '../../src/platform/door.ts';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { liantang, situation, submitted } from '../support/newborn.ts';
import { say } from '../support/story.ts';

/** What somebody owns, and what a desk finds: the last of it is reached on the pages and by the machine interface. */
const at = '2026-06-10T02:00:00.000Z';
const many = pageSize + 10;
const region = '360121';

let product: Product;
const people: Record<string, Client> = {};
beforeAll(async () => {
  product = await openProduct(at);
  for (const who of ['father', 'mother', 'clerk-liantang', 'approver-health']) people[who] = await product.as(who);
  await ownCases();
  await everythingElse();
}, 60_000);

/** A case of the father's, and as many more of the very same moment. */
async function ownCases(): Promise<void> {
  const { db } = product.house;
  const number = await submitted(people.father as Client);
  const named = (n: string) => `jsonb_build_object('zh', '某某' || to_char(${n}, 'FM000'), 'en', 'x')`;
  await db.query(`update cases.case set subject_name = ${named('1')} where region = $1 and number = $2`, [
    region,
    number,
  ]);
  const [{ columns = '' } = {}] = await db.query<{ columns: string }>(
    `select string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
      where table_schema = 'cases' and table_name = 'case' and is_generated = 'NEVER'`,
  );
  await db.query(
    `insert into cases.case (${columns})
     select ${columns} from (
       select (jsonb_populate_record(c, jsonb_build_object(
                'number', left(c.number, 24) || to_char(n, 'FM000000') || '0', 'draft', 'd' || n, 'subject_name', ${named('n')}))).*
         from cases.case c, generate_series(2, $3::int) n where c.region = $1 and c.number = $2) copies`,
    [region, number, many],
  );
}

async function everythingElse(): Promise<void> {
  const { db } = product.house;
  const rows = `from generate_series(1, ${many}) n`;
  const name = `'某某' || to_char(n, 'FM000')`;
  const holder = `from identity.person p, generate_series(1, ${many}) n where p.region = '${region}' and p.id = '${region}-mother'`;
  for (const insert of [
    `cases.draft (region, id, owner, division, subject_kind, subject_id, subject_version, situation, updated_at)
     select '${region}', '${region}-z' || to_char(n, 'FM000'), '${region}-mother', '${liantang}', 'bundle', 'newborn', 1,
            '${JSON.stringify(situation)}', '${at}' ${rows}`,
    `rating.invitation (region, number, person, division, agencies, subject, closed_at)
     select '${region}', 'n' || n, '${region}-mother', '${liantang}', '{}', jsonb_build_object('zh', ${name}, 'en', ${name}), '${at}' ${rows}`,
    `identity.organisation (region, id, credit_code, name, created_at)
     select '${region}', '${region}-o' || n, '9136012100000' || to_char(n, 'FM00000'), ${name}, '${at}' ${rows}`,
    `identity.organisation_power (region, organisation, holder_index, holder_name, ref, kind, since)
     select '${region}', '${region}-o' || n, p.id_card_index, p.name, 'r' || n, 'agent', '${at}' ${holder}`,
    `identity.session (region, token_hash, subject_kind, subject_id, csrf_secret, created_at, expires_at, last_seen, ref, idle_seconds, device, proved_at)
     select '${region}', sha256(n::text::bytea), 'staff', '${region}-approver-health', 'x', '${at}', '2026-06-11', '${at}', 's' || n, 3600, ${name}, '${at}'
       from generate_series(2, ${many}) n`,
  ])
    await db.query(`insert into ${insert}`);
  await db.query(
    `update identity.session set device = '某某001' where subject_id = '${region}-approver-health' and device not like '某某%'`,
  );
}

const call = <Body>(who: string, path: string) => (people[who] as Client).call<Body>('GET', path);
type Answer = { more: boolean } & Record<string, unknown>;
type List = {
  who: string;
  page: string;
  operation: string;
  rows: string;
  /** What a page of it is called in an address of a page; `page` when not told. */
  name?: string;
  /** Where on the page it is. */
  place?: string;
  /** What tells one row from another. */
  row?: RegExp;
};
const lists: List[] = [
  { who: 'father', page: '/cases', operation: '/api/v1/cases', rows: 'cases' },
  {
    who: 'mother',
    page: '/cases',
    operation: '/api/v1/drafts',
    rows: 'drafts',
    name: 'drafts',
    row: /\/apply\/360121-z\d{3}/g,
  },
  { who: 'mother', page: '/organisation', operation: '/api/v1/organisations', rows: 'organisations' },
  { who: 'approver-health', page: '/account', operation: '/api/v1/account', rows: 'sessions', place: '#sessions' },
  { who: 'clerk-liantang', page: '/desk/recent', operation: '/api/v1/cases', rows: 'cases' },
  { who: 'clerk-liantang', page: '/desk/queue', operation: '/api/v1/queue', rows: 'rows' },
];
const rowsIn = (text: string, row = /某某\d{3}/g) => new Set(text.match(row));

describe.each(lists)('for $who, $rows at $page', ({ who, page, operation, rows, name = 'page', place = '', row }) => {
  const to = (n: number) => `${page}${n > 1 ? `?${name}=${n}` : ''}`;

  test('are all there, over two pages that lead to each other', async () => {
    const [first, second] = [await call(who, to(1)), await call(who, to(2))];
    const [on, after] = [rowsIn(first.text, row), rowsIn(second.text, row)];
    expect([on.size, after.size]).toEqual([pageSize, many - pageSize]);
    expect(new Set([...on, ...after]).size).toBe(many);
    expect(first.text).toContain(`rel="next" href="${to(2)}${place}"`);
    expect(second.text).toContain(`rel="prev" href="${to(1)}${place}"`);
    expect(second.text).not.toContain('rel="next"');
  });

  test('say of a page there is not that it is not, and lead back', async () => {
    const past = await call(who, to(9));
    expect([past.status, past.text.includes('rel="prev"')]).toEqual([200, true]);
    expect(past.text).toContain(say('components.pagination.past'));
  });

  test('are given page by page to programs too, each row once', async () => {
    const [first, second] = [await call<Answer>(who, operation), await call<Answer>(who, `${operation}?page=2`)];
    const [one, two] = [first, second].map(({ body }) => body[rows] as object[]);
    expect([one?.length, first.body.more, two?.length, second.body.more]).toEqual([
      ...[pageSize, true],
      ...[many - pageSize, false],
    ]);
    expect(new Set([...(one ?? []), ...(two ?? [])].map((each) => JSON.stringify(each))).size).toBe(many);
    for (const wrong of ['0', '-1', 'x', '1001'])
      expect((await call(who, `${operation}?page=${wrong}`)).status, wrong).toBe(422);
  });
});

describe('what may be rated', () => {
  test('is four on the page of everything, and all behind a link', async () => {
    const all = await call('mother', '/cases');
    expect(rowsIn(all.text, /\/cases\/n\d+\/rate/g).size).toBe(4);
    expect(all.text).toContain(
      `<a href="/cases?ratings=1">${say('portal.cases.allToRate', { count: `${pageSize}+` })}</a>`,
    );
    const [first, second] = [await call('mother', '/cases?ratings=1'), await call('mother', '/cases?ratings=2')];
    const [on, after] = [rowsIn(first.text), rowsIn(second.text)];
    expect([on.size, after.size, new Set([...on, ...after]).size]).toEqual([pageSize, many - pageSize, many]);
    expect(first.text).toContain('rel="next" href="/cases?ratings=2"');
    expect(second.text).toContain('rel="prev" href="/cases?ratings=1"');
    expect(second.text).toContain('class="back" href="/cases"');
  });

  test('is given page by page to programs too', async () => {
    const [first, second] = [
      await call<Answer>('mother', '/api/v1/ratings/open'),
      await call<Answer>('mother', '/api/v1/ratings/open?page=2'),
    ];
    expect([first, second].map(({ body }) => [(body.invitations as unknown[]).length, body.more])).toEqual([
      [pageSize, true],
      [many - pageSize, false],
    ]);
  });
});

test('the home page says that there is more than it counts', async () => {
  expect((await call('father', '/')).text).toContain(say('portal.home.allMine', { count: `${pageSize}+` }));
});

test('a form that was begun is gone on with, however many were begun since', async () => {
  const { cookie, csrf } = people.mother as Client;
  const { db } = product.house;
  await db.query(`update cases.draft set updated_at = '2026-06-01', subject_version = $1 where id = '${region}-z060'`, [
    product.house.catalog.bundle('newborn')?.version,
  ]);
  await db.query(`update cases.draft set situation = '{}' where owner = '${region}-mother' and id <> '${region}-z060'`);
  const form = new URLSearchParams({ kind: 'bundle', id: 'newborn', division: liantang, ...situation, _csrf: csrf });
  const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
  const begun = await product.app.inject({ method: 'POST', url: '/drafts', payload: form.toString(), headers });
  expect([begun.statusCode, begun.headers.location]).toEqual([303, `/apply/${region}-z060`]);
});

test('a request about one of many cases can name the last of them', async () => {
  const page = await call('father', '/account/data/ask/explain');
  expect(rowsIn(page.text).size).toBe(many);
});

test('an organisation on a further page is chosen, and then stands on every page', async () => {
  const mother = people.mother as Client;
  const last = `${region}-o${many}`;
  expect((await mother.call('PUT', '/api/v1/session/organisation', { organisation: last })).status).toBe(204);
  for (const page of ['/organisation', '/organisation?page=2'])
    expect((await mother.call('GET', page)).text, page).toMatch(new RegExp(`<input[^>]*value="${last}"[^>]*checked`));
  const onwards = await mother.call('GET', '/organisation?next=%2Fcases');
  expect(onwards.text).toContain('rel="next" href="/organisation?next=%2Fcases&amp;page=2"');
  expect((await mother.call('PUT', '/api/v1/session/organisation', { organisation: '' })).status).toBe(204);
});

describe('a search at a desk', () => {
  const found = (text: string) => rowsIn(text, /\/desk\/cases\/\w{31}/g);
  async function search(form: Record<string, string>) {
    const { cookie, csrf } = people['clerk-liantang'] as Client;
    const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
    const payload = new URLSearchParams({ ...form, _csrf: csrf }).toString();
    return (await product.app.inject({ method: 'POST', url: '/desk/search', payload, headers })).payload;
  }

  test('goes on over pages, by buttons that carry the words', async () => {
    const [first, second] = [await search({ q: '陈志远' }), await search({ q: '陈志远', page: '2' })];
    expect(new Set([...found(first), ...found(second)]).size).toBe(many);
    expect([found(first).size, found(second).size]).toEqual([pageSize, many - pageSize]);
    const form = /<form class="pagination" method="post" action="\/desk\/search">(.*?)<\/form>/s.exec(first)?.[1];
    expect(form).toContain('<input type="hidden" name="q" value="陈志远"');
    expect(form).toContain('name="page" value="2"');
    expect(form).toContain('name="_csrf"');
    expect(await search({ q: '陈志远', page: '9' })).toContain(say('components.pagination.past'));
  });

  test('is given page by page to programs too', async () => {
    const clerk = people['clerk-liantang'] as Client;
    const ask = (page?: number) => clerk.call<Answer>('POST', '/api/v1/cases/search', { q: '陈志远', page });
    const [first, second] = [await ask(), await ask(2)];
    expect([first, second].map(({ body }) => [(body.cases as unknown[]).length, body.more])).toEqual([
      [pageSize, true],
      [many - pageSize, false],
    ]);
    expect((await ask(0)).status).toBe(422);
  });
});

test('a queue says how much waits, on whatever page', async () => {
  for (const page of [1, 2, 9])
    expect((await call<Answer>('clerk-liantang', `/api/v1/queue?page=${page}`)).body.count, `${page}`).toBe(many);
});
