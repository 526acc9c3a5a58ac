import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyBranch, anyCase, anyDoer, anyDraft, inScope } from '../../test/support/actors.ts';
import { actions, can, type ListAction } from './policy.ts';
import { scopeOf, sightOf } from './scope.ts';

describe('lists agree with acts, whatever powers somebody holds', () => {
  const overCases = fc.constantFrom<ListAction>(
    'case.read',
    'case.search',
    'case.search-by-name',
    'case.list-own',
    'queue.list',
    'watch.read',
  );
  test('a case is in the list exactly when it may be read', () => {
    fc.assert(
      fc.property(anyDoer, overCases, anyCase, (actor, action, thing) => {
        expect(inScope(scopeOf(actor, action), thing)).toBe(can(actor, action, thing));
      }),
      { numRuns: 3000 },
    );
  });

  test('a branch is in the inbox exactly when it may be listed', () => {
    fc.assert(
      fc.property(anyDoer, anyBranch, (actor, thing) => {
        const row = { ...thing, parts: [thing] };
        expect(inScope(scopeOf(actor, 'branch.list'), row)).toBe(can(actor, 'branch.list', thing));
      }),
      { numRuns: 2000 },
    );
  });

  test('a draft is in the list exactly when it may be read', () => {
    fc.assert(
      fc.property(anyDoer, anyDraft, (actor, thing) => {
        const row = { region: thing.region, applicant: thing.owner };
        expect(inScope(scopeOf(actor, 'draft.read'), row)).toBe(can(actor, 'draft.read', thing));
      }),
    );
  });

  test('what the database lets through is every case and branch that somebody may do anything with', () => {
    fc.assert(
      fc.property(anyDoer, anyCase, anyBranch, (actor, thing, branch) => {
        expect(inScope(sightOf(actor), thing)).toBe(actions.some((action) => can(actor, action, thing)));
        const row = { ...branch, parts: [branch] };
        if (actions.some((action) => can(actor, action, branch))) expect(inScope(sightOf(actor), row)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('nobody reaches over the border of their county, and visitors nothing at all', () => {
    fc.assert(
      fc.property(
        anyDoer,
        fc.constantFrom(...actions),
        fc.oneof(anyCase, anyBranch, anyDraft),
        (actor, action, thing) => {
          if (can(actor, action, thing)) expect(actor.kind !== 'guest' && actor.region).toBe(thing.region);
        },
      ),
    );
  });

  test('a power taken away takes nothing that another gives, and gives nothing itself', () => {
    fc.assert(
      fc.property(anyDoer, fc.constantFrom(...actions), fc.oneof(anyCase, anyBranch), (actor, action, thing) => {
        if (actor.kind !== 'staff') return;
        const one = actor.powers.map((power) => can({ ...actor, powers: [power] }, action, thing));
        expect(can(actor, action, thing)).toBe(one.includes(true));
      }),
      { numRuns: 2000 },
    );
  });
});
