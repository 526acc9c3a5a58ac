import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { anyActor, anyClient, anyDevice } from '../../test/support/actors.ts';
import { formOf, people, type SeenPlan, seenWorld } from '../../test/support/seen-world.ts';
import { testDatabase } from '../../test/support/testdb.ts';
import { type Actor, can, type Doer, sightFor } from '../identity/door.ts';
import type { Db } from '../platform/door.ts';
import { branchResource, caseResource } from './act.ts';
import type { CasePlan, PlannedBranch } from './case.ts';
import { openLists } from './store-lists.ts';

/** What one may see, three times: as a list, as the point check on each row, and as what the database lets through. */
const days = { today: '2026-10-09', soon: '2026-10-12' };

let db: Db;
let plans: SeenPlan[];

beforeAll(async () => {
  db = await testDatabase({ role: 'tongban_app' });
  plans = await seenWorld(db);
});

/** What a statement that forgot to ask anything gives a reader. */
const all = async (actor: Doer, what: string, table: string): Promise<string[]> =>
  (await db.seenBy(sightFor(actor)).query<{ row: string }>(`select ${what} as row from ${table}`))
    .map(({ row }) => row)
    .sort();
type OfBranch = 'branch.list' | 'branch.claim' | 'branch.release' | 'branch.issue';
const branchesWhere = (actor: Actor, ok: (plan: SeenPlan) => boolean, ...actions: OfBranch[]) =>
  plans
    .filter(ok)
    .flatMap((plan) =>
      plan.branches
        .filter((branch) => actions.some((action) => can(actor, action, branchResource(plan, branch))))
        .map(({ item }) => `${plan.number} ${item}`),
    )
    .sort();

describe('what the database lets through', () => {
  const numbersOf = (rows: { number: string }[]) => rows.map(({ number }) => number).sort();

  it('is exactly what the point check allows, and what the lists show', async () => {
    const lists = openLists(db);
    await fc.assert(
      fc.asyncProperty(anyActor, async (actor) => {
        const may = (action: 'case.read' | 'case.search-by-name' | 'case.list-own' | 'queue.list') =>
          plans.filter((plan) => can(actor, action, caseResource({ plan }))).map(({ number }) => number);
        expect(await all(actor, 'number', 'cases.case')).toEqual(may('case.read').sort());
        expect(await all(actor, `number || ' ' || item`, 'cases.branch')).toEqual(
          branchesWhere(actor, () => true, 'branch.list'),
        );
        expect(numbersOf((await lists.search(actor, '陈')).rows)).toEqual(may('case.search-by-name').sort());
        expect(numbersOf((await lists.own(actor)).rows)).toEqual(may('case.list-own').sort());
        expect(numbersOf((await lists.queue(actor)).rows)).toEqual(may('queue.list').sort());
        const inbox = async (view: 'todo' | 'issue') =>
          (await lists.inbox(actor, view, days)).rows.map(({ number, item }) => `${number} ${item}`).sort();
        const open = branchesWhere(actor, (plan) => plan.open, 'branch.claim', 'branch.release');
        expect(await inbox('todo')).toEqual(open.slice(0, 50));
        const toIssue = branchesWhere(actor, (plan) => plan.toIssue, 'branch.issue');
        expect(await inbox('issue')).toEqual(toIssue.slice(0, 50));
      }),
      { numRuns: 60 },
    );
  });

  it('is for another system what its scopes reach, and no branch, draft or person beyond that', async () => {
    const reading = ['case.read', 'case.search', 'watch.read'] as const;
    await fc.assert(
      fc.asyncProperty(anyClient, async (client) => {
        const may = plans.filter((plan) => reading.some((action) => can(client, action, caseResource({ plan }))));
        expect(await all(client, 'number', 'cases.case')).toEqual(numbersOf(may));
        expect(await all(client, 'number', 'cases.branch')).toEqual([]);
        expect(await all(client, 'id', 'cases.draft')).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('is the trail, its alarms and holds for who keeps them, and an organisation for its representative', async () => {
    const house = { kind: 'house' } as const;
    await fc.assert(
      fc.asyncProperty(anyActor, async (actor) => {
        const region = actor.kind === 'guest' ? '' : actor.region;
        const ofCounty = (action: 'trail.read' | 'hold.manage') => (can(actor, action, house) ? [region] : []);
        for (const table of ['ledger.trail', 'ledger.alarm', 'ledger.alarm_note'])
          expect(await all(actor, 'region', table), table).toEqual(ofCounty('trail.read'));
        expect(await all(actor, 'region', 'cases.legal_hold')).toEqual(ofCounty('hold.manage'));
        const led = ['bakery', 'mill'].filter((id) =>
          can(actor, 'organisation.powers', { kind: 'organisation', region, id }),
        );
        for (const table of ['identity.organisation_power', 'identity.organisation_act'])
          expect(await all(actor, `organisation || region`, table), table).toEqual(led.map((id) => id + region));
      }),
      { numRuns: 60 },
    );
  });

  it('is nothing at all for a machine people use, whatever the statement', async () => {
    const tables = ['cases.case', 'cases.branch', 'cases.event', 'cases.dossier', 'cases.sealed', 'cases.draft'];
    await fc.assert(
      fc.asyncProperty(anyDevice, async (device) => {
        for (const table of [...tables, 'cases.file', 'identity.person', 'rights.request', 'rating.rating'])
          expect(await all(device, 'region', table), table).toEqual([]);
      }),
      { numRuns: 4 },
    );
  });

  it('goes with the case for all that belongs to it, and with its owner for a draft', async () => {
    await fc.assert(
      fc.asyncProperty(anyActor, async (actor) => {
        const seen = plans.filter((plan) => can(actor, 'case.read', caseResource({ plan })));
        const numbers = numbersOf(seen);
        for (const table of ['cases.event', 'cases.dossier', 'cases.sealed', 'rating.invitation', 'rating.rating']) {
          expect(await all(actor, 'number', table), table).toEqual(numbers);
        }
        const own = plans.filter((plan) =>
          can(actor, 'draft.read', {
            ...{ kind: 'draft', region: plan.region, owner: plan.applicant.id },
            subject: formOf(plan),
          }),
        );
        expect(await all(actor, 'id', 'cases.draft')).toEqual(
          own.map((plan) => `${plan.region}-${plan.number}`).sort(),
        );
        const files = new Set([...numbers, ...numbersOf(own)].map((number) => `file-${number}`));
        expect(await all(actor, 'id', 'cases.file')).toEqual([...files].sort());
        // Who acts for an organisation sees nothing of their own meanwhile; an organisation is no person.
        const self = actor.kind === 'person' && !actor.for ? [actor.id] : [];
        const known = new Set(
          [...self, ...seen.map(({ applicant }) => applicant.id)].filter((id) => people.includes(id)),
        );
        expect(await all(actor, 'id', 'identity.person')).toEqual([...known].sort());
      }),
      { numRuns: 40 },
    );
  });

  it('is what every clause says, also when it has several fields', async () => {
    const seen = async (rows: object) =>
      (
        await db
          .seenBy(JSON.stringify({ cases: rows, branches: rows }))
          .query<{ row: string }>(
            `select 'c' || number as row from cases.case union all select number || ' ' || item from cases.branch`,
          )
          .then((found) => found.map(({ row }) => row))
      ).sort();
    const expected = (ok: (plan: CasePlan) => boolean, branch: (plan: CasePlan, one: PlannedBranch) => boolean) =>
      [
        ...plans.filter((plan) => plan.region === '360121' && ok(plan)).map(({ number }) => `c${number}`),
        ...plans.flatMap((plan) =>
          plan.region === '360121'
            ? plan.branches.filter((one) => branch(plan, one)).map(({ item }) => `${plan.number} ${item}`)
            : [],
        ),
      ].sort();
    const region = '360121';
    const health = ({ agency, item }: PlannedBranch) => agency === '360121-health' && item === 'birth';
    expect(await seen({ region, parts: ['360121-health#birth'] })).toEqual(
      expected(
        (plan) => plan.branches.some(health),
        (_, one) => health(one),
      ),
    );
    const rest = [{ part: '#card', division: '360121100%' }];
    expect(await seen({ region, rest })).toEqual(
      expected(
        ({ division, branches }) => division.startsWith('360121100') && branches.some(({ item }) => item === 'card'),
        (_, { division, item }) => division.startsWith('360121100') && item === 'card',
      ),
    );
    const [one] = plans.filter((plan) => plan.region === region);
    expect(await seen({ region, numbers: [one?.number] })).toEqual(
      expected(
        ({ number }) => number === one?.number,
        ({ number }) => number === one?.number,
      ),
    );
  });
});
