import { expect, test } from 'vitest';
import { csrfMatches, guestCsrf, sessionCsrf } from './csrf.ts';

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
