import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, openProduct, type Product, ticking } from '../support/api.ts';
import { answers, submitted } from '../support/newborn.ts';

/** What staff look for and take up through the machine interface: the same lists, masks and notes as on the desk. */
type Rows = { cases: { number: string; applicantName: string }[]; more: boolean };
type Next = { next: { number: string; item: string; claimed: boolean } | null };

let product: Product;
let father: Client;
let clerk: Client;
let number: string;
beforeAll(async () => {
  product = await openProduct(ticking());
  father = await product.as('father');
  clerk = await product.as('clerk-liantang');
  number = await submitted(father);
});

const search = (who: Client, q: string) => who.call<Rows>('POST', '/api/v1/cases/search', { q });
const lastEntry = async (what: string) =>
  (await product.entries(what)).map(({ outcome, whose, detail }) => ({
    ...{ outcome, whose, found: detail?.found },
  }))[0];

describe('looking for a case', () => {
  test('a counter finds it by number and by name, and that it looked is kept without the words', async () => {
    for (const q of [number, number.slice(-15), answers.father_name.slice(0, 2)])
      expect((await search(clerk, q)).body, q).toMatchObject({
        cases: [{ number, applicantName: '陈志远' }],
        more: false,
      });
    expect(await lastEntry('case.search')).toMatchObject({ outcome: 'done', found: 1 });
    const [entry] = await product.entries('case.search');
    expect(JSON.stringify(entry)).not.toContain(answers.father_name);
  });

  test('a supervisor is told no name, and finds nothing by one; another county finds nothing at all', async () => {
    const supervisor = await product.as('supervisor');
    const [row] = (await search(supervisor, number)).body.cases;
    expect(row).toMatchObject({ number, applicantName: expect.not.stringContaining('志远') });
    expect((await search(supervisor, answers.father_name)).body.cases).toEqual([]);
    expect((await search(await product.as('clerk-anyi'), number)).body.cases).toEqual([]);
  });

  test('no word is told beside its field, and a person who applies is refused', async () => {
    expect(await search(clerk, '  ')).toMatchObject({ status: 422, body: { errors: [{ field: 'q' }] } });
    expect(await search(father, number)).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
  });
});

describe('who has an ID card', () => {
  const { father_id_card: idCard, father_name: name } = answers;
  const find = (who: Client, given: object) => who.call('POST', '/api/v1/persons/search', { idCard, name, ...given });

  test('is told to a counter with the name on it, and kept with whose it is', async () => {
    expect(await find(clerk, {})).toMatchObject({ status: 200, body: { phone: '13800000001' } });
    expect(await lastEntry('person.find')).toMatchObject({ outcome: 'done', whose: expect.stringMatching(/^360121-/) });
  });

  test('is told to nobody with another name, which is kept too; half a card asks nothing; an approver is refused', async () => {
    expect((await find(clerk, { idCard: idCard.slice(0, 17) })).status).toBe(404);
    expect(await lastEntry('person.find')).toMatchObject({ outcome: 'done' });
    expect((await find(clerk, { name: '陈志' })).status).toBe(404);
    expect(await lastEntry('person.find')).toMatchObject({ outcome: 'failed', whose: null });
    expect((await find(await product.as('approver-health'), {})).status).toBe(403);
  });
});

test('the next branch is claimed once, named again to whoever has it, and not to a colleague', async () => {
  const health = await product.as('approver-health');
  const next = (who: Client) => who.call<Next>('POST', '/api/v1/inbox/next');
  expect((await next(health)).body).toEqual({ next: null });
  const accepted = { command: { type: 'accept' }, commandId: 'next.accept' };
  expect((await clerk.call('POST', `/api/v1/cases/${number}/commands`, accepted)).status).toBe(200);
  const taken = (await next(health)).body.next;
  expect(taken).toMatchObject({ number, claimed: true });
  expect((await next(health)).body.next).toEqual({ ...taken, claimed: false });
  expect((await next(await product.as('supervisor'))).status).toBe(403);
});
