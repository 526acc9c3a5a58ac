import { clerkOf } from './actors.ts';
import type { Client, Product } from './api.ts';
import { liantang, situation, subject, submitted } from './newborn.ts';
import { keys } from './things.ts';

/** Operations that make something new each time, unless they are told that it is the same request. */
export const makingOperations = [
  'startDraft',
  'askAboutData',
  'lendPower',
  'grantOrganisationPower',
  'openInEmergency',
  'grantPower',
  'enrolClient',
  'enrolDevice',
  'beginHold',
  'proposeChange',
  'noteAlarm',
  'addAccount',
] as const;
export type Making = {
  who: Client;
  /** Address and body of the operation, and what makes it another wish. */
  path: string;
  body: object;
  other: object;
  /** The page of the form, where it is sent to, its fields, and what makes them another wish. */
  page: string;
  to?: string;
  fields: Record<string, string>;
  otherFields: Record<string, string>;
  /** Counts what was made. */
  rows: string;
  /** What there can be one of only, and so is called something else for each test. */
  called?: 'login';
};
export type Makings = Record<(typeof makingOperations)[number], Making>;

const county = '360121000000';
const words = '群众在现场反映紧急情况，要当场答复';

/** One of each, by whoever may, around a case of the father's. */
export async function openMakings(product: Product): Promise<Makings> {
  const father = await product.as('father');
  const number = await submitted(father);
  return {
    ...byPeople(father, await chiefOf(product)),
    ...(await byStaff(product, number)),
    ...(await bySecurity(product, number)),
    ...(await bySystem(product)),
  };
}

function byPeople(father: Client, chief: Client) {
  const asked = { division: liantang, words: '请说明谁看过' };
  const agent = { name: '陈志远', items: 'public-place-hygiene', until: '' };
  const card = '360121199503120013';
  return {
    startDraft: {
      ...{ who: father, path: '/drafts', body: { subject, division: liantang, situation } },
      other: { situation: { ...situation, wants_card: 'no' } },
      page: `/bundles/newborn/tasks?${new URLSearchParams({ ...situation, division: liantang })}`,
      ...{ to: '/drafts', fields: { ...subject, division: liantang, ...situation }, otherFields: { wants_card: 'no' } },
      rows: 'cases.draft',
    },
    askAboutData: {
      ...{
        who: father,
        path: '/me/requests',
        body: { kind: 'explain', ...asked },
        other: { words: '请说明为什么退回' },
      },
      ...{ page: '/account/data/ask/explain', fields: asked, otherFields: { words: '请说明为什么退回' } },
      rows: 'rights.request',
    },
    grantOrganisationPower: {
      ...{ who: chief, path: '/organisation/powers', body: { ...agent, items: [agent.items], idCard: card } },
      ...{ other: { until: '2026-12-31' }, page: '/organisation/powers', fields: { ...agent, id_card: card } },
      ...{ otherFields: { until: '2026-12-31' }, rows: `identity.organisation_act where act = 'grant'` },
    },
  } satisfies Partial<Makings>;
}

/** Who leads an organisation, in its name. */
async function chiefOf({ as, house }: Product): Promise<Client> {
  const { persons, organisations } = house.identity;
  const mother = await persons.findByIdCard(clerkOf('360121'), '360121199708260028');
  if (!mother) throw new Error('the demo has a mother');
  const bakery = { creditCode: '91360121MA35K2X00U', name: '南昌县小陈食品有限公司', representative: true };
  const organisation = await organisations.come(mother, bakery, 'test');
  const chief = await as('mother');
  await chief.call('PUT', '/api/v1/session/organisation', { organisation });
  return chief;
}

async function byStaff(product: Product, number: string) {
  const { house, staff, as } = product;
  const [lender, editor] = [await staff('approver-health'), await staff('catalog-editor')];
  const power = lender.powers.find(({ role }) => role === 'approver')?.id ?? '';
  const lending = { power, to: '360121-lead-health', until: '2026-06-12', reason: '出差' };
  const opening = { number, reason: words };
  const { source, newest } = await house.proposals.begin(editor, { kind: 'item', id: 'senior-card' });
  const change = { source: source.replace(/^(name: .*)zh: ([^,]+)/m, '$1zh: $2（新）'), note: '改名称' };
  const auditor = await as('audit-admin');
  const looked = { alarm: await alarmOf(product, auditor, number), note: '已核查' };
  return {
    lendPower: {
      ...{ who: await as('approver-health'), path: '/account/lending', body: lending, other: { reason: '学习' } },
      ...{ page: '/account/lending', fields: lending, otherFields: { reason: '学习' } },
      rows: 'identity.power where lent_by is not null',
    },
    openInEmergency: {
      ...{ who: await as('approver-approval'), path: '/break-glass', body: opening, other: { reason: `${words}。` } },
      ...{ page: '/desk/break-glass', fields: opening, otherFields: { reason: `${words}。` } },
      rows: `identity.power where role = 'break-glass'`,
    },
    proposeChange: {
      ...{ who: await as('catalog-editor'), path: '/admin/catalogue/item/senior-card/proposals' },
      ...{
        body: { ...change, base: newest.version },
        other: { note: '再改名称' },
        page: '/admin/catalog/item/senior-card',
      },
      ...{
        fields: { ...change, base: String(newest.version) },
        otherFields: { note: '再改名称' },
        rows: 'catalog.proposal',
      },
    },
    noteAlarm: {
      ...{ who: auditor, path: '/admin/alarms', body: looked, other: { note: '再核查' } },
      ...{ page: '/admin/alarms', fields: looked, otherFields: { note: '再核查' }, rows: 'ledger.alarm_note' },
    },
  } satisfies Partial<Makings>;
}

/** An alarm that somebody else has rung by opening the case. */
async function alarmOf({ house, staff }: Product, auditor: Client, number: string): Promise<string> {
  const opening = { number, reason: words };
  const by = await staff('approver-human-resources');
  await house.identity.powers.breakGlass(by, opening, { at: house.clock(), from: '127.0.0.0/24' });
  await house.drain();
  const { body } = await auditor.call<{ alarms: { key: string }[] }>('GET', '/api/v1/admin/alarms');
  return body.alarms[0]?.key ?? '';
}

async function bySecurity({ as }: Product, number: string) {
  const who = await as('security-admin');
  const account = '360121-approver-tax';
  const grant = { role: 'lead', division: county, agency: '360121-tax', reason: '接替同事' };
  const system = { name: '健康平台', division: county, until: '2026-12-31', keys, reason: '对接' };
  const device = { name: '大厅一号', kind: 'kiosk', division: county };
  const hold = { number, reason: '行政诉讼' };
  return {
    grantPower: {
      ...{ who, path: `/admin/staff/${account}/powers`, body: grant, other: { reason: '再接替' } },
      ...{ page: `/admin/people/${account}`, to: `/admin/people/${account}/grant`, fields: grant },
      ...{ otherFields: { reason: '再接替' }, rows: `identity.power where role = 'lead'` },
    },
    enrolClient: {
      ...{ who, path: '/admin/clients', body: { ...system, scopes: ['case.read'] }, other: { name: '社保平台' } },
      ...{
        page: '/admin/clients/enrol',
        fields: { ...system, scopes: 'case.read' },
        otherFields: { name: '社保平台' },
      },
      rows: 'identity.client',
    },
    enrolDevice: {
      ...{ who, path: '/admin/devices', body: device, other: { name: '大厅二号' } },
      ...{ page: '/admin/devices/enrol', fields: device, otherFields: { name: '大厅二号' }, rows: 'identity.device' },
    },
    beginHold: {
      ...{ who, path: '/admin/holds', body: hold, other: { reason: '行政复议' } },
      ...{ page: '/admin/holds', fields: hold, otherFields: { reason: '行政复议' }, rows: 'cases.legal_hold' },
    },
  } satisfies Partial<Makings>;
}

async function bySystem({ as }: Product) {
  const account = { login: 'new', name: '吴敏', division: county, agency: '360121-tax' };
  return {
    addAccount: {
      ...{ who: await as('admin'), path: '/admin/accounts', body: account, other: { login: 'other' } },
      ...{ page: '/admin/accounts/add', fields: account, otherFields: { login: 'other' }, called: 'login' },
      rows: 'identity.staff',
    },
  } satisfies Partial<Makings>;
}

let calledSo = 0;
/** The same thing as another one, where there can be one of a name only. */
export function anew(making: Making): Making {
  const { called, body, other, fields, otherFields } = making;
  if (!called) return making;
  const n = calledSo++;
  const [mine, another] = [{ [called]: `new.${n}` }, { [called]: `other.${n}` }];
  return {
    ...making,
    ...{ body: { ...body, ...mine }, fields: { ...fields, ...mine } },
    ...{ other: { ...other, ...another }, otherFields: { ...otherFields, ...another } },
  };
}

/** How many of them there are. */
export async function countOf({ house }: Product, { rows }: Making): Promise<number> {
  const [row] = await house.db.query<{ count: number }>(`select count(*)::int as count from ${rows}`);
  return row?.count ?? 0;
}
