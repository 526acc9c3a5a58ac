import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { limits } from '../../test/support/limits.ts';
import { testDatabase } from '../../test/support/testdb.ts';
import { testVault } from '../../test/support/vault.ts';
import { type Db, randomIds } from '../platform/door.ts';
import type { StaffActor } from './actor.ts';
import { type Identity, openIdentity } from './identity.ts';
import type { Session } from './sessions.ts';
import { addStaff } from './staff.ts';
import { codeAt } from './totp.ts';

const at = new Date('2026-10-09T02:00:00Z');
const moment = { at, from: '127.0.0.0/24' };
const region = '360121';
const password = 'kettle ladder orchid';
const why = '调离本单位';
const id = (login: string) => `${region}-${login}`;

let db: Db;
let identity: Identity;
let lina: string;
const actor = async (login: string): Promise<StaffActor> => {
  const found = await identity.staff.actor(region, id(login), at);
  if (!found) throw new Error(`no ${login}`);
  return found;
};
const open = async (secondStep?: string) => {
  const options = { clock: () => at, ids: randomIds(() => at), demo: true, regions: [region], secondStep };
  const folder = join(resolve(import.meta.dirname, '../..'), 'demo');
  return openIdentity({ db, vault: await testVault(db), folder, limits, ...options });
};
/** What was done with accounts after they were added. */
const trail = () =>
  db.query<{ what: string; about: string; who_id: string; reason: string }>(
    `select what, about, who_id, reason from ledger.trail where what <> 'account.add' order by position`,
  );

beforeEach(async () => {
  db = await testDatabase({ role: 'tongban_app' });
  identity = await open();
  const place = { division: '360121100000', agency: '360121100000-township-centre' };
  const given = { region, login: 'li.na', name: '李娜', roles: ['clerk', 'supervisor'], password, ...place };
  lina = (await addStaff({ db, ids: randomIds(() => at), clock: () => at, identity }, given)).id;
});
const enter = () => identity.enter(region, 'li.na', password, at, { address: '10.0.0.7' });
const visit = { address: '10.0.0.7' };
const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000);
/** The password was right, and a second step is asked for. */
const halfWay = async (now = at): Promise<string> => {
  const entered = await identity.enter(region, 'li.na', password, now, visit);
  if (!('step' in entered)) throw new Error('no second step was asked for');
  return entered.step;
};
const withCode = async (code: string, now = at): Promise<Session> =>
  (await identity.enterSecond(await halfWay(now), code, now, visit)).session;
const comesIn = async (): Promise<Session> => {
  const entered = await enter();
  if (!('session' in entered)) throw new Error('a second step was asked for');
  return entered.session;
};

/** Sets up an app; gives the codes on paper, of which each is good once. */
async function setUp(session: Session): Promise<string[]> {
  await identity.secondFactor.offer(session, at);
  const offer = await identity.secondFactor.offered(session, at, { issuer: 'x', label: 'y' });
  const { Secret } = await import('otpauth');
  const secret = Buffer.from(Secret.fromBase32(offer?.secret.replace(/ /g, '') ?? '').bytes);
  return identity.secondFactor.confirm(session, codeAt(secret, at), at);
}

describe('an account that is switched off', () => {
  test('is out at once, here and in another process, and comes in neither by password nor half way', async () => {
    const elsewhere = await open();
    const session = await comesIn();
    expect((await elsewhere.session(session.token, at))?.actor.kind).toBe('staff');
    await identity.accounts.switchOff(await actor('admin'), lina, why, moment);
    expect(await identity.session(session.token, at)).toBeUndefined();
    await expect.poll(() => elsewhere.session(session.token, at)).toBeUndefined();
    await expect(enter()).rejects.toThrow('sign-in-failed');
    const sessions = await db.query(`select from identity.session where subject_id = $1`, [lina]);
    expect(sessions).toEqual([]);
  });

  test('keeps its powers on record, which count for nothing until it is switched on again', async () => {
    const admin = await actor('admin');
    await identity.accounts.switchOff(admin, lina, why, moment);
    expect(await identity.staff.actor(region, lina, at)).toBeUndefined();
    const row = await identity.accounts.get(admin, lina, at);
    expect(row).toMatchObject({ active: false, roles: ['clerk', 'supervisor'], switchReason: why, sessions: 0 });
    expect(row.switchedBy).toBe('毛俊杰');
    // The security administrator sees the account and may revoke, and grants it nothing more.
    const security = await actor('security-admin');
    const people = await identity.powers.people(security, at, { q: 'li.na' });
    expect(people.rows.find((one) => one.id === lina)).toMatchObject({ off: true });
    expect(await identity.powers.person(security, lina, at)).toMatchObject({ off: true });
    const grant = { role: 'lead', division: '360121000000', agency: '360121-tax', item: '', from: '', until: '' };
    const given = { ...grant, account: lina, reason: why };
    await expect(identity.powers.grant(security, given, moment)).rejects.toThrow('account-not-found');
    await identity.accounts.switchOn(admin, lina, '借调结束', moment);
    expect((await comesIn()).actor).toMatchObject({ roles: ['clerk', 'supervisor'] });
    const said = (await trail()).map(({ what, about, who_id, reason }) => [what, about, who_id, reason]);
    expect(said).toEqual([
      ['account.switch-off', lina, id('admin'), `account.switch-off:${why}`],
      ['account.switch-on', lina, id('admin'), 'account.switch-on:借调结束'],
    ]);
  });

  test('is switched by nobody but the system administrator, never twice, and never without a reason', async () => {
    const { accounts } = identity;
    for (const login of ['security-admin', 'audit-admin', 'clerk-liantang', 'lead-health']) {
      const other = await actor(login);
      await expect(accounts.switchOff(other, lina, why, moment), login).rejects.toThrow('not-allowed');
      await expect(accounts.resetSecond(other, lina, why, moment), login).rejects.toThrow('not-allowed');
      await expect(accounts.list(other, at), login).rejects.toThrow('not-allowed');
    }
    const admin = await actor('admin');
    await expect(accounts.switchOff(admin, lina, ' ', moment)).rejects.toMatchObject({
      fields: [{ field: 'reason', code: 'power-reason-missing' }],
    });
    await expect(accounts.switchOn(admin, lina, why, moment)).rejects.toThrow('nothing-to-do');
    await expect(accounts.switchOff(admin, id('nobody'), why, moment)).rejects.toThrow('nothing-to-do');
    expect(await trail()).toEqual([]);
  });
});

describe('the administrators', () => {
  test('do not switch off themselves, nor the last one of a kind', async () => {
    const admin = await actor('admin');
    await expect(identity.accounts.switchOff(admin, admin.id, why, moment)).rejects.toThrow('own-account');
    for (const login of ['security-admin', 'audit-admin'])
      await expect(identity.accounts.switchOff(admin, id(login), why, moment)).rejects.toThrow('last-administrator');
    const place = { division: '360121000000', agency: '360121-government-services' };
    const given = { region, login: 'second', name: '周敏', roles: ['security-admin'], password, ...place };
    const other = await addStaff({ db, ids: randomIds(() => at), clock: () => at, identity }, given);
    await identity.accounts.switchOff(admin, id('security-admin'), why, moment);
    await expect(identity.accounts.switchOff(admin, other.id, why, moment)).rejects.toThrow('last-administrator');
  });

  test('of whom two switch each other off at once, leave one', async () => {
    const place = { division: '360121000000', agency: '360121-government-services' };
    const given = { region, login: 'second.admin', name: '周敏', roles: ['system-admin'], password, ...place };
    const other = await addStaff({ db, ids: randomIds(() => at), clock: () => at, identity }, given);
    const [first, second] = [await actor('admin'), await identity.staff.actor(region, other.id, at)];
    if (!second) throw new Error('no second administrator');
    const done = await Promise.allSettled([
      identity.accounts.switchOff(first, second.id, why, moment),
      identity.accounts.switchOff(second, first.id, why, moment),
    ]);
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a second step that was lost', () => {
  test('is taken away: every session ends, password and a code open only the setting up of another, and its owner is told', async () => {
    const session = await comesIn();
    const codes = await setUp(session);
    expect('step' in (await enter())).toBe(true);
    const code = await identity.accounts.resetSecond(await actor('admin'), lina, '手机丢失，已当面核实', moment);
    expect(await identity.session(session.token, at)).toBeUndefined();
    await expect(identity.enterSecond(await halfWay(), codes[1] ?? '', at, visit)).rejects.toThrow('form-invalid');
    const anew = await withCode(code);
    expect(anew.secondMissing).toBe('reset');
    expect(await identity.accounts.resetOf(anew)).toMatchObject({ by: '毛俊杰', at: at.toISOString() });
    expect(await identity.accounts.get(await actor('admin'), lina, at)).toMatchObject({ second: false });
    const more = await setUp(anew);
    expect(more).toHaveLength(10);
    expect(more).not.toContain(codes[0]);
    expect((await identity.session(anew.token, at))?.secondMissing).toBeUndefined();
    expect(await identity.accounts.resetOf(anew)).toBeUndefined();
    expect((await trail()).map(({ what }) => what)).toEqual(['account.second-reset']);
  });

  test('of one who is half way in is gone for them too, and what nobody has cannot be taken away', async () => {
    await setUp(await comesIn());
    const waits = await enter();
    if (!('step' in waits)) throw new Error('no second step was asked for');
    const admin = await actor('admin');
    await identity.accounts.resetSecond(admin, lina, why, moment);
    expect(await identity.whoWaits(waits.step, at)).toBeUndefined();
    await expect(identity.accounts.resetSecond(admin, id('clerk-liantang'), why, moment)).rejects.toThrow(
      'nothing-to-do',
    );
    await expect(identity.accounts.resetSecond(admin, admin.id, why, moment)).rejects.toThrow('own-account');
  });

  test('leaves the password worth nothing: the code is good once, for three days, and another reset gives another', async () => {
    await setUp(await comesIn());
    const admin = await actor('admin');
    const first = await identity.accounts.resetSecond(admin, lina, why, moment);
    const second = await identity.accounts.resetSecond(admin, lina, why, moment);
    await expect(withCode(first)).rejects.toThrow('form-invalid');
    await expect(withCode(second, later(3 * 24 * 60 + 1))).rejects.toThrow('form-invalid');
    // Whoever came in with it and set up nothing has used it up.
    expect((await withCode(second, later(3 * 24 * 60 - 1))).secondMissing).toBe('reset');
    await expect(withCode(second)).rejects.toThrow('form-invalid');
    const third = await identity.accounts.resetSecond(admin, lina, why, moment);
    expect((await withCode(third)).secondMissing).toBe('reset');
  });
});

describe('a second step that is required', () => {
  test('is missing as soon as a role needs it, in every process, and no longer once there is one', async () => {
    const strict = await open('supervisor');
    const session = await comesIn();
    expect(session.secondMissing).toBeUndefined();
    expect((await strict.session(session.token, at))?.secondMissing).toBe('required');
    await setUp(session);
    await expect.poll(async () => (await strict.session(session.token, at))?.secondMissing).toBeUndefined();
    await identity.secondFactor.remove(session, at);
    await expect.poll(async () => (await strict.session(session.token, at))?.secondMissing).toBe('required');
  });

  test('is asked of nobody whose roles do not need it, and of no applicant', async () => {
    const strict = await open('lead');
    for (const persona of ['clerk-liantang', 'father'])
      expect((await strict.signInAs(persona, at)).secondMissing).toBeUndefined();
    expect((await strict.signInAs('lead-health', at)).secondMissing).toBe('required');
    const all = await open('all');
    expect((await all.signInAs('clerk-liantang', at)).secondMissing).toBe('required');
    expect((await all.signInAs('father', at)).secondMissing).toBeUndefined();
  });
});

test('the list says when each came last, whether they have a second step, and how many sessions are open', async () => {
  await comesIn();
  const session = await comesIn();
  await setUp(session);
  const { rows } = await identity.accounts.list(await actor('admin'), at);
  const row = rows.find((one) => one.id === lina);
  expect(row).toMatchObject({ lastSignIn: at.toISOString(), second: true, sessions: 2, active: true, login: 'li.na' });
  const never = rows.find((one) => one.id === id('approver-tax'));
  expect(never).toMatchObject({ lastSignIn: null, second: false, sessions: 0, roles: ['approver'] });
});
