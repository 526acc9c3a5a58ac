import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { anyActor } from '../../test/support/actors.ts';
import { testDatabase } from '../../test/support/testdb.ts';
import { can, type ListAction, scopeOf } from '../identity/door.ts';
import type { Db } from '../platform/door.ts';
import { branchResource, caseResource } from './act.ts';
import type { CasePlan } from './case.ts';
import { submit } from './decide.ts';
import { fold } from './evolve.ts';
import { branchOf, calendar, father, planOf } from './scenario.ts';
import { insertCase } from './store.ts';
import { within } from './within.ts';

let db: Db;
const plans: CasePlan[] = [];
const parts = [
  [['birth', '360121-health']],
  [
    ['birth', '360121-health'],
    ['payment', '360121-tax'],
  ],
  [
    ['card', '360121-tax'],
    ['birth', '360121100000-township-centre'],
  ],
] as const;

beforeAll(async () => {
  db = await testDatabase();
  let serial = 0;
  for (const division of ['360121100000', '360121101000', '360121100003'])
    for (const branches of parts)
      for (const applicant of ['father', 'x']) {
        const number = serial < 2 ? `case-${serial + 1}` : `n-${serial}`;
        const made = branches.map(([item, agency]) => ({ ...branchOf(item), agency, division }));
        const plan = { ...planOf(made), division, number, applicant: { id: applicant, name: applicant } };
        plans.push(plan);
        const event = submit(plan, {}, [], { at: '2026-10-09T02:00:00.000Z', by: father, calendar });
        const dossier = { answers: {}, materials: [] };
        const ids = { draft: `draft-${serial}`, commandId: `c-${serial}` };
        await insertCase(db, { theCase: fold([event]), event, dossier, ...ids, cards: [] });
        serial++;
      }
});

test('the database lists a case exactly when the policy lets it be read, whatever powers somebody holds', async () => {
  const overCases = fc.constantFrom<ListAction>('case.read', 'case.search', 'case.list-own', 'queue.list');
  await fc.assert(
    fc.asyncProperty(anyActor, overCases, async (actor, action) => {
      const { sql, values } = within(scopeOf(actor, action), 'case', 2);
      const region = actor.kind === 'guest' ? '' : actor.region;
      const rows = await db.query<{ number: string }>(
        `select number from cases.case c where region = $1 and ${sql} order by number`,
        [region, ...values],
      );
      const may = plans.filter((plan) => can(actor, action, caseResource({ plan }))).map(({ number }) => number);
      expect(rows.map(({ number }) => number)).toEqual(may.toSorted());
    }),
    { numRuns: 300 },
  );
});

test('and a branch exactly when it may be listed', async () => {
  await fc.assert(
    fc.asyncProperty(anyActor, async (actor) => {
      const { sql, values } = within(scopeOf(actor, 'branch.list'), 'branch', 2);
      const region = actor.kind === 'guest' ? '' : actor.region;
      const rows = await db.query<{ id: string }>(
        `select number || ' ' || item as id from cases.branch b where region = $1 and ${sql}`,
        [region, ...values],
      );
      const may = plans.flatMap((plan) =>
        plan.branches
          .filter((branch) => can(actor, 'branch.list', branchResource(plan, branch)))
          .map(({ item }) => `${plan.number} ${item}`),
      );
      expect(rows.map(({ id }) => id).toSorted()).toEqual(may.toSorted());
    }),
    { numRuns: 300 },
  );
});
