import { generateKeyPairSync } from 'node:crypto';
import { exportJWK } from 'jose';
import type { StaffActor } from '../../src/identity/door.ts';
import { clerkOf } from './actors.ts';
import type { Product } from './api.ts';
import { securityAdmin } from './device.ts';
import { liantang } from './newborn.ts';

/** Of every kind of thing that an address may name beside cases and forms, one that is really there. */
export type Things = {
  /** The father's, to correct his name. */
  request: string;
  client: string;
  device: string;
  hold: string;
  proposal: string;
  /** Opened by an approver in an emergency, and not reviewed. */
  emergency: string;
  /** The father's, to act for the organisation of the older resident. */
  agent: string;
  /** Of somebody nobody signs in as, and the power they have. */
  account: string;
  power: string;
};

const region = '360121';
const account = `${region}-clerk-liyuzhou`;
const item = { kind: 'item', id: 'senior-card' } as const;
const jwk = await exportJWK(generateKeyPairSync('ed25519').publicKey);
/** What a client is enrolled with, or given instead. */
export const keys = JSON.stringify({ keys: [{ ...jwk, kid: 'one' }] });
let made = 0;

/** Makes them anew, but for the account, around a case. */
export async function openThings(product: Product, number: string): Promise<Things> {
  const { house } = product;
  const { identity, cases, rights, proposals, db } = house;
  const moment = { at: house.clock(), from: '127.0.0.0/24' };
  const staff = async (id: string): Promise<StaffActor> => {
    const found = await identity.staff.actor(region, `${region}-${id}`, moment.at);
    if (!found) throw new Error(`there is no ${id}`);
    return found;
  };
  const admin = await securityAdmin(product);
  const father = { kind: 'person', id: `${region}-father`, region, name: '陈志远' } as const;
  const wish = { words: '登记错了一个字', field: 'name' as const, value: '陈志源' };
  const place = { division: `${region}000000`, agency: '', until: '2026-12-31' };
  const setup = { kind: 'system', id: 'setup', region } as const;
  const client = { name: '社保平台', scopes: ['case.read'], keys, reason: '测试', ...place };
  const device = { name: '莲塘一号机', kind: 'kiosk', division: liantang };
  await cases.holds.begin(admin, { number, reason: '行政诉讼' }, moment.at, {
    ...{ who: { kind: 'staff', id: admin.id }, from: moment.from },
  });
  const [hold] = await db.query<{ id: string }>('select id from cases.legal_hold where number = $1', [number]);
  const editor = await staff('catalog-editor');
  const { source, newest } = await proposals.begin(editor, item);
  const written = {
    ...item,
    base: newest.version,
    note: '改了说明',
    source: source.replace(/(zh: [^,]+?)(第\d+稿)?,/, `$1第${made++}稿,`),
  };
  const reason = '群众在现场反映紧急情况，要当场答复';
  await identity.powers.breakGlass(await staff('approver-approval'), { number, reason }, moment);
  const [emergency] = await db.query<{ id: string }>('select id from identity.power where number = $1', [number]);
  const [power] = await db.query<{ id: string }>(
    'select id from identity.power where account = $1 order by revoked_at nulls first',
    [account],
  );
  return {
    request: await rights.ask(father, { kind: 'correct', division: liantang, wish }, moment.at.toISOString()),
    client: await identity.clients.enrol(setup, client, moment),
    device: (await identity.devices.enrol(admin, device, moment)).id,
    proposal: await proposals.propose(editor, written, moment),
    agent: await agentOf(product),
    ...{ hold: hold?.id ?? '', emergency: emergency?.id ?? '', account, power: power?.id ?? '' },
  };
}

const bakery = { creditCode: '91360121MA35K2X00U', name: '南昌县小陈食品有限公司', representative: true };

/** The organisation of the older resident, who is its legal representative. */
export async function organisationOf({ house }: Product): Promise<string> {
  const { persons, organisations } = house.identity;
  const resident = await persons.findByIdCard(clerkOf(region), '360121194204050016');
  const id = resident && (await organisations.come(resident, bakery, 'https://provider.example/'));
  if (!id) throw new Error('the demo has an older resident');
  return id;
}

/** A power the older resident gave the father. */
async function agentOf(product: Product): Promise<string> {
  const { house } = product;
  const { organisations } = house.identity;
  const at = house.clock();
  const organisation = await organisationOf(product);
  const { token } = await house.identity.signInAs('older-resident', at);
  const begun = await house.identity.session(token, at);
  if (begun) await organisations.choose(begun, organisation);
  const acting = await house.identity.session(token, at);
  if (!acting) throw new Error('the representative is not in');
  const given = async () => (await organisations.powers(acting)).rows.find(({ kind }) => kind === 'agent')?.ref;
  if (!(await given()))
    await organisations.grant(
      acting,
      { name: '陈志远', idCard: '360121199503120013', until: '', items: [] },
      { from: '127.0.0.0/24' },
    );
  return (await given()) ?? '';
}
