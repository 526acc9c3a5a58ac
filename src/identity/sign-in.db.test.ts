import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { limits } from '../../test/support/limits.ts';
import { testDatabase } from '../../test/support/testdb.ts';
import { testVault } from '../../test/support/vault.ts';
import { type Db, randomIds } from '../platform/door.ts';
import { type Identity, openIdentity } from './identity.ts';
import { isFresh } from './sessions.ts';
import type { Entered } from './sign-in.ts';
import { addStaff, type StaffAccount } from './staff.ts';

const start = new Date('2026-03-02T01:00:00Z');
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const ids = randomIds(() => start);
const region = '360121';
const password = 'kettle ladder orchid';

let db: Db;
let identity: Identity;
let staff: StaffAccount;
beforeAll(async () => {
  db = await testDatabase({ role: 'tongban_app' });
  identity = await openIdentity({
    db,
    clock: () => start,
    ids,
    vault: await testVault(db),
    demo: true,
    regions: [region],
    limits,
    folder: 'demo',
  });
  staff = await addStaff(
    { db, ids, clock: () => start, identity },
    {
      ...{ region, login: 'li.na', name: '李娜', roles: ['clerk'], password },
      ...{ division: '360121100000', agency: '360121100000-township-centre' },
    },
  );
});
beforeEach(() => db.query('delete from identity.sign_in_attempt'));

const enter = async (given: string, at = start, visit = {}, name = 'li.na'): Promise<Entered> => {
  const entered = await identity.enter(region, name, given, at, { address: '10.0.0.7', ...visit });
  if ('step' in entered) throw new Error('a second step was asked for');
  return entered;
};
const refused = (given: string, at = start, visit = {}, name = 'li.na') =>
  enter(given, at, visit, name).then(
    () => undefined,
    (error) => [error.code, error.params],
  );
const guess = async (times: number, at = start, visit = {}, name = 'li.na') => {
  for (let n = 0; n < times; n += 1) await refused('wrong password', at, visit, name);
};

describe('guessing', () => {
  test('after five wrong passwords the place waits, longer every time, even with the right one', async () => {
    await guess(5);
    expect(await refused(password)).toEqual(['sign-in-failed', { minutes: 1 }]);
    expect(await refused(password, later(29))).toEqual(['sign-in-failed', { minutes: 1 }]);
    await guess(1, later(31));
    expect(await refused(password, later(31 + 59))).toEqual(['sign-in-failed', { minutes: 1 }]);
    expect((await enter(password, later(31 + 61))).session.actor).toMatchObject({ id: staff.id });
    expect(await refused('wrong password', later(100)), 'a right one forgives').toEqual(['sign-in-failed', {}]);
  });

  test('no wait is longer than an hour, and a day without attempts forgives', async () => {
    await guess(5);
    for (let n = 1; n < 12; n += 1) await guess(1, later(n * 3601));
    expect(await refused(password, later(11 * 3601 + 3599))).toEqual(['sign-in-failed', { minutes: 1 }]);
    await enter(password, later(12 * 3601));
    await guess(5, later(13 * 3601));
    expect(await refused('wrong password', later(14 * 3601 + 24 * 3600))).toEqual(['sign-in-failed', {}]);
  });

  test('a stranger who guesses does not lock anybody out elsewhere', async () => {
    await guess(20, start, { address: '203.0.113.5' });
    expect(await refused(password, start, { address: '203.0.113.99' })).toEqual(['sign-in-failed', { minutes: 1 }]);
    expect((await enter(password)).session.actor).toMatchObject({ id: staff.id });
  });

  test('nor, on a browser it knows, in the same office', async () => {
    const { device } = await enter(password);
    await guess(20);
    expect(await refused(password)).toBeDefined();
    expect((await enter(password, start, { device })).session.actor).toMatchObject({ id: staff.id });
    expect(await refused(password, start, { device: `${region}.${'a'.repeat(43)}` }), 'an invented one').toBeDefined();
    await guess(5, start, { device });
    expect(await refused(password, start, { device }), 'who stole the browser waits too').toBeDefined();
  });

  test('many at once count as many', async () => {
    await Promise.all(Array.from({ length: 12 }, () => refused('wrong password')));
    const [row] = await db.query<{ failures: number }>(
      `select failures from identity.sign_in_attempt where account <> ''::bytea`,
    );
    expect(row?.failures).toBe(5);
  });

  test('many names from one network wait together; those who come in right are not counted', async () => {
    await db.query(`insert into identity.sign_in_attempt values ($1, ''::bytea, 'net:10.0.0.0/24', 58, $2, $2)`, [
      region,
      start,
    ]);
    await enter(password);
    expect(await refused('x', start, {}, 'name1')).toEqual(['sign-in-failed', {}]);
    expect(await refused('x', start, {}, 'name2')).toEqual(['sign-in-failed', {}]);
    expect(await refused('x', start, {}, 'name3')).toEqual(['sign-in-failed', { minutes: 1 }]);
    expect(await refused('x', later(3600), {}, 'name4')).toEqual(['sign-in-failed', {}]);
  });

  test('a county that is not served is answered like a wrong password, and nothing is tried, kept or counted', async () => {
    const made = Array.from({ length: 70 }, (_, n) => String(100000 + n));
    const tried = made.map((other) => identity.enter(other, 'li.na', password, start, { address: '10.0.0.7' }));
    for (const one of tried) await expect(one).rejects.toMatchObject({ code: 'sign-in-failed', params: {} });
    expect(await db.query('select 1 from identity.sign_in_attempt')).toEqual([]);
  });

  test('a network has one count for all counties', async () => {
    await db.query(`insert into identity.sign_in_attempt values ($1, ''::bytea, 'net:10.0.0.0/24', 59, $2, $2)`, [
      region,
      start,
    ]);
    const elsewhere = (name: string) => identity.enter('360123', name, 'x', start, { address: '10.0.0.7' });
    await expect(elsewhere('name1')).rejects.toMatchObject({ code: 'sign-in-failed', params: {} });
    await expect(elsewhere('name2')).rejects.toMatchObject({ code: 'sign-in-failed', params: { minutes: 1 } });
    expect(await refused('x', start, {}, 'name3')).toEqual(['sign-in-failed', { minutes: 1 }]);
  });

  test('those who come in at the same moment come in, and what is a day old is forgotten meanwhile', async () => {
    await guess(1, later(-2 * 24 * 3600), {}, 'wang.wei');
    const device = (await enter(password)).device;
    await Promise.all(Array.from({ length: 8 }, (_, n) => enter(password, start, n % 2 ? { device } : {})));
    const rows = await db.query<{ failures: number }>('select failures from identity.sign_in_attempt');
    expect(rows, 'only the count of their network is left, and it is none').toEqual([{ failures: 0 }]);
  });

  test('of those who come at once, one whose clock was read first may arrive last', async () => {
    await refused('wrong password', later(1), {}, 'wang.wei');
    expect((await enter(password, start)).session.actor).toMatchObject({ id: staff.id });
    await enter(password, later(-1));
  });

  test('a name nobody has is answered like one somebody has, and no name is kept', async () => {
    await guess(5, start, {}, 'secret typed as a name');
    expect(await refused('x', start, {}, 'secret typed as a name')).toEqual(['sign-in-failed', { minutes: 1 }]);
    const [kept] = await db.query<{ all: string }>(
      `select string_agg(a::text, ' ') as all from identity.sign_in_attempt a`,
    );
    expect(kept?.all).not.toContain('secret');
  });
});

describe('passwords', () => {
  const hashOf = async () => {
    const rows = await db.query<{ hash: string }>(
      'select password_hash as hash from identity.staff where region = $1 and id = $2',
      [region, staff.id],
    );
    return rows[0]?.hash ?? '';
  };

  test('one made at another cost is made again when it is at hand', async () => {
    const { hash } = await import('@node-rs/argon2');
    await db.query('update identity.staff set password_hash = $3 where region = $1 and id = $2', [
      region,
      staff.id,
      await hash(password, { memoryCost: 8192, timeCost: 1 }),
    ]);
    await enter(password);
    expect(await hashOf()).toMatch(/^\$argon2id\$v=19\$m=12288,t=3,p=1\$/);
    await enter(password);
  });

  test('another password needs the one of now, and ends what is open elsewhere', async () => {
    const other = await enter(password);
    const { session } = await enter(password);
    const change = (current: string, next: string, again = next) =>
      identity.account.changePassword(session, { current, next, again }, start);
    await expect(change('not it', 'Password2026!', 'x')).rejects.toMatchObject({
      fields: [{ code: 'password-not-current' }, { code: 'password-common' }, { code: 'password-differs' }],
    });
    expect(await identity.session(other.session.token, start)).toBeDefined();
    await change(password, 'orchid ladder kettle');
    expect(await identity.session(other.session.token, start)).toBeUndefined();
    expect(await identity.session(session.token, start)).toBeDefined();
    expect(await refused(password)).toBeDefined();
    await enter('orchid ladder kettle');
  });

  test('proof is the right password', async () => {
    const { session } = await enter('orchid ladder kettle');
    expect(await identity.account.prove(session, 'wrong password', later(600))).toBe(false);
    expect(isFresh((await identity.session(session.token, later(601))) ?? session, later(601))).toBe(false);
    expect(await identity.account.prove(session, 'orchid ladder kettle', later(602))).toBe(true);
    expect(isFresh((await identity.session(session.token, later(603))) ?? session, later(603))).toBe(true);
  });

  test('guessing the password of now makes one wait', async () => {
    const { session } = await enter('orchid ladder kettle');
    const change = (current: string) =>
      identity.account.changePassword(session, { current, next: password, again: password }, start);
    for (let n = 0; n < 5; n += 1) await expect(change('not it')).rejects.toThrow();
    await expect(change('orchid ladder kettle')).rejects.toMatchObject({ fields: [{ code: 'password-not-current' }] });
    const other = await enter('orchid ladder kettle');
    expect(await identity.account.prove(other.session, 'orchid ladder kettle', start), 'only there').toBe(true);
  });

  test('a person who applies has no password here', async () => {
    const father = await identity.signInAs('father', start);
    expect(await identity.account.login(father)).toBeUndefined();
    const given = { current: '', next: password, again: password };
    await expect(identity.account.changePassword(father, given, start)).rejects.toThrow('not-allowed');
  });
});
