import { beforeAll, expect, test } from 'vitest';
import type { Session } from '../../src/identity/door.ts';
import { isOpen } from '../../src/web/guard.ts';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { openWorld, requestOf, type World, wordOf } from '../support/asking.ts';
import { enrolled } from '../support/device.ts';
import { enrolSystem } from '../support/system.ts';

/**
 * Those who ask and have no column of their own in test/security/routes.md, each held against one that has: a machine
 * people use against a visitor, whoever acts for an organisation against another person, another system against its scopes.
 */
let product: Product;
let world: World;
let routes: string[];
const nameOf = ({ method, url }: { method: string; url: string }) => `${method} ${url}`;
beforeAll(async () => {
  product = await openProduct();
  world = await openWorld(product, 'accepted');
  const facts = product.app.routeFacts.filter(({ method, url }) => method !== 'HEAD' && !url.startsWith('/assets/'));
  routes = facts.map(nameOf);
}, 120_000);

const cellOf = async (route: string, who: Pick<Client, 'cookie' | 'csrf'>, also: Record<string, string> = {}) => {
  const asked = requestOf(route, world, who);
  return wordOf(await product.app.inject({ ...asked, headers: { ...asked.headers, ...also } }));
};
const letIn = (cell: string) => ['yes', 'on', 'form', 'not now'].includes(cell);

const personOf = (session?: Session) => (session?.actor.kind === 'person' ? session.actor.id : '');

test('a kiosk or a station with nobody at it gets as far as a visitor, and no further', async () => {
  // What a machine that is one already does not do again.
  const own = ['POST /device'];
  for (const kind of ['kiosk', 'station'] as const) {
    const { cookie } = await enrolled(product, kind);
    for (const route of routes.filter((one) => !own.includes(one))) {
      const guest = await cellOf(route, await product.as());
      expect(await cellOf(route, await product.as(undefined, cookie)), `${kind}: ${route}`).toBe(guest);
    }
  }
}, 240_000);

test('whoever acts for an organisation sees nothing of a case, a form or a file of somebody else', async () => {
  const { identity, clock } = product.house;
  const agent = await product.as('mother');
  const session = await identity.session(/tb_session=([^;]+)/.exec(agent.cookie)?.[1] ?? '', clock());
  const person = await identity.persons.get(session?.actor ?? { kind: 'guest' }, '360121', personOf(session));
  const bakery = { creditCode: '91360121MA35K2X00U', name: '小陈食品', representative: true };
  const organisation = person && (await identity.organisations.come(person, bakery, 'test'));
  if (!session || !organisation) throw new Error('the mother does not act for the bakery');
  await identity.organisations.choose(session, organisation);
  expect((await identity.session(session.token, clock()))?.actor).toMatchObject({ for: { name: '小陈食品' } });
  for (const route of routes.filter((one) => /:(draft|number)|\/files\//.test(one)))
    expect(letIn(await cellOf(route, agent)), route).toBe(false);
});

test('another system is let in where its scopes say so, to what anybody may read, and nowhere else', async () => {
  const token = await (await enrolSystem(product))();
  const authorization = `Bearer ${token}`;
  const facts = product.app.routeFacts.filter(({ method, url }) => method !== 'HEAD' && !url.startsWith('/assets/'));
  const opened = facts.filter(({ config }) => config && 'client' in config);
  expect(opened.length).toBeGreaterThan(2);
  for (const fact of facts) {
    const cell = await cellOf(nameOf(fact), { cookie: '', csrf: '' }, { authorization });
    if (opened.includes(fact)) expect(cell, nameOf(fact)).toBe('yes');
    else if (!isOpen(fact)) expect(letIn(cell), nameOf(fact)).toBe(false);
  }
}, 120_000);
