import { beforeAll, describe, expect, test } from 'vitest';
import { clerkOf } from '../support/actors.ts';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { liantang } from '../support/newborn.ts';

/** What a power of an organisation never becomes: more than its legal representative ticked, or longer than they said. */
const bakery = { creditCode: '91360121MA35K2X00U', name: '南昌县小陈食品有限公司', representative: true };
const fatherCard = { name: '陈志远', id_card: '360121199503120013' };
const hygiene = 'public-place-hygiene';
const selfEmployed = 'self-employed-registration';

let product: Product;
let chief: Client;
let agent: Client;
let now = new Date('2026-06-10T02:00:00.000Z');
let organisation = '';

beforeAll(async () => {
  product = await openProduct(() => now);
  [chief, agent] = [await product.as('mother'), await product.as('father')];
  const { persons, organisations } = product.house.identity;
  const mother = await persons.findByIdCard(clerkOf('360121'), '360121199708260028');
  if (!mother) throw new Error('the demo has a mother');
  organisation = (await organisations.come(mother, bakery, 'https://provider.example/')) ?? '';
  expect((await post(chief, '/organisation', { organisation })).status).toBe(303);
});

async function post(client: Client, url: string, form: Record<string, string>) {
  const headers = { cookie: client.cookie, 'x-csrf-token': client.csrf };
  const answer = await product.app.inject({ method: 'POST', url, payload: form, headers });
  return { status: answer.statusCode, text: answer.payload };
}
type Row = { ref: string; items: string[] | null; until: string | null };
const powers = () =>
  product.house.db.query<Row>(
    `select ref, items, to_char(until, 'YYYY-MM-DD') as until from identity.organisation_power where kind = 'agent'`,
  );
const begin = (client: Client, id: string) =>
  client.call<{ id: string }>('POST', '/api/v1/drafts', {
    ...{ subject: { kind: 'item', id }, division: liantang, situation: {} },
  });

describe('a power for some items', () => {
  test('is not given for an item there is none of: with it left out none were ticked, and none means all', async () => {
    const form = { ...fatherCard, items: 'taken-off-yesterday', until: '' };
    const refused = await post(chief, '/organisation/powers', form);
    expect([refused.status, refused.text.includes('items-error')]).toEqual([422, true]);
    expect(await powers()).toEqual([]);
    expect((await post(chief, '/organisation/powers', { ...form, items: hygiene })).status).toBe(303);
    expect((await powers()).map(({ items }) => items)).toEqual([[hygiene]]);
  });

  test('stays one for them when only its last day is changed, though the item has gone since', async () => {
    const { db } = product.house;
    const [{ ref } = { ref: '' }] = await powers();
    await db.query(`update identity.organisation_power set items = '{gone-since}' where ref = $1`, [ref]);
    const page = await chief.call('GET', `/organisation/powers/${ref}`);
    expect(page.text).toMatch(/value="gone-since"[^>]*checked/);
    expect((await post(chief, `/organisation/powers/${ref}`, { items: 'nothing', until: '' })).status).toBe(422);
    expect((await post(chief, `/organisation/powers/${ref}`, { items: 'gone-since', until: '' })).status).toBe(303);
    expect((await powers()).map(({ items }) => items)).toEqual([['gone-since']]);
    await db.query('update identity.organisation_power set items = $2 where ref = $1', [ref, [hygiene]]);
  });
});

describe('an agent', () => {
  test('begins what the power names, and nothing else', async () => {
    expect((await post(agent, '/organisation', { organisation })).status).toBe(303);
    const mine = await begin(agent, hygiene);
    expect(mine.status).toBe(201);
    expect((await begin(agent, selfEmployed)).status).toBe(403);
    const theirs = await begin(chief, selfEmployed);
    expect(theirs.status).toBe(201);
    expect((await agent.call('GET', `/api/v1/drafts/${theirs.body.id}`)).status).toBe(404);
    expect((await chief.call('GET', `/api/v1/drafts/${mine.body.id}`)).status).toBe(200);
  });

  test('who turns back into themselves in the middle takes no form of the organisation along', async () => {
    const { body } = await begin(agent, hygiene);
    await post(agent, '/organisation', { organisation: '' });
    for (const [method, path] of [
      ['GET', ''],
      ['PATCH', ''],
      ['POST', '/submission'],
      ['DELETE', ''],
    ] as const) {
      const sent = method === 'PATCH' ? { answers: {} } : method === 'POST' ? {} : undefined;
      expect((await agent.call(method, `/api/v1/drafts/${body.id}${path}`, sent)).status, method).toBe(404);
    }
    expect((await agent.call('GET', `/apply/${body.id}/check`)).status).toBe(404);
    await post(agent, '/organisation', { organisation });
    expect((await agent.call('GET', `/api/v1/drafts/${body.id}`)).status).toBe(200);
  });

  test('sees and changes no powers of the organisation, not even their own', async () => {
    const [{ ref } = { ref: '' }] = await powers();
    expect((await agent.call('GET', '/organisation/powers')).status).toBe(403);
    for (const url of ['', `/${ref}`, `/${ref}/revoke`])
      expect((await post(agent, `/organisation/powers${url}`, fatherCard)).status, url).toBe(403);
    expect((await powers()).map(({ items }) => items)).toEqual([[hygiene]]);
  });

  test('is themselves again after the last day of the power, in the session they have', async () => {
    const [{ ref } = { ref: '' }] = await powers();
    const { body } = await begin(agent, hygiene);
    await post(chief, `/organisation/powers/${ref}`, { items: hygiene, until: '2026-06-10' });
    expect((await agent.call('GET', `/api/v1/drafts/${body.id}`)).status, 'on the last day').toBe(200);
    now = new Date('2026-06-10T16:00:01.000Z');
    agent = await product.as('father');
    expect((await post(agent, '/organisation', { organisation })).status, 'midnight in China').toBe(403);
    expect((await agent.call('GET', `/api/v1/drafts/${body.id}`)).status).toBe(404);
  });

  test('is told nothing of an organisation that is not theirs', async () => {
    const stranger = await product.as('older-resident');
    expect((await post(stranger, '/organisation', { organisation })).status).toBe(403);
    expect((await stranger.call('GET', '/organisation')).text).not.toContain(bakery.name);
  });
});
