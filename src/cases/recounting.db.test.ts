import { beforeAll, expect, test } from 'vitest';
import { openRoom } from '../../test/support/cases-room.ts';
import type { PersonActor, StaffActor } from '../identity/door.ts';
import { type CalendarDay, calendarOf, type Db } from '../platform/door.ts';
import { type Cases, fold, openCases } from './door.ts';

const at = '2026-12-28T02:00:00.000Z';
const father: PersonActor = { kind: 'person', id: '360121-father', region: '360121', name: '陈志远' };
const system = { kind: 'system', id: 'system', region: '360121' } as const;
let db: Db;
let needs: Awaited<ReturnType<typeof openRoom>>['needs'];
let cases: Cases;
let clerk: StaffActor;
beforeAll(async () => {
  ({ db, needs, cases, clerk } = await openRoom(at));
});

async function submitted(draft: string): Promise<string> {
  const application = {
    ...{ draft, division: '360121100000', subject: { kind: 'item', id: 'birth-service-record' } as const },
    ...{ situation: {}, materials: {}, applicant: { id: father.id, name: father.name }, channel: 'online' as const },
    answers: {
      mother_name: '刘雨桐',
      mother_id_card: '360121199708260028',
      mother_phone: '13800000002',
      birth_order: '1',
      expected_birth_date: '2027-03-20',
    },
  };
  return (await cases.submit({ actor: father, application, commandId: `submit-${draft}`, at })).plan.number;
}

/** As if a package with the holidays of 2027 had been installed: New Year’s days are free, Sunday the 10th is worked. */
async function announce(): Promise<Cases> {
  const days = await db.query<CalendarDay>('select day, kind from platform.calendar_day');
  const announced: CalendarDay[] = [
    { day: '2027-01-01', kind: 'holiday' },
    { day: '2027-01-04', kind: 'holiday' },
    { day: '2027-01-10', kind: 'makeup' },
  ];
  const calendar = calendarOf([...days, ...announced], '2027-12-31', 'a newer one');
  await db.query('delete from platform.calendar_coverage');
  await db.query(`insert into platform.calendar_coverage (covered_until, source) values ('2027-12-31', 'a newer one')`);
  return openCases({ ...needs, calendar: () => calendar });
}

test('a newer calendar moves the days of cases under way, once, and their rows are still the fold', async () => {
  const [waiting, running] = [await submitted('360121-recount-a'), await submitted('360121-recount-b')];
  await cases.act({ actor: clerk, number: running, command: { type: 'accept' }, commandId: 'accept-recount', at });
  expect(await cases.recount(system, at), 'counted with this calendar already').toBe(0);
  const newer = await announce();
  expect(await cases.recount(system, at), 'a process that has not heard of it counts nothing').toBe(0);
  const before = await cases.read(father, running);
  const moment = '2026-12-29T02:00:00.000Z';
  const counts = await Promise.all([newer.recount(system, moment), newer.recount(system, moment)]);
  expect(Math.max(...counts)).toBeGreaterThanOrEqual(1);
  const [answer, branch] = [await cases.read(father, waiting), await cases.read(father, running)];
  expect(answer.state.answerDue).toBe('2027-01-06');
  const { item = '' } = before.plan.branches[0] ?? {};
  expect(before.state.branches[item]).toMatchObject({ provisional: true });
  expect(branch.state.branches[item]).toMatchObject({ provisional: false });
  expect(branch.state.branches[item]?.statutoryDue).not.toBe(before.state.branches[item]?.statutoryDue);
  const [row] = await db.query<{ due: string; provisional: boolean }>(
    'select statutory_due as due, provisional from cases.branch where number = $1',
    [running],
  );
  expect(row).toEqual({ due: branch.state.branches[item]?.statutoryDue, provisional: false });
  for (const file of [answer, branch]) {
    expect(file.events.filter(({ type }) => type.endsWith('-recounted'))).toHaveLength(1);
    expect(fold(file.events).state).toEqual(file.state);
  }
  expect(await newer.recount(system, moment)).toBe(0);
});

test('nobody but the house counts anew', async () => {
  const number = await submitted('360121-recount-c');
  for (const actor of [clerk, father])
    await expect(
      cases.act({ actor, number, command: { type: 'recount' }, commandId: `recount-${actor.id}`, at }),
    ).rejects.toThrow('not-allowed');
});
