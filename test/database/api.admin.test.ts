import { generateKeyPairSync } from 'node:crypto';
import { exportJWK } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, openProduct, type Product, ticking } from '../support/api.ts';
import { submitted } from '../support/newborn.ts';

/** Administration through the machine interface: each administrator does what is theirs, and the trail says so. */
type Wrong = { code: string; errors: { field: string }[] };

let product: Product;
let system: Client;
let security: Client;
let auditor: Client;
beforeAll(async () => {
  product = await openProduct(ticking());
  [system, security, auditor] = [
    await product.as('admin'),
    await product.as('security-admin'),
    await product.as('audit-admin'),
  ];
});
const admin = '/api/v1/admin';
const post = (who: Client, path: string, body: object = {}) => who.call<Wrong>('POST', `${admin}${path}`, body);
const fieldsOf = ({ body }: { body: Wrong }) => body.errors.map(({ field }) => field);
const lastEntry = async (what: string) => (await product.entries(what))[0];

test('a power is granted and revoked with a reason, by the security administrator alone', async () => {
  const id = '360121-approver-tax';
  const powersOf = async () =>
    (await security.call<{ powers: { id: string; role: string }[] }>('GET', `${admin}/staff/${id}`)).body.powers;
  const grant = { role: 'lead', division: '360121000000', agency: '360121-tax', reason: '' };
  expect((await post(system, `/staff/${id}/powers`, grant)).status).toBe(403);
  expect(fieldsOf(await post(security, `/staff/${id}/powers`, { ...grant, until: '2020-01-01' }))).toEqual([
    'until',
    'reason',
  ]);
  expect((await post(security, `/staff/${id}/powers`, { ...grant, reason: '接替同事' })).status).toBe(204);
  const power = (await powersOf()).find(({ role }) => role === 'lead');
  expect(await lastEntry('power.grant')).toMatchObject({ about: id, reason: 'power.grant:接替同事' });
  expect(fieldsOf(await post(security, `/powers/${power?.id}/revocation`, { why: ' ' }))).toEqual(['why']);
  expect((await post(security, `/powers/${power?.id}/revocation`, { why: '期满' })).status).toBe(204);
  expect((await powersOf()).map(({ role }) => role)).toEqual(['approver']);
});

test('an account is switched off, which ends its sessions, and on again, by the system administrator alone', async () => {
  const id = '360121-approver-tax';
  const tax = await product.as('approver-tax');
  expect((await post(security, `/accounts/${id}/off`, { reason: '离岗' })).status).toBe(403);
  expect(fieldsOf(await post(system, `/accounts/${id}/off`, { reason: '' }))).toEqual(['reason']);
  expect((await post(system, `/accounts/${id}/off`, { reason: '离岗' })).status).toBe(204);
  expect((await tax.call('GET', '/api/v1/account')).status).toBe(401);
  expect((await system.call('GET', `${admin}/accounts/${id}`)).body).toMatchObject({
    active: false,
    switchReason: '离岗',
  });
  expect((await post(system, `/accounts/${id}/on`, { reason: '返岗' })).status).toBe(204);
  expect((await post(system, `/accounts/${id}/second`, { reason: '手机丢了' })).body.code).toBe('nothing-to-do');
});

test('another system is enrolled, gets other keys and is revoked', async () => {
  const { publicKey } = generateKeyPairSync('ed25519');
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'first' }] });
  const wish = {
    name: '健康平台',
    scopes: ['case.read'],
    division: '360121000000',
    until: '2026-12-31',
    reason: '对接',
  };
  expect(fieldsOf(await post(security, '/clients', { ...wish, scopes: ['all'], keys: '{}' }))).toEqual([
    'scopes',
    'keys',
  ]);
  const { id } = (await security.call<{ id: string }>('POST', `${admin}/clients`, { ...wish, keys })).body;
  const read = async () => (await security.call('GET', `${admin}/clients/${id}`)).body;
  expect(await read()).toMatchObject({ scopes: ['case.read'], keys: [{ kid: 'first' }], revokedAt: null });
  const other = { keys: keys.replace('first', 'second'), reason: '换密钥' };
  expect((await security.call('PUT', `${admin}/clients/${id}/keys`, other)).status).toBe(204);
  expect((await post(security, `/clients/${id}/revocation`, { why: '停用' })).status).toBe(204);
  expect(await read()).toMatchObject({ keys: [{ kid: 'second' }], revokedAt: expect.any(String) });
});

test('a machine is enrolled with a code that is told once, gets another, and is revoked', async () => {
  expect(fieldsOf(await post(security, '/devices', { name: '', kind: 'phone', division: 'x' }))).toContain('kind');
  const wish = { name: '大厅一号', kind: 'kiosk', division: '360121000000' };
  const made = await security.call<{ id: string; code: string }>('POST', `${admin}/devices`, wish);
  const { id, code } = made.body;
  const again = await security.call<{ code: string }>('POST', `${admin}/devices/${id}/code`);
  expect([made.status, again.status, again.body.code !== code]).toEqual([201, 200, true]);
  expect((await security.call('GET', `${admin}/devices/${id}`)).text).not.toContain(again.body.code);
  expect((await post(security, `/devices/${id}/revocation`, { why: '报废' })).status).toBe(204);
  expect((await post(security, `/devices/${id}/code`)).body.code).toBe('nothing-to-do');
});

test('a case is held with a reason, and let go of with one', async () => {
  const number = await submitted(await product.as('father'));
  const until = '2026-01-01';
  expect(fieldsOf(await post(security, '/holds', { number, reason: '诉', until }))).toEqual(['reason', 'until']);
  const elsewhere = { number: '36012310000000XE20260610000020U', reason: '行政诉讼' };
  expect((await post(security, '/holds', elsewhere)).body.code).toBe('case-not-found');
  expect((await post(security, '/holds', { number, reason: '行政诉讼' })).status).toBe(204);
  type Holds = { holds: { id: string; holds: boolean }[] };
  const holds = async () => (await security.call<Holds>('GET', `${admin}/holds`)).body.holds;
  const [hold] = await holds();
  expect(hold).toMatchObject({ number, reason: '行政诉讼', holds: true });
  expect(fieldsOf(await post(security, `/holds/${hold?.id}/end`, { why: '' }))).toEqual(['why']);
  expect((await post(security, `/holds/${hold?.id}/end`, { why: '结案' })).status).toBe(204);
  expect(await holds()).toMatchObject([{ holds: false, endReason: '结案' }]);
});

describe('a change of the catalogue', () => {
  test('is judged, proposed by one, and returned or published by another', async () => {
    const [editor, publisher] = [await product.as('catalog-editor'), await product.as('catalog-publisher')];
    const path = '/catalogue/item/senior-card';
    type Begun = { source: string; newest: { version: number } };
    const { source, newest } = (await editor.call<Begun>('GET', `${admin}${path}`)).body;
    const judged = async (text: string) => (await post(editor, `${path}/judgement`, { source: text })).body;
    expect(await judged('id: [')).toMatchObject({ right: false, problems: [{ line: expect.any(Number) }] });
    const changed = source.replace(/^(name: .*)zh: ([^,]+)/m, '$1zh: $2（新）');
    expect(await judged(changed)).toMatchObject({ right: true, problems: [], changes: [expect.any(Array)] });
    const wish = { source: changed, base: newest.version, note: '' };
    expect(fieldsOf(await post(editor, `${path}/proposals`, wish))).toEqual(['note']);
    const propose = async (note: string) =>
      (await editor.call<{ id: string }>('POST', `${admin}${path}/proposals`, { ...wish, note })).body.id;
    const first = await propose('先退回');
    expect((await post(editor, `/proposals/${first}/publication`)).status).toBe(403);
    expect((await post(publisher, `/proposals/${first}/return`, { reason: '再核对' })).status).toBe(204);
    const second = await propose('改名称');
    expect((await publisher.call('GET', `${admin}/proposals/${second}`)).body).toMatchObject({ mayDecide: true });
    expect((await post(publisher, `/proposals/${second}/publication`)).status).toBe(204);
    type Listed = { proposals: { id: string; standing: string }[] };
    const { proposals } = (await editor.call<Listed>('GET', `${admin}/proposals`)).body;
    const standings = new Map(proposals.map(({ id, standing }) => [id, standing]));
    expect([standings.get(first), standings.get(second)]).toEqual(['returned', 'published']);
    expect(product.house.catalog.item('senior-card')).toMatchObject({ version: newest.version + 1 });
  });
});

describe('the trail', () => {
  type Found = { entries: { id: string; what: string }[]; next: string | null };
  const search = (body: object) => auditor.call<Found & Wrong>('POST', `${admin}/trail/search`, body);

  test('is searched by the audit administrator, page by page, and that they looked is in it', async () => {
    const found = await search({ what: 'power', kind: 'power', who: '360121-security-admin' });
    expect(found.body.entries.map(({ what }) => what)).toEqual(['power.revoke', 'power.grant']);
    expect(await lastEntry('trail.read')).toMatchObject({ whoId: '360121-audit-admin', detail: { found: 2 } });
    // Every look is an entry: enough of them make a second page.
    for (let n = 0; n < 40; n++) await search({ what: 'none' });
    const first = (await search({})).body;
    expect([first.entries.length, typeof first.next]).toEqual([50, 'string']);
    const rest = (await search({ before: first.next })).body.entries.map(({ id }) => id);
    expect(rest.filter((id) => first.entries.some((one) => one.id === id))).toEqual([]);
    expect(fieldsOf(await search({ from: '2026-02-30' }))).toEqual(['from']);
    expect((await post(security, '/trail/search')).status).toBe(403);
  });

  test('rings alarms, and keeps what was found out', async () => {
    const number = await submitted(await product.as('father'));
    const approver = await product.as('approver-approval');
    const reason = '群众在现场反映紧急情况，要当场答复';
    expect((await approver.call('POST', '/api/v1/break-glass', { number, reason })).status).toBe(204);
    await product.house.drain();
    type Alarms = { alarms: { key: string; rule: string; subject: string; notes: object[] }[] };
    const alarms = async () => (await auditor.call<Alarms>('GET', `${admin}/alarms`)).body.alarms;
    const alarm = (await alarms()).find(({ rule }) => rule === 'break-glass');
    expect(alarm).toMatchObject({ subject: number, notes: [] });
    expect(fieldsOf(await post(auditor, '/alarms', { alarm: alarm?.key, note: ' ' }))).toEqual(['note']);
    expect((await post(auditor, '/alarms', { alarm: 'none', note: '已核查' })).status).toBe(404);
    expect((await post(auditor, '/alarms', { alarm: alarm?.key, note: '已核查' })).status).toBe(204);
    expect((await alarms()).find(({ rule }) => rule === 'break-glass')?.notes).toMatchObject([{ note: '已核查' }]);
  });
});

test('assessments and the policy are read as they are', async () => {
  const assessments = (await auditor.call('GET', `${admin}/assessments`)).body;
  expect(assessments).toEqual({ assessments: product.house.rights.assessments });
  const { actions } = (await security.call<{ actions: object[] }>('GET', `${admin}/policy`)).body;
  expect(actions).toContainEqual({ action: 'trail.read', reach: { 'audit-admin': expect.any(String) } });
});
