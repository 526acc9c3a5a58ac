import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { type Action, can, type Doer, type Identity, openIdentity, sightFor } from '../../src/identity/door.ts';
import { administrators } from '../../src/identity/power.ts';
import { accountsFound } from '../../src/identity/store-accounts.ts';
import { openings, peopleFound } from '../../src/identity/store-powers.ts';
import { type Db, openDb, openLog, randomIds } from '../../src/platform/door.ts';
import { anyDoer } from '../support/actors.ts';
import { type AnyWorld, anyWorld, fullWorld, now, putWorld } from '../support/any-world.ts';
import { atEnd } from '../support/endings.ts';
import { limits } from '../support/limits.ts';
import { testDatabaseUrl } from '../support/testdb.ts';
import { testVault } from '../support/vault.ts';

/**
 * Accounts of staff and their powers: for any of them and whoever asks, what a list holds is what the point check allows of
 * each row, and the database lets through neither more nor less, also for a statement that asked nothing.
 */
let owner: Db;
let db: Db;
let identity: Identity;

beforeAll(async () => {
  const url = await testDatabaseUrl();
  owner = openDb({ url, log: openLog('silent'), max: 2 });
  db = openDb({ url, log: openLog('silent'), max: 4, role: 'tongban_app' });
  atEnd(() => Promise.all([owner.end(), db.end()]));
  const clock = () => now;
  const folder = join(resolve(import.meta.dirname, '../..'), 'demo');
  const around = { db, clock, ids: randomIds(clock), vault: await testVault(db), limits, folder };
  identity = await openIdentity({ ...around, demo: false, regions: ['360121'] });
});

type Row = { region: string; id: string };
type Account = Row & { agency: string; active: boolean };
type Held = Row & { account: string; role: string; lentBy: string | null; revoked: boolean; over: boolean };
type There = { accounts: Account[]; held: Held[]; agencies: Row[] };
const named = (rows: Row[]) => rows.map(({ region, id }) => `${region} ${id}`).toSorted();

async function thereIs(): Promise<There> {
  return {
    accounts: await owner.query<Account>('select region, id, agency, active from identity.staff'),
    held: await owner.query<Held>(
      `select region, id, account, role, lent_by as "lentBy", revoked_at is not null as revoked,
              coalesce(valid_until <= $1, false) as over
         from identity.power`,
      [now],
    ),
    agencies: await owner.query<Row>('select region, id from identity.agency'),
  };
}

const keeps = (who: Doer, ...actions: Action[]) => actions.some((action) => can(who, action, { kind: 'house' }));
const mayLend = (who: Doer) =>
  who.kind === 'staff' && can(who, 'power.lend', { kind: 'inbox', agency: who.agency }) ? who : undefined;

/** Which rows somebody may see, row by row. */
function expected(who: Doer, { accounts, held, agencies }: There) {
  const region = who.kind === 'guest' ? '' : who.region;
  const here = <R extends Row>(rows: R[], ok: (row: R) => boolean) =>
    named(rows.filter((row) => row.region === region && ok(row)));
  const lender = mayLend(who);
  const lentTo = (account: Row) =>
    !!lender &&
    held.some((one) => one.region === region && one.account === account.id && one.lentBy === lender.id && !one.revoked);
  const administers = ({ role }: Held) => (administrators as readonly string[]).includes(role);
  const all = keeps(who, 'account.manage', 'power.grant', 'break-glass.review');
  const names = all || keeps(who, 'trail.read', 'hold.manage');
  const asAdministrator = (account: Account) =>
    held.some(
      (one) => one.region === region && one.account === account.id && administers(one) && !one.revoked && !one.over,
    );
  return {
    accounts: here(accounts, (account) => names || account.agency === lender?.agency || lentTo(account)),
    powers: here(held, (one) => all || (!!lender && (one.lentBy === lender.id || administers(one)))),
    reviews: here(held, ({ role }) => role === 'break-glass' && keeps(who, 'break-glass.review')),
    agencies: here(agencies, () => names || !!lender),
    managed: here(accounts, () => keeps(who, 'account.manage')),
    people: here(accounts, () => keeps(who, 'power.grant')),
    openings: here(held, ({ role }) => role === 'break-glass' && keeps(who, 'break-glass.review')),
    colleagues: here(
      accounts,
      (account) =>
        account.agency === lender?.agency && account.active && account.id !== lender.id && !asAdministrator(account),
    ),
    lent: here(held, ({ lentBy, revoked, over }) => !!lender && lentBy === lender.id && !revoked && !over),
  };
}

/** The same, from statements that ask nothing and from the lists. */
async function found(who: Doer): Promise<Record<keyof ReturnType<typeof expected>, string[]>> {
  const seen = db.seenBy(sightFor(who));
  const rows = async (table: string, id = 'id') =>
    named(await seen.query<Row>(`select region, ${id} as id from identity.${table}`));
  const region = who.kind === 'guest' ? '' : who.region;
  const listed = async (list: () => Promise<{ id: string }[]>) =>
    named((await refusedIsNothing(list, [])).map(({ id }) => ({ region, id })));
  const actor = who.kind === 'staff' ? who : undefined;
  const { powers, accounts } = identity;
  return {
    ...{ accounts: await rows('staff'), powers: await rows('power'), agencies: await rows('agency') },
    reviews: await rows('break_glass_review', 'power'),
    managed: await listed(async () => (actor ? (await accounts.list(actor, now)).rows : [])),
    people: await listed(async () => (actor ? (await powers.people(actor, now)).rows : [])),
    openings: await listed(async () => (actor ? (await powers.openings(actor)).rows : [])),
    colleagues: await listed(async () => (actor ? powers.colleagues(actor, now) : [])),
    lent: await listed(async () => (actor ? powers.lent(actor, now) : [])),
  };
}

async function refusedIsNothing<T>(ask: () => Promise<T>, nothing: T): Promise<T> {
  return ask().catch((error) => {
    if (['not-allowed', 'account-not-found'].includes(error.code)) return nothing;
    throw error;
  });
}

async function check(who: Doer, there: There) {
  const [may, is] = [expected(who, there), await found(who)];
  for (const list of Object.keys(may) as (keyof typeof may)[]) expect(is[list], list).toEqual(may[list]);
  const region = who.kind === 'guest' ? '360121' : who.region;
  const one = (row: Row) => named([row]).join();
  for (const account of there.accounts.filter((row) => row.region === region)) {
    if (who.kind !== 'staff') continue;
    const get = async (asked: Promise<{ id: string }>) => !!(await refusedIsNothing<object | null>(() => asked, null));
    expect(await get(identity.accounts.get(who, account.id, now))).toBe(may.managed.includes(one(account)));
    expect(await get(identity.powers.person(who, account.id, now))).toBe(may.people.includes(one(account)));
    const names = await identity.staff.names(who, [account.id]);
    expect(names.has(account.id)).toBe(may.accounts.includes(one(account)));
  }
  return may;
}

/** What a page that forgot to ask shows: its statements, for whoever comes. */
async function checkForgotten(who: Doer, there: There): Promise<void> {
  const seen = db.seenBy(sightFor(who));
  const may = expected(who, there);
  for (const region of ['360121', '360123']) {
    const ids = async (rows: Promise<{ id: string }[]>) => named((await rows).map(({ id }) => ({ region, id })));
    const ofRegion = (rows: string[]) => rows.filter((row) => row.startsWith(region));
    for (const statement of [peopleFound, accountsFound])
      expect(await ids(statement(seen, region, {}, now))).toEqual(ofRegion(may.accounts));
    const glass = new Set(named(there.held.filter(({ role }) => role === 'break-glass')));
    expect(await ids(openings(seen, region, 0))).toEqual(ofRegion(may.powers).filter((row) => glass.has(row)));
  }
}

/** Everybody of a world asks, and the given ones with them; gives how many rows each list held for all together. */
async function checkAll(world: AnyWorld, others: Doer[]): Promise<Map<string, number>> {
  await putWorld(owner, world);
  await owner.query(
    `insert into identity.break_glass_review
     select region, id, 'justified', 'x', 'x', $1 from identity.power where role = 'break-glass'`,
    [now],
  );
  const there = await thereIs();
  const asked = await Promise.all(there.accounts.map(({ region, id }) => identity.staff.actor(region, id, now)));
  const met = new Map<string, number>();
  for (const who of [...asked.flatMap((actor) => actor ?? []), ...others]) {
    for (const [list, rows] of Object.entries(await check(who, there)))
      met.set(list, (met.get(list) ?? 0) + rows.length);
    await checkForgotten(who, there);
  }
  return met;
}

type Told = { role: AnyWorld['accounts'][number]['held'][number]['role']; agency?: string; standing?: 'lent' };
const health = '360121-health';
/** An account with a power at the office of health, wherever it works itself. */
const account = ({ role, agency = health, standing }: Told, county = '360121'): AnyWorld['accounts'][number] => {
  const power = { role, division: `${county}000000`, agency: health, item: undefined };
  return { county, agency, held: [{ ...power, ofCase: 0, term: 'always', standing: standing ?? 'given' }] };
};

test('for any accounts and powers, lists, point checks and the database say the same', async () => {
  await fc.assert(
    fc.asyncProperty(anyWorld, fc.array(anyDoer, { minLength: 3, maxLength: 3 }), async (world, others) => {
      // Somebody who may lend is in each of them: by chance there would be few.
      const accounts = [...world.accounts, account({ role: 'lead' })];
      await checkAll({ ...world, accounts }, [{ kind: 'guest' }, ...others]);
    }),
    { numRuns: 12 },
  );
}, 120_000);

test('and in a world where every list holds something, and none holds all', async () => {
  const tax = '360121-tax';
  const accounts = [
    ...administrators.map((role) => account({ role, agency: tax })),
    ...[account({ role: 'break-glass', agency: tax }), account({ role: 'audit-admin' })],
    ...[account({ role: 'lead' }), account({ role: 'lead' }, '360123')],
    // Went to another office since.
    account({ role: 'lead', agency: tax, standing: 'lent' }),
  ];
  const met = await checkAll({ ...fullWorld, accounts }, []);
  for (const [list, rows] of met) expect(rows, list).toBeGreaterThan(0);
});
