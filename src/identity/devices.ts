import { openTrail, type Trail, type TrailEntry } from '../ledger/door.ts';
import {
  type Db,
  type FieldProblem,
  type IdSource,
  type Limits,
  type Once,
  type Page,
  Problem,
  pageFrom,
  takeOnce,
} from '../platform/door.ts';
import type { StaffActor } from './actor.ts';
import { reasonIn } from './clients.ts';
import { digest, hashOfCookie } from './cookie.ts';
import { codeFrom, type Device, deviceKinds, readCode } from './device.ts';
import { covers, padCode } from './division.ts';
import type { Divisions } from './divisions.ts';
import { assertCan } from './policy.ts';
import type { Moment } from './powers.ts';
import {
  deviceById,
  deviceByToken,
  deviceSeen,
  devicesOf,
  giveCode,
  insertDevice,
  revokeDevice,
  takeCode,
} from './store-devices.ts';
import { endSessionsOn } from './store-sessions.ts';
import type { Throttle } from './throttle.ts';

/** What somebody types to enrol a device. */
export type DeviceForm = { name: string; kind: string; division: string };
/** A device and the code that opens it, told this once. */
export type DeviceCode = { id: string; code: string };
export type Devices = ReturnType<typeof openDevices>;
type Options = {
  db: Db;
  ids: IdSource;
  divisions: Divisions;
  throttle: Throttle;
  limits: Pick<Limits, 'deviceCode'>;
  /** Counties served here. */
  regions: string[];
  /** Makes this process forget sessions at once; others are told by the database. */
  changed: () => void;
  trail?: Trail;
};
const seenEvery = 60_000;

/** Opens enrolled devices. Every change, and every code that was tried, stands in the trail. */
export function openDevices(options: Options) {
  const { db, ids, divisions, throttle, limits, regions, changed, trail = openTrail(db, ids) } = options;
  return { list, get, enrol, codeOf, newCode, revoke, open, read };

  async function list(actor: StaffActor, offset = 0): Promise<Page<Device>> {
    assertCan(actor, 'device.enrol', { kind: 'house' });
    return pageFrom(await devicesOf(db, actor.region, offset));
  }
  async function get(actor: StaffActor, id: string): Promise<Device> {
    assertCan(actor, 'device.enrol', { kind: 'house' });
    const found = await deviceById(db, actor.region, id);
    if (!found) throw new Problem('device-not-found');
    return found;
  }

  /** Enrols a device; throws everything that is wrong at once. It opens nothing until its code is typed on the machine. */
  async function enrol(actor: StaffActor, given: DeviceForm, moment: Moment): Promise<DeviceCode> {
    assertCan(actor, 'device.enrol', { kind: 'house' });
    const { region } = actor;
    const { division } = given;
    const kind = deviceKinds.find((one) => one === given.kind);
    const wrong = await wrongIn(region, given);
    if (wrong.length > 0 || !kind) throw new Problem('form-invalid', {}, wrong);
    const id = ids.id(region);
    const made = freshCode(moment.at, moment.once);
    const device = { region, id, name: given.name.trim(), kind, division, by: actor.id, at: moment.at };
    await db.transaction(async (tx) => {
      await takeOnce(tx, moment.once, id);
      await insertDevice(tx, { ...device, code: digest(made.code), codeUntil: made.until });
      const detail = { kind, division };
      await trail.recordIn(tx, entry(actor, moment, { what: 'device.enrol', about: id, detail }));
    });
    return { id, code: made.code };
  }

  /** The code a device was enrolled with under an id of who enrolled it: it is kept nowhere, and told again to them alone. */
  function codeOf({ secret }: Pick<Once, 'secret'>): string {
    return codeFrom(secret);
  }

  /** Another code, for a machine that was cleaned or came too late. What was open on it ends at once. */
  async function newCode(actor: StaffActor, id: string, moment: Moment): Promise<DeviceCode> {
    const { region } = await get(actor, id);
    const made = freshCode(moment.at);
    await db.transaction(async (tx) => {
      if (!(await giveCode(tx, { region, id }, digest(made.code), made.until))) throw new Problem('nothing-to-do');
      await endSessionsOn(tx, region, id);
      await trail.recordIn(tx, entry(actor, moment, { what: 'device.code-again', about: id }));
    });
    changed();
    return { id, code: made.code };
  }

  /** From the next request on it is a stranger, and every session that was begun on it has ended. */
  async function revoke(actor: StaffActor, id: string, reason: string, moment: Moment): Promise<void> {
    const { region } = await get(actor, id);
    const wrong = reasonIn(reason, 'why');
    if (wrong.length > 0) throw new Problem('form-invalid', {}, wrong);
    await db.transaction(async (tx) => {
      if (!(await revokeDevice(tx, { region, id }, actor.id, moment.at))) throw new Problem('nothing-to-do');
      await endSessionsOn(tx, region, id);
      const why = `device.revoke:${reason.trim()}`;
      await trail.recordIn(tx, entry(actor, moment, { what: 'device.revoke', about: id, reason: why }));
    });
    changed();
  }

  /**
   * Makes the browser that typed this code the device; gives its cookie. Throws `form-invalid` on the field `code`:
   * a slip of the hand counts as nothing, a code that nobody gave counts by network, and after some of them one waits.
   */
  async function open(typed: string, moment: Moment, address: string): Promise<{ token: string; device: Device }> {
    const code = readCode(typed);
    const [home = ''] = regions;
    if (!code) throw wrongCode('device-code-slip');
    const turn = await throttle.enter(home, 'device:code', { address }, moment.at);
    if (typeof turn === 'number') throw wrongCode('device-code-wait', { minutes: Math.ceil(turn / 60) });
    for (const region of regions) {
      const token = `${region}.${ids.token()}`;
      const hash = hashOfCookie(token)?.hash ?? Buffer.alloc(0);
      const device = await takeAndTell(region, { code: digest(code), token: hash, at: moment.at }, moment);
      if (!device) continue;
      await throttle.leave(turn, moment.at);
      return { token, device };
    }
    await recordRefused(home, moment);
    throw wrongCode('device-code-wrong');
  }

  /** Which device a cookie belongs to, while it is not revoked. */
  async function read(token: string | undefined, now: Date): Promise<Device | undefined> {
    const parts = hashOfCookie(token);
    const device = parts && (await deviceByToken(db, parts.region, parts.hash));
    if (device && now.getTime() - Date.parse(device.lastSeen ?? device.enrolledAt) > seenEvery)
      await deviceSeen(db, device, now);
    return device;
  }

  function takeAndTell(region: string, given: Parameters<typeof takeCode>[2], moment: Moment) {
    return db.transaction(async (tx) => {
      const device = await takeCode(tx, region, given);
      if (device) await trail.recordIn(tx, used(device, moment));
      return device;
    });
  }

  /** The code that was typed is not kept; what came while the network waits leaves nothing. */
  function recordRefused(region: string, { at, from, requestId }: Moment): Promise<void> {
    const who = { kind: 'guest' as const, id: '' };
    return trail.record({ region, at, kind: 'power', what: 'device.code', who, from, requestId, outcome: 'refused' });
  }

  function freshCode(at: Date, once?: Once): { code: string; until: Date } {
    const code = once ? codeOf(once) : codeFrom(Buffer.from(ids.token(), 'base64url'));
    return { code, until: new Date(at.getTime() + limits.deviceCode.minutes * 60_000) };
  }

  async function wrongIn(region: string, { name, kind, division }: DeviceForm): Promise<FieldProblem[]> {
    const known = covers(padCode(region), division) && (await divisions.find(division))?.code === division;
    const letters = [...name.trim()].length;
    const fields: [string, boolean, string][] = [
      ['name', letters >= 2 && letters <= 60, 'device-name'],
      ['kind', (deviceKinds as readonly string[]).includes(kind), 'device-kind'],
      ['division', known, 'division-unknown'],
    ];
    return fields.flatMap(([field, ok, code]) => (ok ? [] : [{ field, code }]));
  }
}

const wrongCode = (code: string, params = {}) => new Problem('form-invalid', {}, [{ field: 'code', code, params }]);

type Told = Pick<TrailEntry, 'what' | 'about' | 'reason' | 'detail'>;
function entry(actor: StaffActor, { at, from, requestId }: Moment, told: Told): TrailEntry {
  const who = { kind: 'staff' as const, id: actor.id };
  return { region: actor.region, at, kind: 'power', who, from, requestId, outcome: 'done', ...told };
}

function used({ region, id, kind }: Device, { at, from, requestId }: Moment): TrailEntry {
  const who = { kind: 'device' as const, id };
  const told = { what: 'device.code', about: id, detail: { kind } };
  return { region, at, kind: 'power', who, from, requestId, outcome: 'done', ...told };
}
