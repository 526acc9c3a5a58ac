import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openProduct, type Product, ticking } from '../support/api.ts';
import { anew, countOf, type Making, type Makings, makingOperations, openMakings } from '../support/making.ts';

/** Somebody presses a button twice, or the network does: what the form makes is made once. */
let product: Product;
let makings: Makings;
beforeAll(async () => {
  product = await openProduct(ticking());
  makings = await openMakings(product);
});

/** The token of a page as it was opened. */
async function opened({ who, page }: Making): Promise<string> {
  const { status, text } = await who.call('GET', page);
  const [, token = ''] = /name="_csrf" value="([^"]+)"/.exec(text) ?? [];
  expect([page, status, token.length]).toEqual([page, 200, 86]);
  return token;
}
async function press({ who, page, to = page, fields }: Making, token: string, other: Record<string, string> = {}) {
  const { statusCode, payload, headers } = await product.app.inject({
    ...{ method: 'POST', url: to, payload: new URLSearchParams({ ...fields, ...other, _csrf: token }).toString() },
    headers: { cookie: who.cookie, 'content-type': 'application/x-www-form-urlencoded' },
  });
  // A machine's code is told on the page itself, which has a token of its own.
  const [, code] = /<[^>]*class="spoken-code"[^>]*>([^<]*)</.exec(payload) ?? [];
  return { status: statusCode, to: headers.location, code };
}

describe.each(makingOperations)('the form of %s', (operation) => {
  let making: Making;
  beforeEach(() => {
    making = anew(makings[operation]);
  });

  test('pressed twice makes one thing, and both presses come to the same place', async () => {
    const [before, token] = [await countOf(product, making), await opened(making)];
    const presses = await Promise.all([press(making, token), press(making, token)]);
    expect([200, 303]).toContain(presses[0].status);
    expect(presses[1]).toEqual(presses[0]);
    expect(await press(making, token)).toEqual(presses[0]);
    expect(await countOf(product, making)).toBe(before + 1);
  });

  test('with something else on it makes another, from the same page', async () => {
    const [before, token] = [await countOf(product, making), await opened(making)];
    await press(making, token, making.otherFields);
    expect(await countOf(product, making)).toBe(before + 1);
  });
});

test('a form that was thrown away is begun anew from the page it was begun on', async () => {
  const { startDraft } = makings;
  const [token, other] = [await opened(startDraft), { has_birth_record: 'no' }];
  const first = await press(startDraft, token, other);
  const discard = { ...startDraft, to: `${first.to}/discard`, fields: {} };
  expect((await press(discard, token)).status).toBe(303);
  const second = await press(startDraft, token, other);
  expect([second.status, second.to === first.to]).toEqual([303, false]);
});
