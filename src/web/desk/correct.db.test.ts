import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, openProduct, type Product } from '../../../test/support/api.ts';
import { consentText } from '../../cases/door.ts';

const card = '6222021502012342345';
const entry = {
  p_idCard: '360121194204050016',
  p_name: '万根生',
  p_phone: '13800000003',
  a_applicant_address: '江西省南昌市南昌县莲塘镇公园路 5 号',
  a_living_with: 'children',
  a_bank_account_holder: '万根生',
  a_bank_name: '农业银行莲塘支行',
  a_bank_card: card,
  consent: consentText,
  m: ['bank_card_copy'],
  do: 'enter',
};

let product: Product;
let clerk: Client;

beforeAll(async () => {
  product = await openProduct();
  clerk = await product.as('clerk-liantang');
});

async function post(client: Client, url: string, form: Record<string, unknown>) {
  const headers = { cookie: client.cookie, 'x-csrf-token': client.csrf };
  const answer = await product.app.inject({ method: 'POST', url, payload: form, headers });
  return { status: answer.statusCode, to: String(answer.headers.location ?? ''), text: answer.payload };
}

/** A case entered at the counter and sent back for a better copy of the bank card. */
async function returned(): Promise<string> {
  const made = await post(clerk, '/desk/counter/item/old-age-allowance', entry);
  const number = made.to.split('/')[3]?.split('?')[0] ?? '';
  const list = { act: 'return', 'miss-m-bank_card_copy': 'yes', 'why-m-bank_card_copy': '看不清卡号' };
  expect((await post(clerk, `/desk/cases/${number}`, list)).status).toBe(303);
  return number;
}
const eventsOf = async (number: string) => {
  const { body } = await clerk.call<{ events: { type: string }[] }>('GET', `/api/v1/cases/${number}`);
  return body.events.map(({ type }) => type);
};

describe('what was missing, brought to the counter', () => {
  it('begins on the page of the case, with the list, the answers and the papers', async () => {
    const number = await returned();
    const page = await clerk.call('GET', `/desk/cases/${number}`);
    expect(page.text.includes(`href="/desk/cases/${number}/correct"`)).toBe(true);
    const { status, text } = await clerk.call('GET', `/desk/cases/${number}/correct`);
    expect(status).toBe(200);
    for (const words of ['看不清卡号', card, 'name="m"', '农业银行莲塘支行']) expect(text.includes(words)).toBe(true);
  });
  it('is told everything that is wrong at once, keeps what was typed and leaves the case as it was', async () => {
    const number = await returned();
    const wrong = { a_bank_card: '12', a_bank_name: '<i>行', m: 'bank_card_copy', do: 'enter' };
    const { status, text } = await post(clerk, `/desk/cases/${number}/correct`, wrong);
    expect(status).toBe(422);
    expect(text.includes('href="#a_bank_card"')).toBe(true);
    expect(text.includes('&lt;i>行')).toBe(true);
    expect(await eventsOf(number)).toEqual(['submitted', 'returned']);
  });
  it('is one correction however often the form is sent; new answers stand over the old ones, the rest stays', async () => {
    const number = await returned();
    const commandId = product.house.ids.id('360121');
    const form = { commandId, version: '2', a_bank_name: '邮储银行莲塘支行', m: 'bank_card_copy', do: 'enter' };
    const first = await post(clerk, `/desk/cases/${number}/correct`, form);
    expect(first).toMatchObject({ status: 303, to: `/desk/cases/${number}?done=corrected` });
    expect(await post(clerk, `/desk/cases/${number}/correct`, form)).toMatchObject({ status: 303, to: first.to });
    expect(await eventsOf(number)).toEqual(['submitted', 'returned', 'resubmitted']);
    const { text } = await clerk.call('GET', `/desk/cases/${number}`);
    expect(text.includes('邮储银行莲塘支行')).toBe(true);
    expect(text.includes('2342 345'), 'what was not typed stays').toBe(true);
  });
  it('is accepted in the same go, and takes a paper that stands on no list', async () => {
    const number = await returned();
    const form = { m: ['bank_card_copy', 'other_paper'], do: 'accept', actId: product.house.ids.id('360121') };
    const done = await post(clerk, `/desk/cases/${number}/correct`, form);
    expect(done).toMatchObject({ status: 303, to: `/desk/cases/${number}?done=accepted` });
    expect(await eventsOf(number)).toEqual(['submitted', 'returned', 'resubmitted', 'accepted', 'branch-opened']);
    const slip = await clerk.call('GET', `/desk/cases/${number}`);
    expect(slip.text.includes('清单上的其他材料')).toBe(true);
  });
  it('is refused on a page that has been overtaken, and not offered for a case that waits for no correction', async () => {
    const number = await returned();
    const stale = await post(clerk, `/desk/cases/${number}/correct`, { version: '1', do: 'enter' });
    expect(stale.status).toBe(409);
    expect(await eventsOf(number)).toEqual(['submitted', 'returned']);
    await post(clerk, `/desk/cases/${number}/correct`, { do: 'enter' });
    const { cookie } = clerk;
    const again = await product.app.inject({ url: `/desk/cases/${number}/correct`, headers: { cookie } });
    expect(again.headers.location).toBe(`/desk/cases/${number}`);
  });
  it('is nobody’s but the counter’s', async () => {
    const number = await returned();
    for (const [persona, status] of [
      ['clerk-anyi', 404],
      ['approver-health', 404],
      ['supervisor', 403],
      ['older-resident', 403],
    ] as const) {
      const somebody = await product.as(persona);
      expect((await somebody.call('GET', `/desk/cases/${number}/correct`)).status, persona).toBe(status);
      expect((await post(somebody, `/desk/cases/${number}/correct`, { do: 'enter' })).status, persona).toBe(status);
    }
    expect(await eventsOf(number)).toEqual(['submitted', 'returned']);
  });
});
