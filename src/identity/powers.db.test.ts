import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { limits } from '../../test/support/limits.ts';
import { testDatabase } from '../../test/support/testdb.ts';
import { testVault } from '../../test/support/vault.ts';
import { type Db, randomIds } from '../platform/door.ts';
import type { StaffActor } from './actor.ts';
import type { Grant } from './granting.ts';
import { type Identity, openIdentity } from './identity.ts';
import { can, type Resource } from './policy.ts';

const at = new Date('2026-10-09T02:00:00Z');
const days = (count: number) => new Date(at.getTime() + count * 86_400_000);
const moment = (now = at) => ({ at: now, from: '127.0.0.0/24' });
const region = '360121';
const grant: Grant = {
  ...{ account: `${region}-approver-tax`, role: 'clerk', division: '360121101000', agency: '360121-tax', item: '' },
  ...{ from: '', until: '', reason: '支援向塘窗口' },
};
const taxBranch = { kind: 'branch', region, division: '360121101000', agency: '360121-tax', item: 'payment' } as const;

let db: Db;
let identity: Identity;
const as = async (id: string, now = at): Promise<StaffActor> => {
  const actor = await identity.staff.actor(region, `${region}-${id}`, now);
  if (!actor) throw new Error(`no ${id}`);
  return actor;
};
const trail = () =>
  db.query<{ kind: string; what: string; about: string }>('select kind, what, about from ledger.trail order by at, id');
const wrongIn = (codes: string[]) => ({
  code: 'form-invalid',
  fields: codes.map((code) => expect.objectContaining({ code })),
});

beforeAll(async () => {
  db = await testDatabase({ role: 'tongban_app' });
  const clock = () => at;
  const ids = randomIds(clock);
  const vault = await testVault(db);
  const folder = join(resolve(import.meta.dirname, '../..'), 'demo');
  identity = await openIdentity({ db, clock, ids, vault, demo: true, regions: [region], limits, folder });
});

describe('a security administrator', () => {
  test('grants a power that works from its first day to its last, in a session that is open already', async () => {
    const session = await identity.signInAs('approver-tax', at);
    const until = { from: '2026-10-10', until: '2026-10-12' };
    await identity.powers.grant(await as('security-admin'), { ...grant, ...until }, moment());
    const queue = { kind: 'queue', division: '360121101000' } as const;
    const may = async (now: Date) => can(await as('approver-tax', now), 'queue.list', queue);
    expect(await may(at)).toBe(false);
    expect(await may(new Date('2026-10-09T16:00:00Z'))).toBe(true);
    expect(await may(new Date('2026-10-12T15:59:59Z'))).toBe(true);
    expect(await may(new Date('2026-10-12T16:00:00Z'))).toBe(false);
    await identity.powers.grant(await as('security-admin'), grant, moment());
    const open = await identity.session(session.token, at);
    expect(open && can(open.actor, 'queue.list', queue)).toBe(true);
  });
  test('revokes it, and it gives nothing any more; the row stays', async () => {
    const powers = (await as('approver-tax')).powers.filter(({ role }) => role === 'clerk');
    expect(powers).toHaveLength(1);
    for (const { id } of powers) await identity.powers.revoke(await as('security-admin'), id, '支援结束', moment());
    expect((await as('approver-tax')).roles).toEqual(['approver']);
    const [row] = await db.query('select revoked_by, revoke_reason from identity.power where id = $1', [powers[0]?.id]);
    expect(row).toEqual({ revoked_by: `${region}-security-admin`, revoke_reason: '支援结束' });
    await expect(db.query('delete from identity.power')).rejects.toThrow('permission denied');
    await expect(db.query(`update identity.power set role = 'lead'`)).rejects.toThrow('permission denied');
  });
  test('grants nothing to themself, and no second administration to anybody', async () => {
    const admin = await as('security-admin');
    const own = { ...grant, account: admin.id };
    await expect(identity.powers.grant(admin, own, moment())).rejects.toMatchObject({ code: 'power-own' });
    const second = { ...grant, account: `${region}-audit-admin`, role: 'system-admin' };
    await expect(identity.powers.grant(admin, second, moment())).rejects.toMatchObject(
      wrongIn(['administrators-apart']),
    );
    const both = { ...grant, account: `${region}-audit-admin` };
    await expect(identity.powers.grant(admin, both, moment())).rejects.toMatchObject(
      wrongIn(['administrators-no-cases']),
    );
    await expect(
      db.query(
        `insert into identity.power (region, id, account, role, division, agency, granted_by, reason)
         values ($1, 'p', $2, 'system-admin', '360121000000', '360121-tax', 'x', 'x')`,
        [region, `${region}-audit-admin`],
      ),
    ).rejects.toThrow('power_one_administration');
    const [power] = admin.powers;
    await expect(identity.powers.revoke(admin, power?.id ?? '', 'x', moment())).rejects.toMatchObject({
      code: 'nothing-to-do',
    });
  });
  test('limits who decides or issues to one item, and nobody whose work is not of one item', async () => {
    const admin = await as('security-admin');
    const one = { ...grant, division: '360121000000', item: 'payment' };
    await identity.powers.grant(admin, { ...one, account: `${region}-approver-agriculture`, role: 'issuer' }, moment());
    const issuer = await as('approver-agriculture');
    expect(can(issuer, 'branch.issue', taxBranch)).toBe(true);
    expect(can(issuer, 'branch.issue', { ...taxBranch, item: 'refund' })).toBe(false);
    for (const role of ['clerk', 'supervisor'])
      await expect(identity.powers.grant(admin, { ...one, role }, moment())).rejects.toMatchObject(
        wrongIn(['item-not-for-role']),
      );
  });
  test('is told everything wrong at once; nobody else may grant', async () => {
    const wrong = {
      role: 'king',
      division: '360123100000',
      agency: 'nowhere',
      from: 'x',
      until: '2020-01-01',
      reason: '',
    };
    const codes = [
      'role-missing',
      'division-unknown',
      'agency-unknown',
      'day-wrong',
      'power-end-wrong',
      'power-reason-missing',
    ];
    await expect(
      identity.powers.grant(await as('security-admin'), { ...grant, ...wrong }, moment()),
    ).rejects.toMatchObject(wrongIn(codes));
    for (const who of ['admin', 'audit-admin', 'supervisor', 'approver-tax'])
      await expect(identity.powers.grant(await as(who), grant, moment())).rejects.toMatchObject({
        code: 'not-allowed',
      });
  });
});

describe('lending', () => {
  const lending = async (more = {}) => {
    const [own] = (await as('approver-police')).powers;
    return { power: own?.id ?? '', to: `${region}-lead-police`, until: '2026-10-20', reason: '休假', ...more };
  };
  const policeBranch = { ...taxBranch, agency: '360121-public-security' };

  test('gives a colleague the power until a day, for the one who lent it, and can be taken back', async () => {
    expect(can(await as('lead-police'), 'branch.decide', policeBranch)).toBe(false);
    await identity.powers.lend(await as('approver-police'), await lending(), moment());
    const delegate = await as('lead-police', days(1));
    expect(can(delegate, 'branch.decide', policeBranch)).toBe(true);
    const held = delegate.powers.find(({ lentBy }) => lentBy);
    expect(held?.lentBy).toEqual({ id: `${region}-approver-police`, name: '徐明辉' });
    expect(can(await as('lead-police', days(12)), 'branch.decide', policeBranch)).toBe(false);
    // What is lent is not lent on.
    const further = await lending({ power: held?.id, to: `${region}-approver-police-2` });
    await expect(identity.powers.lend(delegate, further, moment())).rejects.toMatchObject(wrongIn(['power-missing']));
    const [lent] = await identity.powers.lent(await as('approver-police'), at);
    await identity.powers.takeBack(await as('approver-police'), lent?.id ?? '', moment());
    expect(can(await as('lead-police', days(1)), 'branch.decide', policeBranch)).toBe(false);
  });
  test('is to a colleague of the same agency and for thirty days at most', async () => {
    const tries = {
      'colleague-missing': { to: `${region}-approver-tax` },
      'lending-end-wrong': { until: '2026-11-20' },
    };
    for (const [code, more] of Object.entries(tries))
      await expect(
        identity.powers.lend(await as('approver-police'), await lending(more), moment()),
      ).rejects.toMatchObject(wrongIn([code]));
  });
  test('is never to an administrator, who works on no case', async () => {
    const lead = await as('lead-services');
    const [own] = lead.powers;
    for (const login of ['admin', 'security-admin', 'audit-admin']) {
      const to = `${region}-${login}`;
      const lent = identity.powers.lend(lead, await lending({ power: own?.id, to }), moment());
      await expect(lent).rejects.toMatchObject(wrongIn(['administrators-no-cases']));
      expect((await identity.powers.colleagues(lead, at)).map(({ id }) => id)).not.toContain(to);
    }
  });
  test('ends with the power it comes from', async () => {
    await identity.powers.lend(await as('approver-police'), await lending(), moment());
    const { power } = await lending();
    await identity.powers.revoke(await as('security-admin'), power, '调离', moment());
    expect(can(await as('lead-police', days(1)), 'branch.decide', policeBranch)).toBe(false);
  });
});

describe('an access in an emergency', () => {
  const number = '360121101000DEM0202610090000011';
  const theCase: Resource = { kind: 'case', region, number, division: '360121101000', applicant: 'x', parts: [] };
  const reason = '县领导接访，需要当场答复群众';
  test('opens one case for an hour, with a reason, an alarm and a review', async () => {
    const clerk = await as('clerk-liantang');
    expect(can(clerk, 'case.read', theCase)).toBe(false);
    await expect(identity.powers.breakGlass(clerk, { number, reason: '急' }, moment())).rejects.toMatchObject(
      wrongIn(['glass-reason-short']),
    );
    await identity.powers.breakGlass(clerk, { number, reason }, moment());
    expect(can(await as('clerk-liantang'), 'case.read', theCase)).toBe(true);
    expect(can(await as('clerk-liantang'), 'case.accept', theCase)).toBe(false);
    const later = new Date(at.getTime() + 3_600_000);
    expect(can(await as('clerk-liantang', later), 'case.read', theCase)).toBe(false);
    expect(await trail()).toContainEqual({ kind: 'alarm', what: 'break-glass.open', about: number });
    const admin = await as('security-admin');
    const [opening] = (await identity.powers.openings(admin)).rows;
    expect(opening).toMatchObject({ number, name: '熊晓燕', reason, verdict: null });
    const review = { power: opening?.id ?? '', verdict: 'justified', remark: '已核实' } as const;
    await identity.powers.review(admin, review, moment());
    expect((await identity.powers.openings(admin)).rows[0]).toMatchObject({ verdict: 'justified', reviewer: '涂晓岚' });
    await expect(identity.powers.review(admin, review, moment())).rejects.toMatchObject({ code: 'nothing-to-do' });
  });
  test('is not for administrators, nor for a case of another county', async () => {
    await expect(
      identity.powers.breakGlass(await as('audit-admin'), { number, reason }, moment()),
    ).rejects.toMatchObject({
      code: 'not-allowed',
    });
    const elsewhere = { number: number.replace('360121', '360123'), reason };
    await expect(identity.powers.breakGlass(await as('clerk-liantang'), elsewhere, moment())).rejects.toMatchObject(
      wrongIn(['number-wrong']),
    );
  });

  test('says all that is wrong at once', async () => {
    const empty = { number: '', reason: '' };
    await expect(identity.powers.breakGlass(await as('clerk-liantang'), empty, moment())).rejects.toMatchObject(
      wrongIn(['number-wrong', 'glass-reason-short']),
    );
  });
});

test('every change of power stands in the trail', async () => {
  const kinds = new Set((await trail()).map(({ kind, what }) => `${kind} ${what}`));
  const changes = ['grant', 'revoke', 'lend', 'take-back'].map((what) => `power power.${what}`);
  expect([...kinds]).toEqual(
    expect.arrayContaining([...changes, 'alarm break-glass.open', 'power break-glass.review']),
  );
});
