import { beforeAll, describe, expect, test } from 'vitest';
import { rates } from '../../src/web/limits.ts';
import { type Client, openProduct, type Product } from '../support/api.ts';

/** The trail is kept for ever, so nobody may be able to fill it: what somebody outside does again and again leaves little. */
let product: Product;
let guest: Client;
beforeAll(async () => {
  product = await openProduct();
  guest = await product.as();
});

const count = async (table: string): Promise<number> => {
  const [row] = await product.house.db.query<{ count: number }>(`select count(*) as count from ${table}`);
  return row?.count ?? 0;
};
/** How many rows a table has more after something was done. */
async function more(table: string, work: () => Promise<unknown>): Promise<number> {
  const before = await count(table);
  await work();
  return (await count(table)) - before;
}
async function times(most: number, work: (n: number) => Promise<unknown>): Promise<void> {
  for (let n = 0; n < most; n++) await work(n);
}
const post = (url: string, payload: Record<string, string>, csrf = guest.csrf) =>
  product.app.inject({ method: 'POST', url, payload, headers: { cookie: guest.cookie, 'x-csrf-token': csrf } });

describe('somebody outside', () => {
  test('who tries names and passwords leaves what was looked at, in the trail and among the counts', async () => {
    const { db, config } = product.house;
    // The last but three of a quarter of an hour.
    await db.query(
      `insert into identity.sign_in_attempt values ($1, ''::bytea, 'net:127.0.0.0/24', 57, $2, '2026-06-10')`,
      [config.region, product.house.clock()],
    );
    const page = (n: number) => post('/sign-in', { name: `name${n}`, password: 'x' });
    const api = (n: number) => guest.call('POST', '/api/v1/session', { name: `other${n}`, password: 'x' });
    let attempts = 0;
    const lines = await more('ledger.trail', async () => {
      attempts = await more('identity.sign_in_attempt', () => times(30, async (n) => [await page(n), await api(n)]));
    });
    expect([lines, attempts]).toEqual([3, 3]);
    const told = await page(99);
    expect([told.statusCode, told.payload.includes('1 分钟')], 'told how long to wait').toEqual([422, true]);
  });

  test('who presses on people there are not, or comes without a token, or leaves without having been in, leaves nothing', async () => {
    const lines = await more('ledger.trail', async () => {
      await guest.call('POST', '/api/v1/session', { persona: 'nobody' });
      await post('/sign-in', { persona: 'nobody' });
      await post('/account/password', { next: 'x' }, '');
      await post('/sign-out', {});
      await post('/sign-out', {}, '');
    });
    expect(lines).toBe(0);
  });

  test('who is signed in and does too much leaves nothing of what was not let in', async () => {
    const father = await product.as('father');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const erase = () => father.call('POST', '/account/data/delete/360121000000014X20260610000001A', undefined, form);
    const lines = await more('ledger.trail', () => times(rates.number.account.burst + 20, erase));
    expect(lines).toBe(rates.number.account.burst);
  });
});
