import { realDay } from '../elements/door.ts';
import { openTrail, type Trail, type TrailEntry } from '../ledger/door.ts';
import {
  type Db,
  dayEnd,
  dayOf,
  type FieldProblem,
  type IdSource,
  type Page,
  Problem,
  pageFrom,
  regionOf,
  takeOnce,
} from '../platform/door.ts';
import type { ClientActor, StaffActor } from './actor.ts';
import type { Agencies } from './agencies.ts';
import { checkAssertion, claimedBy } from './assertion.ts';
import {
  type Client,
  type ClientScope,
  clientActor,
  clientLimits,
  clientScopes,
  keysOf,
  type PublicKey,
} from './client.ts';
import { digest, hashOfCookie } from './cookie.ts';
import { covers, padCode } from './division.ts';
import type { Divisions } from './divisions.ts';
import { assertCan } from './policy.ts';
import type { Moment } from './powers.ts';
import {
  changeKeys,
  clientById,
  clientByToken,
  clientNames,
  clientsOf,
  insertClient,
  insertToken,
  revokeClient,
  takeAssertion,
} from './store-clients.ts';
import type { Throttle } from './throttle.ts';

/** What somebody types to enrol a client; days in China, `YYYY-MM-DD`, the last one inclusive. */
export type ClientForm = {
  name: string;
  scopes: string[];
  division: string;
  agency: string;
  until: string;
  keys: string;
  reason: string;
};
export type Granted = { token: string; seconds: number; scopes: string[]; client: ClientActor };
export type Clients = ReturnType<typeof openClients>;
type Options = {
  db: Db;
  ids: IdSource;
  agencies: Agencies;
  divisions: Divisions;
  /** The address of this node, as clients name it in what they sign. */
  origin: string;
  throttle: Throttle;
  /** Counties served here, the first one its own. */
  regions: string[];
  trail?: Trail;
};
/** Who enrols: a security administrator, or whoever runs the node, at the command line. */
type Enroller = StaffActor | { kind: 'system'; id: 'setup'; region: string };

/** Opens machine clients: enrolled with their public keys, they sign for a token of some minutes (RFC 7523). */
export function openClients({
  db,
  ids,
  agencies,
  divisions,
  origin,
  throttle,
  regions,
  trail = openTrail(db, ids),
}: Options) {
  const audiences = [origin, `${origin}/api/v1/token`];
  const names = (region: string, asked: string[]) => clientNames(db, region, asked);
  return { origin, names, list, get, enrol, changeKeys: rotate, revoke, token, actor };

  async function list(actor: StaffActor, offset = 0): Promise<Page<Client>> {
    assertCan(actor, 'client.enrol', { kind: 'house' });
    return pageFrom(await clientsOf(db, actor.region, offset));
  }
  async function get(actor: StaffActor, id: string): Promise<Client> {
    assertCan(actor, 'client.enrol', { kind: 'house' });
    const found = await clientById(db, actor.region, id);
    if (!found) throw new Problem('client-not-found');
    return found;
  }

  /** Enrols a client and gives its id; throws everything that is wrong at once. */
  async function enrol(actor: Enroller, given: ClientForm, moment: Moment): Promise<string> {
    if (actor.kind === 'staff') assertCan(actor, 'client.enrol', { kind: 'house' });
    const { region } = actor;
    const read = keysOf(given.keys);
    const wrong = [...(await wrongIn(region, given, moment.at)), ...('wrong' in read ? [read.wrong] : [])];
    if (wrong.length > 0 || 'wrong' in read) throw new Problem('form-invalid', {}, wrong);
    const id = ids.id(region);
    const scopes = clientScopes.filter((scope) => given.scopes.includes(scope));
    const { name, division, reason } = given;
    const place = { division, agency: given.agency || null, validUntil: dayEnd(given.until).toISOString() };
    const said = { name: name.trim(), reason: reason.trim(), by: actor.id, at: moment.at };
    await db.transaction(async (tx) => {
      await takeOnce(tx, moment.once, id);
      await insertClient(tx, { region, id, keys: read.keys, scopes, ...place, ...said });
      const detail = { scopes: scopes.join(' '), keys: kidsOf(read.keys) };
      await trail.recordIn(tx, entry(actor, moment, { what: 'client.enrol', about: id, reason, detail }));
    });
    return id;
  }

  /** Other keys in place of the old ones, of which every token ends. To change without a pause, give old and new first. */
  async function rotate(actor: StaffActor, id: string, given: { keys: string; reason: string }, moment: Moment) {
    await get(actor, id);
    const read = keysOf(given.keys);
    const wrong = [...reasonIn(given.reason), ...('wrong' in read ? [read.wrong] : [])];
    if (wrong.length > 0 || 'wrong' in read) throw new Problem('form-invalid', {}, wrong);
    await db.transaction(async (tx) => {
      if (!(await changeKeys(tx, actor.region, id, read.keys))) throw new Problem('nothing-to-do');
      const detail = { keys: kidsOf(read.keys) };
      await trail.recordIn(
        tx,
        entry(actor, moment, { what: 'client.change-keys', about: id, reason: given.reason, detail }),
      );
    });
  }

  /** From the next call on it is a stranger. */
  async function revoke(actor: StaffActor, id: string, reason: string, moment: Moment): Promise<void> {
    await get(actor, id);
    const wrong = reasonIn(reason, 'why');
    if (wrong.length > 0) throw new Problem('form-invalid', {}, wrong);
    await db.transaction(async (tx) => {
      if (!(await revokeClient(tx, actor.region, id, actor.id, moment.at))) throw new Problem('nothing-to-do');
      await trail.recordIn(tx, entry(actor, moment, { what: 'client.revoke', about: id, reason }));
    });
  }

  /**
   * A token for who signed the assertion. Throws `client-unknown` whatever is wrong with it, and `scope-unknown` when
   * it asks for a scope it has not got. Without scopes asked it gets all of its own. A signature cannot be guessed, so
   * nobody waits; failures are counted by network only so that the trail is not filled with them: `minutes` tells.
   */
  async function token(assertion: string, asked: string[], at: Date, address: string): Promise<Granted> {
    const id = claimedBy(assertion) ?? '';
    return admit(id, assertion, asked, at).catch(async (error: unknown) => {
      if (!(error instanceof Problem) || error.code !== 'client-unknown') throw error;
      const region = regions.find((one) => one === regionOf(id)) ?? regions[0] ?? '';
      const turn = await throttle.enter(region, `client:${id}`, { address }, at);
      throw typeof turn === 'number' ? new Problem('client-unknown', { minutes: Math.ceil(turn / 60) }) : error;
    });
  }

  async function admit(id: string, assertion: string, asked: string[], at: Date): Promise<Granted> {
    const region = regionOf(id);
    const client = await clientById(db, region, id);
    if (!client || client.revokedAt || Date.parse(client.validUntil) <= at.getTime()) throw unknown();
    const checked = await checkAssertion(assertion, { client: id, keys: client.keys, audiences, at });
    if (!checked) throw unknown();
    const { expiresAt } = checked;
    if (!(await takeAssertion(db, { region, client: id, jti: digest(checked.jti), at, expiresAt }))) throw unknown();
    if (!asked.every((scope) => client.scopes.includes(scope as ClientScope))) throw new Problem('scope-unknown');
    const scopes = asked.length > 0 ? [...new Set(asked)] : client.scopes;
    const made = `${region}.${ids.token()}`;
    const { tokenSeconds: seconds } = clientLimits;
    const ends = new Date(at.getTime() + seconds * 1000);
    await insertToken(db, { region, hash: hashOf(made), client: id, scopes, at, expiresAt: ends });
    return { token: made, seconds, scopes, client: clientActor(client, scopes) };
  }

  /** Whose token it is; nothing when it is not, or no more. */
  async function actor(given: string, now: Date): Promise<ClientActor | undefined> {
    const parts = hashOfCookie(given);
    const found = parts && (await clientByToken(db, parts.region, parts.hash, now));
    return found && clientActor(found, found.granted);
  }

  async function wrongIn(region: string, given: ClientForm, at: Date): Promise<FieldProblem[]> {
    const { name, scopes, division, agency, until } = given;
    const last = new Date(at.getTime() + clientLimits.years * 366 * 86_400_000);
    const inTime = realDay(until) && until >= dayOf(at) && dayEnd(until) <= last;
    const known = covers(padCode(region), division) && (await divisions.find(division))?.code === division;
    const fields: [string, boolean, string][] = [
      ['name', [...name.trim()].length >= 2, 'client-name-short'],
      ['scopes', scopes.length > 0 && scopes.every((scope) => isScope(scope)), 'client-scopes'],
      ['division', known, 'division-unknown'],
      ['agency', agency === '' || agencies.get(agency)?.region === region, 'agency-unknown'],
      ['until', inTime, 'client-end-wrong'],
    ];
    const params = { years: clientLimits.years };
    const wrong = fields.flatMap(([field, ok, code]) => (ok ? [] : [{ field, code, params }]));
    return [...wrong, ...reasonIn(given.reason)];
  }
}

const isScope = (scope: string) => (clientScopes as readonly string[]).includes(scope);
const unknown = () => new Problem('client-unknown');
const hashOf = (token: string) => hashOfCookie(token)?.hash ?? Buffer.alloc(0);
const kidsOf = (keys: PublicKey[]) => keys.map(({ kid }) => kid).join(' ');
export const reasonIn = (reason: string, field = 'reason'): FieldProblem[] =>
  reason.trim().length >= 2 ? [] : [{ field, code: 'power-reason-missing' }];

type Told = Pick<TrailEntry, 'what' | 'about' | 'detail'> & { reason: string };
function entry(actor: Enroller, { at, from, requestId }: Moment, { reason, ...told }: Told): TrailEntry {
  const who = { kind: actor.kind, id: actor.id };
  const why = `${told.what}:${reason.trim()}`;
  return { region: actor.region, at, kind: 'power', who, from, requestId, reason: why, outcome: 'done', ...told };
}
