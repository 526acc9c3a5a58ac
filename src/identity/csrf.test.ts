import { describe, expect, test } from 'vitest';
import { csrfMatches, guestCsrf, maskedCsrf, padOf, sessionCsrf } from './csrf.ts';

test('a session token matches itself and nothing else', () => {
  const token = sessionCsrf('secret of a session');
  expect(csrfMatches(token, token)).toBe(true);
  expect(csrfMatches(token, sessionCsrf('secret of another session'))).toBe(false);
  expect(csrfMatches(token, `${token}x`)).toBe(false);
});

test('the secret cannot be read off the token', () => {
  expect(sessionCsrf('secret of a session')).not.toContain('secret');
});

test('a visitor’s token is bound to the cookie and to the house', () => {
  const token = guestCsrf('house', 'cookie');
  expect(csrfMatches(token, guestCsrf('house', 'cookie'))).toBe(true);
  expect(csrfMatches(token, guestCsrf('house', 'another cookie'))).toBe(false);
  expect(csrfMatches(token, guestCsrf('another house', 'cookie'))).toBe(false);
});

test('a visitor’s token is never a session’s', () => {
  expect(csrfMatches(sessionCsrf('same'), guestCsrf('same', ''))).toBe(false);
});

test.each([undefined, null, '', 7, ['a'], {}])('%s matches nothing', (given) => {
  expect(csrfMatches(sessionCsrf('secret'), given)).toBe(false);
  expect(csrfMatches('', given)).toBe(false);
});

describe('a page carries it masked', () => {
  const token = sessionCsrf('secret of a session');
  const pads = Array.from({ length: 40 }, (_, at) => sessionCsrf(`pad ${at}`));

  test('and it is still the token, of this session alone', () => {
    for (const pad of pads) {
      expect(csrfMatches(token, maskedCsrf(token, pad))).toBe(true);
      expect(csrfMatches(sessionCsrf('another session'), maskedCsrf(token, pad))).toBe(false);
      expect(csrfMatches(token, maskedCsrf(token, pad).slice(1))).toBe(false);
    }
  });

  test('so that no two pages carry the same letters, nor any page five letters of the token', () => {
    const masked = pads.map((pad) => maskedCsrf(token, pad));
    expect(new Set(masked).size).toBe(pads.length);
    const parts = Array.from({ length: token.length - 4 }, (_, at) => token.slice(at, at + 5));
    for (const one of masked) expect(parts.filter((part) => one.includes(part))).toEqual([]);
  });

  test('and tells its page from every other, which the bare token does not', () => {
    expect(pads.map((pad) => padOf(maskedCsrf(token, pad)))).toEqual(pads);
    expect([padOf(token), padOf('')]).toEqual([undefined, undefined]);
  });

  test('or none at all, where there is none', () => {
    expect(maskedCsrf('', pads[0] ?? '')).toBe('');
    expect(csrfMatches('', '')).toBe(false);
  });
});
