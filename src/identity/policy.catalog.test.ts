import { describe, expect, test } from 'vitest';
import { type Actor, staffActor } from './actor.ts';
import { can, type Resource } from './policy.ts';
import { powersOf, type Role, rolesToLend } from './power.ts';

const region = '360121';
const county = '360121000000';

describe('who changes the catalogue', () => {
  const proposal = (by: string): Resource => ({ kind: 'proposal', region, by });
  const place = { division: county, agency: '360121-government-services' };
  const power = (role: Role, lentBy?: { id: string; name: string }) => ({ id: role, role, ...place, lentBy });
  const who = { id: 'wen', region, name: '文倩', ...place, agencyName: { zh: '', en: '' } };
  const publisher = staffActor(who, [power('catalog-publisher')]);
  const both = staffActor(who, [power('catalog-editor'), power('catalog-publisher')]);
  const lent = staffActor(who, [power('catalog-publisher', { id: 'jun', name: '俊' })]);

  test.each<[string, Actor, Resource, boolean]>([
    ['publishes what somebody else proposed', publisher, proposal('jun'), true],
    ['does not publish their own', both, proposal('wen'), false],
    ['nor in the name of who proposed it', lent, proposal('jun'), false],
    ['nor in another county', publisher, { kind: 'proposal', region: '360123', by: 'jun' }, false],
    ['and only edits without the power to publish', staffActor(who, [power('catalog-editor')]), proposal('jun'), false],
  ])('%s', (_what, actor, thing, expected) => {
    expect(can(actor, 'catalog.publish', thing)).toBe(expected);
  });

  test('lends neither power, and no administrator has one', () => {
    const roles: readonly Role[] = rolesToLend;
    expect(roles.filter((role) => role.startsWith('catalog-'))).toEqual([]);
    const three = (['system-admin', 'security-admin', 'audit-admin'] as const).map((role) =>
      staffActor(who, powersOf([role], place)),
    );
    for (const one of three) {
      expect(can(one, 'catalog.propose', { kind: 'house' })).toBe(false);
      expect(can(one, 'catalog.publish', proposal('jun'))).toBe(false);
    }
  });
});
