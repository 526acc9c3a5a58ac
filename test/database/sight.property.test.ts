import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { branchResource, caseResource } from '../../src/cases/act.ts';
import { openConsents } from '../../src/cases/consents.ts';
import { readFeed } from '../../src/cases/door.ts';
import { calendar } from '../../src/cases/scenario.ts';
import { openLists } from '../../src/cases/store-lists.ts';
import { openEfficacy } from '../../src/efficacy/door.ts';
import { type Action, type Actor, can, type Identity, openIdentity, sightFor } from '../../src/identity/door.ts';
import { type Db, openDb, openLog, randomIds } from '../../src/platform/door.ts';
import { readFeed as ratingFeed } from '../../src/rating/door.ts';
import { requestsOf as ownRequests, requestsSeen } from '../../src/rights/store.ts';
import { anyAgent } from '../support/actors.ts';
import {
  type AnyWorld,
  accountsOf,
  anyWorld,
  casesOf,
  fullWorld,
  now,
  putWorld,
  requestsOf,
  type WorldBranch,
  type WorldCase,
} from '../support/any-world.ts';
import { atEnd } from '../support/endings.ts';
import { limits } from '../support/limits.ts';
import { testDatabaseUrl } from '../support/testdb.ts';
import { testVault } from '../support/vault.ts';

/**
 * For any accounts and any data: what a list holds is what the point check allows of each row, and the database lets
 * through neither more nor less. Accounts come out of the database, with what they were given, lent and revoked by dates.
 */
const today = '2026-10-09';
const days = { today, soon: '2026-10-12' };
let owner: Db;
let db: Db;
let identity: Identity;

beforeAll(async () => {
  const url = await testDatabaseUrl();
  owner = openDb({ url, log: openLog('silent'), max: 2 });
  db = openDb({ url, log: openLog('silent'), max: 4, role: 'tongban_app' });
  atEnd(() => Promise.all([owner.end(), db.end()]));
  const vault = await testVault(db);
  const folder = join(resolve(import.meta.dirname, '../..'), 'demo');
  const clock = () => now;
  identity = await openIdentity({
    db,
    clock,
    ids: randomIds(clock),
    vault,
    demo: false,
    regions: ['360121'],
    limits,
    folder,
  });
});

const person = (id: string, region: string): Actor => ({ kind: 'person', id, region, name: '' });
const sorted = (rows: string[]) => rows.toSorted();
const nameOf = ({ number, item }: { number: string; item: string }) => `${number} ${item}`;

/** What somebody may see of a world, row by row. */
function expected(actor: Actor, world: AnyWorld) {
  const cases = casesOf(world);
  const whose = (ok: (plan: WorldCase) => boolean) => sorted(cases.filter(ok).map(({ number }) => number));
  const may = (action: Action) => (plan: WorldCase) => can(actor, action, caseResource({ plan }));
  const branches = (ok: (branch: WorldBranch) => boolean, ...actions: Action[]) =>
    cases.flatMap((plan) =>
      plan.branches
        .filter((one) => ok(one) && actions.some((action) => can(actor, action, branchResource(plan, one))))
        .map(({ item, due }) => ({ number: plan.number, item, due })),
    );
  const inbox = (...given: Parameters<typeof branches>) => sorted(branches(...given).map(nameOf));
  const requests = [
    ...requestsOf(world),
    ...cases.map(({ region, number, division, applicant }) => ({
      region,
      id: `request-${number}`,
      division,
      person: applicant.id,
    })),
  ];
  const asked = requests.filter(({ region, division, person: by }) =>
    can(actor, 'request.list', { kind: 'request', region, division, owner: by }),
  );
  const places =
    actor.kind === 'staff'
      ? { ...actor, powers: actor.powers.filter(({ role }) => /clerk|supervisor/.test(role)) }
      : actor;
  const working = ({ status }: WorldBranch) => status === 'open' || status === 'claimed';
  const work = ['branch.claim', 'branch.release'] as const;
  const own = actor.kind === 'person' ? actor.id : '';
  return {
    seen: whose(may('case.read')),
    own: whose(may('case.list-own')),
    queue: whose((plan) => plan.submitted && may('queue.list')(plan)),
    recent: whose((plan) => actor.kind === 'staff' && can(places, 'case.search', caseResource({ plan }))),
    search: whose(may('case.search-by-name')),
    watch: whose(may('watch.read')),
    branches: inbox(() => true, 'branch.list'),
    todo: inbox(working, ...work),
    due: inbox((one) => working(one) && one.due >= today && one.due <= days.soon, ...work),
    overdue: inbox((one) => working(one) && one.due < today, ...work),
    mine: inbox((one) => one.status === 'claimed' && actor.kind !== 'guest' && one.claimedBy === actor.id, ...work),
    done: inbox(({ status }) => status === 'to-issue' || status === 'granted', 'branch.list'),
    issue: inbox(({ status }) => status === 'to-issue', 'branch.issue'),
    takeable: branches(
      (one) =>
        one.status === 'open' || (one.status === 'claimed' && actor.kind !== 'guest' && one.claimedBy === actor.id),
      'branch.claim',
    )
      .toSorted((a, b) => (`${a.due} ${nameOf(a)}` < `${b.due} ${nameOf(b)}` ? -1 : 1))
      .slice(0, 5)
      .map(nameOf),
    requests: sorted(asked.map(({ id }) => id)),
    ownRequests: sorted(asked.filter(({ person: by }) => by === own).map(({ id }) => id)),
    consents: whose((plan) => plan.applicant.id === own && may('case.read')(plan)),
  };
}

/** The same, from the lists and from statements that ask nothing. */
async function found(actor: Actor): Promise<Record<keyof ReturnType<typeof expected>, string[]>> {
  const lists = openLists(db);
  const seen = db.seenBy(sightFor(actor));
  const region = actor.kind === 'guest' ? '' : actor.region;
  const numbers = (rows: { number: string }[]) => sorted(rows.map(({ number }) => number));
  const view = async (name: 'todo' | 'due' | 'overdue' | 'mine' | 'done' | 'issue') => {
    const { rows, counts } = await lists.inbox(actor, name, days);
    if (region && rows.length > 0) expect(counts[name]).toBe(rows.length);
    return sorted(rows.map(nameOf));
  };
  const own = actor.kind === 'person' ? actor.id : '';
  return {
    seen: numbers(await seen.query('select number from cases.case')),
    own: numbers((await lists.own(actor)).rows),
    queue: numbers((await lists.queue(actor)).rows),
    recent: numbers((await lists.recent(actor)).rows),
    search: numbers((await lists.search(actor, '陈')).rows),
    watch: await watched(actor),
    branches: sorted(
      (await seen.query<{ number: string; item: string }>('select number, item from cases.branch')).map(nameOf),
    ),
    ...{ todo: await view('todo'), due: await view('due'), overdue: await view('overdue'), mine: await view('mine') },
    ...{ done: await view('done'), issue: await view('issue') },
    takeable: (await lists.takeable(actor)).map(nameOf),
    requests: sorted((await requestsSeen(seen, region, 0)).map(({ id }) => id)),
    ownRequests: sorted((await ownRequests(seen, region, own)).map(({ id }) => id)),
    consents: actor.kind === 'person' ? numbers(await openConsents(db).own(actor)) : [],
  };
}

const efficacy = () => openEfficacy({ db, log: openLog('silent'), calendar: () => calendar, clock: () => now });
async function watched(actor: Actor): Promise<string[]> {
  const filter = { from: '2026-01-01', to: '2026-12-31', measure: 'submitted' as const };
  const list = await efficacy()
    .cases(actor, filter)
    .catch((error) => {
      if (['not-allowed', 'sign-in-required'].includes(error.code)) return { rows: [] };
      throw error;
    });
  return sorted(list.rows.map(({ number }) => number));
}

async function check(actor: Actor, asked: Actor, world: AnyWorld): Promise<void> {
  const [may, is] = [expected(asked, world), await found(actor)];
  for (const list of Object.keys(may) as (keyof typeof may)[]) expect(is[list], list).toEqual(may[list]);
  const seen = db.seenBy(sightFor(actor));
  const rows = async (what: string, table: string) =>
    sorted((await seen.query<{ row: string }>(`select ${what} as row from ${table}`)).map(({ row }) => row));
  for (const table of ['cases.event', 'cases.dossier', 'cases.sealed', 'cases.consent', 'rating.rating'])
    expect(await rows('number', table), table).toEqual(may.seen);
  expect(await rows('id', 'rights.request')).toEqual(may.requests);
  const answered = new Set([
    ...requestsOf(world)
      .filter(({ answered }) => !answered)
      .map(({ id }) => id),
  ]);
  expect(await rows('request', 'rights.answer')).toEqual(may.requests.filter((id) => !answered.has(id)));
  const { counts, rows: queue } = await openLists(db).counter(actor, days);
  expect(sorted(queue.map(({ number }) => number))).toEqual(may.queue);
  expect(counts.queue).toBe(may.queue.length);
}

/** Everybody of a world asks, and the given ones with them; gives how many rows each list held for all together. */
async function checkAll(world: AnyWorld, others: Actor[]): Promise<Map<string, number>> {
  const met = new Map<string, number>();
  await putWorld(owner, world);
  await efficacy().rebuild({ cases: readFeed, ratings: ratingFeed });
  const held = await Promise.all(
    accountsOf(world).map(async ({ actor }) => {
      const kept = await identity.staff.actor(actor.region, actor.id, now);
      if (!kept) throw new Error(`${actor.id} is not there`);
      expect(sorted(kept.powers.map(({ id }) => id))).toEqual(sorted(actor.powers.map(({ id }) => id)));
      return { kept, actor };
    }),
  );
  for (const { kept, actor } of [...held, ...others.map((actor) => ({ kept: actor, actor }))]) {
    await check(kept, actor, world);
    for (const [list, rows] of Object.entries(expected(actor, world)))
      met.set(list, (met.get(list) ?? 0) + rows.length);
  }
  return met;
}

const everybody: Actor[] = [{ kind: 'guest' }, person('father', '360121'), person('mother', '360123')];

test('for any account and data, lists, point checks and the database say the same', async () => {
  await fc.assert(
    fc.asyncProperty(anyWorld, fc.array(anyAgent, { minLength: 2, maxLength: 2 }), async (world, agents) => {
      await checkAll(world, [...everybody, ...agents]);
    }),
    { numRuns: 12 },
  );
}, 120_000);

test('and in a world where every list holds something', async () => {
  for (const [list, rows] of await checkAll(fullWorld, everybody)) expect(rows, list).toBeGreaterThan(0);
});
