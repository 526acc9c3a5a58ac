import { beforeAll, describe, expect, it } from 'vitest';
import { type Answers, loadElements } from '../elements/door.ts';
import type { LoadProblem } from '../platform/door.ts';
import { catalogOf } from './catalog.ts';
import { loadCatalog } from './load.ts';
import type { Bundle, Item } from './model.ts';
import { shelve } from './shelf.ts';

/** The catalogue as it is delivered: what is in `elements/`, `items/` and `bundles/` of this repository. */
let catalog: ReturnType<typeof catalogOf>;
let problems: LoadProblem[];
const newborn = { kind: 'bundle', id: 'newborn' } as const;
const married = {
  household: 'father',
  parents_married: 'yes',
  mother_insured: 'yes',
  wants_card: 'yes',
  has_birth_record: 'yes',
};

beforeAll(async () => {
  const read = await loadElements('elements');
  const loaded = await loadCatalog([{ items: 'items', bundles: 'bundles' }], read.elements);
  problems = [...read.problems, ...loaded.problems];
  const items = loaded.items.map((item): Item => ({ ...item, version: 1 }));
  const bundles = loaded.bundles.map((bundle): Bundle => ({ ...bundle, version: 1 }));
  const current = { items: new Set(items.map(({ id }) => id)), bundles: new Set(bundles.map(({ id }) => id)) };
  catalog = catalogOf(shelve({ items, bundles }, current, read.elements));
});
const items = (situation: Record<string, string>) => catalog.tasks(newborn, situation).tasks.map(({ item }) => item.id);

describe('the catalogue of this repository', () => {
  it('has nothing wrong', () => expect(problems).toEqual([]));

  it('asks for every element of every item on some page', () => {
    for (const { id, elements } of catalog.items()) {
      const all = elements.filter(({ when }) => !when).map(({ element }) => element);
      const asked = catalog
        .questions({ kind: 'item', id }, {}, {})
        .flatMap((question) => question.elements.map((each) => each.id));
      expect(asked).toEqual(expect.arrayContaining(all));
    }
  });
});

describe('a baby is born', () => {
  it('asks about the situation first, with answers to choose from', () => {
    const questions = catalog.situation(newborn);
    expect(questions.length).toBeGreaterThan(2);
    expect(questions[0]).toMatchObject({ id: 'household', options: [{ value: 'father' }, { value: 'mother' }] });
  });

  it('gives the items of the situation, each after what it needs', () => {
    const list = items(married);
    expect(list).toEqual(
      expect.arrayContaining(['birth-certificate', 'birth-registration', 'social-security-card', 'maternity-benefit']),
    );
    expect(list.indexOf('birth-certificate')).toBeLessThan(list.indexOf('birth-registration'));
    expect(list.indexOf('resident-insurance')).toBeLessThan(list.indexOf('insurance-payment'));
    expect(items({ ...married, wants_card: 'no' })).not.toContain('social-security-card');
    expect(items({ ...married, mother_insured: 'no' })).not.toContain('maternity-benefit');
    expect(items({ ...married, has_birth_record: 'no' })).toContain('birth-service-record');
  });

  /** What guides of Xiamen, Zhongshan and Lanzhou say: the certificate first, then the household, then what needs it. */
  it('opens each item when what it needs is granted, and no other', () => {
    const edges = (situation: Record<string, string>) =>
      Object.fromEntries(catalog.tasks(newborn, situation).tasks.map(({ item, dependsOn }) => [item.id, dependsOn]));
    expect(edges({ ...married, has_birth_record: 'no' })).toEqual({
      'birth-certificate': [],
      'birth-service-record': [],
      'childcare-guidance': [],
      'vaccination-record': ['birth-certificate'],
      'birth-registration': ['birth-certificate'],
      'social-security-card': ['birth-registration'],
      'resident-insurance': ['birth-registration'],
      'insurance-payment': ['resident-insurance'],
      'maternity-benefit': ['resident-insurance'],
    });
    const without = edges({ ...married, wants_card: 'no', mother_insured: 'no' });
    expect(Object.keys(without)).not.toContain('social-security-card');
    expect(without['insurance-payment']).toEqual(['resident-insurance']);
  });

  it('spares papers, days and visits against going from office to office', () => {
    const list = catalog.tasks(newborn, married);
    expect(list.spared).toBeGreaterThan(list.asked / 2);
    expect(list.promisedDays).toBeLessThan(list.promisedDaysInARow);
    expect(list.promisedDays).toBeLessThanOrEqual(list.statutoryDays);
    expect(list.visits).toBeLessThan(list.visitsSeparately);
    expect(list.elementsAsked).toBeLessThan(list.elementsSeparately);
    expect(list.materials.filter(({ material }) => material.id === 'mother_id')).toHaveLength(1);
  });

  it('asks for each word once, though several items need it', () => {
    const asked = catalog.questions(newborn, married, {}).flatMap((question) => question.elements.map(({ id }) => id));
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked).toEqual(expect.arrayContaining(['child_name', 'father_id_card', 'mother_id_card']));
  });

  it('says that a parent cannot be younger than the child, and nothing when all is well', () => {
    const answers: Answers = {
      child_birth_date: '2026-02-20',
      father_id_card: '440524188001010014',
      mother_id_card: '11010519491231002X',
      parents_agree: 'yes',
    };
    const wrong = (more: Answers) =>
      catalog.checkTogether(newborn, married, { ...answers, ...more }, '2026-03-02').map(({ field }) => field);
    expect(wrong({})).toEqual([]);
    expect(wrong({ child_birth_date: '1940-01-01' })).toEqual(['mother_id_card']);
    expect(wrong({ father_id_card: answers.mother_id_card ?? '' })).toEqual(['father_id_card']);
  });
});
