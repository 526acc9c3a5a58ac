import { describe, expect, test } from 'vitest';
import { networkOf } from './network.ts';
import { passwordProblem } from './password-rules.ts';

const code = (password: string, login = 'li.na') => passwordProblem(password, login)?.code;

describe('a new password', () => {
  test.each([
    'a long enough password',
    'correct horse battery staple',
    '雨后莲塘的荷花一定很好看吧',
    'kettle-ladder-orchid',
    'zqxwmrtuplkv',
    'password for the county office', // common words are fine once there are more of them
  ])('%j is good: nobody asks for capitals and signs', (password) => expect(code(password)).toBeUndefined());

  test.each(['', 'short', '雨后莲塘的荷花', 'elevensigns'])('%j is too short', (password) =>
    expect(code(password)).toBe('password-too-short'),
  );

  test.each([
    'Password2026!',
    'P@ssw0rd1234',
    '!!!!woaini1314520',
    'dragondragon',
    'dragondragondragon',
    '123456789012',
    'abcdefghijkl',
    '111111111111',
    'abababababab',
    '1qaz2wsx3edc',
    'Qwerty123456',
    'administrator',
    'changeme2026',
  ])('%j is what everybody tries first', (password) => expect(code(password)).toBe('password-common'));

  test('it does not hold the sign-in name, and is not without end', () => {
    expect(code('my Li.Na secret 1')).toBe('password-holds-login');
    expect(code('ab secret for me', 'ab')).toBeUndefined();
    expect(code('x1'.repeat(101))).toBe('password-too-long');
  });
});

test.each([
  ['10.1.2.3', '10.1.2.0/24'],
  ['::ffff:10.1.2.3', '10.1.2.0/24'],
  ['2001:db8:7:1::5', '2001:db8:7::/48'],
  ['2001:0DB8:0007:9:1:2:3:4', '2001:db8:7::/48'],
  ['2001:db8::1', '2001:db8:0::/48'],
  ['::1', '0:0:0::/48'],
  ['fe80::1%eth0', 'fe80:0:0::/48'],
  [undefined, 'unknown'],
  ['nonsense', 'unknown'],
])('the network of %s is %s', (address, network) => expect(networkOf(address)).toBe(network));
