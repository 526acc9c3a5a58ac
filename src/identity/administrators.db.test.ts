import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { limits } from '../../test/support/limits.ts';
import { testDatabase } from '../../test/support/testdb.ts';
import { testVault } from '../../test/support/vault.ts';
import { type Db, dayOf, Problem, randomIds } from '../platform/door.ts';
import type { StaffActor } from './actor.ts';
import { type Identity, openIdentity } from './identity.ts';
import { administrators, grantableRoles, isAdministrator, type Role, validAt } from './power.ts';
import { addStaff } from './staff.ts';
import { saveDemoStaff } from './store.ts';
import { insertPower, staffWithPowers } from './store-powers.ts';

/** Administrators keep the house and see no case (三权分立), whatever is granted, lent, revoked or switched in whatever order. */
const region = '360121';
const start = new Date('2026-10-09T02:00:00Z');
const after = (days: number) => new Date(start.getTime() + days * 86_400_000);
const moment = (at: Date) => ({ at, from: '127.0.0.0/24' });
const reason = '工作需要';
const place = { division: '360121000000', agency: '360121-government-services' };

let db: Db;
let identity: Identity;
let world = 0;
const ids = randomIds(() => start);

beforeAll(async () => {
  db = await testDatabase({ role: 'tongban_app' });
  const vault = await testVault(db);
  const folder = join(resolve(import.meta.dirname, '../..'), 'demo');
  identity = await openIdentity({ db, clock: () => start, ids, vault, demo: true, regions: [region], limits, folder });
});

const actor = async (id: string, at: Date): Promise<StaffActor | undefined> => identity.staff.actor(region, id, at);
const office = async (login: string, at: Date): Promise<StaffActor> => {
  const found = await actor(`${region}-${login}`, at);
  if (!found) throw new Error(`no ${login}`);
  return found;
};

/** Three new colleagues of one office: two who decide, and one who may become an administrator. */
async function colleagues(): Promise<string[]> {
  world += 1;
  const roles: Role[][] = [['lead', 'approver'], ['approver'], []];
  const staff = roles.map((held, at) => {
    const id = `${region}-w${world}-${at}`;
    return { region, id, login: id, name: '周敏', ...place, active: true, roles: held };
  });
  await saveDemoStaff(db, staff);
  return staff.map(({ id }) => id);
}

const who = fc.nat({ max: 2 });
const days = fc.nat({ max: 20 });
const role = fc.constantFrom(...grantableRoles, ...administrators);
const term = { from: fc.option(days), length: fc.option(days) };
const step = fc.oneof(
  fc.record({ act: fc.constant('grant' as const), who, role, ...term }),
  fc.record({ act: fc.constant('write' as const), who, role, ...term }),
  fc.record({ act: fc.constant('lend' as const), who, to: who, length: days }),
  fc.record({ act: fc.constant('revoke' as const), who, which: who }),
  fc.record({ act: fc.constant('switch' as const), who, on: fc.boolean() }),
  fc.record({ act: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 8 }) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Does one step; gives how many days it took. */
async function take(one: Step, people: string[], today: number): Promise<number> {
  if (one.act === 'wait') return one.days;
  const at = after(today);
  const account = people[one.who] ?? '';
  if (one.act === 'switch') {
    const keeper = await office('admin', at);
    await identity.accounts[one.on ? 'switchOn' : 'switchOff'](keeper, account, reason, moment(at));
  } else if (one.act === 'revoke') {
    const power = (await actor(account, at))?.powers[one.which]?.id ?? 'none';
    await identity.powers.revoke(await office('security-admin', at), power, reason, moment(at));
  } else if (one.act === 'lend') {
    const lender = await actor(account, at);
    const power = lender?.powers.find(({ lentBy }) => !lentBy)?.id ?? 'none';
    const until = dayOf(after(today + one.length));
    if (lender) await identity.powers.lend(lender, { power, to: people[one.to] ?? '', until, reason }, moment(at));
  } else {
    const first = one.from === null ? null : today + one.from;
    const last = one.length === null ? null : (first ?? today) + one.length;
    await give(one, account, first, last, at);
  }
  return 0;
}

/** By the act, or past it: as a statement that asked nothing would write it. */
async function give(
  { act, role }: Step & { role: Role },
  account: string,
  first: number | null,
  last: number | null,
  at: Date,
) {
  if (act === 'grant') {
    const term = { from: first === null ? '' : dayOf(after(first)), until: last === null ? '' : dayOf(after(last)) };
    const given = { account, role, ...place, item: '', ...term, reason };
    await identity.powers.grant(await office('security-admin', at), given, moment(at));
  } else {
    const term = {
      from: first === null ? undefined : after(first).toISOString(),
      until: last === null ? undefined : after(last + 1).toISOString(),
    };
    const row = { id: ids.id(region), region, account, role, ...place, ...term, grantedBy: 'x', at, reason };
    await db.transaction((tx) => insertPower(tx, row));
  }
}

const isRefusal = (error: unknown) =>
  error instanceof Problem || (error as { constraint?: string }).constraint === 'administrators_no_cases';

test('nobody is an administrator and anything else at once, on any day', async () => {
  const seen = { administrator: 0, lent: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const people = await colleagues();
      let today = 0;
      for (const one of steps) {
        today += await take(one, people, today).catch((error) => {
          if (!isRefusal(error)) throw error;
          seen.refused += 1;
          return 0;
        });
        for (const id of people) {
          const held = (await staffWithPowers(db, region, id, after(today)))?.powers ?? [];
          for (const day of [0, 1, 3, 9, 21, 45]) {
            const powers = validAt(held, after(today + day));
            const keeps = powers.some(({ role }) => isAdministrator(role));
            if (keeps) seen.administrator += 1;
            if (powers.some(({ lentBy }) => lentBy)) seen.lent += 1;
            expect(keeps && powers.length > 1, JSON.stringify(powers)).toBe(false);
          }
        }
      }
    }),
    { numRuns: 40 },
  );
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(0);
}, 60_000);

test('the database refuses two at the same moment, of which each would be right alone', async () => {
  const [, , account = ''] = await colleagues();
  const give = (role: Role) => {
    const row = { id: ids.id(region), region, account, role, ...place, grantedBy: 'x', at: start, reason: 'x' };
    return db.transaction((tx) => insertPower(tx, row));
  };
  const done = await Promise.allSettled([give('system-admin'), give('clerk')]);
  expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('what a colleague lent who is switched off now still keeps somebody from an administration', async () => {
  const [lead = '', , account = ''] = await colleagues();
  const lender = await actor(lead, start);
  const power = lender?.powers[0]?.id ?? '';
  if (lender) await identity.powers.lend(lender, { power, to: account, until: '2026-10-20', reason }, moment(start));
  await identity.accounts.switchOff(await office('admin', start), lead, reason, moment(start));
  expect((await actor(account, start))?.powers).toEqual([]);
  const given = { account, role: 'audit-admin', ...place, item: '', from: '', until: '', reason };
  const granted = identity.powers.grant(await office('security-admin', start), given, moment(start));
  await expect(granted).rejects.toMatchObject({ fields: [{ field: 'role', code: 'administrators-no-cases' }] });
});

test('the code of a colleague who has become another administrator since sets no password, unless the node gave it', async () => {
  const admin = await office('admin', start);
  const made = { login: `later-${++world}`, name: '周敏', ...place };
  const { id, code } = await identity.starts.add(admin, made, moment(start));
  const given = { account: id, role: 'audit-admin', ...place, item: '', from: '', until: '', reason };
  await identity.powers.grant(await office('security-admin', start), given, moment(start));
  const next = 'walnut harbour mitten';
  const set = (typed: string) =>
    identity.starts.set({ region, name: made.login, code: typed, next, again: next }, moment(start), {
      address: '10.0.0.7',
    });
  await expect(set(code)).rejects.toMatchObject({ fields: [{ code: 'start-code-wrong' }] });
  const node = { kind: 'system', id: 'setup', region } as const;
  await set(await identity.accounts.giveStart(node, id, reason, moment(start)));
});

test('nor does an account begin as an administrator and anything else', async () => {
  const given = { region, login: 'new', name: '周敏', password: 'a long one nobody has', ...place };
  const tries = { 'administrators-no-cases': ['clerk', 'system-admin'], 'administrators-apart': [...administrators] };
  for (const [code, roles] of Object.entries(tries))
    await expect(addStaff({ db, ids, identity, clock: () => start }, { ...given, roles })).rejects.toMatchObject({
      fields: [{ field: 'roles', code }],
    });
});
