import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { say } from '../support/story.ts';

/** A licence that one decides and another issues, on the pages and through the interface. */
const item = 'public-place-hygiene';
const results = { hygiene_licence: '赣卫公证字〔2026〕第360121-000123号', hygiene_until: '2030-11-30' };
let product: Product;
let number: string;
let approver: Client;
let issuer: Client;
let serial = 0;

const command = (who: Client, wish: object) =>
  who.call<{ branches: { status: string; allowed: string[]; issueDue?: string; results?: { value: string }[] }[] }>(
    'POST',
    `/api/v1/cases/${number}/commands`,
    { command: wish, commandId: `issuing.${serial++}` },
  );
const page = async (who: Client, path: string) => (await who.call('GET', path)).text;

beforeAll(async () => {
  product = await openProduct();
  const clerk = await product.as('clerk-liantang');
  approver = await product.as('approver-approval');
  issuer = await product.as('issuer-approval');
  const made = await clerk.call<{ number: string }>('POST', '/api/v1/cases', {
    commandId: 'issuing.submit',
    subject: { kind: 'item', id: item },
    division: '360121100000',
    situation: {},
    applicant: { name: '陈志远', idCard: '360121199503120013', phone: '13800000001', address: '澄湖小区5栋' },
    answers: {
      ...{ applicant_name: '陈志远', applicant_id_card: '360121199503120013', applicant_phone: '13800000001' },
      ...{
        business_name: '小陈理发店',
        business_credit_code: '91360121MA35K2X00U',
        business_address: '莲塘镇澄湖路1号',
      },
      ...{ place_kind: 'hair', place_area: '40', business_staff: '3', central_air: 'no' },
    },
    papers: ['applicant_id', 'business_licence', 'floor_plan', 'hygiene_report', 'hygiene_rules'],
  });
  number = made.body.number;
  if (!number) throw new Error(made.text);
  await command(clerk, { type: 'accept' });
  await command(approver, { type: 'claim', item });
});

describe('a licence that somebody else issues', () => {
  test('is granted without a number: the form of who decides has no field for it', async () => {
    const form = await page(approver, `/desk/cases/${number}?item=${item}`);
    expect(form).toContain(say('desk.decide.issuedByAnother'));
    expect(form).not.toContain('r_hygiene_licence');
    const { status, body } = await command(approver, { type: 'decide', item, outcome: 'granted', reason: '符合标准' });
    expect(status).toBe(200);
    expect(body.branches[0]).toMatchObject({ status: 'to-issue', issueDue: '2026-06-25', allowed: [] });
  });

  test('waits in the issuer’s inbox and not in that of who decided; the applicant reads by when it comes', async () => {
    expect(await page(issuer, '/desk/inbox')).toContain(`/desk/cases/${number}?item=${item}`);
    expect(await page(issuer, '/desk/inbox')).not.toContain('view=todo');
    expect(await page(approver, '/desk/inbox')).not.toContain('view=issue');
    const { text } = await issuer.call('GET', '/api/v1/inbox?view=issue');
    expect(text).toContain(number);
    const father = await product.as('father');
    const name = '公共场所卫生许可（新办）';
    expect(await page(father, `/cases/${number}`)).toContain(say('portal.case.toIssue', { name }));
  });

  test('is issued by that person: the number is told when it is missing, then stands on the applicant’s page', async () => {
    const told = await page(approver, `/desk/cases/${number}?item=${item}`);
    expect(told).not.toContain('value="issue"');
    expect((await command(approver, { type: 'issue', item, results })).status).toBe(403);
    expect(await page(issuer, `/desk/cases/${number}?item=${item}`)).toContain('r_hygiene_licence');
    expect((await command(issuer, { type: 'issue', item, results: {} })).status).toBe(409);
    const { status, body } = await command(issuer, { type: 'issue', item, results });
    expect(status).toBe(200);
    expect(body.branches[0]?.status).toBe('granted');
    const father = await product.as('father');
    expect(await page(father, `/cases/${number}`)).toContain(results.hygiene_licence);
    expect((await command(issuer, { type: 'issue', item, results })).status).toBe(409);
  });

  test('of a form that comes after somebody else issued it every result is told, too long or not', async () => {
    for (const licence of ['赣卫公证字〔2026〕第360121-000999号', '号'.repeat(501)]) {
      const payload = { act: 'issue', item, r_hygiene_licence: licence, r_hygiene_until: '2031-01-31' };
      const headers = { cookie: issuer.cookie, 'x-csrf-token': issuer.csrf };
      const late = await product.app.inject({ method: 'POST', url: `/desk/cases/${number}`, payload, headers });
      expect([409, 422]).toContain(late.statusCode);
      for (const words of [say('desk.act.typedBefore'), licence, '2031-01-31']) expect(late.payload).toContain(words);
    }
  });
});
