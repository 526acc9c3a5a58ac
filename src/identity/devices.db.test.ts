import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { limits } from '../../test/support/limits.ts';
import { testDatabase } from '../../test/support/testdb.ts';
import { testVault } from '../../test/support/vault.ts';
import { type Db, Problem, randomIds } from '../platform/door.ts';
import { type StaffActor, staffActor } from './actor.ts';
import type { Device } from './device.ts';
import { type Identity, openIdentity } from './identity.ts';
import { powersOf, type Role } from './power.ts';

const start = new Date('2026-06-10T02:00:00Z');
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const region = '360121';
const place = { division: '360121000000', agency: '360121-government-services' };
const staff = (role: Role): StaffActor =>
  staffActor({ ...place, id: `a-${role}`, region, name: '', agencyName: { zh: '', en: '' } }, powersOf([role], place));
const admin = staff('security-admin');
const moment = (at = start) => ({ at, from: '10.0.0.0/24', requestId: 'r' });

let db: Db;
let identity: Identity;
beforeAll(async () => {
  db = await testDatabase({ role: 'tongban_app' });
  const vault = await testVault(db);
  const ids = randomIds(() => start);
  identity = await openIdentity({
    db,
    clock: () => start,
    ids,
    vault,
    demo: true,
    regions: [region],
    limits,
    folder: 'demo',
  });
});
beforeEach(() => db.query('delete from identity.sign_in_attempt'));

const form = { name: '莲塘镇 1 号机', kind: 'kiosk', division: '360121100000' };
const enrol = (given: Partial<typeof form> = {}) => identity.devices.enrol(admin, { ...form, ...given }, moment());
const open = (code: string, at = start, address = '10.0.0.7') => identity.devices.open(code, moment(at), address);
const opened = async (kind = 'kiosk'): Promise<{ token: string; device: Device }> => open((await enrol({ kind })).code);
/** The code of the problem, and of its first field when it has one. */
const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error) => (error instanceof Problem ? (error.fields[0]?.code ?? error.code) : String(error)),
  );
const trailOf = (id: string) =>
  db.query<{ what: string; outcome: string; who: string; reason: string | null }>(
    `select what, outcome, who_kind as who, reason from ledger.trail where about = $1 order by position`,
    [id],
  );

describe('enrolling', () => {
  test('gives a code that opens the device once, and keeps hashes alone', async () => {
    const { id, code } = await enrol();
    expect(await identity.devices.get(admin, id)).toMatchObject({ ...form, inUse: false, lastSeen: null });
    const { token, device } = await open(code.toLowerCase());
    expect(device).toMatchObject({ id, kind: 'kiosk', inUse: true });
    expect(await identity.devices.read(token, start)).toMatchObject({ id });
    expect(await problemOf(open(code))).toBe('device-code-wrong');
    const [row] = await db.query<{ row: string }>('select d::text as row from identity.device d where id = $1', [id]);
    expect(row?.row).not.toContain(token.split('.')[1]);
    expect((await trailOf(id)).map(({ what, outcome, who }) => [what, outcome, who])).toEqual([
      ['device.enrol', 'done', 'staff'],
      ['device.code', 'done', 'device'],
    ]);
  });

  test('says everything that is wrong at once, and is for the security administrator alone', async () => {
    const wrong = identity.devices.enrol(admin, { name: ' x ', kind: 'tablet', division: '360123100000' }, moment());
    await expect(wrong).rejects.toMatchObject({
      fields: [{ code: 'device-name' }, { code: 'device-kind' }, { code: 'division-unknown' }],
    });
    for (const role of ['system-admin', 'audit-admin', 'clerk', 'supervisor'] as const) {
      expect(await problemOf(identity.devices.list(staff(role)))).toBe('not-allowed');
      expect(await problemOf(identity.devices.enrol(staff(role), form, moment()))).toBe('not-allowed');
    }
    const elsewhere = { ...admin, region: '360123' };
    const { id } = await enrol();
    expect(await problemOf(identity.devices.get(elsewhere, id))).toBe('device-not-found');
    expect(await problemOf(identity.devices.revoke(elsewhere, id, '测试用', moment()))).toBe('device-not-found');
  });

  test('lasts for half an hour; another code ends the first', async () => {
    const { id, code } = await enrol();
    expect(await problemOf(open(code, later(1800)))).toBe('device-code-wrong');
    const again = await identity.devices.newCode(admin, id, moment());
    expect(await problemOf(open(code))).toBe('device-code-wrong');
    expect((await open(again.code, later(1799))).device.id).toBe(id);
  });
});

describe('guessing codes', () => {
  test('makes the network wait after five, and nobody else; a slip counts as nothing', async () => {
    const { code } = await enrol();
    for (let n = 0; n < 20; n += 1) expect(await problemOf(open(`${code.slice(0, 8)}?`))).toBe('device-code-slip');
    const used = (await opened()).device.id && (await enrol()).code;
    await open(used);
    const refused = () => db.query(`select 1 from ledger.trail where what = 'device.code' and outcome = 'refused'`);
    const before = (await refused()).length;
    for (let n = 0; n < 5; n += 1) expect(await problemOf(open(used))).toBe('device-code-wrong');
    for (let n = 0; n < 5; n += 1) expect(await problemOf(open(code))).toBe('device-code-wait');
    expect((await open(code, start, '10.9.9.9')).device.inUse).toBe(true);
    expect((await refused()).length - before, 'what was not looked at leaves nothing').toBe(5);
  });
});

describe('a session on a device', () => {
  test('counts there and nowhere else, and one of a browser of one’s own not there', async () => {
    const { device } = await opened();
    const { device: other } = await opened();
    const session = await identity.signInAs('father', start, undefined, 'Firefox', device);
    expect((await identity.session(session.token, start, { on: device.id }))?.actor).toMatchObject({ kind: 'person' });
    expect(await identity.session(session.token, start)).toBeUndefined();
    expect(await identity.session(session.token, start, { on: other.id })).toBeUndefined();
    const home = await identity.signInAs('father', start);
    expect(await identity.session(home.token, start, { on: device.id })).toBeUndefined();
    expect((await identity.account.sessions(home, start)).rows.map(({ device: name }) => name)).toContain(form.name);
  });

  test('of a citizen ends four minutes after the last touch; a page that opens by itself is none', async () => {
    const { device } = await opened('station');
    const on = device.id;
    const { token } = await identity.signInAs('mother', start, undefined, undefined, device);
    expect(await identity.session(token, later(180), { on, quiet: true })).toBeDefined();
    expect(await identity.session(token, later(239), { on })).toBeDefined();
    expect(await identity.session(token, later(239 + 239), { on, quiet: true })).toBeDefined();
    expect(await identity.session(token, later(239 + 240), { on })).toBeUndefined();
  });

  test('of staff lasts as long as elsewhere at a village station, and there is none at a kiosk', async () => {
    const [{ device: station }, { device: kiosk }] = [await opened('station'), await opened('kiosk')];
    const { token } = await identity.signInAs('clerk-liantang', start, undefined, undefined, station);
    expect(await identity.session(token, later(1799), { on: station.id })).toBeDefined();
    const there = identity.signInAs('clerk-liantang', start, undefined, undefined, kiosk);
    expect(await problemOf(there)).toBe('kiosk-not-for-staff');
    const visit = { on: kiosk, address: '10.0.0.7' };
    expect(await problemOf(identity.enter(region, 'nobody', 'x', start, visit))).toBe('kiosk-not-for-staff');
    const anyi = identity.signInAs('clerk-anyi', start, undefined, undefined, station);
    expect(await problemOf(anyi), 'of another county').toBe('not-allowed');
  });
});

describe('revoking', () => {
  test('ends the device and every session on it at once, says why, and is for good', async () => {
    const { token, device } = await opened('station');
    const on = device.id;
    const sessions = [
      await identity.signInAs('father', start, undefined, undefined, device),
      await identity.signInAs('clerk-liantang', start, undefined, undefined, device),
    ];
    const elsewhere = await identity.signInAs('father', start);
    expect(await problemOf(identity.devices.revoke(admin, on, ' ', moment()))).toBe('power-reason-missing');
    await identity.devices.revoke(admin, on, '机器被偷了', moment());
    expect(await identity.devices.read(token, start)).toBeUndefined();
    for (const session of sessions) {
      expect(await identity.session(session.token, start, { on })).toBeUndefined();
      expect(await identity.session(session.token, start)).toBeUndefined();
    }
    expect(await identity.session(elsewhere.token, start)).toBeDefined();
    expect(await problemOf(identity.devices.revoke(admin, on, '再来一次', moment()))).toBe('nothing-to-do');
    expect(await problemOf(identity.devices.newCode(admin, on, moment()))).toBe('nothing-to-do');
    expect((await trailOf(on)).at(-1)).toMatchObject({ what: 'device.revoke', reason: 'device.revoke:机器被偷了' });
  });

  test('is for another code too: the machine that had the old one is none any more', async () => {
    const { token, device } = await opened();
    const session = await identity.signInAs('father', start, undefined, undefined, device);
    await identity.devices.newCode(admin, device.id, moment());
    expect(await identity.devices.read(token, start)).toBeUndefined();
    expect(await identity.session(session.token, start, { on: device.id })).toBeUndefined();
  });

  test('the database deletes no device, and lets nobody rename or move one', async () => {
    for (const statement of ['delete from identity.device', `update identity.device set kind = 'station'`])
      await expect(db.query(statement)).rejects.toThrow(/permission denied/);
  });
});
