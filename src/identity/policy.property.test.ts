import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor, Role } from './actor.ts';
import { actions, can, type ListAction, type Scope, scopeOf, sightOf } from './policy.ts';

const county = '360121000000';
const liantang = '360121100000';
const xiangtang = '360121101000';
const centre = '360121100000-township-centre';
const guest: Actor = { kind: 'guest' };

// Few values, so that actors and resources meet often.
const regions = fc.constantFrom('360121', '360123');
const divisions = fc.constantFrom(
  '360000000000',
  '360100000000',
  county,
  liantang,
  xiangtang,
  '360121100003',
  '360123000000',
  '360123100000',
);
const agencies = fc.constantFrom('360121-health', '360121-tax', centre, '360123-health');
const people = fc.constantFrom('father', 'mother', 'x');
const anyStaff: fc.Arbitrary<Actor> = fc.record({
  kind: fc.constant('staff' as const),
  id: people,
  region: regions,
  name: fc.constant(''),
  division: divisions,
  agency: agencies,
  agencyName: fc.constant({ zh: '', en: '' }),
  roles: fc.uniqueArray(fc.constantFrom<Role>('clerk', 'approver', 'lead', 'supervisor', 'admin')),
});
const anyPerson: fc.Arbitrary<Actor> = fc.record({
  kind: fc.constant('person' as const),
  id: people,
  region: regions,
  name: fc.constant(''),
});
const anyActor = fc.oneof(fc.constant(guest), anyPerson, anyStaff);
const anyCase = fc.record({
  kind: fc.constant('case' as const),
  region: regions,
  division: divisions,
  applicant: people,
  agencies: fc.uniqueArray(agencies, { maxLength: 3 }),
});
const anyBranch = fc.record({
  kind: fc.constant('branch' as const),
  region: regions,
  division: divisions,
  agency: agencies,
});
const anyDraft = fc.record({ kind: fc.constant('draft' as const), region: regions, owner: people });

type Row = { region: string; division?: string; agencies?: string[]; applicant?: string };

/** Membership the way a list's SQL reads a scope. */
function inScope(scopes: Scope[], row: Row): boolean {
  return scopes.some(
    (scope) =>
      scope.region === row.region &&
      (scope.divisionPrefix === undefined || !!row.division?.startsWith(scope.divisionPrefix)) &&
      (scope.agency === undefined || !!row.agencies?.includes(scope.agency)) &&
      (scope.applicant === undefined || row.applicant === scope.applicant),
  );
}

describe('lists agree with acts', () => {
  const overCases = fc.constantFrom<ListAction>(
    'case.read',
    'case.search',
    'case.list-own',
    'queue.list',
    'watch.read',
  );
  test('a case is in the list exactly when it may be read', () => {
    fc.assert(
      fc.property(anyActor, overCases, anyCase, (actor, action, thing) => {
        expect(inScope(scopeOf(actor, action), thing)).toBe(can(actor, action, thing));
      }),
      { numRuns: 2000 },
    );
  });

  test('a branch is in the inbox exactly when it may be listed', () => {
    fc.assert(
      fc.property(anyActor, anyBranch, (actor, thing) => {
        const row = { ...thing, agencies: [thing.agency] };
        expect(inScope(scopeOf(actor, 'branch.list'), row)).toBe(can(actor, 'branch.list', thing));
      }),
      { numRuns: 1000 },
    );
  });

  test('a draft is in the list exactly when it may be read', () => {
    fc.assert(
      fc.property(anyActor, anyDraft, (actor, thing) => {
        const row = { region: thing.region, applicant: thing.owner };
        expect(inScope(scopeOf(actor, 'draft.read'), row)).toBe(can(actor, 'draft.read', thing));
      }),
    );
  });

  test('what the database lets through is every case and branch that some list may show', () => {
    fc.assert(
      fc.property(anyActor, anyCase, anyBranch, (actor, thing, branch) => {
        expect(inScope(sightOf(actor), thing)).toBe(actions.some((action) => can(actor, action, thing)));
        const row = { ...branch, agencies: [branch.agency] };
        if (can(actor, 'branch.list', branch)) expect(inScope(sightOf(actor), row)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('nobody reaches over the border of their county, and visitors nothing at all', () => {
    fc.assert(
      fc.property(
        anyActor,
        fc.constantFrom(...actions),
        fc.oneof(anyCase, anyBranch, anyDraft),
        (actor, action, thing) => {
          if (can(actor, action, thing)) expect(actor.kind !== 'guest' && actor.region).toBe(thing.region);
        },
      ),
    );
  });
});
