import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openProduct, type Product } from '../support/api.ts';
import { idCardOf, listenTo, openEar, seeker } from '../support/leaks.ts';
import { type RunningProvider, startProvider } from '../support/outside/provider.ts';
import { userAgent } from '../support/outside/user-agent.ts';
import { freePort } from '../support/product.ts';

/**
 * People with values nobody else has come from a real provider, well and badly, and one of them says by name and ID card who
 * acts for her organisation. Then everything that leaves the product beside their own pages is searched for the values.
 */
const seeds = {
  chief: '呼延骐骥',
  chiefCard: idCardOf('36012119811120773'),
  chiefPhone: '13681357902',
  salon: '南昌县呼延氏骐骥理发店有限公司',
  salonCode: '91360121MA35K2X00U',
  agent: '令狐翀',
  agentCard: idCardOf('36012119910303557'),
  agentPhone: '13792468013',
  stranger: '尉迟蘼芜',
  strangerCard: idCardOf('36012119770707331'),
  wrongCard: '360121197707073319',
};
const found = seeker(seeds);
const [second, third] = ['urn:gov:auth:L2', 'urn:gov:auth:L3'];
const agent = { acr: second, name: seeds.agent, id_card: seeds.agentCard, phone_number: seeds.agentPhone };
const accounts = {
  chief: {
    ...{ acr: third, name: seeds.chief, id_card: seeds.chiefCard, phone_number: seeds.chiefPhone },
    ...{ credit_code: seeds.salonCode, org_name: seeds.salon, org_role: 'legal_representative' },
  },
  agent,
  // Each is refused, every one for another reason.
  'agent-again': agent,
  'other-name': { ...agent, name: seeds.stranger },
  'only-registered': { ...agent, acr: 'urn:gov:auth:L1' },
  'wrong-card': { ...agent, id_card: seeds.wrongCard },
  'wrong-organisation': { ...agent, credit_code: seeds.wrongCard, org_name: seeds.salon },
};
type Guest = { cookie: string; csrf: string };

const heard = openEar();
/** What lets somebody in, at us or at the provider; in no log either. */
const keys: Record<string, string> = {};
let provider: RunningProvider;
let product: Product;
let origin: string;
let ref = '';

beforeAll(async () => {
  origin = `http://127.0.0.1:${await freePort()}`;
  const back = [`${origin}/sign-in/provider/back`];
  provider = await startProvider({ accounts, back, leave: [`${origin}/`] });
  const { issuer, clientId, secret } = provider;
  keys.secret = secret;
  const config = { issuer, clientId, secret, origin, profile: 'national' };
  product = await openProduct(() => new Date(), { secure: true, origin, provider: config }, heard.log);
  listenTo(product, heard, found);
  await refused();
  await empowered();
}, 120_000);
afterAll(() => provider.stop());

/** Goes to the provider as somebody and comes back; gives the browser, whether it is in or not. */
async function comeIn(account: string): Promise<Guest & { status: number; text: string }> {
  const begun = await product.app.inject('/sign-in/provider?next=/organisation');
  const cookiesOf = ({ cookies }: { cookies: { name: string; value: string }[] }) =>
    cookies.filter(({ value }) => value !== '').map(({ name, value }) => `${name}=${value}`);
  const browser = cookiesOf(begun).join('; ');
  const came = await userAgent()(String(begun.headers.location), account, `${origin}/sign-in/provider/back`);
  const answer = await product.app.inject({ url: `${came.pathname}${came.search}`, headers: { cookie: browser } });
  const cookie = cookiesOf(answer).join('; ');
  for (const name of ['code', 'state']) {
    const value = came.searchParams.get(name);
    if (value) keys[`${name} of ${account}`] = value;
  }
  for (const { name, value } of [...begun.cookies, ...answer.cookies])
    if (/session|provider/.test(name) && value) keys[`${name} of ${account}`] = value;
  const session = await product.app.inject({ url: '/api/v1/session', headers: { cookie } });
  return { cookie, csrf: session.json<{ csrf: string }>().csrf, status: answer.statusCode, text: answer.payload };
}

const post = ({ cookie, csrf }: Guest, url: string, form: Record<string, string>) =>
  product.app.inject({
    ...{ method: 'POST', url, headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' } },
    payload: new URLSearchParams({ ...form, _csrf: csrf }).toString(),
  });

async function program({ cookie, csrf }: Guest, method: 'GET' | 'POST', payload?: object) {
  const url = '/api/v1/organisation/powers';
  const answer = await product.app.inject({ method, url, payload, headers: { cookie, 'x-csrf-token': csrf } });
  return { status: answer.statusCode, found: found(answer.payload) };
}

async function refused(): Promise<void> {
  await comeIn('agent');
  const statuses: number[] = [];
  for (const account of Object.keys(accounts).slice(2)) {
    const { status, text } = await comeIn(account);
    expect(found(text), account).toEqual([]);
    statuses.push(status);
  }
  expect(statuses).toEqual([409, 409, 403, 409, 409]);
  expect((await comeIn('')).status, 'changed their mind').toBe(403);
}

/** The representative gives powers, with mistakes; one holder has never been here. */
async function empowered(): Promise<void> {
  const chief = await comeIn('chief');
  const list = '/organisation/powers';
  const to = (name: string, idCard: string, more = {}) => ({ name, id_card: idCard, until: '', ...more });
  const given = [
    await post(chief, list, to(seeds.stranger, seeds.wrongCard)),
    await post(chief, list, to(seeds.agent, seeds.agentCard, { items: 'nothing', until: '1999-01-01' })),
    await post(chief, list, to(seeds.chief, seeds.chiefCard)),
    await post({ ...chief, csrf: '' }, list, to(seeds.agent, seeds.agentCard)),
    await post(chief, list, to(seeds.agent, seeds.agentCard)),
    await post(chief, list, to(seeds.stranger, seeds.strangerCard)),
  ];
  expect(given.map(({ statusCode }) => statusCode)).toEqual([422, 422, 422, 403, 303, 303]);
  const page = (await product.app.inject({ url: list, headers: { cookie: chief.cookie } })).payload;
  expect(found(page), 'names, and no number but the organisation’s').toEqual(
    expect.arrayContaining(['chief', 'agent', 'stranger', 'salon']),
  );
  for (const card of ['chiefCard', 'agentCard', 'strangerCard']) expect(found(page)).not.toContain(card);
  const refs = [...new Set([...page.matchAll(/\/organisation\/powers\/([\w-]+)/g)].map(([, one = '']) => one))];
  expect(refs).toHaveLength(2);
  ref = refs[0] ?? '';
  const asProgram = { name: seeds.stranger, items: [], until: '' };
  const wrong = await program(chief, 'POST', { ...asProgram, idCard: seeds.wrongCard, commandId: 'wrong-card-1' });
  expect(wrong, 'says what is wrong, and repeats nothing').toEqual({ status: 422, found: [] });
  expect(
    (await program(chief, 'POST', { ...asProgram, idCard: seeds.strangerCard, commandId: 'stranger-1' })).status,
  ).toBe(204);
  expect((await program(chief, 'GET')).found).toEqual(['chief', 'agent', 'stranger']);
  expect((await post(chief, `${list}/${ref}`, { until: 'x' })).statusCode).toBe(422);
  expect((await post(chief, `${list}/${ref}`, { until: '2099-12-31' })).statusCode).toBe(303);
  expect((await post(chief, `${list}/${refs[1]}/revoke`, {})).statusCode).toBe(303);
  expect((await post(chief, `${list}/${refs[1]}/revoke`, {})).statusCode).toBe(404);
  await post(chief, '/sign-out', {});
}

describe('nobody who comes from a provider, and nobody who is given a power', () => {
  test('is in the log, nor what lets them in', () => {
    const log = heard.lines.join('');
    expect(log.match(/provider-sign-in-refused/g)?.length).toBeGreaterThan(5);
    expect(found(log)).toEqual([]);
    expect(Object.keys(keys).length).toBeGreaterThan(20);
    expect(seeker(keys)(log)).toEqual([]);
  });

  test('is in an address the product makes, the provider’s with what is asked there among them', () => {
    expect(heard.addresses.filter((address) => address.startsWith(provider.issuer)).length).toBeGreaterThan(7);
    expect(found(heard.addresses.join('\n'))).toEqual([]);
  });

  test('is in a cookie or any other header', () => {
    expect(heard.cookies.length).toBeGreaterThan(10);
    expect(found([...heard.cookies, ...heard.fileNames, ...heard.headers].join('\n'))).toEqual([]);
  });

  test('is in the figures of the process', async () => {
    const { payload } = await product.app.inject('/metrics');
    expect(payload).toContain('/organisation/powers/:ref');
    expect(found(payload)).toEqual([]);
    expect(seeker({ ...keys, ref })(payload)).toEqual([]);
  });

  test('is on a page, an error or a document for anybody else', async () => {
    const list = '/organisation/powers';
    for (const persona of [undefined, 'father', 'clerk-liantang', 'admin', 'security-admin', 'audit-admin']) {
      const who = await product.as(persona);
      for (const url of ['/organisation', list, `${list}/${ref}`, '/account', '/account/data', '/api/v1/session'])
        expect(found((await who.call('GET', url)).text), `${persona}: ${url}`).toEqual([]);
      for (const url of [list, `${list}/${ref}`, `${list}/${ref}/revoke`]) {
        const answer = await post(who, url, { until: '' });
        expect(answer.statusCode, `${persona}: ${url}`).not.toBe(200);
        expect(found(answer.payload), `${persona}: ${url}`).toEqual([]);
      }
    }
  });

  test('is in the trail, though every act of theirs is', async () => {
    const rows = await product.house.db.query<{ what: string; row: string }>(
      'select what, t::text as row from ledger.trail t',
    );
    const acts = new Set(rows.map(({ what }) => what));
    for (const what of ['sign-in.provider', 'organisation.grant', 'organisation.limit', 'organisation.revoke'])
      expect(acts, what).toContain(what);
    expect(found(rows.map(({ row }) => row).join('\n'))).toEqual([]);
    const csv = await post(await product.as('audit-admin'), '/admin/trail/csv', {});
    expect(csv.payload.split('\n').length).toBeGreaterThan(40);
    expect(found(csv.payload)).toEqual([]);
  });

  test('has a card or a telephone in clear where it is kept', async () => {
    const kept = [
      'person',
      'person_link',
      'provider_request',
      'organisation',
      'organisation_power',
      'organisation_act',
    ];
    const rows = await Promise.all(
      kept.map((table) => product.house.db.query<{ row: string }>(`select t::text as row from identity.${table} t`)),
    );
    const text = rows.flatMap((one) => one.map(({ row }) => row)).join('\n');
    expect(found(text).filter((name) => /Card|Phone/.test(name))).toEqual([]);
    expect(found(text)).toContain('agent');
  });
});
