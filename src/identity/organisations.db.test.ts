import { beforeAll, describe, expect, test } from 'vitest';
import { limits } from '../../test/support/limits.ts';
import { testDatabase } from '../../test/support/testdb.ts';
import { testVault } from '../../test/support/vault.ts';
import { type Db, pageSize, randomIds } from '../platform/door.ts';
import { openAgencies } from './agencies.ts';
import { openOrganisations } from './organisations.ts';
import { openPersons, type Person } from './persons.ts';
import { openSessionMemory } from './session-memory.ts';
import { openSessions, type Session } from './sessions.ts';
import { openPersonStore } from './store-persons.ts';

const region = '360121';
const at = new Date('2026-03-02T01:00:00Z');
let now = at;
const clock = () => now;
const ids = randomIds(clock);
const issuer = 'https://provider.example/';
const bakery = { creditCode: '91360121MA35K2X00U', name: '南昌县小陈食品有限公司', representative: true };

let db: Db;
let rooms: Awaited<ReturnType<typeof open>>;
let chen: Person;
let liu: Person;
let wan: Person;

async function open() {
  const vault = await testVault(db);
  const persons = openPersons({ db, store: openPersonStore(db, vault), clock, ids });
  const memory = openSessionMemory();
  const sessions = openSessions({ db, ids, agencies: await openAgencies(db, [region]), memory, required: [], limits });
  const changed = () => memory.forget();
  return { persons, sessions, organisations: openOrganisations({ db, ids, clock, vault, changed }) };
}

beforeAll(async () => {
  db = await testDatabase({ role: 'tongban_app' });
  rooms = await open();
  const known = (name: string, idCard: string) =>
    rooms.persons.register({ region, name, idCard, phone: '13800000001', address: '' });
  chen = await known('陈志远', '360121199503120013');
  liu = await known('刘雨桐', '360121199708260028');
  wan = await known('万根生', '360121194204050016');
});

const signIn = (person: Person, organisation?: string) =>
  rooms.sessions.start({ kind: 'person', region, id: person.id }, clock(), { organisation });
const again = async (session: Session) => {
  const read = await rooms.sessions.read(session.token, clock());
  if (!read) throw new Error('the session has ended');
  return read;
};
const actsFor = async (session: Session) => {
  const { actor } = await again(session);
  return actor.kind === 'person' ? actor.for : undefined;
};
const come = (person: Person, told = bakery) => rooms.organisations.come(person, told, issuer);
const from = { from: '127.0.0.0/24' };
/** The legal representative, signed in for the organisation. */
const asChen = async () => signIn(chen, await come(chen));
const grantTo = (session: Session, person: Person, more: { items?: string[]; until?: string } = {}) =>
  rooms.organisations.grant(session, { name: person.name, idCard: person.idCard, items: [], until: '', ...more }, from);

describe('the legal representative', () => {
  test('whom the provider names acts for the organisation, which is known once', async () => {
    const session = await asChen();
    expect(await actsFor(session)).toMatchObject({ name: bakery.name, representative: true, items: null });
    expect(await come(chen)).toBe((await actsFor(session))?.id);
    expect(await come(chen, { ...bakery, name: '南昌县小陈食品厂' })).toBe((await actsFor(session))?.id);
    expect((await actsFor(session))?.name).toBe('南昌县小陈食品厂');
  });

  test('is one: another one named takes over, and the first is out with the next request', async () => {
    const first = await asChen();
    const second = await signIn(wan, await come(wan));
    expect(await actsFor(first)).toBeUndefined();
    expect(await actsFor(second)).toMatchObject({ representative: true });
    await expect(rooms.organisations.powers(await again(first))).rejects.toMatchObject({ code: 'not-allowed' });
    const acts = await rooms.organisations.acts(second);
    expect(acts.rows.filter(({ act, via }) => act === 'replace' && via === issuer).map(({ holder }) => holder)).toEqual(
      [chen.name],
    );
    expect(await actsFor(await asChen())).toMatchObject({ representative: true });
  });

  test('somebody else whom the provider only says to work there gets no power by that', async () => {
    expect(await come(liu, { ...bakery, representative: false })).toBeUndefined();
  });
});

describe('an agent', () => {
  test('with a power acts for the organisation, and chooses when', async () => {
    const chief = await asChen();
    await grantTo(chief, liu, { items: ['public-place-hygiene'], until: '2026-12-31' });
    const session = await signIn(liu);
    expect(await actsFor(session)).toBeUndefined();
    const [choice] = (await rooms.organisations.mine(session)).rows;
    expect(choice).toMatchObject({ kind: 'agent', items: ['public-place-hygiene'], until: '2026-12-31' });
    await rooms.organisations.choose(session, choice?.id ?? '');
    expect(await actsFor(session)).toMatchObject({ representative: false, items: ['public-place-hygiene'] });
    await rooms.organisations.choose(session, '');
    expect(await actsFor(session)).toBeUndefined();
  });

  test('neither sees nor gives powers, and cannot choose what they have none of', async () => {
    const chief = await asChen();
    await grantTo(chief, liu);
    const organisation = (await actsFor(chief))?.id ?? '';
    const session = await again(await signIn(liu, organisation));
    await expect(grantTo(session, wan)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(rooms.organisations.powers(session)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(rooms.organisations.acts(session)).rejects.toMatchObject({ code: 'not-allowed' });
    const stranger = await signIn(wan);
    await expect(rooms.organisations.choose(stranger, organisation)).rejects.toMatchObject({ code: 'not-allowed' });
    expect(await actsFor(await signIn(wan, organisation)), 'not even from a session that says so').toBeUndefined();
  });

  test('is out at the next request when the power is taken back, and the day after its last day', async () => {
    const chief = await asChen();
    await grantTo(chief, liu, { until: '2026-03-02' });
    const organisation = (await actsFor(chief))?.id;
    now = new Date('2026-03-02T11:00:00Z'); // evening in China
    const session = await signIn(liu, organisation);
    expect(await actsFor(session)).toBeDefined();
    now = new Date('2026-03-02T16:00:01Z'); // after midnight there
    const late = await signIn(liu, organisation);
    expect(await actsFor(late)).toBeUndefined();
    expect((await rooms.organisations.mine(late)).rows).toEqual([]);
    now = new Date('2026-03-02T11:30:00Z');
    const [power] = (await rooms.organisations.powers(chief)).rows.filter(({ kind }) => kind === 'agent');
    await rooms.organisations.limit(chief, power?.ref ?? '', { items: [], until: '' }, from);
    expect(await actsFor(session)).toMatchObject({ items: null });
    now = new Date('2026-03-02T11:31:00Z');
    await rooms.organisations.revoke(chief, power?.ref ?? '', from);
    expect(await actsFor(session)).toBeUndefined();
    const acts = await rooms.organisations.acts(chief);
    expect(acts.rows.slice(0, 2).map(({ act, ref }) => [act, ref])).toEqual([
      ['revoke', power?.ref],
      ['limit', power?.ref],
    ]);
    now = at;
  });

  test('of more organisations than a page holds reaches and chooses every one', async () => {
    const busy = await rooms.persons.register({
      ...{ region, name: '胡大海', idCard: '360121197001010018', phone: '', address: '' },
    });
    await db.query(
      `insert into identity.organisation (region, id, credit_code, name, created_at)
       select $1, 'many-' || n, '9136012100000' || to_char(n, 'FM00000'), '同名商行', now() from generate_series(1, $2::int) n`,
      [region, pageSize + 1],
    );
    await db.query(
      `insert into identity.organisation_power (region, organisation, holder_index, holder_name, ref, kind, since)
       select o.region, o.id, p.id_card_index, p.name, 'many-' || o.id, 'agent', now()
         from identity.organisation o, identity.person p where o.name = '同名商行' and p.region = $1 and p.id = $2`,
      [region, busy.id],
    );
    const session = await signIn(busy);
    const pages = [await rooms.organisations.mine(session), await rooms.organisations.mine(session, pageSize)];
    expect(pages.map(({ rows, more }) => [rows.length, more])).toEqual([
      [pageSize, true],
      [1, false],
    ]);
    const all = pages.flatMap(({ rows }) => rows.map(({ id }) => id));
    expect(new Set(all).size).toBe(pageSize + 1);
    await rooms.organisations.choose(session, all.at(-1) ?? '');
    expect(await actsFor(session)).toMatchObject({ id: all.at(-1) });
  });

  test('may be somebody nobody knows yet; a wrong name gives nothing and tells nothing', async () => {
    const chief = await asChen();
    const later = { name: '胡小玲', idCard: '360121198811200045' } as Person;
    await grantTo(chief, later);
    const hu = await rooms.persons.register({ region, name: later.name, idCard: later.idCard, phone: '', address: '' });
    expect((await rooms.organisations.mine(await signIn(hu))).rows).toHaveLength(1);
    await grantTo(chief, { ...wan, name: '万树生' });
    expect((await rooms.organisations.mine(await signIn(wan))).rows).toEqual([]);
  });

  test.each([
    [{ name: '', idCard: '360121194204050016', until: '' }, ['name']],
    [{ name: '万根生', idCard: '360121194204050017', until: '2020-01-01' }, ['id_card', 'until']],
    [{ name: '万根生', idCard: '360121194204050016', until: '2027-02-30' }, ['until']],
    [{ name: '陈志远', idCard: '360121199503120013', until: '' }, ['id_card']],
  ])('is not named by half: %#', async (given, fields) => {
    const refused = await rooms.organisations
      .grant(await asChen(), { ...given, items: [] }, from)
      .catch((error) => error);
    expect(refused).toMatchObject({ code: 'form-invalid' });
    expect(refused.fields.map(({ field }: { field: string }) => field)).toEqual(fields);
  });
});

test('what was given and taken back is never changed', async () => {
  await expect(db.query(`update identity.organisation_act set act = 'grant'`)).rejects.toThrow(/permission denied/);
  await expect(db.query('delete from identity.organisation_act')).rejects.toThrow(/permission denied/);
});

test('a change and its line in the trail, with where it came from, are one transaction', async () => {
  const chief = await asChen();
  await grantTo(chief, liu);
  const lines = await db.query(
    `select t.what, t.who_id, t.network, t.detail ->> 'ref' = a.ref as same, a.act from ledger.trail t
       join identity.organisation_act a on a.xid = t.xid order by t.position desc limit 1`,
  );
  const line = { what: 'organisation.grant', who_id: chen.id, network: from.from };
  expect(lines).toEqual([{ ...line, same: true, act: 'grant' }]);
});

test('more powers than a page holds are all there: listed, changed and taken back', async () => {
  const chief = await asChen();
  const organisation = (await actsFor(chief))?.id ?? '';
  const before = (await rooms.organisations.powers(chief)).rows.length;
  await db.query(
    `insert into identity.organisation_power (region, organisation, holder_index, holder_name, ref, kind, since)
     select $1::text, $2, sha256(n::text::bytea), '某某' || n, 'many-' || n, 'agent', $3::timestamptz + make_interval(secs => n)
       from generate_series(1, $4::int) n`,
    [region, organisation, now, pageSize + 10],
  );
  const [first, second] = [await rooms.organisations.powers(chief), await rooms.organisations.powers(chief, pageSize)];
  expect([first.rows.length, first.more, second.rows.length, second.more]).toEqual([
    ...[pageSize, true, before + 10, false],
  ]);
  const last = `many-${pageSize + 10}`;
  expect(second.rows.at(-1)?.ref).toBe(last);
  expect(await rooms.organisations.power(chief, last)).toMatchObject({ ref: last, items: null });
  expect(await rooms.organisations.power(chief, 'many-0')).toBeUndefined();
  for (let n = 1; n <= pageSize + 1; n++) await rooms.organisations.revoke(chief, `many-${n}`, from);
  const acts = await rooms.organisations.acts(chief);
  expect([acts.rows.length, acts.more]).toEqual([pageSize, true]);
  const earlier = await rooms.organisations.acts(chief, pageSize);
  const revoked = [...acts.rows, ...earlier.rows].flatMap(({ act, ref }) => (act === 'revoke' ? [ref] : []));
  expect(revoked.filter((ref) => ref.startsWith('many-'))).toHaveLength(pageSize + 1);
});
