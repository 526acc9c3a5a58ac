import { beforeAll, describe, expect, test } from 'vitest';
import { openRoom } from '../../test/support/cases-room.ts';
import type { StaffActor } from '../identity/door.ts';
import { addWorkdays } from '../platform/door.ts';
import { consentText } from './consent.ts';
import { type Command, fold } from './door.ts';

/** A certificate that one decides and another issues, on a real database with the people of the demo. */
const at = '2026-09-25T02:00:00.000Z';
const days = { today: '2026-09-25', soon: '2026-09-29' };
const item = 'disability-certificate';
const region = '360121';
const results = { disability_number: '36012119881120004532', disability_grade: '肢体三级' };
let room: Awaited<ReturnType<typeof openRoom>>;
let approver: StaffActor;
let issuer: StaffActor;
let elsewhere: StaffActor;
let serial = 0;

const someone = async (id: string): Promise<StaffActor> => {
  const found = await room.needs.identity.staff.actor(region, `${region}-${id}`, new Date(at));
  if (!found) throw new Error(id);
  return found;
};
beforeAll(async () => {
  room = await openRoom(at);
  [approver, issuer, elsewhere] = (await Promise.all(
    ['approver-disability', 'issuer-disability', 'issuer-approval'].map(someone),
  )) as [StaffActor, StaffActor, StaffActor];
});

const act = (actor: StaffActor, number: string, command: Command) =>
  room.cases.act({ actor, number, command, commandId: `${command.type}-${serial++}`, at });

/** A case that was granted and waits to be issued. */
async function granted(): Promise<string> {
  const application = {
    ...{ draft: `${region}-issuing-${serial++}`, division: '360121100000', situation: {}, consent: consentText },
    answers: {
      ...{ applicant_name: '胡美玲', applicant_id_card: '360121198811200045', applicant_phone: '13800000004' },
      ...{
        applicant_address: '江西省南昌市南昌县三江镇乌龙街社区28号',
        disability_kind: 'physical',
        home_assessment: 'no',
      },
    },
    materials: { applicant_id: 'paper', household_book: 'paper', applicant_photo: 'paper' },
    subject: { kind: 'item' as const, id: item },
    applicant: { id: `${region}-shopkeeper`, name: '胡美玲' },
    channel: 'counter' as const,
  };
  const made = await room.cases.submit({ actor: room.clerk, application, commandId: `submit-${serial++}`, at });
  const { number } = made.plan;
  await act(room.clerk, number, { type: 'accept' });
  await act(approver, number, { type: 'claim', item });
  await act(approver, number, { type: 'decide', item, outcome: 'granted', reason: '符合条件', results: {} });
  return number;
}
const inbox = async (actor: StaffActor) => (await room.cases.lists.inbox(actor, 'issue', days)).rows;

describe('a certificate that somebody else issues', () => {
  test('waits in the inbox of its agency’s issuer with the day it is due, and in no other', async () => {
    const number = await granted();
    const [row] = (await inbox(issuer)).filter((each) => each.number === number);
    expect(row).toMatchObject({
      item,
      status: 'to-issue',
      issueDue: addWorkdays(room.needs.calendar(), '2026-09-25', 10).due,
      claimedName: approver.name,
    });
    expect(await inbox(elsewhere)).toEqual([]);
    expect((await room.cases.lists.counts(issuer, days)).issue).toBeGreaterThan(0);
  });

  test('is issued once, by that person and nobody else; the result lies sealed and the row is the fold', async () => {
    const number = await granted();
    const command: Command = { type: 'issue', item, results };
    await expect(act(approver, number, command)).rejects.toThrow('not-allowed');
    await expect(act(room.clerk, number, command)).rejects.toThrow('not-allowed');
    await expect(act(elsewhere, number, command)).rejects.toThrow('case-not-found');
    const { state } = await act(issuer, number, command);
    expect(state).toMatchObject({ status: 'closed', outcome: 'granted', branches: { [item]: { status: 'granted' } } });
    await expect(act(issuer, number, command)).rejects.toThrow('action-not-possible');

    const file = await room.cases.read(issuer, number);
    expect(file.state.branches[item]?.results).toMatchObject([
      { value: results.disability_number },
      { value: results.disability_grade },
    ]);
    const rows = await room.db.query<{ data: Parameters<typeof fold>[0][number]; state: unknown }>(
      'select e.data, c.state from cases.event e join cases.case c using (region, number) where number = $1 order by seq',
      [number],
    );
    expect(JSON.stringify(rows)).not.toContain(results.disability_number);
    expect(fold(rows.map(({ data }) => data)).state).toEqual(rows[0]?.state);
  });

  test('lies with an issuer of its item and with none of another one', async () => {
    const number = await granted();
    const only = (of: string): StaffActor => ({
      ...issuer,
      id: `${issuer.id}-of-one`,
      powers: issuer.powers.map((power) => ({ ...power, item: of })),
    });
    const [own, other] = [only(item), only('disability-subsidy')];
    expect((await inbox(own)).map((row) => row.number)).toContain(number);
    expect(await inbox(other)).toEqual([]);
    await expect(act(other, number, { type: 'issue', item, results })).rejects.toThrow('case-not-found');
    expect((await act(own, number, { type: 'issue', item, results })).state.status).toBe('closed');
  });

  test('is not issued by who decided it, even with the power to issue', async () => {
    const number = await granted();
    const power = issuer.powers[0];
    const both: StaffActor = { ...approver, powers: [...approver.powers, ...(power ? [power] : [])] };
    await expect(act(both, number, { type: 'issue', item, results })).rejects.toThrow('issued-by-another');
  });
});
