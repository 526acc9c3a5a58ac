import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Person, PersonActor, Session } from '../../src/identity/door.ts';
import { onceOf, rotateIndexKey } from '../../src/platform/door.ts';
import { clerkOf } from '../support/actors.ts';
import { openRoom } from '../support/cases-room.ts';
import { openProcess, type Process, somebody } from '../support/process.ts';

/** The key of the blind indexes is changed while two processes go on writing and finding. */
const at = '2026-09-25T02:00:00.000Z';
const region = '360121';
const division = '360121100000';
const mother = { region, name: '刘雨桐', idCard: '360121199708260028', phone: '13800000002', address: '莲塘镇' };
const father = { ...mother, name: '陈志远', idCard: '360121199503120013' };
const from = { from: '127.0.0.0/24' };
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const quiet = () => undefined;

let room: Awaited<ReturnType<typeof openRoom>>;
let one: Process;
let other: Process;
let serial = 0;
beforeAll(async () => {
  room = await openRoom(at);
  [one, other] = await Promise.all([openProcess(room, at), openProcess(room, at)]);
});

const rotate = (grace = 0, indexed = one.indexed) =>
  rotateIndexKey({ db: room.db, vault: one.vault, indexed, grace, say: quiet });
const found = (who: Process, idCard: string) => who.identity.persons.findByIdCard(clerkOf(region), idCard);
const actorOf = ({ id, name }: Person): PersonActor => ({ kind: 'person', id, region, name });
const sessionOf = (actor: PersonActor): Session => ({
  ...{ token: `${region}.${'a'.repeat(43)}`, actor, csrf: '', provedAt: at },
});

/** An organisation of its own, as its legal representative acts for it. */
async function organisation(who: Process, chief: Person): Promise<{ id: string; session: Session }> {
  const creditCode = `91360121MA${String(serial++).padStart(8, '0')}`;
  const told = { creditCode, name: '某公司', representative: true };
  const id = await who.identity.organisations.come(chief, told, 'https://provider.example/');
  const actsFor = { id: id ?? '', name: told.name, creditCode, representative: true, items: null };
  return { id: id ?? '', session: sessionOf({ ...actorOf(chief), for: actsFor }) };
}
const grant = (who: Process, session: Session, { name, idCard }: { name: string; idCard: string }) =>
  who.identity.organisations.grant(session, { name, idCard, items: [], until: '' }, from);
const held = async (who: Process, person: Person) =>
  (await who.identity.organisations.mine(sessionOf(actorOf(person)))).rows.map(({ id }) => id);

/** A case of the father whose answers name a mother: one everybody knows, or another. */
async function caseNaming(who: Process, named = mother): Promise<string> {
  const applicant = await who.identity.persons.register(father);
  const answers = {
    ...{ mother_name: named.name, mother_id_card: named.idCard, mother_phone: named.phone },
    ...{ father_name: father.name, father_id_card: father.idCard },
    ...{ birth_order: '1', expected_birth_date: '2025-12-20' },
  };
  const application = {
    ...{ draft: `${region}-naming-${serial++}`, division, situation: {}, answers, materials: {} },
    subject: { kind: 'item' as const, id: 'birth-service-record' },
    ...{ applicant: { id: applicant.id, name: applicant.name }, channel: 'online' as const },
  };
  const actor = actorOf(applicant);
  return (await who.cases.submit({ actor, application, commandId: `submit-${serial}`, at })).plan.number;
}

/** How many rows of a column lie under no key, or another than this one, among the values it may be of. */
async function notUnder(key: number, table: string, column: string, cards: string[]): Promise<number> {
  const under = cards.map((card) => one.vault.indexUnder(key, card, 'id-card', region));
  const [row] = await room.db.query<{ count: number }>(
    `select count(*) as count from ${table} where region = $1 and ${column} <> all($2)`,
    [region, under],
  );
  return row?.count ?? -1;
}

test('every blind index in the database moves, because what is left out is found by an old key for ever', async () => {
  const columns = await room.db.query<{ column: string }>(
    `select format('%I.%I.%I', n.nspname, c.relname, a.attname) as column
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and a.atttypid = 'bytea'::regtype
        and a.attname like '%\\_index' order by 1`,
  );
  const indexed = one.indexed.map(({ table, column }) => `${table}.${column}`);
  expect(columns.map(({ column }) => column)).toEqual(indexed.sort());
});

test('a key changed under load: everybody is found all the while, nobody is there twice', async () => {
  const chief = await one.identity.persons.register(somebody(0, '19700101'));
  const { session } = await organisation(one, chief);
  const written: Person[] = [];
  const cards = [mother.idCard, father.idCard, chief.idCard];
  const numbers: string[] = [];
  let going = true;
  let n = 1;
  const writer = async () => {
    while (going) {
      const given = somebody(n++, '19700101');
      cards.push(given.idCard);
      // The same card in two processes at one moment is one person, under whatever key each of them writes.
      const [person, same] = await Promise.all([one, other].map((who) => who.identity.persons.register(given)));
      expect(same).toEqual(person);
      await grant(n % 2 ? one : other, session, given);
      numbers.push(await caseNaming(n % 2 ? one : other));
      written.push(person as Person);
    }
  };
  const finder = async (who: Process) => {
    while (going) {
      const person = written[Math.floor(written.length / 2)];
      if (person) {
        expect(await found(who, person.idCard)).toEqual(person);
        expect(await held(who, person)).toHaveLength(1);
      }
      await pause(5);
    }
  };
  const work = [writer(), writer(), finder(one), finder(other)];
  while (written.length < 20) await pause(20);
  const { key, left } = await rotate(1500);
  const during = written.length;
  while (written.length < during + 20) await pause(20);
  going = false;
  await Promise.all(work);

  expect(during).toBeGreaterThan(20);
  expect(left).toEqual({ 'identity.person': 0, 'identity.organisation_power': 0, 'cases.named': 0 });
  await vi.waitFor(() => {
    for (const { vault } of [one, other])
      expect(vault.blindIndex('x', 'id-card', region)).toEqual(vault.indexUnder(key, 'x', 'id-card', region));
  }, 5000);
  const people = await room.db.query<{ count: number }>(
    `select count(*) as count from identity.person where name = '某人'`,
  );
  expect(people).toEqual([{ count: written.length + 1 }]);
  const personas = await everyCard();
  expect(await notUnder(key, 'identity.person', 'id_card_index', personas)).toBe(0);
  expect(await notUnder(key, 'identity.organisation_power', 'holder_index', cards)).toBe(0);
  expect(await notUnder(key, 'cases.named', 'id_card_index', cards)).toBe(0);
  expect(await room.db.query('select from platform.index_move')).toEqual([]);
  const fresh = await openProcess(room, at);
  for (const person of written) {
    expect(await found(fresh, person.idCard)).toEqual(person);
    expect(await held(fresh, person)).toHaveLength(1);
  }
  const named = await fresh.cases.naming(actorOf(await fresh.identity.persons.register(mother)));
  expect(named).toEqual(expect.arrayContaining(numbers));
});

test('a case that names somebody nobody knows yet moves by its answers, and is theirs when they come', async () => {
  const stranger = somebody(2, '19930101');
  const number = await caseNaming(one, stranger);
  const { key, left } = await rotate();
  expect(left['cases.named']).toBe(0);
  const them = await other.identity.persons.register(stranger);
  expect(await other.cases.naming(actorOf(them))).toEqual([number]);
  const under = one.vault.indexUnder(key, stranger.idCard, 'id-card', region);
  expect(
    await room.db.query('select number from cases.named where region = $1 and id_card_index = $2', [region, under]),
  ).toEqual([{ number }]);
});

/** The id cards of everybody there is. */
async function everyCard(): Promise<string[]> {
  const rows = await room.db.query<{ id: string }>('select id from identity.person where region = $1', [region]);
  const people = rows.map(({ id }) => one.identity.persons.get(actorOf({ id, name: '' } as Person), region, id));
  return (await Promise.all(people)).flatMap((person) => person?.idCard ?? []);
}

describe('what is not moved', () => {
  test('the power of somebody nobody knows yet is theirs as soon as they come, and is not given twice', async () => {
    const chief = await one.identity.persons.register(somebody(1, '19710101'));
    const { id, session } = await organisation(one, chief);
    const [stranger, another] = [somebody(2, '19710101'), somebody(3, '19710101')];
    for (const holder of [stranger, another]) await grant(one, session, holder);
    const { left } = await rotate();
    expect(left['identity.organisation_power']).toBe(2);
    expect(await held(other, await other.identity.persons.register(stranger))).toEqual([id]);
    await grant(other, session, another);
    expect((await one.identity.organisations.powers(session)).rows).toHaveLength(3);
    expect(await held(one, await one.identity.persons.register(another))).toEqual([id]);
    expect((await rotate()).left['identity.organisation_power']).toBe(0);
  });

  test('a power given before is held also by whoever is given that id card by a correction', async () => {
    const chief = await one.identity.persons.register(somebody(4, '19710101'));
    const wrong = await one.identity.persons.register(somebody(5, '19710101'));
    const { id, session } = await organisation(one, chief);
    const right = somebody(6, '19710101');
    await grant(one, session, right);
    await rotate();
    await room.db.transaction((tx) => one.identity.persons.correct(tx, wrong, { idCard: right.idCard }));
    expect(await held(one, wrong)).toEqual([id]);
  });

  test('where a colleague lives: only an index was kept of it, and it is still found', async () => {
    const address = '莲塘镇澄湖小区5栋';
    const clerk = { region, id: `${region}-clerk-liantang` };
    await one.identity.homes.keep(region, 'clerk-liantang', { division: '360121100003', address });
    await rotate();
    const neighbour = await one.identity.persons.register({ ...somebody(7, '19710101'), address: `${address}502室` });
    expect(await one.identity.homes.near(clerk, neighbour)).toBe('same-building');
  });
});

test('a request that is sent again after the change is still the same one, in every process', async () => {
  const sent = { region, within: ['/x', 'father'], key: 'k1', wish: { name: mother.name }, at: new Date(at) };
  const before = onceOf(one.vault, sent);
  await rotate();
  for (const who of [one, other, await openProcess(room, at)]) expect(onceOf(who.vault, sent)).toEqual(before);
});

describe('a change that goes wrong', () => {
  test('cut short, it is found by both keys and finished by the next call', async () => {
    const person = await one.identity.persons.register(somebody(1, '19720101'));
    const broken = one.indexed.map((each) => ({
      ...each,
      values: async function* () {
        yield [];
        throw new Error('power cut');
      },
    }));
    await expect(rotate(0, broken)).rejects.toThrow('power cut');
    const { to } = await one.vault.renewIndex();
    const late = await other.identity.persons.register(somebody(2, '19720101'));
    for (const each of [person, late]) expect(await found(other, each.idCard)).toEqual(each);
    expect((await rotate()).key).toBe(to);
    for (const each of [person, late]) expect(await found(other, each.idCard)).toEqual(each);
  });

  test('an index that fits no value stops it whole', async () => {
    const { id } = await one.identity.persons.register(somebody(3, '19720101'));
    const kept = await room.db.query<{ index: Buffer }>(
      'select id_card_index as index from identity.person where id = $1',
      [id],
    );
    const set = (index: Buffer) =>
      room.db.query('update identity.person set id_card_index = $2 where id = $1', [id, index]);
    await set(Buffer.alloc(16, 7));
    await expect(rotate()).rejects.toThrow('1 rows of identity.person');
    await set(kept[0]?.index ?? Buffer.alloc(16));
    expect((await rotate()).left['identity.person']).toBe(0);
  });

  test('a process that has heard of nothing writes nobody a second time', async () => {
    const deaf = await openProcess(room, at, true);
    const person = await one.identity.persons.register(somebody(4, '19720101'));
    await rotate();
    for (const given of [somebody(4, '19720101'), somebody(5, '19720101')])
      await expect(deaf.identity.persons.register(given)).rejects.toThrow('has not heard of it');
    expect(await found(one, person.idCard)).toEqual(person);
    expect(await found(one, somebody(5, '19720101').idCard)).toBeUndefined();
  });
});
