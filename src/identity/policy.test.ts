import { describe, expect, test } from 'vitest';
import { type Actor, type StaffActor, staffActor } from './actor.ts';
import { type Action, actsFor, assertCan, can, type Resource } from './policy.ts';
import { type Power, powersOf, type Role, validAt } from './power.ts';
import { scopeOf } from './scope.ts';

const region = '360121';
const county = '360121000000';
const liantang = '360121100000';
const xiangtang = '360121101000';
const centre = '360121100000-township-centre';

const guest: Actor = { kind: 'guest' };
const father: Actor = { kind: 'person', id: 'father', region, name: '陈志远' };
const mother: Actor = { ...father, id: 'mother' };
const staff = (role: Role, { roles = [role], ...more }: Partial<StaffActor> = {}): StaffActor => {
  const place = { division: county, agency: '360121-health', ...more };
  const who = { id: role, region, name: role, agencyName: { zh: '', en: '' }, ...place };
  return staffActor(who, powersOf(roles, place));
};
const clerk = staff('clerk', { division: liantang, agency: centre });
const clerkElsewhere = staff('clerk', { division: xiangtang, agency: '360121101000-township-centre' });
const clerkOfAnotherCounty = staff('clerk', { region: '360123', division: '360123100000' });
const approver = staff('approver');
const police = staff('approver', { id: 'police', agency: '360121-public-security' });
const lead = staff('lead');
const supervisor = staff('supervisor', { agency: '360121-government-services' });
const admin = staff('system-admin');

const newborn: Resource = {
  kind: 'case',
  region,
  division: liantang,
  applicant: 'father',
  parts: [
    { agency: '360121-health', item: 'birth' },
    { agency: '360121-tax', item: 'payment' },
  ],
};
const onTheSpot: Resource = { ...newborn, parts: [{ agency: centre, item: 'work' }] };
const branch: Resource = { kind: 'branch', region, division: liantang, agency: '360121-health', item: 'birth' };

describe('who may read a case', () => {
  test.each([
    ['a visitor', guest, false],
    ['the applicant', father, true],
    ['another person', mother, false],
    ['the clerk of its township', clerk, true],
    ['the clerk of the next township', clerkElsewhere, false],
    ['a clerk of another county', clerkOfAnotherCounty, false],
    ['an approver with a branch in it', approver, true],
    ['an approver without one', police, false],
    ['the lead of an agency in it', lead, true],
    ['the supervisor of the county', supervisor, true],
    ['an administrator', admin, false],
  ])('%s: %#', (_who, actor, expected) => {
    expect(can(actor, 'case.read', newborn)).toBe(expected);
  });

  test('a namesake id of another county is another person', () => {
    expect(can({ ...father, region: '360123' }, 'case.read', newborn)).toBe(false);
  });
});

describe('who may act', () => {
  const rows: [string, Actor, Action, Resource, boolean][] = [
    ['a person writes their own draft', father, 'draft.write', { kind: 'draft', region, owner: 'father' }, true],
    ['a person leaves another draft alone', mother, 'draft.write', { kind: 'draft', region, owner: 'father' }, false],
    ['a clerk does not read drafts', clerk, 'draft.read', { kind: 'draft', region, owner: 'father' }, false],
    ['the clerk accepts', clerk, 'case.accept', newborn, true],
    ['the clerk next door does not', clerkElsewhere, 'case.accept', newborn, false],
    ['an approver does not accept', approver, 'case.accept', newborn, false],
    ['a supervisor does not accept', supervisor, 'case.accept', newborn, false],
    ['the clerk enters a case at the counter', clerk, 'case.enter', { kind: 'queue', division: liantang }, true],
    ['the clerk resubmits for somebody at the counter', clerk, 'case.resubmit', newborn, true],
    ['only the applicant withdraws', clerk, 'case.withdraw', newborn, false],
    ['only the applicant rates', clerk, 'case.rate', newborn, false],
    ['the applicant rates', father, 'case.rate', newborn, true],
    ['a clerk does not decide a branch', clerk, 'branch.decide', { ...branch, agency: centre }, false],
    ['a clerk decides on the spot what is the centre’s own', clerk, 'case.decide-on-the-spot', onTheSpot, true],
    ['and nothing of other agencies', clerk, 'case.decide-on-the-spot', newborn, false],
    [
      'a case without branches is nobody’s to decide',
      clerk,
      'case.decide-on-the-spot',
      { ...newborn, parts: [] },
      false,
    ],
    ['an approver claims', approver, 'branch.claim', branch, true],
    ['even what is claimed, to be told by whom', approver, 'branch.claim', { ...branch, claimedBy: 'other' }, true],
    ['an approver decides what is theirs', approver, 'branch.decide', { ...branch, claimedBy: 'approver' }, true],
    ['not what a colleague holds', approver, 'branch.decide', { ...branch, claimedBy: 'other' }, false],
    ['not what another agency has', police, 'branch.decide', branch, false],
    ['a lead takes a task back from a colleague', lead, 'branch.release', { ...branch, claimedBy: 'other' }, true],
    ['a lead does not decide', lead, 'branch.decide', branch, false],
    ['a supervisor watches the county', supervisor, 'watch.read', { kind: 'watch', division: county }, true],
    ['not another county', supervisor, 'watch.read', { kind: 'watch', division: '360123000000' }, false],
    ['not the whole city', supervisor, 'watch.read', { kind: 'watch', division: '360100000000' }, false],
    [
      'a lead watches the own agency',
      lead,
      'watch.read',
      { kind: 'watch', division: county, agency: '360121-health' },
      true,
    ],
    ['not the county as a whole', lead, 'watch.read', { kind: 'watch', division: county }, false],
    ['an administrator looks after the catalogue', admin, 'import.items', { kind: 'house' }, true],
    ['a supervisor does not', supervisor, 'import.items', { kind: 'house' }, false],
  ];
  test.each(rows)('%s', (_what, actor, action, thing, expected) => {
    expect(can(actor, action, thing)).toBe(expected);
  });

  test('several roles add up', () => {
    const both = staff('clerk', { division: liantang, agency: centre, roles: ['clerk', 'approver'] });
    expect(can(both, 'case.accept', newborn)).toBe(true);
    expect(can(both, 'branch.decide', { ...branch, agency: centre })).toBe(true);
  });
});

test('a visitor is asked to sign in, anybody else is told it is not theirs', () => {
  expect(() => assertCan(guest, 'case.read', newborn)).toThrow('sign-in-required');
  expect(() => assertCan(mother, 'case.read', newborn)).toThrow('not-allowed');
  expect(() => assertCan(father, 'case.read', newborn)).not.toThrow();
});

describe('a power is held over one place, one agency, perhaps one item', () => {
  const held = (...powers: Partial<Power>[]): StaffActor =>
    staffActor(
      { id: 'x', region, name: 'x', division: county, agency: '360121-health', agencyName: { zh: '', en: '' } },
      powers.map((power) => ({ id: 'p', role: 'clerk', division: liantang, agency: centre, ...power })),
    );

  test('what is held for one township gives nothing in the next', () => {
    const both = held({}, { role: 'approver', division: xiangtang, agency: '360121-health' });
    expect(can(both, 'case.accept', newborn)).toBe(true);
    expect(can(both, 'case.accept', { ...newborn, division: xiangtang })).toBe(false);
    expect(can(both, 'branch.decide', branch)).toBe(false);
    expect(can(both, 'branch.decide', { ...branch, division: xiangtang })).toBe(true);
  });
  test('it reaches down the tree', () => {
    const village: Resource = { ...newborn, division: '360121100003' };
    expect(can(held({}), 'case.read', village)).toBe(true);
    expect(can(held({ division: '360121100003' }), 'case.read', village)).toBe(true);
    expect(can(held({ division: '360121100003' }), 'case.read', newborn)).toBe(false);
  });
  test('an approver of one item decides that item and lists no other', () => {
    const ofBirths = held({ role: 'approver', division: county, agency: '360121-health', item: 'birth' });
    expect(can(ofBirths, 'branch.decide', branch)).toBe(true);
    expect(can(ofBirths, 'branch.decide', { ...branch, item: 'card' })).toBe(false);
    expect(scopeOf(ofBirths, 'branch.list')).toEqual([{ region, agency: '360121-health', item: 'birth' }]);
  });
  test('access in an emergency opens one case, to be read and nothing else', () => {
    const opened = held({ role: 'break-glass', number: 'n-1' });
    const theCase: Resource = { ...newborn, number: 'n-1' };
    expect(can(opened, 'case.read', theCase)).toBe(true);
    expect(can(opened, 'case.read', { ...theCase, number: 'n-2' })).toBe(false);
    expect(can(opened, 'case.accept', theCase)).toBe(false);
    expect(scopeOf(opened, 'case.search')).toEqual([]);
  });
  test('it begins and ends', () => {
    const power = { id: 'p', role: 'clerk', division: county, agency: centre } as const;
    const limited = { ...power, from: '2026-10-01T00:00:00+08:00', until: '2026-10-09T00:00:00+08:00' };
    expect(validAt([limited], new Date('2026-09-30T15:59:59Z'))).toEqual([]);
    expect(validAt([limited], new Date('2026-09-30T16:00:00Z'))).toEqual([limited]);
    expect(validAt([limited], new Date('2026-10-08T16:00:00Z'))).toEqual([]);
    expect(validAt([power], new Date(0))).toEqual([power]);
  });
  test('who acts with what a colleague lent acts for the colleague, unless it is theirs anyway', () => {
    const lentBy = { id: 'lead', name: '谢国平' };
    const lent = { role: 'approver', division: county, agency: '360121-health', lentBy } as const;
    expect(actsFor(held(lent), 'branch.decide', branch)).toEqual([lentBy]);
    expect(actsFor(held(lent, { ...lent, lentBy: undefined }), 'branch.decide', branch)).toEqual([]);
    expect(actsFor(held({}), 'branch.decide', branch)).toEqual([]);
  });
});

test('none of the three administrations does what another does, and none sees a case', () => {
  const three = (['system-admin', 'security-admin', 'audit-admin'] as const).map((role) => staff(role));
  const may = (action: Action) => three.map((one) => can(one, action, { kind: 'house' }));
  expect(may('import.items')).toEqual([true, false, false]);
  expect(may('power.grant')).toEqual([false, true, false]);
  expect(may('device.enrol')).toEqual([false, true, false]);
  expect(may('trail.read')).toEqual([false, false, true]);
  for (const one of three) expect(can(one, 'case.read', newborn)).toBe(false);
});

describe('who acts for an organisation', () => {
  const bakery = { id: 'bakery', name: '小陈食品', creditCode: '91360121MA35K2X00U', representative: false };
  const agent: Actor = { ...father, for: { ...bakery, items: ['public-place-hygiene'] } };
  const anyAgent: Actor = { ...father, for: { ...bakery, items: null } };
  const chief: Actor = { ...father, for: { ...bakery, representative: true, items: null } };
  const draft = (owner: string, id?: string): Resource => ({
    ...{ kind: 'draft', region, owner },
    ...(id && { subject: { kind: 'item', id } }),
  });
  const theirs = (item: string): Resource => ({
    ...{ kind: 'case', region, division: liantang, applicant: 'bakery' },
    parts: [{ agency: '360121-health', item }],
  });

  test.each<[string, Actor, Action, Resource, boolean]>([
    ['writes its forms', anyAgent, 'draft.write', draft('bakery', 'other'), true],
    ['leaves their own alone meanwhile', anyAgent, 'draft.write', draft('father', 'other'), false],
    ['reads its cases', anyAgent, 'case.read', theirs('other'), true],
    ['does not read their own case meanwhile', anyAgent, 'case.read', newborn, false],
    ['for one item writes forms of that item', agent, 'draft.write', draft('bakery', 'public-place-hygiene'), true],
    ['and of no other', agent, 'draft.write', draft('bakery', 'other'), false],
    ['nor where it is not known for which', agent, 'file.read', draft('bakery'), false],
    ['and reads cases of that item', agent, 'case.read', theirs('public-place-hygiene'), true],
    ['and no others', agent, 'case.read', theirs('other'), false],
    [
      'as an agent does not give powers',
      anyAgent,
      'organisation.powers',
      { kind: 'organisation', region, id: 'bakery' },
      false,
    ],
    ['as its representative does', chief, 'organisation.powers', { kind: 'organisation', region, id: 'bakery' }, true],
    ['of no other organisation', chief, 'organisation.powers', { kind: 'organisation', region, id: 'mill' }, false],
    ['who has stopped does not read its cases', father, 'case.read', theirs('other'), false],
  ])('%s', (_what, actor, action, thing, expected) => {
    expect(can(actor, action, thing)).toBe(expected);
  });

  test('lists what they may read and no more', () => {
    expect(scopeOf(anyAgent, 'case.list-own')).toEqual([{ region, applicant: 'bakery' }]);
    expect(scopeOf(agent, 'case.list-own')).toEqual([{ region, applicant: 'bakery', item: 'public-place-hygiene' }]);
  });
});
