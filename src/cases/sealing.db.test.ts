import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeAll, expect, test } from 'vitest';
import { openRoom } from '../../test/support/cases-room.ts';
import { type Actor, powersOf, staffActor } from '../identity/door.ts';
import { NotOpened } from '../platform/door.ts';
import { fold } from './door.ts';

const at = '2026-09-25T02:00:00.000Z';
const father: Actor = { kind: 'person', id: '360121-father', region: '360121', name: '陈志远' };
const answers = {
  mother_name: '刘雨桐',
  mother_id_card: '360121199708260028',
  mother_phone: '13800000002',
  father_name: '陈志远',
  father_id_card: '360121199503120013',
  birth_order: '1',
  expected_birth_date: '2025-12-20',
};
const secrets = ['360121199708260028', '13800000002', '360121199503120013', '2025-12-20'];
let room: Awaited<ReturnType<typeof openRoom>>;
let serial = 0;
beforeAll(async () => {
  room = await openRoom(at);
});

async function apply(): Promise<string> {
  const application = {
    ...{ draft: `360121-sealing-${serial++}`, division: '360121100000', situation: {}, answers, materials: {} },
    subject: { kind: 'item' as const, id: 'birth-service-record' },
    applicant: { id: '360121-father', name: '陈志远' },
    channel: 'online' as const,
  };
  return (await room.cases.submit({ actor: father, application, commandId: `submit-${serial}`, at })).plan.number;
}

const stored = async (number: string) =>
  (
    await room.db.query<{ row: string }>(
      `select t::text as row from (
         select 'case', c::text from cases.case c where number = $1 union all
         select 'event', e::text from cases.event e where number = $1 union all
         select 'dossier', d::text from cases.dossier d where number = $1) t`,
      [number],
    )
  )
    .map(({ row }) => row)
    .join('\n');

test('what was answered lies sealed, and is read as it was given', async () => {
  const number = await apply();
  for (const secret of secrets) expect(await stored(number)).not.toContain(secret);
  const file = await room.cases.read(father, number);
  expect(file.answers).toEqual(answers);
  expect(file.events[0]).toMatchObject({ type: 'submitted', answers, sealed: expect.stringMatching(/^[0-9a-f]{64}$/) });
});

test('what a branch hands on lies sealed in event and row; the row is still the fold', async () => {
  const number = await apply();
  const item = 'birth-service-record';
  const does = (actor: Actor, command: Parameters<typeof room.cases.act>[0]['command']) =>
    room.cases.act({ actor, number, command, commandId: `${command.type}-${number}`, at });
  await does(room.clerk, { type: 'accept' });
  const { plan } = await room.cases.read(father, number);
  const agency = plan.branches[0]?.agency ?? '';
  const place = { division: '360121000000', agency };
  const decider = staffActor({ ...room.clerk, ...place, id: '360121-officer' }, powersOf(['approver'], place));
  await does(decider, { type: 'claim', item });
  const results = { birth_record_number: '3601212026998877' };
  const acted = await does(decider, { type: 'decide', item, outcome: 'granted', reason: '材料齐全', results });
  expect(JSON.stringify(acted)).not.toContain('3601212026998877');
  expect(await stored(number)).not.toContain('3601212026998877');
  const file = await room.cases.read(father, number);
  expect(file.state.branches[item]?.results).toMatchObject([{ value: '3601212026998877' }]);
  expect(fold(file.events).state).toEqual(file.state);
  const [row] = await room.db.query<{ state: unknown; events: typeof file.events }>(
    `select state, (select json_agg(data order by seq) from cases.event e where e.number = c.number) as events
       from cases.case c where number = $1`,
    [number],
  );
  expect(fold(row?.events ?? []).state).toEqual(row?.state);
});

test('the sealed part of another case does not open here, nor one its event does not name', async () => {
  const [one, other] = [await apply(), await apply()];
  const put = (from: string) =>
    room.db.query(
      `update cases.sealed s set sealed = o.sealed from cases.sealed o where s.number = $1 and o.number = $2`,
      [one, from],
    );
  await put(other);
  await expect(room.cases.read(father, one)).rejects.toThrow(NotOpened);
  const forged = room.needs.vault.seal(Buffer.from('{"answers":{}}'.padStart(60)), {
    ...{ region: '360121', table: 'cases.sealed', row: `${one}/1` },
  });
  await room.db.query('update cases.sealed set sealed = $2 where number = $1', [one, forged]);
  await expect(room.cases.read(father, one)).rejects.toThrow('not the one its event names');
});

test('a draft keeps its classified answers sealed, and two pages saved at once lose nothing', async () => {
  const subject = { kind: 'item' as const, id: 'birth-service-record' };
  const start = { owner: father.id, division: '360121100000', subject, subjectVersion: 1, situation: {} };
  const { id } = await room.cases.drafts.start(father, { ...start, answers: { father_phone: '13800000001' } }, at);
  const save = (one: string, value: string) => room.cases.drafts.save(father, id, { [one]: value }, at);
  await Promise.all(Object.entries(answers).map(([one, value]) => save(one, value)));
  expect((await room.cases.drafts.read(father, id)).answers).toEqual({ ...answers, father_phone: '13800000001' });
  const [row] = await room.db.query<{ row: string }>('select d::text as row from cases.draft d where id = $1', [id]);
  for (const secret of [...secrets, '13800000001']) expect(row?.row).not.toContain(secret);
});

test('answers that lie in clear are sealed by the next page, or by the command', async () => {
  const subject = { kind: 'item' as const, id: 'birth-service-record' };
  const start = { owner: father.id, division: '360121100000', subject, subjectVersion: 1, situation: {} };
  for (const heal of [
    (id: string) => room.cases.drafts.save(father, id, { birth_order: '2' }, at),
    () => room.cases.drafts.sealClear(),
  ]) {
    const { id } = await room.cases.drafts.start(father, start, at);
    await room.db.query(`update cases.draft set answers = '{"mother_id_card":"360121199708260028"}' where id = $1`, [
      id,
    ]);
    await heal(id);
    const [row] = await room.db.query<{ row: string }>('select d::text as row from cases.draft d where id = $1', [id]);
    expect(row?.row).not.toContain('360121199708260028');
    expect((await room.cases.drafts.read(father, id)).answers.mother_id_card).toBe('360121199708260028');
  }
});

test('a file lies sealed in pieces; cut, changed or under another address it does not open', async () => {
  const subject = { kind: 'item' as const, id: 'birth-service-record' };
  const start = { owner: father.id, division: '360121100000', subject, subjectVersion: 1, situation: {} };
  const { id: draft } = await room.cases.drafts.start(father, start, at);
  const content = Buffer.concat([
    Buffer.from('%PDF-1.4\n'),
    Buffer.alloc(150_000, '360121199708260028 '),
    Buffer.from('%%EOF'),
  ]);
  const put = (bytes: Buffer) =>
    room.cases.files.put(father, { draft, owner: father.id, material: 'x' }, 'a.pdf', Readable.from([bytes]), at);
  const file = await put(content);
  expect(await buffer(room.cases.files.read(file))).toEqual(content);

  const names = (await readdir(room.needs.folder, { recursive: true })).filter((name) => name.endsWith(file.address));
  const path = join(room.needs.folder, names[0] ?? '');
  const bytes = await readFile(path);
  expect(bytes.includes('360121199708260028')).toBe(false);
  expect(bytes.includes('%PDF')).toBe(false);
  const first = bytes.readUInt32BE(0) + 4;
  const flipped = Buffer.from(bytes);
  flipped[first + 100] = (flipped[first + 100] ?? 0) ^ 1;
  const other = await put(Buffer.concat([content, Buffer.from('\n')]));
  const otherPath = join(path, '..', '..', other.address.slice(0, 2), other.address);
  for (const wrong of [
    bytes.subarray(0, first),
    bytes.subarray(first),
    bytes.subarray(0, -1),
    flipped,
    await readFile(otherPath),
  ]) {
    await writeFile(path, wrong);
    await expect(buffer(room.cases.files.read(file))).rejects.toThrow(NotOpened);
  }
});
