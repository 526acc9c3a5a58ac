import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { startEmbedded } from '../../src/platform/embedded.ts';
import { openLog } from '../../src/platform/log.ts';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { idCardOf, listenTo, openEar, seeker } from '../support/leaks.ts';
import { fillIn, liantang, pdf } from '../support/newborn.ts';

/**
 * A family with values nobody else has goes the whole way: forms, wrong forms, searches, uploads, the desk, errors. Then
 * everything that leaves the product beside the pages of those who may is searched for every one of these values.
 */
const seeds = {
  child: '欧阳璟珩',
  mother: '司徒皎皎',
  motherCard: idCardOf('36012119970826774'),
  motherPhone: '13791357924',
  home: '江西省南昌市南昌县莲塘镇澹台胡同909号',
  visitor: '东郭蘅芜',
  visitorCard: idCardOf('36012119880115553'),
  visitorPhone: '13697531864',
  searched: '夏侯黼黻的出生证',
  colleague: '公孙筱筠',
  fileName: '淳于氏的秘密',
};
const found = seeker(seeds);

const heard = openEar();
const { lines, addresses } = heard;
let product: Product;
let number: string;
let draft: string;
let file: string;

beforeAll(async () => {
  product = await openProduct(undefined, {}, heard.log);
  listenTo(product, heard, found);
  await father();
  await counter();
  await administrators();
  await mistakes();
  await product.house.drain();
  await takenOut();
}, 120_000);

type Sent = { method?: 'GET' | 'POST'; form?: Record<string, string> };
/** As a browser: form, cookie, token. */
async function visit(who: Client, url: string, { form }: Sent = {}) {
  const headers = { cookie: who.cookie, 'content-type': 'application/x-www-form-urlencoded' };
  const payload = new URLSearchParams({ ...form, _csrf: who.csrf }).toString();
  return product.app.inject(form ? { method: 'POST', url, headers, payload } : { url, headers });
}

async function father(): Promise<void> {
  const who = await product.as('father');
  draft = await fillIn(who, {
    ...{ child_name: seeds.child, mother_name: seeds.mother, mother_id_card: seeds.motherCard },
    ...{ mother_phone: seeds.motherPhone, child_home_address: seeds.home, household_address: seeds.home },
  });
  const wrong = await visit(who, `/apply/${draft}/mother`, {
    form: { mother_name: seeds.mother, mother_id_card: seeds.visitorCard },
  });
  expect(wrong.statusCode).toBe(422);
  const named = {
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(seeds.fileName)}.pdf`,
  };
  for (const bytes of [Buffer.from('not a pdf'), pdf])
    await who.call('PUT', `/api/v1/drafts/${draft}/files/delivery_record`, bytes, named);
  const kept = await who.call<{ files: { id: string }[] }>('GET', `/api/v1/drafts/${draft}`);
  file = kept.body.files.at(-1)?.id ?? '';
  number = (await who.call<{ number: string }>('POST', `/api/v1/drafts/${draft}/submission`, { consent: true })).body
    .number;
  expect(found((await visit(who, `/cases/${number}`)).payload)).not.toEqual([]);
  for (const page of ['', '/submitted', '/withdraw']) await visit(who, `/cases/${number}${page}`);
}

async function counter(): Promise<void> {
  const clerk = await product.as('clerk-liantang');
  const person = {
    p_name: seeds.visitor,
    p_idCard: seeds.visitorCard,
    p_phone: seeds.visitorPhone,
    p_address: seeds.home,
  };
  await visit(clerk, '/desk/counter/item/senior-card', { form: { ...person, division: liantang, do: 'enter' } });
  for (const q of [seeds.child, seeds.mother, seeds.motherCard, '陈志远'])
    expect((await visit(clerk, '/desk/search', { form: { q } })).statusCode).toBe(200);
  await visit(clerk, `/desk/cases/${number}`);
  await visit(clerk, `/desk/cases/${number}/full`, { form: { why: 'work' } });
  await visit(clerk, `/desk/cases/${number}`, { form: { act: 'return', reason: seeds.mother } });
}

/** Everything that comes as a file. */
async function takenOut(): Promise<void> {
  const paper = `/api/v1/cases/${number}/files/delivery_record`;
  const files: [who: string, url: string, sent?: Sent][] = [
    ['father', '/account/data/copy/file'],
    ['father', `/files/${file}`],
    ['father', paper],
    ['father', `/api/v1/cases/${number}/proof?acts=yes`],
    ['audit-admin', '/admin/trail/csv', { form: {} }],
    ['supervisor', '/watch/cases.csv?measure=submitted'],
  ];
  for (const [persona, url, sent] of files)
    expect((await visit(await product.as(persona), url, sent)).statusCode, url).toBe(200);
}

/** Administrators look for a colleague: on a page, on its second one, and by a program. */
async function administrators(): Promise<void> {
  await product.house.db.query(
    `insert into identity.staff (region, id, login, name, division, agency)
     select '360121', '360121-same-name-' || n, 'same.name.' || n, $1, '360121000000', '360121-tax' from generate_series(1, 60) n`,
    [seeds.colleague],
  );
  for (const [persona, page, operation] of [
    ['admin', '/admin/accounts', 'accounts'],
    ['security-admin', '/admin/people', 'staff'],
  ] as const) {
    const who = await product.as(persona);
    for (const at of ['1', '2']) {
      const answer = await visit(who, page, { form: { q: seeds.colleague, page: at } });
      expect([answer.statusCode, found(answer.payload)]).toEqual([200, ['colleague']]);
    }
    const asked = await who.call('POST', `/api/v1/admin/${operation}/search`, { q: seeds.colleague });
    expect([asked.status, found(asked.text)]).toEqual([200, ['colleague']]);
  }
}

/** What goes wrong: pages that are not there, with values in their addresses; names nobody has; forms without a token. */
async function mistakes(): Promise<void> {
  const guest = await product.as();
  for (const value of Object.values(seeds)) {
    await product.app.inject(`/nowhere/${encodeURIComponent(value)}?also=${encodeURIComponent(value)}`);
    await product.app.inject(`/api/v1/nowhere/${encodeURIComponent(value)}`);
    await product.app.inject(`/search?q=${encodeURIComponent(value)}`);
    await guest.call('POST', '/api/v1/session', { name: value.slice(0, 60), password: value });
    await product.app.inject({ method: 'POST', url: '/sign-in', payload: { name: value, password: value } });
    await guest.call('POST', '/api/v1/cases', { applicant: { name: value, idCard: value } });
    await (await product.as('father')).call('PATCH', `/api/v1/drafts/${draft}`, {
      answers: { mother_name: `${value}\0` },
    });
  }
}

describe('nobody’s name, number, telephone, address or search word', () => {
  test('is in the log, at its most talkative', () => {
    expect(lines.length).toBeGreaterThan(60);
    expect(found(lines.join(''))).toEqual([]);
    expect(lines.join('')).not.toContain(number);
  });

  test('is in an address the product makes', () => {
    expect(addresses.length).toBeGreaterThan(100);
    expect(found(addresses.join('\n'))).toEqual([]);
  });

  test('is in a cookie, in the name of a file that is handed out, or in any other header', () => {
    expect(heard.cookies.length).toBeGreaterThan(5);
    const own = heard.fileNames.filter((line) => line.startsWith('/files/'));
    const made = heard.fileNames.filter((line) => !own.includes(line));
    expect(found(own.join('\n')), 'a file has for its owner the name they gave it').toEqual(['fileName']);
    expect(made.length).toBeGreaterThan(4);
    expect(found([...heard.cookies, ...made, ...heard.headers].join('\n'))).toEqual([]);
  });

  test('is in the figures of the process, or in how it says it is', async () => {
    const { payload } = await product.app.inject('/metrics');
    expect(payload).toContain('tongban_http_request_seconds');
    const answers = await Promise.all(['/readyz', '/healthz'].map((url) => product.app.inject(url)));
    const told = [payload, ...answers.map((answer) => answer.payload)].join('\n');
    expect(found(told)).toEqual([]);
    expect(told).not.toContain(number);
  });

  test('is on a page, an error or a document for anybody else', async () => {
    const urls = [
      ...['', '/submitted', '/withdraw', '/rate', '/correct'].map((end) => `/cases/${number}${end}`),
      ...['', '/mother', '/check', '/materials'].map((end) => `/apply/${draft}${end}`),
      ...['', '?case='].map((query) => `/files/${file}${query && query + number}`),
      ...[`/desk/cases/${number}`, `/desk/cases/${number}/slip`, '/desk/queue', '/desk/recent', '/cases', '/account'],
      ...[`/api/v1/cases/${number}`, `/api/v1/drafts/${draft}`, '/api/v1/cases', '/api/v1/drafts', '/api/v1/queue'],
    ];
    for (const persona of [undefined, 'mother', 'clerk-anyi', 'admin', 'security-admin', 'audit-admin']) {
      const who = await product.as(persona);
      for (const url of urls) expect(found((await visit(who, url)).payload), `${persona}: ${url}`).toEqual([]);
    }
  });

  test('is in the trail, which the audit administrator takes out', async () => {
    const audit = await product.as('audit-admin');
    const page = await visit(audit, '/admin/trail', { form: {} });
    const csv = await visit(audit, '/admin/trail/csv', { form: {} });
    expect(csv.payload.split('\n').length).toBeGreaterThan(5);
    expect(found(page.payload + csv.payload)).toEqual([]);
  });
});

test('the log of the database says how it is, and not what a statement tripped over', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tongban-leaks-'));
  await chmod(folder, 0o755); // started by root, PostgreSQL runs as another user
  const said: string[] = [];
  const server = await startEmbedded({
    folder,
    log: openLog('trace', { write: (line) => void said.push(line) }),
    durable: false,
  });
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query('create table person (name text primary key check (length(name) < 9))');
  const failing: [string, string[]][] = [
    ['insert into person values ($1), ($1)', [seeds.child]],
    ['insert into person values ($1)', [seeds.home]],
    ['select $1::int', [seeds.motherPhone.concat('x')]],
    [`select '${seeds.visitor}' from nowhere`, []],
    [`selct '${seeds.visitorCard}'`, []],
  ];
  for (const [sql, values] of failing) await expect(client.query(sql, values)).rejects.toThrow();
  await client.end();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
  const log = said.join('');
  expect(log).toContain('ready to accept connections');
  expect(found(log)).toEqual([]);
});
