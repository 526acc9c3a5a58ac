import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeFrom, type Device, readCode, spokenCode, standingOf } from './device.ts';

const anyCode = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(codeFrom);
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

describe('the code that opens a device', () => {
  test('is nine characters, and is read back as people type it', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{9}$/);
        for (const typed of [code, spokenCode(code), code.toLowerCase(), ` ${spokenCode(code).replaceAll(' ', '-')} `])
          expect(readCode(typed)).toBe(code);
        expect(readCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(code);
      }),
    );
  });

  test('with one character wrong or missing is no code', () => {
    fc.assert(
      fc.property(anyCode, fc.nat(8), fc.constantFrom(...letters), (code, at, letter) => {
        fc.pre(code[at] !== letter);
        expect(readCode(code.slice(0, at) + letter + code.slice(at + 1))).toBeUndefined();
        expect(readCode(code.slice(0, at) + code.slice(at + 1))).toBeUndefined();
      }),
    );
  });

  test('whatever else is typed is no code either', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (typed) => {
        expect(readCode(typed) ?? 'none').toMatch(/^([0-9A-Z]{9}|none)$/);
      }),
    );
    expect(readCode('')).toBeUndefined();
    expect(readCode('启用码')).toBeUndefined();
  });
});

describe('a device', () => {
  const at = new Date('2026-06-10T02:00:00Z');
  const fresh: Device = {
    ...{ region: '360121', id: '360121-1', name: '1 号机', kind: 'kiosk', division: '360121100000' },
    ...{ enrolledAt: at.toISOString(), codeUntil: '2026-06-10T02:30:00Z', openedAt: null, lastSeen: null },
    ...{ inUse: false, revokedAt: null },
  };
  test.each([
    ['waiting', fresh, at],
    ['lapsed', fresh, new Date('2026-06-10T02:30:00Z')],
    ['lapsed', { ...fresh, codeUntil: null }, at],
    ['in-use', { ...fresh, codeUntil: null, inUse: true }, at],
    ['revoked', { ...fresh, codeUntil: null, revokedAt: at.toISOString() }, at],
  ])('is %s', (standing, device, now) => {
    expect(standingOf(device, now)).toBe(standing);
  });
});
