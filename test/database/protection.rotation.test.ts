import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeAll, expect, test } from 'vitest';
import type { PersonActor, Session } from '../../src/identity/door.ts';
import { keyIdOf, type Resealing, rotateKeys } from '../../src/platform/door.ts';
import { clerkOf } from '../support/actors.ts';
import { openRoom } from '../support/cases-room.ts';
import { openProcess, type Process, somebody } from '../support/process.ts';

/** Keys are changed while two processes go on writing everything that is kept sealed. */
const at = '2026-09-25T02:00:00.000Z';
const region = '360121';
const division = '360121100000';
const father = { kind: 'person' as const, id: '360121-father', region, name: '陈志远' } satisfies PersonActor;
const subject = { kind: 'item' as const, id: 'birth-service-record' };
const answersOf = (n: number) => ({
  mother_name: '刘雨桐',
  mother_id_card: '360121199708260028',
  mother_phone: `138${String(n).padStart(8, '0')}`,
  father_name: '陈志远',
  father_id_card: '360121199503120013',
  birth_order: '1',
  expected_birth_date: '2025-12-20',
});

let room: Awaited<ReturnType<typeof openRoom>>;
beforeAll(async () => {
  room = await openRoom(at);
});

const process = () => openProcess(room, at);
/** What was acknowledged, to be read again at the end. */
type Written = (reader: Process) => Promise<void>;

async function writeOne({ cases, identity, rights }: Process, n: number): Promise<Written[]> {
  const answers = answersOf(n);
  const start = { owner: father.id, division, subject, subjectVersion: 1, situation: {} };
  const { id } = await cases.drafts.start(father, { ...start, answers: { mother_phone: '13800000000' } }, at);
  await cases.drafts.save(father, id, { mother_phone: answers.mother_phone }, at);
  const content = Buffer.from(`%PDF-1.4\n${n}\n%%EOF`);
  const target = { draft: id, owner: father.id, material: 'x' };
  const file = await cases.files.put(father, target, 'a.pdf', Readable.from([content]), at);
  const application = {
    ...{ draft: `${id}-case`, division, subject, situation: {}, answers, materials: {}, channel: 'online' as const },
    applicant: { id: father.id, name: '陈志远' },
  };
  const { plan } = await cases.submit({ actor: father, application, commandId: `submit-${id}`, at });
  const person = await identity.persons.register(somebody(n));
  const wish = { words: `请更正第${n}项` };
  const request = await rights.ask(father, { kind: 'explain', division, wish }, at);
  const owner = await accountOf(n);
  await identity.secondFactor.offer(owner, new Date(at));
  const offer = await identity.secondFactor.offered(owner, new Date(at), names);
  return [
    async (reader) =>
      expect((await reader.cases.drafts.read(father, id)).answers.mother_phone).toBe(answers.mother_phone),
    async (reader) => expect(await buffer(reader.cases.files.read(file))).toEqual(content),
    async (reader) => expect((await reader.cases.read(father, plan.number)).answers).toEqual(answers),
    async (reader) =>
      expect(await reader.identity.persons.findByIdCard(clerkOf(region), person.idCard)).toEqual(person),
    async (reader) =>
      expect((await reader.rights.everyOwn(father)).find(({ id }) => id === request)?.wish).toEqual(wish),
    async (reader) => expect(await reader.identity.secondFactor.offered(owner, new Date(at), names)).toEqual(offer),
  ];
}

const names = { issuer: '通办', label: 'somebody' };

/** An account of its own, whose owner proved a moment ago who they are. */
async function accountOf(n: number): Promise<Session> {
  const id = `${region}-account-${n}`;
  await room.db.query(
    `insert into identity.staff (region, id, login, name, agency, division)
     select region, $2, $2, name, agency, division from identity.staff where region = $1 limit 1`,
    [region, id],
  );
  return { token: '', actor: { ...clerkOf(region), id }, csrf: '', provedAt: at };
}

/** Tables with something sealed in them, or, as of files, the key of what is sealed elsewhere. */
async function sealedTables(): Promise<{ table: string; sealed: boolean }[]> {
  return room.db.query(
    `select format('%I.%I', n.nspname, c.relname) as table, bool_or(a.attname = 'sealed') as sealed
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and a.attname in ('sealed', 'key_id')
      group by 1 order by 1`,
  );
}

test('everything the database keeps sealed is sealed anew, because what is left out stays under the old key for good', async () => {
  const { resealing } = await process();
  const tables = (await sealedTables()).map(({ table }) => table);
  expect(resealing.map(({ name }) => name).sort()).toEqual(tables);
  expect(tables.length).toBeGreaterThan(5);
});

/** Bytes that are not sealed: nobody can open them, or nobody needs to. */
const notSealed: Record<string, string> = {
  account: 'a hash of what somebody tried to sign in as',
  'done_once.id': 'a keyed hash',
  'done_once.wish': 'a keyed hash',
  'data_key.wrapped': 'data keys: change-master-key wraps them anew',
  hash: 'of a leaf, a cookie or a code',
  hashes: 'of the log of acts',
  home_building: 'a blind index that stays: nothing else is kept of where colleagues live',
  'index_move.new': 'a blind index',
  'index_move.old': 'a blind index',
  public_key: 'of a passkey',
  root: 'of the log of acts',
};

test('bytes in the database are sealed under that name, or known to be none of it', async () => {
  const columns = await room.db.query<{ table: string; column: string }>(
    `select c.relname as table, a.attname as column
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and a.atttypid = 'bytea'::regtype
        and n.nspname not in ('pg_catalog', 'information_schema')`,
  );
  const unknown = columns.filter(
    ({ table, column }) =>
      column !== 'sealed' &&
      !/_(hash|index)$/.test(column) &&
      !(column in notSealed) &&
      !(`${table}.${column}` in notSealed),
  );
  expect(unknown, 'a column of bytes is called "sealed" beside its key_id, or stands here with a reason').toEqual([]);
});

test('a key changed under load: nothing is lost, and nothing is left under the old one', async () => {
  const [one, other] = [await process(), await process()];
  const old = one.vault.keyId();
  const written: Written[] = [];
  let going = true;
  let n = 0;
  const writer = async (who: Process) => {
    while (going) written.push(...(await writeOne(who, n++)));
  };
  const writers = [writer(one), writer(one), writer(other), writer(other)];
  while (written.length < 40) await pause(20);
  const lines: string[] = [];
  const { key, retired } = await rotateKeys({
    ...{ vault: one.vault, resealing: one.resealing, grace: 1500, say: (line: string) => lines.push(line) },
  });
  const during = written.length;
  while (written.length < during + 20) await pause(20);
  going = false;
  await Promise.all(writers);

  expect(key).toBeGreaterThan(old);
  expect(retired).toEqual([old]);
  for (const { table, sealed } of await sealedTables()) {
    const rows = await room.db.query(`select distinct key_id from ${table} where key_id is not null`);
    expect(rows, table).toEqual([{ key_id: key }]);
    if (!sealed) continue;
    const values = await room.db.query<{ sealed: Buffer }>(`select sealed from ${table} where sealed is not null`);
    expect(new Set(values.map(({ sealed }) => keyIdOf(sealed))), table).toEqual(new Set([key]));
  }
  const fresh = await process();
  for (const check of written) await check(fresh);
  for (const { name } of one.resealing) expect(lines.join('\n')).toContain(name);
});

test('a rotation that was cut short is finished by the next one', async () => {
  const who = await process();
  const check = await writeOne(who, n0);
  const [first, ...rest] = who.resealing as [Resealing, ...Resealing[]];
  const broken = { name: 'broken', pass: () => Promise.reject(new Error('power cut')) };
  const say = () => undefined;
  const cut = rotateKeys({ vault: who.vault, resealing: [first, broken, ...rest], grace: 0, say });
  await expect(cut).rejects.toThrow('power cut');
  for (const one of check) await one(who);
  const { key, retired } = await rotateKeys({ vault: who.vault, resealing: who.resealing, grace: 0, say });
  expect(retired.length).toBe(2);
  expect(await room.db.query('select distinct key_id from cases.sealed')).toEqual([{ key_id: key }]);
  for (const one of check) await one(who);
});

const n0 = 999;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
