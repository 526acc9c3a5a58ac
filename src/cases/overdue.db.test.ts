import { beforeAll, describe, expect, test } from 'vitest';
import { openRoom } from '../../test/support/cases-room.ts';
import type { PersonActor, StaffActor } from '../identity/door.ts';
import type { Db } from '../platform/door.ts';
import { type Cases, fold } from './door.ts';

const at = '2025-09-25T02:00:00.000Z';
/** The answer is due on 2025-10-09: 1 to 8 October are free, Sunday 28 September is worked. */
const lastDay = '2025-10-09T15:59:00.000Z';
const nextDay = '2025-10-09T16:00:00.000Z';
const father: PersonActor = { kind: 'person', id: '360121-father', region: '360121', name: '陈志远' };
const system = { kind: 'system', id: 'system', region: '360121' } as const;
let db: Db;
let cases: Cases;
let clerk: StaffActor;
let serial = 0;

beforeAll(async () => {
  ({ db, cases, clerk } = await openRoom(at));
});

async function submitted(): Promise<string> {
  const draft = `360121-overdue-${serial++}`;
  const application = {
    ...{ draft, division: '360121100000', subject: { kind: 'item', id: 'birth-service-record' } as const },
    ...{ situation: {}, materials: {}, applicant: { id: father.id, name: father.name }, channel: 'online' as const },
    answers: {
      mother_name: '刘雨桐',
      mother_id_card: '360121199708260028',
      mother_phone: '13800000002',
      birth_order: '1',
      expected_birth_date: '2025-12-20',
    },
  };
  return (await cases.submit({ actor: father, application, commandId: `submit-${draft}`, at })).plan.number;
}

const read = (number: string) => cases.read(father, number);

describe('cases nobody answers', () => {
  test('are accepted by law once the last day is over, and once only, though two look at the same moment', async () => {
    const numbers = [await submitted(), await submitted()];
    const { answerDue } = (await read(numbers[0] ?? '')).state;
    expect(answerDue).toBe('2025-10-09');
    expect(await cases.deemOverdue(system, lastDay)).toBe(0);
    const counts = await Promise.all([cases.deemOverdue(system, nextDay), cases.deemOverdue(system, nextDay)]);
    expect(Math.max(...counts)).toBeGreaterThanOrEqual(1);
    for (const number of numbers) {
      const file = await read(number);
      expect(file.state).toMatchObject({ status: 'accepted', deemed: true, acceptedAt: at });
      expect(file.events.filter(({ type }) => type === 'accepted')).toHaveLength(1);
      expect(file.events[1]).toMatchObject({ by: { id: 'system' }, deemedFrom: at, at: nextDay });
      expect(fold(file.events).state, 'the row is the fold').toEqual(file.state);
    }
    expect(await cases.deemOverdue(system, nextDay)).toBe(0);
  });

  test('are left alone when a clerk has answered', async () => {
    const number = await submitted();
    await cases.act({ actor: clerk, number, command: { type: 'accept' }, commandId: 'in-time', at: lastDay });
    expect(await cases.deemOverdue(system, nextDay)).toBe(0);
    expect((await read(number)).state.deemed).toBeUndefined();
  });

  test('are nobody’s to accept this way but the house’s', async () => {
    const number = await submitted();
    for (const actor of [clerk, father]) {
      const request = {
        actor,
        number,
        command: { type: 'deem-accepted' } as const,
        commandId: `by-${actor.id}`,
        at: nextDay,
      };
      await expect(cases.act(request)).rejects.toMatchObject({ code: 'not-allowed' });
      expect(await cases.deemOverdue(actor, nextDay)).toBe(0);
    }
    const elsewhere = { ...system, region: '360123' };
    expect(await cases.deemOverdue(elsewhere, nextDay)).toBe(0);
    const rows = await db.query<{ status: string }>('select status from cases.case where number = $1', [number]);
    expect(rows[0]?.status).toBe('submitted');
  });
});
