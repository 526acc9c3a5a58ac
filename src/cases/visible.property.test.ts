import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { powersOf, type Role, type StaffActor, staffActor } from '../identity/door.ts';
import type { BranchState, CasePlan, PlannedBranch } from './case.ts';
import { sightOf } from './visible.ts';

const region = '360121';
const agencies = ['health', 'police', 'tax', 'insurance'];
const name = { zh: '名', en: 'name' };
const elements = ['a', 'b', 'c', 'd', 'e', 'f'];
const paper = (element: string) => `paper_${element}`;

const branchOf = (at: number, agency: string, asked: string[]): PlannedBranch => ({
  item: `item-${at}`,
  itemVersion: 1,
  name,
  agency,
  agencyName: name,
  division: '360121000000',
  dependsOn: at > 0 ? [`item-${at - 1}`] : [],
  onTheSpot: false,
  promisedDays: 1,
  statutoryDays: 2,
  results: [],
  elements: asked,
  materials: asked.map(paper),
});
const plans = fc
  .array(fc.tuple(fc.constantFrom(...agencies), fc.subarray(elements)), { minLength: 1, maxLength: 6 })
  .map((branches): CasePlan => {
    const subject = { kind: 'bundle', id: 'newborn', version: 1, name } as const;
    const applicant = { id: 'father', name: '陈志远' };
    const place = { region, number: 'n', division: '360121100000', divisionName: '莲塘镇' };
    const planned = branches.map(([agency, asked], at) => branchOf(at, agency, asked));
    return { ...place, subject, applicant, channel: 'online', branches: planned, ...rest };
  });
const rest = { situation: {}, materialsAsked: 0, materialsSpared: 0 };
const statuses = fc.array(fc.constantFrom<BranchState['status']>('waiting', 'open', 'granted', 'refused', 'stopped'), {
  minLength: 6,
  maxLength: 6,
});
const caseOf = (plan: CasePlan, now: BranchState['status'][]) => {
  const branches = Object.fromEntries(
    plan.branches.map(({ item }, at) => [item, { status: now[at] ?? 'waiting' } as BranchState]),
  );
  const state = {
    status: 'accepted',
    version: 1,
    submittedAt: '',
    answerDue: '',
    timesReturned: 0,
    visits: 0,
  } as const;
  return { plan, state: { ...state, branches } };
};
const staff = (roles: Role[], agency: string, division = '360121000000'): StaffActor =>
  staffActor(
    { id: 's', region: division.slice(0, 6), name: 's', division, agency, agencyName: name },
    powersOf(roles, { division, agency }),
  );

describe('who reads what of a case', () => {
  test('an approver never reads an element or a paper that none of their agency’s branches asks for', () => {
    const who = fc.tuple(fc.constantFrom(...agencies, 'other'), fc.subarray<Role>(['approver', 'lead']));
    fc.assert(
      fc.property(plans, statuses, who, fc.boolean(), (plan, now, [agency, roles], told) => {
        const own = plan.branches.filter((branch) => roles.length > 0 && branch.agency === agency);
        const sight = sightOf(staff(roles, agency), caseOf(plan, now), told);
        const asked = new Set(own.flatMap((branch) => branch.elements));
        expect(new Set(elements.filter((id) => sight.answer(id) !== 'hidden'))).toEqual(asked);
        expect(new Set(elements.filter((id) => sight.material(paper(id))))).toEqual(new Set([...asked]));
      }),
    );
  });

  test('without a reason nobody of the staff reads in full what no open branch of theirs asks for', () => {
    const who = fc.tuple(
      fc.constantFrom(...agencies, 'other'),
      fc.subarray<Role>(['clerk', 'approver', 'lead', 'supervisor', 'system-admin']),
    );
    fc.assert(
      fc.property(plans, statuses, who, (plan, now, [agency, roles]) => {
        const sight = sightOf(staff(roles, agency), caseOf(plan, now));
        const working = plan.branches.filter(
          (branch, at) => roles.includes('approver') && branch.agency === agency && now[at] === 'open',
        );
        const needed = new Set(working.flatMap((branch) => branch.elements));
        expect(new Set(elements.filter((id) => sight.answer(id) === 'full'))).toEqual(needed);
      }),
    );
  });

  test('administrators and the staff of other places read nothing, with or without a reason', () => {
    const others = [
      staff(['system-admin', 'security-admin', 'audit-admin'], 'health'),
      staff(['clerk'], 'centre', '360121101000'),
      staff(['clerk', 'approver', 'lead', 'supervisor'], 'health', '360123000000'),
    ];
    fc.assert(
      fc.property(plans, statuses, fc.constantFrom(...others), fc.boolean(), (plan, now, actor, told) => {
        const sight = sightOf(actor, caseOf(plan, now), told);
        expect(elements.filter((id) => sight.answer(id) !== 'hidden' || sight.material(paper(id)))).toEqual([]);
        expect([sight.situation, sight.files, sight.mine]).toEqual([false, false, []]);
      }),
    );
  });
});
