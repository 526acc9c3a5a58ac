import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadTexts } from '../platform/door.ts';
import type { Element } from './model.ts';
import { normalise } from './normalise.ts';
import { check } from './validate.ts';

const today = '2026-03-02';
const of = (type: Element['type'], more: Partial<Element> = {}): Element => ({
  id: 'it',
  name: { zh: '它', en: 'It' },
  type,
  sensitivity: 3,
  source: 'applicant',
  ...more,
});
const code = (element: Element, typed: string, optional?: boolean) =>
  check(element, normalise(element, typed), { today, optional })?.code;

describe('what somebody types into a field', () => {
  const name = of('person-name');
  const birth = of('date', { when: 'past-or-today' });
  const choice = of('choice', { options: [{ value: 'a', label: { zh: '甲', en: 'A' } }] });

  it.each([
    [of('text'), ''],
    [of('text'), '  　 '],
    [choice, ''],
  ])('must not be missing', (element, typed) => expect(code(element, typed)).toMatch(/^required/));

  it('reads in the order in which it was typed', () => {
    expect(normalise(of('text'), '新居路1号\u202E101\u202C室\u2066 5栋\u2069')).toBe('新居路1号101室 5栋');
    expect(normalise(of('long-text'), '甲\n\u202d乙')).toBe('甲\n乙');
  });

  it('may be missing when it is optional, for the element or for the items that ask', () => {
    expect(code(of('text', { optional: true }), '')).toBeUndefined();
    expect(code(of('text'), '', true)).toBeUndefined();
    expect(code(of('text', { optional: true }), '', false)).toBe('required');
  });

  it.each([
    [of('id-card'), '１１０１０５ 19491231 002x'],
    [birth, '2026年3月2日'],
    [birth, '2026/3/2'],
    [birth, '２０２６０３０２'],
    [name, '张　三'],
    [name, '阿卜杜热合曼•吐尔逊'],
    [name, '𠮷野家𬎆'],
    [name, "Mary O'Neil-Smith"],
    [of('phone'), '+86 138-0013-8000'],
    [of('credit-code'), '11511301mb0t669970'],
    [of('bank-card'), '6222 6002 6000 1072 444'],
    [of('number', { min: 1, max: 9000 }), '１,２00'],
    [of('yes-no'), 'yes'],
    [choice, 'a'],
    [of('division'), '360121100000'],
  ])('is right in any way people write it', (element, typed) => expect(code(element, typed)).toBeUndefined());

  it.each([
    [birth, '2026-02-30', 'date-impossible'],
    [birth, '2026-03-03', 'date-future'],
    [birth, '昨天', 'date-format'],
    [birth, '0026-03-03', 'date-far'],
    [of('date', { when: 'future-or-today' }), '2026-03-01', 'date-past'],
    [name, '张3', 'name-characters'],
    [name, '<b>张三</b>', 'name-characters'],
    [name, '张', 'name-short'],
    [name, '张'.repeat(51), 'too-long'],
    [of('number'), '12a', 'number-format'],
    [of('number', { min: 1 }), '0', 'number-small'],
    [of('number', { max: 9 }), '10', 'number-large'],
    [choice, 'b', 'choice-unknown'],
    [of('yes-no'), 'maybe', 'choice-unknown'],
    [of('phone'), '1380013', 'phone-format'],
    [of('bank-card'), '6222', 'bank-card-format'],
    [of('bank-card'), '6222600260001072445', 'bank-card-check'],
    [of('credit-code'), 'TE5116020105116050', 'credit-code-check'],
    [of('division'), '南昌', 'division-format'],
    [of('text', { pattern: '[A-Z]\\d{9}' }), 'P12', 'pattern'],
  ])('is refused', (element, typed, expected) => expect(code(element, typed)).toBe(expected));

  it('counts what was typed as people count', () => {
    const element = of('text', { maxLength: 5 });
    expect(code(element, '𠮷'.repeat(5))).toBeUndefined();
    expect(check(element, '𠮷'.repeat(7), { today })).toEqual({
      field: 'it',
      code: 'too-long',
      params: { name: '它', nameEn: 'It', typed: 7, max: 5 },
    });
  });

  it('takes HTML and SQL in a text as the plain text it is', () => {
    const typed = `<script>alert(1)</script> '; drop table cases; --`;
    const element = of('long-text');
    expect(normalise(element, typed)).toBe(typed);
    expect(code(element, typed)).toBeUndefined();
  });

  it('answers ten megabytes with how many there are', () => {
    const problem = check(of('long-text'), normalise(of('long-text'), '字'.repeat(10_000_000)), { today });
    expect(problem).toMatchObject({ code: 'too-long', params: { typed: 10_000_000, max: 200 } });
  });

  it('is kept without what no database can hold, and normalising twice changes nothing', () => {
    const types = ['text', 'long-text', 'date', 'number', 'id-card', 'phone', 'person-name', 'address'] as const;
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.string({ unit: 'binary' }), (type, typed) => {
        const once = normalise({ type }, typed);
        expect(once).not.toContain('\0');
        expect(once.isWellFormed()).toBe(true);
        expect(normalise({ type }, once)).toBe(once);
      }),
    );
  });

  it('never comes back in the problem', () => {
    const secret = 'Zhang3-138x';
    for (const type of ['person-name', 'phone', 'date', 'id-card', 'credit-code', 'bank-card', 'number'] as const) {
      const problem = check(of(type), normalise({ type }, secret), { today });
      expect(JSON.stringify(problem)).not.toContain('138');
    }
  });
});

describe('the texts of field problems', () => {
  it('exist in both languages for every code, and need nothing the problem does not bring', () => {
    const texts = loadTexts('texts', true);
    const codes =
      'required required-choice too-long pattern choice-unknown date-format date-impossible date-far date-future date-past number-format number-small number-large id-card-fifteen id-card-length id-card-characters id-card-region id-card-date id-card-future id-card-check phone-format credit-code-length credit-code-characters credit-code-check bank-card-format bank-card-check name-characters name-short division-format';
    for (const each of codes.split(' ')) {
      const params = { name: '它', nameEn: 'It', typed: 1, max: 2, min: 1 };
      expect(texts.say('zh')(`field.${each}`, params)).toContain('它');
      expect(texts.say('en')(`field.${each}`, params)).toContain('It');
    }
  });
});
