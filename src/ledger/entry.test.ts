import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, decode, digestOf, encode, entryOf } from './entry.ts';

const act = {
  ...{ region: '360121', number: '3601211000001234202606100000010', seq: 2 },
  event: { type: 'accepted', at: '2026-06-10T02:00:00.000Z', by: { id: '360121-clerk', name: '万' } },
};

describe('canonical JSON', () => {
  test('is the example of RFC 8785', () => {
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    const text =
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}';
    expect(canonical(value)).toBe(text);
  });

  test('does not depend on the order of members, and says the same as JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonical(turned)).toBe(canonical(value));
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(canonical({ a: undefined, b: [undefined] })).toBe('{"b":[null]}');
    expect(() => canonical(Number.NaN)).toThrow();
  });
});

describe('an entry', () => {
  test('says which act and when, and of what was done only a hash', () => {
    const text = encode(entryOf('case-event', act, 'ab'.repeat(16)));
    expect(text).not.toContain('万');
    expect(text).not.toContain('clerk');
    expect(decode(text)).toMatchObject({ kind: 'case-event', seq: 2, type: 'accepted', sha256: digestOf(act.event) });
  });

  test('is read only in the one form it is written in', () => {
    const text = encode(entryOf('case-event', act, 'ab'.repeat(16)));
    for (const other of [text.replace(',', ', '), text.replace('"v":1', '"v":2'), text.slice(1), '1', 'null'])
      expect(decode(other), other).toBeUndefined();
  });
});
