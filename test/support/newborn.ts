import type { Client } from './api.ts';

/** A newborn's papers as the father of the demo would hand them in. */
export const subject = { kind: 'bundle', id: 'newborn' };
export const liantang = '360121100000';
export const situation = {
  household: 'father',
  parents_married: 'yes',
  mother_insured: 'no',
  wants_card: 'yes',
  has_birth_record: 'yes',
};
const home = '江西省南昌市南昌县莲塘镇公园路社区澄湖小区5栋2单元301室';
export const answers = {
  child_name: '陈沐阳',
  child_sex: 'male',
  child_birth_date: '2026-06-01',
  birth_hospital: '南昌县人民医院',
  child_ethnicity: 'father',
  child_home_address: home,
  childcare_topic: 'all',
  father_name: '陈志远',
  father_id_card: '360121199503120013',
  father_phone: '13800000001',
  mother_name: '刘雨桐',
  mother_id_card: '360121199708260028',
  mother_phone: '13800000002',
  householder_name: '陈志远',
  relation_to_householder: 'child',
  household_address: home,
  card_bank: 'rural',
  card_delivery: 'pickup',
  payment_way: 'phone',
  parents_agree: 'yes',
};
export const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

/** A whole draft, ready to be submitted. */
export async function fillIn(client: Client, changed: Record<string, string> = {}): Promise<string> {
  const body = { subject, division: liantang, situation, answers: { ...answers, ...changed } };
  const { body: draft, text, status } = await client.call<{ id: string }>('POST', '/api/v1/drafts', body);
  if (status !== 201) throw new Error(text);
  const file = await client.call('PUT', `/api/v1/drafts/${draft.id}/files/delivery_record`, pdf, {
    'content-type': 'application/pdf',
    'content-disposition': 'attachment; filename="record.pdf"',
  });
  if (file.status !== 201) throw new Error(file.text);
  return draft.id;
}

/** A case of the father's. */
export async function submitted(client: Client): Promise<string> {
  const draft = await fillIn(client);
  const { body, text } = await client.call<{ number?: string }>('POST', `/api/v1/drafts/${draft}/submission`, {
    consent: true,
  });
  if (!body.number) throw new Error(text);
  return body.number;
}
