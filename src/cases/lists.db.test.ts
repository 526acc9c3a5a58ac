import { beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../test/support/testdb.ts';
import { type PersonActor, powersOf, type StaffActor, staffActor } from '../identity/door.ts';
import { type Db, type Page, pageSize } from '../platform/door.ts';
import type { CasePlan } from './case.ts';
import { submit } from './decide.ts';
import { fold } from './evolve.ts';
import { caseNumber } from './number.ts';
import { branchOf, calendar, clerk, father, planOf } from './scenario.ts';
import { insertCase } from './store.ts';
import { openLists } from './store-lists.ts';

const days = { today: '2026-10-09', soon: '2026-10-12' };
const staff = ({ roles = ['clerk'], ...more }: Partial<StaffActor>): StaffActor => {
  const place = { division: '360121100000', agency: '360121100000-township-centre', ...more };
  const who = { id: 'clerk', region: '360121', name: '熊晓燕', agencyName: { zh: '', en: '' }, ...place };
  return staffActor(who, powersOf(roles, place));
};
const approver = staff({ id: 'ada', division: '360121000000', agency: 'health', roles: ['approver'] });

let db: Db;
let lists: ReturnType<typeof openLists>;
const numberOf = (division: string, serial: number) => caseNumber(division, 'DEM0', '2026-10-09', serial);

async function insert(division: string, serial: number, name: string): Promise<void> {
  const plan: CasePlan = {
    ...planOf([branchOf('health')]),
    division,
    number: numberOf(division, serial),
    applicant: { id: name, name },
  };
  const event = submit(plan, {}, [], { at: '2026-10-09T02:00:00.000Z', by: father, calendar });
  const entry = {
    theCase: fold([event]),
    event,
    dossier: { answers: {}, materials: [] },
    draft: `draft-${serial}`,
    commandId: `c-${serial}`,
    cards: [],
  };
  await insertCase(db, entry);
}

beforeAll(async () => {
  db = await testDatabase();
  lists = openLists(db);
  await insert('360121100000', 1, '陈志远');
  await insert('360121100000', 2, '陈一%鸣');
  await insert('360121101000', 3, '陈志远');
});

describe('a list', () => {
  it('says of a case that has ended how it ended', async () => {
    const number = numberOf('360121102000', 4);
    await insert('360121102000', 4, '周敏');
    const ended = `status = 'closed', state = state || '{"status": "closed", "outcome": "refused"}'`;
    await db.query(`update cases.case set ${ended} where region = '360121' and number = $1`, [number]);
    const clerkThere = staff({ division: '360121102000' });
    const [row] = (await lists.search(clerkThere, number)).rows;
    expect(row).toMatchObject({ status: 'closed', outcome: 'refused' });
    const [other] = (await lists.search(staff({}), numberOf('360121100000', 1))).rows;
    expect(other?.outcome).toBeNull();
  });
});

describe('a search', () => {
  const found = async (typed: string, actor = staff({})) =>
    (await lists.search(actor, typed)).rows.map(({ number }) => number);

  it('finds a case by its number, however it is spaced, and by the part a clerk sees', async () => {
    const number = numberOf('360121100000', 1);
    expect(await found(`${number.slice(0, 12)} ${number.slice(12)}`)).toEqual([number]);
    expect(await found(number.slice(-15).toLowerCase())).toEqual([number]);
  });
  it('finds by the beginning of a name, and takes signs of the database as letters', async () => {
    expect(await found('陈')).toHaveLength(2);
    expect(await found('陈志')).toEqual([numberOf('360121100000', 1)]);
    expect(await found('陈%')).toEqual([]);
    expect(await found('陈一%')).toEqual([numberOf('360121100000', 2)]);
    expect(await found('  ')).toEqual([]);
  });
  it('finds nothing by name for who watches a place and sees its names masked, but by number', async () => {
    const supervisor = staff({ division: '360121000000', roles: ['supervisor'] });
    const number = numberOf('360121100000', 1);
    for (const typed of ['陈', '陈志', '陈志远']) expect(await found(typed, supervisor)).toEqual([]);
    expect(await found(number, supervisor)).toEqual([number]);
    const both = staff({ roles: ['clerk', 'supervisor'] });
    expect(await found('陈志', both), 'as a clerk').toEqual([number]);
  });
  it('keeps to the places and the agency of who asks', async () => {
    expect(await found('陈志远', staff({ division: '360121101000' }))).toEqual([numberOf('360121101000', 3)]);
    expect(await found('陈志远', approver)).toHaveLength(2);
    expect(await found('陈志远', staff({ agency: 'tax', roles: ['approver'] }))).toEqual([]);
    expect(await found('陈志远', staff({ roles: ['system-admin'] }))).toEqual([]);
  });
});

describe('the desk', () => {
  it('counts the queue of a clerk and the branches of an approver, each only their own', async () => {
    expect(await lists.counts(staff({}), days)).toEqual({
      queue: 2,
      todo: 0,
      due: 0,
      overdue: 0,
      mine: 0,
      done: 0,
      issue: 0,
    });
    await open('360121100000', 1, '2026-10-12');
    await open('360121101000', 3, '2026-10-08');
    expect(await lists.counts(approver, days)).toEqual({
      queue: 0,
      todo: 2,
      due: 1,
      overdue: 1,
      mine: 0,
      done: 0,
      issue: 0,
    });
    const inbox = await lists.inbox(approver, 'overdue', days);
    expect(inbox.counts).toEqual({ queue: 0, todo: 2, due: 1, overdue: 1, mine: 0, done: 0, issue: 0 });
    expect(inbox.rows.map(({ number }) => number)).toEqual([numberOf('360121101000', 3)]);
  });
  it('offers an approver what nobody else has taken, the most urgent first', async () => {
    await db.query(`update cases.branch set status = 'claimed', claimed_by = 'bob' where number = $1`, [
      numberOf('360121101000', 3),
    ]);
    expect((await lists.takeable(approver)).map(({ number }) => number)).toEqual([numberOf('360121100000', 1)]);
    expect(await lists.takeable({ ...approver, id: 'bob' })).toHaveLength(2);
    expect(await lists.takeable(staff({ id: clerk.id }))).toEqual([]);
  });
});

describe('a list that goes on', () => {
  const many = pageSize + 1;
  const place = '360121103000';
  const busy: PersonActor = { kind: 'person', id: '韦慧', region: '360121', name: '韦慧' };
  const there = staff({ division: place });
  beforeAll(async () => {
    for (let serial = 101; serial < 101 + many; serial++) await insert(place, serial, busy.name);
  });

  // All of them came, and were decided, at the very same moment.
  it.each<[string, (offset?: number) => Promise<Page<{ number: string }>>]>([
    ['one’s own', (offset) => lists.own(busy, offset)],
    ['what came lately', (offset) => lists.recent(there, offset)],
    ['what a search finds', (offset) => lists.search(there, busy.name, offset)],
    ['a queue', (offset) => lists.queue(there, offset)],
    ['what was decided', (offset) => lists.inbox(approver, 'done', days, offset)],
  ])('holds each once over its pages: %s', async (_name, list) => {
    const decided = `update cases.branch set status = 'granted', decided_at = '2026-10-09' where applicant_name = $1`;
    await db.query(decided, [busy.name]);
    const [first, last] = [await list(), await list(pageSize)];
    expect([first.rows.length, first.more, last.rows.length, last.more]).toEqual([pageSize, true, 1, false]);
    expect(new Set([...first.rows, ...last.rows].map(({ number }) => number)).size).toBe(many);
    expect(await list(many)).toMatchObject({ rows: [], more: false });
  });

  it('is whole for whoever chooses among all', async () => {
    const all = await lists.everyOwn(busy);
    expect(all.length).toBe(many);
    expect(all[0]).toEqual({ number: numberOf(place, 100 + many), subjectName: expect.anything() });
  });
});

async function open(division: string, serial: number, due: string): Promise<void> {
  await db.query(
    `update cases.branch set status = 'open', opened_at = now(), promised_due = $2, statutory_due = $2 where number = $1`,
    [numberOf(division, serial), due],
  );
}
