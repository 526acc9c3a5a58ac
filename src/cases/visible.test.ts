import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PersonActor, powersOf, type Role, type StaffActor, staffActor } from '../identity/door.ts';
import type { CaseMaterial, CasePlan, PlannedBranch } from './case.ts';
import { readable, readableMaterials, readsAll, readsResults } from './visible.ts';

const region = '360121';
const township = '360121100000';
const agencies = ['health', 'police', 'tax', 'insurance'];
const name = { zh: '名', en: 'name' };

const branchOf = (at: number, agency: string, elements: string[]): PlannedBranch => ({
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
  elements,
  materials: elements.map((element) => `paper_${element}`),
});

const planOf = (branches: PlannedBranch[]): CasePlan => ({
  region,
  number: 'n',
  division: township,
  divisionName: '莲塘镇',
  subject: { kind: 'bundle', id: 'newborn', version: 1, name },
  applicant: { id: 'father', name: '陈志远' },
  channel: 'online',
  branches,
  situation: {},
  materialsAsked: 0,
  materialsSpared: 0,
});

const elements = ['a', 'b', 'c', 'd', 'e', 'f'];
const answers = Object.fromEntries(elements.map((id) => [id, `answer ${id}`]));
const materials = elements.map((id): CaseMaterial => ({ material: `paper_${id}`, name, state: 'paper' }));
const plans = fc
  .array(fc.tuple(fc.constantFrom(...agencies), fc.subarray(elements)), { minLength: 1, maxLength: 6 })
  .map((branches) => planOf(branches.map(([agency, asked], at) => branchOf(at, agency, asked))));

const person = (id: string, county = region): PersonActor => ({ kind: 'person', id, region: county, name: id });
const staff = (roles: Role[], agency: string, division = '360121000000'): StaffActor =>
  staffActor(
    { id: 's', region: division.slice(0, 6), name: 's', division, agency, agencyName: name },
    powersOf(roles, { division, agency }),
  );

describe('who reads what of a case', () => {
  test('an approver never reads an element that none of their agency’s branches asks for', () => {
    const staffs = fc.tuple(
      fc.constantFrom(...agencies, 'other'),
      fc.subarray<Role>(['approver', 'lead', 'supervisor']),
    );
    fc.assert(
      fc.property(plans, staffs, (plan, [agency, roles]) => {
        const own = plan.branches.filter((branch) => branch.agency === agency);
        const actor = staff(roles, agency);
        const decides = roles.includes('approver') || roles.includes('lead');
        const read = Object.keys(readable(actor, { plan, answers }));
        expect(new Set(read)).toEqual(new Set(decides ? own.flatMap((branch) => branch.elements) : []));
        const papers = readableMaterials(actor, { plan, materials }).map(({ material }) => material);
        expect(new Set(papers)).toEqual(new Set(decides ? own.flatMap((branch) => branch.materials) : []));
      }),
    );
  });

  test('the applicant and the counter read everything', () => {
    const plan = planOf([branchOf(0, 'health', ['a'])]);
    for (const actor of [person('father'), staff(['clerk'], 'centre', township)]) {
      expect(readable(actor, { plan, answers })).toEqual(answers);
      expect(readableMaterials(actor, { plan, materials })).toEqual(materials);
      expect(readsAll(actor, plan)).toBe(true);
    }
  });

  test('nobody else reads anything', () => {
    const plan = planOf([branchOf(0, 'health', ['a'])]);
    const others = [
      { kind: 'guest' } as const,
      person('mother'),
      person('father', '360123'),
      staff(['supervisor', 'system-admin'], 'health'),
      staff(['clerk'], 'centre', '360121101000'),
      staff(['clerk', 'approver'], 'health', '360123000000'),
    ];
    for (const actor of others) {
      expect(readable(actor, { plan, answers })).toEqual({});
      expect(readableMaterials(actor, { plan, materials })).toEqual([]);
      expect(readsResults(actor, plan)('item-0')).toBe(false);
    }
  });

  test('results are read by their branch and by the ones that wait for it', () => {
    const plan = planOf([branchOf(0, 'health', []), branchOf(1, 'police', []), branchOf(2, 'tax', [])]);
    const police = readsResults(staff(['approver'], 'police'), plan);
    expect(['item-0', 'item-1', 'item-2'].map(police)).toEqual([true, true, false]);
  });
});
