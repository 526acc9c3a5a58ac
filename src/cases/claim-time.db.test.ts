import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { openRoom } from '../../test/support/cases-room.ts';
import type { PersonActor, StaffActor } from '../identity/door.ts';
import { type Command, fold } from './door.ts';

const item = 'birth-service-record';
const father: PersonActor = { kind: 'person', id: '360121-father', region: '360121', name: '陈志远' };
const at = (minute: number) => `2026-06-10T02:${10 + minute}:00.000Z`;
const migration = resolve(import.meta.dirname, '../../migrations/0144-cases-note-claim-time.sql');

const claim: Command = { type: 'claim', item };
const release: Command = { type: 'release', item };
const refuse: Command = { type: 'decide', item, outcome: 'refused', reason: '不符合条件', results: {} };

test('what was claimed before the state said since when is told from its events; what nobody holds stays as it is', async () => {
  const { db, needs, cases, clerk } = await openRoom(at(0));
  const approver = await needs.identity.staff.actor('360121', '360121-approver-health', new Date(at(0)));
  if (!approver) throw new Error('no approver');
  let serial = 0;
  const after = async (...steps: [StaffActor, Command][]): Promise<string> => {
    const application = {
      ...{ draft: `360121-claim-${serial++}`, division: '360121100000', subject: { kind: 'item', id: item } as const },
      ...{ situation: {}, materials: {}, applicant: { id: father.id, name: father.name }, channel: 'online' as const },
      answers: {
        ...{ mother_name: '刘雨桐', mother_id_card: '360121199708260028', mother_phone: '13800000002' },
        ...{ birth_order: '1', expected_birth_date: '2026-09-20' },
      },
    };
    const made = await cases.submit({ actor: father, application, commandId: application.draft, at: at(0) });
    const { number } = made.plan;
    for (const [index, [actor, command]] of steps.entries())
      await cases.act({ actor, number, command, commandId: `${number}.${index}`, at: at(index + 1) });
    return number;
  };
  const accept: [StaffActor, Command] = [clerk, { type: 'accept' }];
  const numbers = [
    await after(accept),
    await after(accept, [approver, claim], [approver, release]),
    await after(accept, [approver, claim], [approver, release], [approver, claim]),
    await after(accept, [approver, claim], [approver, refuse]),
  ];
  const folded = async () =>
    Promise.all(numbers.map(async (number) => fold((await cases.read(father, number)).events).state));
  const stored = async () => Promise.all(numbers.map(async (number) => (await cases.read(father, number)).state));
  const now = await folded();
  expect(now.map(({ branches }) => branches[item]?.claimedAt)).toEqual([undefined, undefined, at(4), at(2)]);

  await db.query(`update cases.case set state = state #- array['branches', $1, 'claimedAt']`, [item]);
  expect((await stored()).map(({ branches }) => branches[item]?.claimedAt)).toEqual(numbers.map(() => undefined));
  const told = await readFile(migration, 'utf8');
  await db.query(told);
  expect(await stored(), 'the row is the fold').toEqual(now);
  await db.query(told);
  expect(await stored(), 'once more changes nothing').toEqual(now);
});
