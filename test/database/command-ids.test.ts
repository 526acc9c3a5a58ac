import { beforeAll, expect, test } from 'vitest';
import type { Client } from '../support/api.ts';
import { act, type Office, openOffice, read } from '../support/case-api.ts';
import { answers, liantang, situation, subject, submitted } from '../support/newborn.ts';

/** The id of a command is its sender's own: what somebody else has sent under the same one takes nothing from anybody. */
let office: Office;
beforeAll(async () => {
  office = await openOffice();
});

const system = { kind: 'system', id: 'system', region: '360121' } as const;
const allowance = {
  subject: { kind: 'item', id: 'old-age-allowance' },
  situation: {},
  answers: {
    applicant_name: '万根生',
    applicant_id_card: '360121194204050016',
    applicant_phone: '13800000003',
    applicant_address: '江西省南昌市南昌县莲塘镇公园路 5 号',
    living_with: 'children',
    bank_account_holder: '万根生',
    bank_name: '农业银行莲塘支行',
    bank_card: '6222021502012342345',
  },
  papers: ['bank_card_copy'],
};
const missing = [{ what: '出生医学证明', why: '看不清' }];
const eventsOf = async (number: string) => (await read(office.clerk, number)).body.events.map(({ type }) => type);
async function returned(): Promise<string> {
  const number = await submitted(office.father);
  expect((await act(office.clerk, number, { type: 'return', missing })).status).toBe(200);
  return number;
}

test('an applicant who has used it before a counter does not keep the counter from acting', async () => {
  const { father, clerk } = office;
  const number = await returned();
  const commandId = '00000001';
  expect((await act(father, number, { type: 'resubmit' }, { commandId })).status).toBe(200);
  expect((await act(clerk, number, { type: 'accept' }, { commandId })).body.status).toBe('accepted');
  expect((await act(clerk, number, { type: 'accept' }, { commandId })).body.status, 'again').toBe('accepted');
  expect((await eventsOf(number)).filter((type) => type === 'accepted').length).toBe(1);
});

test('an applicant who knows what the house calls its own does not keep it from acting', async () => {
  const { father, product } = office;
  const number = await returned();
  const headers = { cookie: father.cookie, 'x-csrf-token': father.csrf };
  const payload = { ...answers, command: `deemed.${number}` };
  const url = `/cases/${number}/correct/answers`;
  expect((await product.app.inject({ method: 'POST', url, headers, payload })).statusCode).toBe(303);
  await product.house.cases.deemOverdue(system, '2026-12-10T02:00:00.000Z');
  expect((await eventsOf(number)).includes('accepted')).toBe(true);
});

test('one that was used for something else does not stand for what is wished now', async () => {
  const { clerk } = office;
  const number = await submitted(office.father);
  const commandId = 'claim-and-release';
  await act(clerk, number, { type: 'accept' });
  const item = 'birth-certificate';
  expect((await act(office.health, number, { type: 'claim', item }, { commandId })).status).toBe(200);
  const released = await act(office.health, number, { type: 'release', item }, { commandId });
  expect(released.body.branches.find((branch) => branch.item === item)).toMatchObject({ status: 'open' });
});

test('two counters that count alike enter two cases, and so does one that counts anew for something else', async () => {
  const { product, clerk } = office;
  const grant = { role: 'clerk', division: liantang, agency: `${liantang}-township-centre`, reason: '接替同事' };
  const security = await product.as('security-admin');
  await security.call('POST', '/api/v1/admin/staff/360121-approver-tax/powers', grant);
  const colleague = await product.as('approver-tax');
  const body = {
    ...{ commandId: '00000001', division: liantang, subject, situation, answers, papers: ['delivery_record'] },
    applicant: { name: '万根生', idCard: '360121194204050016', phone: '13800000003', address: '公园路社区' },
    consent: true,
  };
  const enter = async (who: Client, more: object = {}) => {
    const made = await who.call<{ number: string }>('POST', '/api/v1/cases', { ...body, ...more });
    expect(made.status, made.text).toBe(201);
    return made.body.number;
  };
  const numbers = [await enter(clerk), await enter(colleague), await enter(clerk, allowance)];
  expect(new Set(numbers).size).toBe(3);
  expect(await enter(clerk)).toBe(numbers[0]);
});

test('one as long as a book breaks nothing', async () => {
  const { father, product } = office;
  const number = await returned();
  const headers = { cookie: father.cookie, 'x-csrf-token': father.csrf };
  const long = Array.from({ length: 4000 }, (_, at) => String.fromCodePoint(0x4e00 + ((at * 7919) % 20000))).join('');
  const payload = { ...answers, command: long };
  const url = `/cases/${number}/correct/answers`;
  const sent = await product.app.inject({ method: 'POST', url, headers, payload });
  expect(sent.statusCode, sent.payload.slice(0, 300)).toBe(303);
});
