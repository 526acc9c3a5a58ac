import { beforeAll, describe, expect, test, vi } from 'vitest';
import { limits } from '../../test/support/limits.ts';
import { testDatabase } from '../../test/support/testdb.ts';
import { testVault } from '../../test/support/vault.ts';
import { type Db, randomIds } from '../platform/door.ts';
import { type Identity, openIdentity } from './identity.ts';
import { isFresh, requireFresh, type Session } from './sessions.ts';
import { addStaff, type NewStaff } from './staff.ts';
import { loads } from './store-divisions.ts';

const at = new Date('2026-03-02T01:00:00Z');
const hoursLater = (hours: number) => new Date(at.getTime() + hours * 3_600_000);
const clock = () => at;
const ids = randomIds(clock);

let db: Db;
let identity: Identity;
const open = async (demo = true) =>
  openIdentity({ db, clock, ids, vault: await testVault(db), demo, regions: ['360121'], limits, folder: 'demo' });

beforeAll(async () => {
  db = await testDatabase({ role: 'tongban_app' });
  identity = await open();
});

describe('divisions', () => {
  const count = () =>
    db.query<{ level: number; rows: number }>(
      'select level, count(*) as rows from identity.division group by level order by level',
    );

  test('the whole country down to its townships, and the villages of the counties served', async () => {
    const rows = await count();
    expect(rows.slice(0, 4).map((row) => row.rows)).toEqual([31, 342, 2978, 41352]);
    const [villages] = await db.query<{ rows: number }>(
      `select count(*) as rows from identity.division where level = 5 and code like '360121%'`,
    );
    expect(villages?.rows).toBe(471);
    expect((await loads(db)).find((load) => load.scope === 'townships')).toMatchObject({
      version: '2.7.0',
      asOf: '2023-06-30',
      counts: { 1: 31, 2: 342, 3: 2978, 4: 41352 },
    });
  });

  test('a second start loads nothing', async () => {
    const before = await count();
    await open();
    expect(await count()).toEqual(before);
  });

  test('what is served is in memory, the rest is asked for', async () => {
    expect(identity.divisions.county('360121')).toMatchObject({ name: '南昌县', level: 3, parent: '360100000000' });
    expect(identity.divisions.townships('360121')).toHaveLength(24);
    expect(identity.divisions.get('360121100000')?.name).toBe('莲塘镇');
    expect(identity.divisions.get('360100000000')?.name).toBe('南昌市');
    expect(identity.divisions.get('110101001000')).toBeUndefined();
    expect(await identity.divisions.find('110101001000')).toMatchObject({ name: '东华门街道' });
    expect((await identity.divisions.villages('360121100000')).every((village) => village.level === 5)).toBe(true);
    expect(await identity.divisions.children()).toHaveLength(31);
    expect(identity.countyName('360121')).toEqual({ zh: '南昌县', en: 'Nanchang County' });
    expect(() => identity.divisions.county('110101')).toThrow('not served');
  });

  test('a city without counties leads straight to its townships', async () => {
    const below = await identity.divisions.children('441900000000');
    expect(below).toHaveLength(36);
    expect(below.every((division) => division.level === 4)).toBe(true);
    expect(await identity.divisions.find('441900000000')).toMatchObject({ name: '东莞市', level: 2 });
  });
});

describe('agencies', () => {
  test('a county kind leads to the county’s agency, a township kind to the township’s own', () => {
    expect(identity.agencies.resolve('health', '360121100003')?.id).toBe('360121-health');
    expect(identity.agencies.resolve('township-centre', '360121100003')?.name.zh).toBe('莲塘镇便民服务中心');
    expect(identity.agencies.resolve('health', '360123100000')?.id).toBe('360123-health');
    expect(identity.agencies.resolve('no-such-kind', '360121100000')).toBeUndefined();
  });

  test('a change made by somebody else is heard', async () => {
    await db.query(
      `update identity.agency set name = '{"zh": "新名字", "en": "New name"}' where region = '360121' and id = '360121-tax'`,
    );
    await vi.waitFor(() => expect(identity.agencies.get('360121-tax')?.name.zh).toBe('新名字'));
  });
});

describe('sessions', () => {
  test('a persona signs in and is known by the cookie', async () => {
    const session = await identity.signInAs('clerk-liantang', at);
    expect(session.token).toMatch(/^360121\./);
    expect(await identity.session(session.token, hoursLater(0.4))).toEqual(session);
    expect(session.actor).toMatchObject({
      kind: 'staff',
      region: '360121',
      division: '360121100000',
      agency: '360121100000-township-centre',
      agencyName: { zh: '莲塘镇便民服务中心' },
    });
    const father = await identity.signInAs('father', at);
    expect(father.actor).toEqual({ kind: 'person', id: '360121-father', region: '360121', name: '陈志远' });
    expect((await identity.signInAs('clerk-anyi', at)).actor).toMatchObject({ region: '360123' });
  });

  test('the database holds no secret that opens a session', async () => {
    const { token, csrf } = await identity.signInAs('father', at);
    const [rows] = await db.query<{ all: string }>(`select string_agg(s::text, ' ') as all from identity.session s`);
    expect(rows?.all).not.toContain(token.split('.')[1]);
    expect(rows?.all).not.toContain(Buffer.from(token.split('.')[1] ?? '').toString('hex'));
    expect(rows?.all).not.toContain(csrf);
  });

  test('a session ends when its time is over, when signed out, and when another takes its place', async () => {
    const [first, second, third] = [
      await identity.signInAs('father', at),
      await identity.signInAs('father', at),
      await identity.signInAs('father', at),
    ];
    expect(await identity.session(first.token, hoursLater(12))).toBeUndefined();
    await identity.signOut(first.token);
    const next = await identity.signInAs('mother', at, second.token);
    expect(await Promise.all([first, second, third, next].map(alive))).toEqual([false, false, true, true]);
  });

  test('a session that rests ends: after half an hour for staff, two hours for who applies; a request keeps it', async () => {
    const [clerk, father] = [await identity.signInAs('clerk-liantang', at), await identity.signInAs('father', at)];
    expect(await identity.session(clerk.token, hoursLater(0.49))).toBeDefined();
    expect(await identity.session(clerk.token, hoursLater(0.98))).toBeDefined();
    expect(await identity.session(clerk.token, hoursLater(1.48))).toBeUndefined();
    expect(await identity.session(father.token, hoursLater(1.9))).toBeDefined();
    expect(await identity.session(father.token, hoursLater(3.9))).toBeUndefined();
  });

  test('however busy, twelve hours are the end', async () => {
    const { token } = await identity.signInAs('father', at);
    for (let hour = 1; hour < 12; hour += 1) expect(await identity.session(token, hoursLater(hour))).toBeDefined();
    expect(await identity.session(token, hoursLater(12))).toBeUndefined();
  });

  test('one sees one’s own sessions, and ends one or all others', async () => {
    const agent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0';
    const mine = await identity.signInAs('approver-health', at, undefined, agent);
    const phone = await identity.signInAs('approver-health', at);
    const third = await identity.signInAs('approver-health', at);
    const father = await identity.signInAs('father', at);
    const open = (await identity.account.sessions(mine, at)).rows;
    expect(open).toHaveLength(3);
    expect(open[0]).toMatchObject({ device: 'Edge · Windows', here: true, since: at.toISOString() });
    const [fathers] = (await identity.account.sessions(father, at)).rows;
    await identity.account.endSession(mine, fathers?.ref ?? '');
    expect(await alive(father), 'nobody ends another person’s').toBe(true);
    await identity.account.endSession(mine, open[1]?.ref ?? '');
    expect([await alive(phone), await alive(third)].sort()).toEqual([false, true]);
    await identity.account.endOtherSessions(mine);
    expect(await Promise.all([mine, phone, third, father].map(alive))).toEqual([true, false, false, true]);
  });

  test('a dangerous act wants proof of a moment ago', async () => {
    const session = await identity.signInAs('clerk-liantang', at);
    requireFresh(session, hoursLater(0.08));
    expect(() => requireFresh(session, hoursLater(0.09))).toThrow('confirm-first');
    expect(await identity.account.prove(session, '', hoursLater(0.2))).toBe(true);
    const again = await identity.session(session.token, hoursLater(0.21));
    expect(again && isFresh(again, hoursLater(0.21))).toBe(true);
  });

  test('signing in clears away what has expired', async () => {
    await identity.signInAs('father', at);
    await identity.signInAs('father', hoursLater(13));
    const [left] = await db.query<{ rows: number }>(
      `select count(*) as rows from identity.session where region = '360121' and expires_at <= $1`,
      [hoursLater(13)],
    );
    expect(left?.rows).toBe(0);
  });

  test('an account that is switched off is out at once', async () => {
    const session = await identity.signInAs('approver-tax', at);
    await db.query(`update identity.staff set active = false where region = '360121' and id = '360121-approver-tax'`);
    expect(await alive(session)).toBe(false);
  });

  test.each(['', 'x', '360121.', `360121.${'a'.repeat(43)}`, `36012x.${'a'.repeat(43)}`, "360121.' or 1=1 --"])(
    'the cookie %j is nobody',
    async (token) => {
      expect(await identity.session(token, at)).toBeUndefined();
      await identity.signOut(token);
    },
  );

  test('a cookie of one county is none of another', async () => {
    const { token } = await identity.signInAs('father', at);
    expect(await identity.session(token.replace('360121', '360123'), at)).toBeUndefined();
  });

  const alive = async (session: Session) => (await identity.session(session.token, hoursLater(0.4))) !== undefined;
});

describe('name and password', () => {
  const given: NewStaff = {
    region: '360121',
    login: 'Li.Na ',
    name: '李娜',
    roles: ['clerk'],
    division: '360121100000',
    agency: '360121100000-township-centre',
    password: 'a long enough password',
  };
  const add = (one: typeof given) => addStaff({ db, ids, clock, identity }, one);

  test('an account that was added signs in, with the right password only', async () => {
    const staff = await add(given);
    expect(await identity.staff.get('360121', staff.id)).toEqual(staff);
    const session = await identity.signIn('360121', 'li.na', given.password, at);
    expect(session.actor).toMatchObject({ kind: 'staff', id: staff.id, roles: ['clerk'] });
    await expect(identity.signIn('360121', 'li.na', 'something else', at)).rejects.toThrow('sign-in-failed');
    await expect(identity.signIn('360123', 'li.na', given.password, at)).rejects.toThrow('sign-in-failed');
    await expect(identity.signIn('360121', 'nobody', given.password, at)).rejects.toThrow('sign-in-failed');
    await expect(add(given)).rejects.toMatchObject({ fields: [{ code: 'login-taken' }] });
  });

  test('the accounts of the demo have no password', async () => {
    await expect(identity.signIn('360121', 'supervisor', '', at)).rejects.toThrow('sign-in-failed');
    await expect(identity.signIn('360121', 'supervisor', 'nobody has this password', at)).rejects.toThrow(
      'sign-in-failed',
    );
  });

  test('everything wrong with a new account is said at once', async () => {
    const wrong = {
      ...given,
      login: '!',
      password: 'short',
      roles: ['king'],
      division: '360123100000',
      agency: 'nowhere',
    };
    const codes = ['login-format', 'division-unknown', 'agency-unknown', 'role-unknown', 'password-too-short'];
    await expect(add(wrong)).rejects.toMatchObject({ fields: codes.map((code) => ({ code })) });
  });

  test('without the demo nobody signs in by a click', async () => {
    const real = await open(false);
    expect(real.personas()).toEqual([]);
    await expect(real.signInAs('father', at)).rejects.toThrow('sign-in-failed');
  });
});
