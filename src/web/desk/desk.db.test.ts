import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, openProduct, type Product } from '../../../test/support/api.ts';
import { consentText } from '../../cases/door.ts';

const entry = {
  p_idCard: '360121194204050016',
  p_name: '万根生',
  p_phone: '13800000003',
  a_applicant_address: '江西省南昌市南昌县莲塘镇公园路 5 号',
  a_living_with: 'children',
  a_bank_account_holder: '万根生',
  a_bank_name: '农业银行莲塘支行',
  a_bank_card: '6222021502012342345',
  consent: consentText,
};
const path = '/desk/counter/item/old-age-allowance';

let product: Product;
let clerk: Client;
let officer: Client;
let number: string;

beforeAll(async () => {
  product = await openProduct();
  [clerk, officer] = [await product.as('clerk-liantang'), await product.as('approver-health')];
});

/** Sends a form and says where it led. */
async function post(client: Client, url: string, form: Record<string, unknown>) {
  const { cookie, csrf } = client;
  const answer = await product.app.inject({
    method: 'POST',
    url,
    payload: form,
    headers: { cookie, 'x-csrf-token': csrf },
  });
  return { status: answer.statusCode, to: String(answer.headers.location ?? ''), text: answer.payload };
}

describe('a case entered at the counter', () => {
  it('tells everything that is wrong at once, and keeps what was typed', async () => {
    const wrong = { ...entry, do: 'enter', p_idCard: '360121194204050017', a_bank_card: '1', a_bank_name: '<b>行' };
    const { status, text } = await post(clerk, path, wrong);
    expect(status).toBe(422);
    for (const field of ['p_idCard', 'a_bank_card', 'm_bank_card_copy'])
      expect(text.includes(`href="#${field}"`)).toBe(true);
    expect(text.includes('&lt;b>行')).toBe(true);
  });
  it('fills in what is known of the card and the name on it', async () => {
    const { text } = await post(clerk, path, { do: 'update', p_idCard: entry.p_idCard, p_name: entry.p_name });
    expect(text.includes('value="13800000003"')).toBe(true);
  });
  it('is looked up by a card in writing, whether somebody has it or not, and without the number', async () => {
    const { db } = product.house;
    const looks = () =>
      db.query<{ row: string; outcome: string }>(
        `select t::text as row, t.outcome from ledger.trail t where what = 'person.find' order by at`,
      );
    const before = (await looks()).length;
    const nobodys = '360121199001010010';
    const look = (p_idCard: string, p_name: string) => post(clerk, path, { do: 'update', p_idCard, p_name });
    await look(nobodys, entry.p_name);
    await look(entry.p_idCard, entry.p_name);
    await look(entry.p_idCard.slice(0, 17), entry.p_name);
    await look(entry.p_idCard, '');
    const noted = (await looks()).slice(before);
    expect(noted.map(({ outcome }) => outcome).sort()).toEqual(['done', 'failed']);
    for (const { row } of noted) expect(row).not.toMatch(/\d{17}/);
  });
  it('is one case however often the form is sent, and is accepted in the same go', async () => {
    const ids = {
      draft: product.house.ids.id('360121'),
      commandId: product.house.ids.id('360121'),
      actId: product.house.ids.id('360121'),
    };
    const form = { ...entry, ...ids, do: 'accept', m: ['bank_card_copy'] };
    const first = await post(clerk, path, form);
    expect(first).toMatchObject({ status: 303, to: expect.stringMatching(/^\/desk\/cases\/\w{31}\?done=accepted$/) });
    expect((await post(clerk, path, form)).to).toBe(first.to);
    number = first.to.split('/')[3]?.split('?')[0] ?? '';
  });
  it('never takes the form somebody has begun for themselves, whatever id is sent', async () => {
    const resident = await product.as('older-resident');
    const begun = await resident.call<{ id: string; number?: string }>('POST', '/api/v1/drafts', {
      ...{ subject: { kind: 'item', id: 'birth-service-record' }, division: '360121100000', situation: {} },
    });
    const form = { ...entry, draft: begun.body.id, do: 'enter', m: ['bank_card_copy'] };
    expect((await post(clerk, path, form)).status).toBe(303);
    const after = await resident.call('GET', `/api/v1/drafts/${begun.body.id}`);
    expect([begun.status, after.status, after.body.number]).toEqual([201, 200, undefined]);
  });
  it('is masked for the counter once it has been answered', async () => {
    const { text } = await clerk.call('GET', `/desk/cases/${number}`);
    expect(text.includes('138****0003')).toBe(true);
    expect(text.includes(entry.a_bank_card.slice(0, 8))).toBe(false);
  });
  it('does not exist for an office that has no part in it, nor for another county', async () => {
    expect((await officer.call('GET', `/desk/cases/${number}`)).status).toBe(404);
    const stranger = await product.as('clerk-anyi');
    expect((await stranger.call('GET', `/desk/cases/${number}`)).status).toBe(404);
    expect((await post(stranger, `/desk/cases/${number}`, { act: 'accept' })).status).toBe(404);
  });
});

describe('who only watches', () => {
  it('is told no applicant’s name without saying why: in no list, no search and no history', async () => {
    const supervisor = await product.as('supervisor');
    const shown = [
      await supervisor.call('GET', '/api/v1/cases'),
      await supervisor.call('GET', `/api/v1/cases/${number}`),
      await supervisor.call('GET', `/desk/cases/${number}`),
    ].map(({ text }) => text);
    // What was searched for stays in its field.
    const found = await post(supervisor, '/desk/search', { q: number });
    for (const text of [...shown, found.text]) {
      expect(text.includes('万根生')).toBe(false);
      expect(text.includes('万**')).toBe(true);
    }
    expect((await post(clerk, '/desk/search', { q: number })).text.includes('万根生')).toBe(true);
    for (const q of ['万', '万根', '万根生']) {
      const { text } = await post(supervisor, '/desk/search', { q });
      expect(text.includes(number), 'no letter of a masked name is told by finding it').toBe(false);
    }
    expect((await post(clerk, '/desk/search', { q: '万根' })).text.includes(number)).toBe(true);
  });
});

describe('a search without words', () => {
  it('asks for them instead of saying that nothing was found', async () => {
    const answer = await post(clerk, '/desk/search', { q: '  ' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('id="q-error"');
    expect(answer.text).not.toContain('没有查到');
  });
});

describe('an act that comes too late or says too little', () => {
  it('comes back on the page of the case with what was typed', async () => {
    const late = await post(clerk, `/desk/cases/${number}`, {
      act: 'not-accept',
      reason: '不归本镇',
      seenVersion: '1',
    });
    expect(late.status).toBe(409);
    expect(late.text.includes('不归本镇')).toBe(true);
  });
  it('is refused to whoever may not act, and changes nothing', async () => {
    const claim = await post(clerk, `/desk/cases/${number}`, { act: 'claim', item: 'old-age-allowance' });
    expect(claim.status).toBe(403);
    expect((await post(clerk, `/desk/cases/${number}`, { act: 'withdraw' })).status).toBe(422);
  });
});

describe('the desk opens', () => {
  it.each([
    ['clerk-liantang', '/desk/queue'],
    ['approver-health', '/desk/inbox'],
    ['supervisor', '/watch'],
  ])('for %s at %s', async (persona, place) => {
    const { cookie } = await product.as(persona);
    const answer = await product.app.inject({ url: '/desk', headers: { cookie } });
    expect(answer.headers.location).toBe(place);
  });
  it('for an administrator with a word, and not for an applicant', async () => {
    expect((await (await product.as('admin')).call('GET', '/desk')).status).toBe(200);
    expect((await (await product.as('father')).call('GET', '/desk/queue')).status).toBe(403);
  });
});
