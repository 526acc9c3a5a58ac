import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyBranch, anyCase, anyDevice, anyDoer, anyDraft, inScope } from '../../test/support/actors.ts';
import { actions, can, type ListAction } from './policy.ts';
import { scopeOf, sightOf } from './scope.ts';
import { sightFor } from './sight.ts';

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

  test('a branch is in the inbox exactly when it may be listed, and in a view of it when what the view is for may be done', () => {
    const views: ListAction[][] = [
      ['branch.list'],
      ['branch.claim'],
      ['branch.issue'],
      ['branch.claim', 'branch.release'],
    ];
    fc.assert(
      fc.property(anyDoer, fc.constantFrom(...views), anyBranch, (actor, view, thing) => {
        const row = { ...thing, parts: [thing] };
        expect(inScope(scopeOf(actor, ...view), row)).toBe(view.some((action) => can(actor, action, thing)));
      }),
      { numRuns: 4000 },
    );
  });

  test('a draft is in the list exactly when it may be read', () => {
    fc.assert(
      fc.property(anyDoer, anyDraft, (actor, thing) => {
        const { region, owner, subject } = thing;
        const parts = subject?.kind === 'item' ? [{ agency: '', item: subject.id }] : [];
        const listed = inScope(scopeOf(actor, 'draft.read'), { region, applicant: owner, parts });
        expect(listed).toBe(can(actor, 'draft.read', thing));
      }),
      { numRuns: 2000 },
    );
  });

  test('a request is in the list exactly when it may be listed', () => {
    fc.assert(
      fc.property(anyDoer, anyDraft, anyCase, (actor, { region, owner }, { division }) => {
        const listed = inScope(scopeOf(actor, 'request.list'), { region, applicant: owner, division });
        expect(listed).toBe(can(actor, 'request.list', { kind: 'request', region, division, owner }));
      }),
      { numRuns: 2000 },
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

  test('a machine people use may do nothing by itself, and sees nothing', () => {
    fc.assert(
      fc.property(
        anyDevice,
        fc.constantFrom(...actions),
        fc.oneof(anyCase, anyBranch, anyDraft, fc.constant({ kind: 'house' as const })),
        (device, action, thing) => {
          expect(can(device, action, thing)).toBe(false);
          expect([...scopeOf(device, 'case.read'), ...scopeOf(device, 'draft.read'), ...sightOf(device)]).toEqual([]);
          expect(JSON.parse(sightFor(device))).toEqual({});
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
