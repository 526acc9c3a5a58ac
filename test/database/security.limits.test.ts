import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { limitedRoutes, rates } from '../../src/web/limits.ts';
import { openProduct } from '../support/api.ts';
import { endAll } from '../support/endings.ts';
import { answers, fillIn, liantang, pdf, situation, subject } from '../support/newborn.ts';
import { say } from '../support/story.ts';

// Each test fills the connections of a product of its own: all of them together are more than a server has.
afterEach(endAll);

/** The clock stands still here, so nothing drains: after the burst comes the wait. */
describe('limits', () => {
  test('name routes there are', async () => {
    const { app } = await openProduct();
    const routes = app.routeFacts.map(({ method, url }) => `${method} ${url}`);
    expect([...limitedRoutes].filter((route) => !routes.includes(route))).toEqual([]);
  });

  test('a network that searches too fast is told to wait, on a page and in a document; another one is not', async () => {
    const { app } = await openProduct();
    const search = (remoteAddress: string, url = '/search?q=card') => app.inject({ url, remoteAddress });
    for (let n = 0; n < rates.search.network.burst; n++) expect((await search('203.0.113.5')).statusCode).toBe(200);
    const page = await search('203.0.113.99');
    expect(page.statusCode).toBe(429);
    expect(page.headers['retry-after']).toBe('1');
    expect(page.payload).toContain(say('problem.too-many-requests.title'));
    const document = await search('203.0.113.5', '/api/v1/search?q=card');
    expect(document.headers['content-type']).toContain('application/problem+json');
    expect(document.json()).toMatchObject({ status: 429, code: 'too-many-requests' });
    expect((await search('198.51.100.7')).statusCode).toBe(200);
    expect((await app.inject({ url: '/', remoteAddress: '203.0.113.5' })).statusCode).toBe(200);
  });

  test('whoever is signed in is counted by account, whatever strangers around them do', async () => {
    const { app, as } = await openProduct();
    for (let n = 0; n <= rates.search.network.burst; n++) await app.inject('/search?q=card');
    expect((await app.inject('/search?q=card')).statusCode).toBe(429);
    const father = await as('father');
    for (let n = 0; n < rates.search.account.burst; n++)
      expect((await father.call('GET', '/api/v1/search?q=card')).status).toBe(200);
    expect((await father.call('GET', '/api/v1/search?q=card')).status).toBe(429);
    expect((await (await as('mother')).call('GET', '/api/v1/search?q=card')).status).toBe(200);
  });

  test('whoever guesses numbers is stopped; whoever reads what is theirs is not counted', async () => {
    const { as } = await openProduct();
    const [mother, father] = [await as('mother'), await as('father')];
    const draft = await fillIn(father);
    for (let n = 0; n < rates.number.account.burst + 10; n++)
      expect((await father.call('GET', `/api/v1/drafts/${draft}`)).status).toBe(200);
    const guesses: number[] = [];
    for (let n = 0; n <= rates.number.account.burst; n++)
      guesses.push((await mother.call('GET', `/api/v1/drafts/${draft}`)).status);
    expect(new Set(guesses.slice(0, -1))).toEqual(new Set([404]));
    expect(guesses.at(-1)).toBe(429);
  });

  test('whoever tries a card under names at the counter of the interface is stopped; who enters cases is not counted', async () => {
    const { as } = await openProduct();
    const clerk = await as('clerk-liantang');
    const enter = async (name: string, commandId: string) => {
      const { father_id_card: idCard, father_phone: phone, household_address: address } = answers;
      const papers = ['delivery_record'];
      const given = { subject, division: liantang, situation, answers, papers, consent: true, commandId };
      return clerk.call('POST', '/api/v1/cases', { ...given, applicant: { name, idCard, phone, address } });
    };
    for (let n = 0; n < 5; n++) expect((await enter('陈志远', `limits.real.${n}`)).status).toBe(201);
    for (let n = 0; n < rates.entry.account.burst; n++)
      expect((await enter('陈志元', `limits.tried.${n}`)).status).toBe(422);
    expect((await enter('陈志远', 'limits.last')).status).toBe(429);
    expect((await clerk.call('GET', '/api/v1/cases')).status, 'reading goes on').toBe(200);
  });

  test('whoever leafs through a list is stopped like who searches, however the page is written; the first page is free', async () => {
    const { as } = await openProduct();
    const clerk = await as('clerk-liantang');
    const pages = [
      '/api/v1/cases?page=2',
      '/api/v1/queue?page=1e3',
      '/desk/recent?page=7',
      '/desk/queue?page=2&page=1',
    ];
    for (let n = 0; n < rates.search.account.burst; n++)
      expect((await clerk.call('GET', pages[n % 3] ?? '')).status).toBe(200);
    for (const page of pages) expect((await clerk.call('GET', page)).status, page).toBe(429);
    for (const first of ['/api/v1/cases', '/api/v1/cases?page=1', '/desk/recent'])
      expect((await clerk.call('GET', first)).status, first).toBe(200);
  });

  test('nobody leaves for the provider, comes back or begins forms without end', async () => {
    const { app, as } = await openProduct();
    const away = (n: number) => app.inject(n % 2 ? '/sign-in/provider' : '/sign-in/provider/back?state=x&code=y');
    for (let n = 0; n < rates.provider.network.burst; n++) expect((await away(n)).statusCode).toBe(404);
    expect([(await away(0)).statusCode, (await away(1)).statusCode]).toEqual([429, 429]);
    const father = await as('father');
    const begin = () => father.call('POST', '/api/v1/drafts', { subject, division: liantang, situation });
    for (let n = 0; n < rates.start.account.burst; n++) expect((await begin()).status).toBe(201);
    expect((await begin()).status).toBe(429);
    expect((await father.call('GET', '/api/v1/drafts')).status).toBe(200);
  });

  test('uploads end before the file is read', async () => {
    const { as } = await openProduct();
    const father = await as('father');
    const put = (draft: string) =>
      father.call('PUT', `/api/v1/drafts/${draft}/files/delivery_record`, pdf, { 'content-type': 'application/pdf' });
    for (let n = 0; n < rates.upload.account.burst; n++) expect((await put('360121-nowhere')).status).toBe(404);
    expect((await put('360121-nowhere')).status).toBe(429);
  });
});

/** The first line of what is answered to the head of a request, of whose body nothing is ever sent. */
async function answerToHead(port: number, ...lines: string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write([...lines, 'host: x', '', ''].join('\r\n'));
  const answer = await new Promise<Buffer>((said) => socket.once('data', said));
  socket.destroy();
  return answer.toString().split('\r\n')[0] ?? '';
}

test('of somebody who is not there nothing long is waited for', async () => {
  const { app, as } = await openProduct();
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const form = 'content-type: application/x-www-form-urlencoded';
  const long = 'content-length: 20000000';
  const ask = (route: string, ...lines: string[]) => answerToHead(port, `${route} HTTP/1.1`, ...lines);
  for (const route of ['POST /desk/cases/1', 'POST /apply/x/child-name', 'POST /admin/catalog/item/x'])
    expect(await ask(route, form, long), route).toContain('303 See Other');
  expect(await ask('POST /desk/cases/1', form, 'transfer-encoding: chunked'), 'of any length').toContain('303');
  expect(await ask('POST /cases/1/correct', 'content-type: multipart/form-data; boundary=x', long)).toContain('303');
  for (const route of ['PATCH /api/v1/drafts/x', 'POST /api/v1/cases'])
    expect(await ask(route, 'content-type: application/json', 'content-length: 20'), route).toContain('401');
  expect(await ask('PUT /api/v1/drafts/x/files/y', 'content-type: application/pdf', long)).toContain('401');
  for (const route of ['POST /sign-in', 'POST /drafts', 'POST /sign-out'])
    expect(await ask(route, form, long), `${route}: open, and short`).toContain('422');
  const { cookie } = await as('clerk-liantang');
  expect(await ask('POST /desk/search', form, long, `cookie: ${cookie}`), 'short for everybody').toContain('422');
});
