import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeAll, expect, test } from 'vitest';
import { openCases } from '../../src/cases/door.ts';
import { type Actor, openIdentity } from '../../src/identity/door.ts';
import { keyIdOf, type Resealing, rotateKeys } from '../../src/platform/door.ts';
import { clerkOf } from '../support/actors.ts';
import { openRoom } from '../support/cases-room.ts';
import { limits } from '../support/limits.ts';
import { testVault } from '../support/vault.ts';

/** Keys are changed while two processes go on writing everything that is kept sealed. */
const at = '2026-09-25T02:00:00.000Z';
const region = '360121';
const division = '360121100000';
const father = { kind: 'person' as const, id: '360121-father', region, name: '陈志远' } satisfies Actor;
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

/** A process of its own on the same database: its own vault, told of new keys by the database. */
async function process() {
  const { db, needs } = room;
  const vault = await testVault(db);
  const { ids } = needs;
  const identity = await openIdentity({
    ...{ db, ids, vault, clock: () => new Date(at), demo: false, regions: [region], limits, folder: 'demo' },
  });
  const cases = openCases({ ...needs, vault });
  return { vault, identity, cases, resealing: [...identity.resealing, ...cases.resealing] };
}
type Process = Awaited<ReturnType<typeof process>>;
/** What was acknowledged, to be read again at the end. */
type Written = (reader: Process) => Promise<void>;

async function writeOne({ cases, identity }: Process, n: number): Promise<Written[]> {
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
  return [
    async (reader) =>
      expect((await reader.cases.drafts.read(father, id)).answers.mother_phone).toBe(answers.mother_phone),
    async (reader) => expect(await buffer(reader.cases.files.read(file))).toEqual(content),
    async (reader) => expect((await reader.cases.read(father, plan.number)).answers).toEqual(answers),
    async (reader) =>
      expect(await reader.identity.persons.findByIdCard(clerkOf(region), person.idCard)).toEqual(person),
  ];
}

/** A person with a right check digit, another one for every number. */
function somebody(n: number) {
  const body = `36012119900101${String(n % 1000).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(body[index]), 0);
  return { region, name: '某人', idCard: `${body}${'10X98765432'[sum % 11]}`, phone: '13800000009', address: '莲塘镇' };
}

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
  for (const table of ['identity.person', 'cases.draft', 'cases.sealed', 'cases.file']) {
    const rows = await room.db.query(`select distinct key_id from ${table} where key_id is not null`);
    expect(rows, table).toEqual([{ key_id: key }]);
  }
  for (const table of ['identity.person', 'cases.draft', 'cases.sealed']) {
    const rows = await room.db.query<{ sealed: Buffer }>(`select sealed from ${table} where sealed is not null`);
    expect(new Set(rows.map(({ sealed }) => keyIdOf(sealed))), table).toEqual(new Set([key]));
  }
  const fresh = await process();
  for (const check of written) await check(fresh);
  for (const table of ['identity.person', 'cases.draft', 'cases.sealed', 'cases.file'])
    expect(lines.join('\n')).toContain(table);
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
