import { beforeAll, expect, test } from 'vitest';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { fillIn, liantang, submitted } from '../support/newborn.ts';

/** Erasing, the answer and the lines of the trail are one: when the last of them fails, nothing has happened. */
let product: Product;
let father: Client;
let clerk: Client;
beforeAll(async () => {
  product = await openProduct();
  father = await product.as('father');
  clerk = await product.as('clerk-liantang');
});

const post = (client: Client, url: string, payload: Record<string, string>) =>
  product.app.inject({
    ...{ method: 'POST', url, payload },
    headers: { cookie: client.cookie, 'x-csrf-token': client.csrf },
  });

test('a deletion that breaks before its end has erased nothing, and is done when it is answered again', async () => {
  const { db } = product.house;
  const past = await submitted(father);
  await post(father, `/cases/${past}/withdraw`, { command: `w-${past}` });
  await db.query(`update cases.case set closed_at = '2015-01-01' where number = $1`, [past]);
  const form = await fillIn(father);
  await post(father, '/account/data/ask/delete', { division: liantang, words: '都删掉' });
  const [asked] = await db.query<{ id: string }>('select id from rights.request');
  const id = asked?.id ?? '';
  const left = async () => ({
    sealed: (await db.query('select from cases.sealed where number = $1', [past])).length > 0,
    draft: (await db.query('select from cases.draft where id = $1', [form])).length > 0,
    files: (await db.query('select from cases.file where draft = $1', [form])).length > 0,
    erasure: (await db.query('select from cases.erasure where number = $1', [past])).length > 0,
    answer: (await db.query('select from rights.answer where request = $1', [id])).length > 0,
    noted: (await db.query(`select from ledger.trail where what = 'case.erase' and about = $1`, [past])).length > 0,
  });
  const untouched = { sealed: true, draft: true, files: true, erasure: false, answer: false, noted: false };
  const actor = await product.house.identity.staff.actor('360121', '360121-clerk-liantang', product.house.clock());
  if (!actor) throw new Error('no clerk');
  const given = { outcome: 'done', reason: '已按规定删除' } as const;
  const breaking = () => Promise.reject(new Error('the trail does not take it'));
  await expect(product.house.rights.answer(actor, id, given, '2026-06-10T02:00:00.000Z', breaking)).rejects.toThrow(
    'the trail does not take it',
  );
  expect(await left()).toEqual(untouched);

  expect((await post(clerk, `/desk/requests/${id}`, given)).statusCode).toBe(303);
  const after = { sealed: false, draft: false, files: false, erasure: true, answer: true, noted: true };
  expect(await left()).toEqual(after);
});

test('every form goes, also when there are more than a list shows', async () => {
  const { db, cases } = product.house;
  const owner = { kind: 'person', id: '360121-father', region: '360121', name: '陈志远' } as const;
  const subject = { kind: 'bundle', id: 'newborn' } as const;
  const begun = { owner: owner.id, division: liantang, subject, subjectVersion: 1, itemVersions: {}, situation: {} };
  for (let n = 0; n < 23; n++) await cases.drafts.start(owner, begun, '2026-06-10T02:00:00.000Z');
  const page = async (path: string) => (await father.call('GET', path)).text;
  expect(await page('/account/data/delete'), 'told beforehand').toContain('现在有 23 份草稿');
  await post(father, '/account/data/ask/delete', { division: liantang, words: '草稿都删掉' });
  const [asked] = await db.query<{ id: string }>(
    'select id from rights.request r where not exists (select from rights.answer a where a.request = r.id)',
  );
  const counter = (await clerk.call('GET', `/desk/requests/${asked?.id}`)).text;
  expect(counter, 'told to the counter').toContain('23 份草稿');
  const copy = await father.call('GET', '/account/data/copy/file');
  expect((JSON.parse(copy.text) as { drafts: unknown[] }).drafts, 'in a copy of everything').toHaveLength(23);
  expect(await cases.erasing.drafts(owner)).toBe(23);
  expect(await db.query('select from cases.draft where owner = $1 and number is null', [owner.id])).toEqual([]);
});
