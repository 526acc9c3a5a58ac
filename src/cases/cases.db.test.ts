import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../test/support/testdb.ts';
import { openCatalog } from '../catalog/door.ts';
import { loadElements } from '../elements/door.ts';
import { type Actor, openIdentity, type StaffActor } from '../identity/door.ts';
import { type Db, loadCalendar, openLog, randomIds } from '../platform/door.ts';
import { type Cases, fold, openCases } from './door.ts';

const root = resolve(import.meta.dirname, '../..');
const log = openLog('silent');
const at = '2026-09-25T02:00:00.000Z';
const clock = () => new Date(at);
const father: Actor = { kind: 'person', id: '360121-father', region: '360121', name: '陈志远' };
let db: Db;
let cases: Cases;
let needs: Parameters<typeof openCases>[0];
let clerk: StaffActor;
let serial = 0;

beforeAll(async () => {
  db = await testDatabase({ role: 'tongban_app' });
  const ids = randomIds(clock);
  const { elements } = await loadElements(join(root, 'elements'));
  const identity = await openIdentity({ db, clock, ids, demo: true, regions: ['360121'], folder: join(root, 'demo') });
  const folders = [{ items: join(root, 'items'), bundles: join(root, 'bundles') }];
  const catalog = await openCatalog({ db, folders, elements, log });
  const calendar = await loadCalendar(db);
  const folder = await mkdtemp(join(tmpdir(), 'tongban-files-'));
  needs = { db, ids, calendar: () => calendar, catalog, elements, identity, folder };
  cases = openCases(needs);
  clerk = await staff('clerk-liantang');

  async function staff(id: string): Promise<StaffActor> {
    const account = await identity.staff.get('360121', `360121-${id}`);
    const agency = account && identity.agencies.get(account.agency);
    if (!account || !agency) throw new Error(`no staff ${id}`);
    const { region, name, division, roles } = account;
    return { kind: 'staff', id: account.id, region, name, division, agency: agency.id, agencyName: agency.name, roles };
  }
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
    const [row] = await db.query<{ n: number }>(
      'select count(*) as n from cases.event where number = $1 and command = $2',
      [plan.number, request.commandId],
    );
    expect(row?.n).toBe(1);
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

describe('drafts and files', () => {
  const start = () =>
    cases.drafts.start(
      father,
      {
        owner: '360121-father',
        division: '360121100000',
        subject: { kind: 'bundle', id: 'newborn' },
        subjectVersion: 1,
        situation: {},
      },
      at,
    );

  test('what was saved page by page is there again', async () => {
    const { id } = await start();
    await cases.drafts.save(father, id, { child_name: '陈沐阳' }, at);
    await cases.drafts.save(father, id, { child_sex: 'male' }, at);
    expect((await cases.drafts.read(father, id)).answers).toEqual({ child_name: '陈沐阳', child_sex: 'male' });
    const mother: Actor = { kind: 'person', id: '360121-mother', region: '360121', name: '刘雨桐' };
    await expect(cases.drafts.read(mother, id)).rejects.toMatchObject({ code: 'draft-not-found' });
  });

  test('a file is kept by its content; its name and size must be true', async () => {
    const { id } = await start();
    const target = { draft: id, owner: '360121-father', material: 'delivery_record' };
    const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
    const put = (name: string, content: Buffer) => cases.files.put(father, target, name, Readable.from([content]), at);
    const file = await put('出院记录.pdf', pdf);
    expect(file).toMatchObject({ mediaType: 'application/pdf', bytes: pdf.length });
    await expect(put('photo.jpg', pdf)).rejects.toMatchObject({ code: 'file-type-mismatch' });
    await expect(put('run.exe', Buffer.from('MZ\x90\x00'.repeat(50)))).rejects.toMatchObject({
      code: 'file-type-not-allowed',
    });
    await expect(put('empty.pdf', Buffer.alloc(0))).rejects.toMatchObject({ code: 'file-missing' });
    await expect(put('large.pdf', Buffer.concat([pdf, Buffer.alloc(11 * 1024 * 1024)]))).rejects.toMatchObject({
      code: 'file-too-large',
    });
    expect((await cases.files.ofDraft(id)).map(({ name }) => name)).toEqual(['出院记录.pdf']);
  });
});
