import { describe, expect, test } from 'vitest';
import { type Actor, staffActor } from './actor.ts';
import { type Action, can, type Resource } from './policy.ts';
import { powersOf, type Role, rolesToLend } from './power.ts';
import { scopeOf } from './scope.ts';

const region = '360121';
const county = '360121000000';
const agency = '360121-administrative-approval';
const who = { id: 'xi', region, name: '晨曦', division: county, agency, agencyName: { zh: '', en: '' } };
const holding = (...roles: Role[]): Actor => staffActor(who, powersOf(roles, { division: county, agency }));
const licence: Resource = { kind: 'branch', region, division: county, agency, item: 'public-place-hygiene' };
const card: Resource = { ...licence, agency: '360121-human-resources' };

describe('who issues', () => {
  test.each<[string, Role, Action, Resource, boolean]>([
    ['issues what their agency granted', 'issuer', 'branch.issue', licence, true],
    ['and nothing of another one', 'issuer', 'branch.issue', card, false],
    ['nor in another county', 'issuer', 'branch.issue', { ...licence, region: '360123' }, false],
    ['sees what waits', 'issuer', 'branch.list', licence, true],
    ['does not decide', 'issuer', 'branch.decide', licence, false],
    ['nor claim', 'issuer', 'branch.claim', licence, false],
    ['is not who decides', 'approver', 'branch.issue', licence, false],
    ['nor who leads', 'lead', 'branch.issue', licence, false],
  ])('%s', (_what, role, action, thing, expected) => {
    expect(can(holding(role), action, thing)).toBe(expected);
  });

  test('for one item only lists and issues that item, beside whatever else they decide', () => {
    const place = { division: county, agency };
    const issuing = { ...place, id: 'i', role: 'issuer' as const, item: 'public-place-hygiene' };
    const deciding = { ...place, id: 'd', role: 'approver' as const, item: 'food-business' };
    const both = staffActor(who, [issuing, deciding]);
    const food: Resource = { ...licence, item: 'food-business' };
    expect([can(both, 'branch.issue', licence), can(both, 'branch.issue', food)]).toEqual([true, false]);
    expect([can(both, 'branch.claim', licence), can(both, 'branch.claim', food)]).toEqual([false, true]);
    expect(scopeOf(both, 'branch.issue')).toEqual([{ region, agency, item: 'public-place-hygiene' }]);
    expect(scopeOf(both, 'branch.claim', 'branch.release')).toEqual([{ region, agency, item: 'food-business' }]);
  });

  test('lists what may be issued and no more, and lends that power to nobody', () => {
    expect(scopeOf(holding('issuer'), 'branch.issue')).toEqual([{ region, agency }]);
    expect(scopeOf(holding('approver'), 'branch.issue')).toEqual([]);
    const roles: readonly Role[] = rolesToLend;
    expect(roles).not.toContain('issuer');
  });
});
