import { beforeAll, describe, expect, test } from 'vitest';
import { openRoom } from '../../test/support/cases-room.ts';
import type { Actor, StaffActor } from '../identity/door.ts';
import type { Db } from '../platform/door.ts';
import { type Cases, fold, openCases } from './door.ts';

const at = '2026-09-25T02:00:00.000Z';
const father: Actor = { kind: 'person', id: '360121-father', region: '360121', name: '陈志远' };
let db: Db;
let cases: Cases;
let needs: Parameters<typeof openCases>[0];
let clerk: StaffActor;
let serial = 0;

beforeAll(async () => {
  ({ db, needs, cases, clerk } = await openRoom(at));
});

const answers = {
  mother_name: '刘雨桐',
  mother_id_card: '360121199708260028',
  mother_phone: '13800000002',
  father_name: '陈志远',
  father_id_card: '360121199503120013',
  birth_order: '1',
  expected_birth_date: '2025-12-20',
};

/** A pregnancy recorded: an item that asks little and needs no paper. */
async function apply(draft = `360121-test-${serial++}`) {
  const subject = { kind: 'item' as const, id: 'birth-service-record' };
  const applicant = { id: '360121-father', name: '陈志远' };
  const application = {
    draft,
    division: '360121100000',
    subject,
    situation: {},
    answers,
    materials: {},
    applicant,
    channel: 'online' as const,
  };
  return cases.submit({ actor: father, application, commandId: `submit-${draft}`, at });
}

async function approver(login: string): Promise<StaffActor> {
  const actor = await needs.identity.staff.actor('360121', `360121-${login}`, new Date(at));
  if (!actor) throw new Error('no approver');
  return actor;
}

describe('submitting', () => {
  test('the same draft submitted twice, even at once, is one case', async () => {
    const [one, two] = await Promise.all([apply('360121-twice'), apply('360121-twice')]);
    expect(two?.plan.number).toBe(one?.plan.number);
    const rows = await db.query(`select from cases.case where draft = '360121-twice'`);
    expect(rows.length).toBe(1);
  });

  test('an application with nothing in it names everything that is missing, at once', async () => {
    const application = {
      draft: '360121-empty',
      division: '360121100000',
      subject: { kind: 'bundle' as const, id: 'newborn' },
      situation: {
        household: 'father',
        parents_married: 'yes',
        mother_insured: 'yes',
        wants_card: 'yes',
        has_birth_record: 'no',
      },
      answers: {},
      materials: {},
      applicant: { id: '360121-father', name: '陈志远' },
      channel: 'online' as const,
    };
    const problem = await cases.submit({ actor: father, application, commandId: 'empty', at }).catch((error) => error);
    expect(problem.code).toBe('form-invalid');
    expect(problem.fields.length).toBeGreaterThan(5);
    expect(problem.missingMaterials.length).toBeGreaterThan(0);
  });
});

describe('acting', () => {
  test('the row is the fold of its events', async () => {
    const { plan } = await apply();
    await cases.act({
      actor: clerk,
      number: plan.number,
      command: { type: 'accept' },
      commandId: `a-${plan.number}`,
      at,
    });
    const { state, events } = await cases.read(father, plan.number);
    expect(fold(events).state).toEqual(state);
    expect(state.status).toBe('accepted');
  });

  test('a command id takes effect once; the second time gives the same state', async () => {
    const { plan } = await apply();
    const request = {
      actor: clerk,
      number: plan.number,
      command: { type: 'accept' as const },
      commandId: `b-${plan.number}`,
      at,
    };
    const first = await cases.act(request);
    const second = await cases.act(request);
    expect(second.state).toEqual(first.state);
    const [row] = await db.query<{ n: number; ids: number }>(
      `select count(*) as n, count(distinct command) as ids from cases.event where number = $1 and type <> 'branch-opened'`,
      [plan.number],
    );
    expect(row, 'handed in and accepted').toEqual({ n: 2, ids: 2 });
  });

  test('a stale page is told that the case has moved on', async () => {
    const { plan, state } = await apply();
    await cases.act({
      actor: father,
      number: plan.number,
      command: { type: 'withdraw' },
      commandId: `w-${plan.number}`,
      at,
    });
    const late = cases.act({
      actor: clerk,
      number: plan.number,
      command: { type: 'accept' },
      commandId: `l-${plan.number}`,
      seenVersion: state.version,
      at,
    });
    await expect(late).rejects.toMatchObject({ code: 'changed-meanwhile' });
  });

  test('many acts at once: each guard holds, the bad ones hurt nobody', async () => {
    const made = await Promise.all(Array.from({ length: 40 }, () => apply()));
    const results = await Promise.allSettled(
      made.flatMap(({ plan: { number } }, index) => [
        cases.act({ actor: clerk, number, command: { type: 'accept' }, commandId: `m1-${number}`, at }),
        cases.act({
          actor: clerk,
          number,
          command: index % 2 ? { type: 'accept' } : { type: 'return', missing: [] },
          commandId: `m2-${number}`,
          at,
        }),
      ]),
    );
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBe(40);
    const [row] = await db.query<{ n: number }>(
      `select count(*) as n from cases.case where number = any($1) and status = 'accepted'`,
      [made.map(({ plan }) => plan.number)],
    );
    expect(row?.n).toBe(40);
  });

  test('two processes that act on one case: one wins, the other decides anew and is refused by name', async () => {
    const { plan } = await apply();
    const other = openCases(needs);
    const request = (commandId: string) => ({
      actor: clerk,
      number: plan.number,
      command: { type: 'accept' as const },
      commandId,
      at,
    });
    const results = await Promise.allSettled([cases.act(request('p1')), other.act(request('p2'))]);
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'action-not-possible' },
    });
  });

  test('an act on a case that another process has changed meanwhile is decided on what it left behind', async () => {
    const { plan } = await apply();
    const other = openCases(needs);
    const [one, two] = [await approver('approver-health'), { ...(await approver('approver-health')), id: 'two' }];
    const item = 'birth-service-record';
    const act = (room: Cases, actor: Actor, type: 'claim' | 'release') =>
      room.act({ actor, number: plan.number, command: { type, item }, commandId: `o-${serial++}`, at });
    await cases.act({ actor: clerk, number: plan.number, command: { type: 'accept' }, commandId: 'o-accept', at });
    await act(other, one, 'claim');
    await expect(act(cases, two, 'claim')).rejects.toMatchObject({ params: { holder: one.name } });
    await act(other, one, 'release');
    const { state } = await act(cases, two, 'claim');
    expect(state.branches[item]?.claimedBy?.id).toBe('two');
    expect(fold((await cases.read(father, plan.number)).events).state.version).toBe(state.version);
  });

  test('a command id takes effect once, also when other acts came in between', async () => {
    const { plan } = await apply();
    const actor = await approver('approver-health');
    const act = (type: 'claim' | 'release', commandId: string) =>
      cases.act({ actor, number: plan.number, command: { type, item: 'birth-service-record' }, commandId, at });
    await cases.act({ actor: clerk, number: plan.number, command: { type: 'accept' }, commandId: 'i-accept', at });
    await act('claim', 'i-1');
    const { state } = await act('release', 'i-2');
    expect((await act('claim', 'i-1')).state).toEqual(state);
  });

  test('somebody else’s case does not exist for them', async () => {
    const { plan } = await apply();
    const stranger: Actor = { kind: 'person', id: '360121-mother', region: '360121', name: '刘雨桐' };
    await expect(cases.read(stranger, plan.number)).rejects.toMatchObject({ code: 'case-not-found' });
    await expect(
      cases.act({ actor: stranger, number: plan.number, command: { type: 'withdraw' }, commandId: 's', at }),
    ).rejects.toMatchObject({ code: 'case-not-found' });
    await expect(cases.read({ kind: 'guest' }, plan.number)).rejects.toMatchObject({ code: 'sign-in-required' });
  });

  test('events cannot be changed or removed by the application', async () => {
    await expect(db.query(`update cases.event set type = 'x'`)).rejects.toThrow(/permission denied/);
    await expect(db.query('delete from cases.event')).rejects.toThrow(/permission denied/);
  });
});
