import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { fillIn, submitted } from '../support/newborn.ts';

/** How many statements a page asks of the database: round trips are what a page costs. */
let product: Product;
const people: Record<string, Client> = {};
let number: string;
let draft: string;
beforeAll(async () => {
  product = await openProduct();
  for (const who of ['father', 'clerk-liantang', 'approver-health', 'supervisor']) people[who] = await product.as(who);
  people.guest = await product.as();
  const father = people.father as Client;
  number = await submitted(father);
  draft = await fillIn(father);
});
afterEach(() => vi.restoreAllMocks());

/** Drafts, cases and ratings are three rooms: none joins another's tables, so a page of all three asks three times. */
const pages: [who: string, page: () => string, statements: number][] = [
  ['guest', () => '/', 0],
  ['guest', () => '/search?q=孩子', 0],
  ['guest', () => '/items/senior-card', 0],
  ['guest', () => '/bundles/newborn', 0],
  ['father', () => '/', 2],
  ['father', () => '/cases', 3],
  ['father', () => `/apply/${draft}/child-name`, 1],
  ['father', () => `/apply/${draft}/check`, 2],
  ['father', () => `/cases/${number}`, 1],
  ['clerk-liantang', () => '/desk/queue', 1],
  // The case, what waits at this desk, the line of the trail, and who the applicant is.
  ['clerk-liantang', () => `/desk/cases/${number}`, 4],
  ['approver-health', () => '/desk/inbox', 1],
  ['supervisor', () => '/watch', 1],
];

/** What a piece of work asks, and not what listens to events asks meanwhile. */
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const inside = new AsyncLocalStorage<true>();
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown;
  let count = 0;
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...given: unknown[]) {
    if (inside.getStore()) count++;
    return query.apply(this, given);
  } as never);
  await inside.run(true, work);
  return count;
}

test.each(pages)('for %s, page %#, takes as many round trips as it has to', async (who, page, statements) => {
  const client = people[who] as Client;
  // The first time has to look up who asks.
  expect((await client.call('GET', page())).status).toBe(200);
  expect(await statementsOf(() => client.call('GET', page())), page()).toBe(statements);
});
