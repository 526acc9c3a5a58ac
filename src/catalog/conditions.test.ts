import { describe, expect, it } from 'vitest';
import { type Condition, openConditions } from './conditions.ts';

const conditions = openConditions([
  { id: 'household', values: ['father', 'mother'] },
  { id: 'insured', values: ['yes', 'no'] },
  { id: 'father_id_card' },
  { id: 'child_birth' },
]);
const father = '11010519491231002X';

function holds(source: string, values: Record<string, string> = {}): boolean | undefined {
  const condition = conditions.rule(source);
  if (typeof condition === 'string') throw new Error(condition);
  return condition.holds((name) => values[name] ?? '');
}

describe('a condition', () => {
  it('reads situation and answers by name, and nothing as an empty text', () => {
    expect(holds("household == 'father'", { household: 'father' })).toBe(true);
    expect(holds("household == 'father'")).toBe(false);
    expect(holds("household != ''")).toBe(false);
    expect(
      holds("insured == 'yes' && household in ['father', 'mother']", { insured: 'yes', household: 'mother' }),
    ).toBe(true);
  });

  it('knows birth and sex of an ID number, years, days, and today in rules', () => {
    const values = { father_id_card: father, child_birth: '2026-03-01', today: '2026-03-02' };
    expect(holds("birth_of(father_id_card) == '1949-12-31'", values)).toBe(true);
    expect(holds("sex_of(father_id_card) == 'female'", values)).toBe(true);
    expect(holds('years_between(birth_of(father_id_card), child_birth) >= 76', values)).toBe(true);
    expect(holds('days_between(child_birth, today) == 1', values)).toBe(true);
    expect(holds('child_birth <= today', values)).toBe(true);
  });

  it('cannot be judged where a day is none, and does not throw', () => {
    expect(holds('years_between(child_birth, today) >= 1', { child_birth: 'soon' })).toBeUndefined();
  });

  it('says which names it needs, and whether it minds empty ones', () => {
    const condition = conditions.rule("father_id_card != '' || insured == 'no'") as Condition;
    expect(condition.names).toEqual(['father_id_card', 'insured']);
    expect(condition.mindsEmpty).toBe(true);
    expect((conditions.rule("insured == 'no'") as Condition).mindsEmpty).toBe(false);
  });

  it.each([
    ["household == 'fahter'", "'fahter' is none of the answers of household: father, mother"],
    ["insured in ['yes', 'maybe']", "'maybe' is none of the answers of insured: yes, no"],
    ["houshold == 'father'", 'Unknown variable: houshold'],
    ['household ==', 'Unexpected token: EOF'],
    ['household', 'gives string, not true or false'],
    ['household + 1 == 2', 'no such overload: string + int'],
    ['process.exit(1)', 'Unknown variable: process'],
    ['child_birth <= today', 'Unknown variable: today'],
    [`${'!'.repeat(3000)}true`, 'Exceeded max'],
  ])('%s is not understood', (source, message) => {
    const problem = conditions.when(source);
    expect(typeof problem === 'string' ? problem : 'understood').toContain(message);
  });

  it('is compiled once', () => expect(conditions.when("insured == 'no'")).toBe(conditions.when("insured == 'no'")));
});
