import { expect, test } from 'vitest';
import { clerkOf } from '../../test/support/actors.ts';
import { testDatabase } from '../../test/support/testdb.ts';
import { testVault } from '../../test/support/vault.ts';
import { type Db, NotOpened, randomIds, rotateKeys, sealedRows } from '../platform/door.ts';
import type { Actor } from './actor.ts';
import { openPersons } from './persons.ts';
import { openPersonStore, personTable } from './store-persons.ts';

const at = new Date('2026-03-02T01:00:00Z');
const given = {
  region: '360121',
  name: '陈志远',
  idCard: '360121199503120013',
  phone: '13800000001',
  address: '江西省南昌市南昌县莲塘镇公园路社区澄湖小区5栋2单元301室',
};
const secrets = [given.idCard, given.phone, given.address, '1995-03-12'];

async function room() {
  const db = await testDatabase({ role: 'tongban_app' });
  const vault = await testVault(db);
  const store = openPersonStore(db, vault);
  return { db, vault, store, persons: openPersons({ db, store, clock: () => at, ids: randomIds(() => at) }) };
}

const self = (id: string): Actor => ({ kind: 'person', id, region: '360121', name: '' });
const rows = async (db: Db) =>
  (await db.query<{ row: string }>('select p::text as row from identity.person p')).map(({ row }) => row).join('\n');

test('a person lies sealed and is found again by their id card', async () => {
  const { db, persons } = await room();
  const person = await persons.register(given);
  for (const secret of secrets) expect(await rows(db)).not.toContain(secret);
  expect(await persons.findByIdCard(clerkOf('360121'), given.idCard)).toEqual(person);
  expect(person).toMatchObject({ ...given, sex: 'male', birthDate: '1995-03-12' });
});

test('people from before are sealed when the room is opened, and only once', async () => {
  const { db, store, persons } = await room();
  await db.query(
    `insert into identity.person (region, id, name, id_card, phone, sex, birth_date, address, created_at)
     values ('360121', 'p1', $1, $2, $3, 'male', '1995-03-12', $4, now())`,
    [given.name, given.idCard, given.phone, given.address],
  );
  await store.sealClear();
  await store.sealClear();
  for (const secret of secrets) expect(await rows(db)).not.toContain(secret);
  expect(await persons.get(self('p1'), '360121', 'p1')).toMatchObject({ ...given, birthDate: '1995-03-12' });
  expect((await persons.register(given)).id).toBe('p1');
});

test('what was sealed for one person does not open in the row of another', async () => {
  const { db, persons } = await room();
  const one = await persons.register(given);
  const other = await persons.register({ ...given, idCard: '360121199708260028', name: '刘雨桐' });
  await db.query(
    `update identity.person p set sealed = o.sealed from identity.person o
      where p.region = o.region and p.id = $1 and o.id = $2`,
    [one.id, other.id],
  );
  await expect(persons.get(self(one.id), '360121', one.id)).rejects.toThrow(NotOpened);
});

test('a new key seals people anew, batch after batch', async () => {
  const { db, vault, store, persons } = await room();
  const person = await persons.register(given);
  const many = Array.from({ length: 450 }, (_, n) => ({ ...person, id: `many-${n}`, idCard: `${n}` }));
  expect((await store.add(many, at)).length).toBe(450);
  const say = () => undefined;
  const { key } = await rotateKeys({ vault, resealing: [sealedRows(db, vault, personTable)], grace: 0, say });
  expect(await db.query('select key_id, count(*) from identity.person group by 1')).toEqual([
    { key_id: key, count: 451 },
  ]);
  expect(await persons.findByIdCard(clerkOf('360121'), given.idCard)).toEqual(person);
});

const other = {
  region: '360121',
  name: '熊小红',
  idCard: '11010519491231002X',
  phone: '13800000099',
  address: '莲塘镇',
};

test('an id card is one person, however often and however fast it comes', async () => {
  const { persons } = await room();
  const all = await Promise.all(Array.from({ length: 8 }, () => persons.register(other)));
  expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  expect(all[0]).toMatchObject({ ...other, sex: 'female', birthDate: '1949-12-31', division: null });
  expect(await persons.findByIdCard(clerkOf('360121'), other.idCard)).toEqual(all[0]);
  expect(await persons.get(self(all[0]?.id ?? ''), '360121', all[0]?.id ?? '')).toEqual(all[0]);
  expect(await persons.findByIdCard(clerkOf('360123'), other.idCard)).toBeUndefined();
});

test('a known card under another name is refused, and so is a wrong card', async () => {
  const { persons } = await room();
  await persons.register(other);
  await expect(persons.register({ ...other, name: '别人' })).rejects.toMatchObject({
    fields: [{ field: 'name' }],
  });
  await expect(persons.register({ ...other, idCard: '110105194912310021' })).rejects.toMatchObject({
    fields: [{ field: 'id_card' }],
  });
});
