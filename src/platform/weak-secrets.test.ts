import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const real = { DATABASE_URL: 'postgres://app:Wm4-long-and-odd@db.example/tongban' };
const oidc = {
  TONGBAN_OIDC_ISSUER: 'https://id.example',
  TONGBAN_OIDC_CLIENT_ID: 'tongban',
  TONGBAN_ORIGIN: 'https://tongban.example',
};
const read = (env: Record<string, string>) => () => readConfig(env, '/nowhere');

test.each([
  ['a password that is the name', { DATABASE_URL: 'postgres://tongban2:tongban2@db/x' }, 'DATABASE_URL'],
  ['a password everybody tries', { DATABASE_URL: 'postgres://app:postgres@db/x' }, 'DATABASE_URL'],
  ['a master key of zeros', { ...real, TONGBAN_MASTER_KEY: 'A'.repeat(43) }, 'TONGBAN_MASTER_KEY'],
  ['a short secret', { ...real, ...oidc, TONGBAN_OIDC_CLIENT_SECRET: 'kJ8#2x' }, 'TONGBAN_OIDC_CLIENT_SECRET'],
  ['a known secret', { ...real, ...oidc, TONGBAN_OIDC_CLIENT_SECRET: 'changeme' }, 'TONGBAN_OIDC_CLIENT_SECRET'],
])('a real node does not start with %s, and the message does not quote it', (_name, env, setting) => {
  expect(read(env)).toThrow(setting);
  const value = (env as Record<string, string>)[setting] ?? '';
  expect(read(env)).not.toThrow(value);
});

test('a real node starts with secrets nobody knows, and without those it does not need', () => {
  const masterKey = randomBytes(32).toString('base64url');
  const secret = randomBytes(24).toString('base64url');
  const oidcOnTls = { ...oidc, TONGBAN_OIDC_CLIENT_SECRET: secret, TONGBAN_SECURE: 'on' };
  expect(read({ ...real, ...oidcOnTls, TONGBAN_MASTER_KEY: masterKey })).not.toThrow();
  expect(read({ DATABASE_URL: 'postgres:///tongban?host=/run/postgresql' })).not.toThrow();
});

test('a demonstration may be as careless as it likes', () => {
  expect(read({ DATABASE_URL: 'postgres://postgres:postgres@localhost/x', TONGBAN_DEMO: 'on' })).not.toThrow();
  expect(read({ TONGBAN_MASTER_KEY: 'A'.repeat(43) })).not.toThrow();
});
