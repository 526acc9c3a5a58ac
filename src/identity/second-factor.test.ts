import { describe, expect, test } from 'vitest';
import { browserName } from './browser-name.ts';
import { hashOfCode, newCode } from './recovery.ts';
import { addressOf, codeAt, newSecret, spelled, stepOf } from './totp.ts';

const at = (seconds: number) => new Date(seconds * 1000);

describe('codes of an app', () => {
  // The example of RFC 6238, of which the last six digits are ours.
  const secret = Buffer.from('12345678901234567890');

  test.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1234567890, '005924'],
    [20000000000, '353130'],
  ])('at %d it is %s, as in RFC 6238', (seconds, code) => {
    expect(codeAt(secret, at(seconds))).toBe(code);
    expect(stepOf(secret, code, at(seconds))).toBe(Math.floor(seconds / 30));
  });

  test('a clock may differ by half a minute, not by more', () => {
    const code = codeAt(secret, at(3000));
    expect([2969, 2970, 3000, 3059, 3060].map((now) => stepOf(secret, code, at(now)))).toEqual([
      undefined,
      100,
      100,
      100,
      undefined,
    ]);
  });

  test.each(['', '28708', '2870820', 'abcdef', '２８７０８２'])('%j is no code', (code) =>
    expect(stepOf(secret, code, at(59))).toBeUndefined(),
  );

  test('a new secret is its own, and an app can read it', () => {
    const made = newSecret(Buffer.alloc(32, 7).toString('base64url'));
    expect(made).toHaveLength(20);
    expect(spelled(made)).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    expect(addressOf(made, '南昌县', 'li.na')).toMatch(/^otpauth:\/\/totp\/.+secret=[A-Z2-7]{32}/);
  });
});

test('a code on paper is found however it is typed, by its owner only', () => {
  const code = newCode(Buffer.from(Array.from({ length: 32 }, (_, n) => n)).toString('base64url'));
  expect(code).toBe('0123-4567-89AB');
  const hash = hashOfCode('360121', 'a', code);
  expect(hashOfCode('360121', 'a', ' o123 4567 89ab')).toEqual(hash);
  expect(hashOfCode('360121', 'b', code)).not.toEqual(hash);
});

test.each([
  [
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36 MicroMessenger/8.0',
    '微信 · Android',
  ],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36', 'Chrome · Windows'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604', 'Safari · iPhone'],
  ['curl/8', ''],
  [undefined, ''],
])('%s is %j', (agent, device) => expect(browserName(agent)).toBe(device));
