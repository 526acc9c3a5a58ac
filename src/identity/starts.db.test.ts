import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { limits } from '../../test/support/limits.ts';
import { testDatabase } from '../../test/support/testdb.ts';
import { testVault } from '../../test/support/vault.ts';
import { type Db, randomIds } from '../platform/door.ts';
import type { StaffActor } from './actor.ts';
import { type Identity, openIdentity } from './identity.ts';
import { addStaff } from './staff.ts';

const at = new Date('2026-10-09T02:00:00Z');
const region = '360121';
const moment = { at, from: '127.0.0.0/24' };
const later = (hours: number) => ({ ...moment, at: new Date(at.getTime() + hours * 3600_000) });
const [old, fresh] = ['kettle ladder orchid', 'walnut harbour mitten'];
const why = '忘记密码，已当面核实';
const place = { division: '360121100000', agency: '360121100000-township-centre' };
const form = { login: 'Wu.Min', name: '吴敏', ...place };
const visit = { address: '10.0.0.7' };
const operator = { kind: 'system', id: 'setup', region } as const;
const wrong = { fields: [{ field: 'code', code: 'start-code-wrong' }] };

let db: Db;
let identity: Identity;
let admin: StaffActor;
let lina: string;
const actor = async (login: string): Promise<StaffActor> => {
  const found = await identity.staff.actor(region, `${region}-${login}`, at);
  if (!found) throw new Error(`no ${login}`);
  return found;
};
beforeEach(async () => {
  db = await testDatabase({ role: 'tongban_app' });
  const folder = join(resolve(import.meta.dirname, '../..'), 'demo');
  const options = {
    clock: () => at,
    ids: randomIds(() => at),
    demo: true,
    regions: [region, '360123'],
    folder,
    limits,
  };
  identity = await openIdentity({ db, vault: await testVault(db), ...options });
  admin = await actor('admin');
  const given = { region, login: 'li.na', name: '李娜', roles: ['clerk'], password: old, ...place };
  lina = (await addStaff({ db, ids: randomIds(() => at), clock: () => at, identity }, given)).id;
});
const set = (code: string, other: object = {}, when = moment, from: object = visit) =>
  identity.starts.set({ region, name: 'li.na', code, next: fresh, again: fresh, ...other }, when, from);
const comesIn = (password: string, when = at, name = 'li.na') => identity.enter(region, name, password, when, visit);
const give = (when = moment) => identity.accounts.giveStart(admin, lina, why, when);
const trail = () =>
  db.query<{ what: string; who: string; about: string; outcome: string; detail: object; reason: string }>(
    `select what, who_kind || ':' || who_id as who, about, outcome, detail, reason from ledger.trail order by position`,
  );

describe('an account that is made', () => {
  test('has no password and no power, and comes in with the one its owner sets by the code', async () => {
    const { id, code } = await identity.starts.add(admin, form, moment);
    expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/);
    const made = await identity.accounts.get(admin, id, at);
    expect(made).toMatchObject({
      login: 'wu.min',
      roles: [],
      hasPassword: false,
      startUntil: later(72).at.toISOString(),
    });
    await expect(comesIn('', at, 'wu.min')).rejects.toThrow('sign-in-failed');
    await set(code.toLowerCase().replaceAll('-', ' '), { name: ' WU.min ' });
    const entered = await comesIn(fresh, at, 'wu.min');
    expect(entered).toMatchObject({ startGiven: false, session: { actor: { id, roles: [] } } });
    expect(await identity.accounts.get(admin, id, at)).toMatchObject({ hasPassword: true, startUntil: null });
    expect((await trail()).slice(-2)).toMatchObject([
      { what: 'account.add', who: `staff:${admin.id}`, about: id, detail: { roles: '' } },
      { what: 'account.start', who: `staff:${id}`, about: id, outcome: 'done', detail: { by: admin.id } },
    ]);
  });

  test('by anybody else, or with what cannot be, is not', async () => {
    for (const login of ['security-admin', 'audit-admin', 'lead-health'])
      await expect(identity.starts.add(await actor(login), form, moment), login).rejects.toThrow('not-allowed');
    const none = { login: 'Li', name: ' ', agency: '360121-nobody', division: '360123000000' };
    await expect(identity.starts.add(admin, { ...none, login: '李' }, moment)).rejects.toMatchObject({
      fields: ['login', 'name', 'division', 'agency'].map((field) => ({ field })),
    });
    await expect(identity.starts.add(admin, { ...form, division: '360121999000' }, moment)).rejects.toMatchObject({
      fields: [{ field: 'division', code: 'division-unknown' }],
    });
    await expect(identity.starts.add(admin, { ...form, login: 'LI.NA' }, moment)).rejects.toMatchObject({
      fields: [{ field: 'login', code: 'login-taken' }],
    });
  });

  test('by an administrator has no power whatever is sent, and by who runs the node those it was given', async () => {
    const sneaky = await identity.starts.add(admin, { ...form, roles: ['audit-admin'] }, moment);
    expect((await identity.accounts.get(admin, sneaky.id, at)).roles).toEqual([]);
    const first = await identity.starts.add(operator, { ...form, login: 'first', roles: ['lead', 'clerk'] }, moment);
    expect((await identity.accounts.get(admin, first.id, at)).roles).toEqual(['clerk', 'lead']);
    const apart = { ...form, login: 'both', roles: ['system-admin', 'audit-admin'] };
    await expect(identity.starts.add(operator, apart, moment)).rejects.toThrow('form-invalid');
  });
});

describe('another code for a forgotten password', () => {
  test('changes nothing until it is used; then the old password and all it opened is gone', async () => {
    const entered = await comesIn(old);
    if (!('session' in entered)) throw new Error('a second step was asked for');
    const code = await give();
    expect(await identity.session(entered.session.token, at)).toBeDefined();
    expect(await comesIn(old)).toHaveProperty('session');
    await set(code);
    expect(await identity.session(entered.session.token, at)).toBeUndefined();
    await expect(comesIn(old)).rejects.toThrow('sign-in-failed');
    expect(await db.query('select from identity.known_device where staff_id = $1', [lina])).toEqual([]);
    expect(await comesIn(fresh)).toHaveProperty('session');
    expect((await trail()).slice(-2)).toMatchObject([
      { what: 'account.start-code', who: `staff:${admin.id}`, about: lina, reason: `account.start-code:${why}` },
      { what: 'account.start', who: `staff:${lina}`, detail: { by: admin.id } },
    ]);
  });

  test('tells its owner at the next sign-in who gave it and when, whether it was used or not, and once', async () => {
    await comesIn(old);
    await give(later(1));
    const told = await comesIn(old, later(2).at);
    if (!('session' in told)) throw new Error('a second step was asked for');
    expect(told.startGiven).toBe(true);
    expect(await identity.starts.given(told.session)).toEqual({ by: '毛俊杰', at: later(1).at.toISOString() });
    expect(await comesIn(old, later(3).at)).toMatchObject({ startGiven: false });
  });

  test('leaves a second step as it is, and ends a sign-in that waits for one', async () => {
    await db.query(
      `insert into identity.passkey (region, staff_id, credential_id, public_key, counter, transports, rp_id, device, created_at)
       values ($1, $2, 'x', '\\x00', 0, '{}', 'x', 'x', $3)`,
      [region, lina, at],
    );
    const waits = await comesIn(old);
    if (!('step' in waits)) throw new Error('no second step was asked for');
    await set(await give());
    expect(await identity.whoWaits(waits.step, at)).toBeUndefined();
    expect(await comesIn(fresh)).toHaveProperty('step');
  });

  test('is given by the system administrator alone, with a reason, to nobody like themself', async () => {
    const { giveStart } = identity.accounts;
    for (const login of ['security-admin', 'audit-admin', 'lead-health'])
      await expect(giveStart(await actor(login), lina, why, moment), login).rejects.toThrow('not-allowed');
    await expect(giveStart(admin, lina, ' ', moment)).rejects.toThrow('form-invalid');
    await expect(giveStart(admin, admin.id, why, moment)).rejects.toThrow('own-account');
    await expect(giveStart(admin, `${region}-nobody`, why, moment)).rejects.toThrow('nothing-to-do');
    const elsewhere = await db.query<{ id: string }>(`select id from identity.staff where region = '360123' limit 1`);
    await expect(giveStart(admin, elsewhere[0]?.id ?? '', why, moment)).rejects.toThrow('nothing-to-do');
  });

  test('of another administrator only by who runs the node', async () => {
    const { giveStart } = identity.accounts;
    for (const login of ['security-admin', 'audit-admin']) {
      const id = `${region}-${login}`;
      await expect(giveStart(admin, id, why, moment), login).rejects.toThrow('start-code-apart');
      expect(await giveStart(operator, id, why, moment), login).toHaveLength(14);
    }
  });
});

describe('a code', () => {
  test('is kept as a hash only', async () => {
    const code = await give();
    const rows = await db.query<{ line: string }>(
      `select to_jsonb(c)::text as line from identity.start_code c
       union all select to_jsonb(t)::text from ledger.trail t union all select to_jsonb(s)::text from identity.staff s`,
    );
    for (const form of [code, code.replaceAll('-', ''), Buffer.from(code).toString('hex')])
      expect(rows.filter(({ line }) => line.includes(form))).toEqual([]);
  });

  test('is good once, and for 72 hours', async () => {
    const code = await give();
    await expect(set(code, {}, later(72))).rejects.toMatchObject(wrong);
    await set(code, {}, later(71.9));
    await expect(set(code)).rejects.toMatchObject(wrong);
  });

  test('is void when there is a newer one, and ends when the account is switched off', async () => {
    const [first, second] = [await give(), await give()];
    await expect(set(first)).rejects.toMatchObject(wrong);
    await identity.accounts.switchOff(admin, lina, why, moment);
    await expect(give()).rejects.toThrow('nothing-to-do');
    await identity.accounts.switchOn(admin, lina, why, moment);
    await expect(set(second)).rejects.toMatchObject(wrong);
    await set(await give());
  });

  test('of one account opens no other, of one county no other, and no name that nobody has', async () => {
    const code = await give();
    for (const other of [
      { name: 'clerk-liantang' },
      { name: 'nobody' },
      { name: '' },
      { region: '360123' },
      { region: '110101' },
    ])
      await expect(set(code, other), JSON.stringify(other)).rejects.toMatchObject(wrong);
    await set(code);
  });

  test('used by two at once sets one password', async () => {
    const code = await give();
    const tries = ['walnut harbour mitten', 'saddle copper lantern'].map((next) => set(code, { next, again: next }));
    const done = await Promise.allSettled(tries);
    expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('is not used up by a password that may not be', async () => {
    const code = await give();
    await expect(set(code, { next: 'short', again: 'short' })).rejects.toMatchObject({
      fields: [{ field: 'password' }],
    });
    await expect(set(code, { again: 'another' })).rejects.toMatchObject({ fields: [{ field: 'again' }] });
    await expect(set(code, {}, moment, { ...visit, on: { kind: 'kiosk' } })).rejects.toThrow('kiosk-not-for-staff');
    await set(code);
  });

  test('is guessed slowly, from one place, and keeps its owner out of no other; a right one forgives what was tried', async () => {
    const code = await give();
    for (let n = 0; n < 5; n++) await expect(set('0000-0000-0000')).rejects.toMatchObject(wrong);
    await expect(set(code)).rejects.toMatchObject({ fields: [{ field: 'code', code: 'code-wait' }] });
    await set(code, {}, moment, { address: '192.0.2.9' });
    expect(await identity.enter(region, 'li.na', fresh, at, { address: '192.0.2.9' })).toHaveProperty('session');
    const failed = (await trail()).filter(({ outcome }) => outcome === 'failed');
    expect(failed.map(({ who, about }) => [who, about])).toEqual(Array(5).fill(['guest:', lina]));
  });

  test('that nobody used is erased in its time', async () => {
    await give();
    const kept = identity.keepings.filter(({ class: name }) => name === 'session');
    const erase = async (hours: number) => {
      const before = later(hours).at.toISOString();
      const counts = await Promise.all(kept.map((one) => one.erase(before, before)));
      return counts.reduce((sum, count) => sum + count, 0);
    };
    expect([await erase(71), await erase(73)]).toEqual([0, 1]);
  });
});
