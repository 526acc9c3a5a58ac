import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formFields, mostFields } from './form-fields.ts';

describe('the fields of a form', () => {
  test('come as they were typed', () => {
    const text = fc.string({ unit: 'binary' }).map((typed) => typed.toWellFormed());
    fc.assert(
      fc.property(fc.dictionary(text, text), (typed) => {
        const names = Object.keys(typed);
        const body = names.map((name) => `${encodeURIComponent(name)}=${encodeURIComponent(typed[name] ?? '')}`);
        expect(Object.entries(formFields(body.join('&'))).sort()).toEqual(Object.entries(typed).sort());
      }),
    );
  });

  test('of one name are a list, and none reaches what an object has of itself', () => {
    expect(formFields('m=a&m=b+c&__proto__=x&half=%E4%A')).toMatchObject({ m: ['a', 'b c'] });
    expect(Object.keys(formFields('__proto__=x&constructor=y'))).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(formFields('__proto__=x'))).toBeNull();
  });

  test('of one name may be many: each is taken once, not copied with every next one', () => {
    const { m } = formFields('m=1&'.repeat(500_000));
    expect(m).toHaveLength(500_000);
  });

  test('of more names than any page asks for are refused before anything is made of them', () => {
    const form = (names: number) => Array.from({ length: names }, (_, at) => `n${at}=${'%41'.repeat(2)}`).join('&');
    expect(Object.keys(formFields(form(mostFields)))).toHaveLength(mostFields);
    for (const body of [form(mostFields + 1), form(1_000_000), form(mostFields + 1).replaceAll(/=[^&]*/g, '')])
      expect(() => formFields(body)).toThrow(expect.objectContaining({ code: 'form-too-many-fields' }));
  });
});
