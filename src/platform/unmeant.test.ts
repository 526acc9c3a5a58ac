import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const real = { DATABASE_URL: 'postgres://app:Wm4-long-and-odd@db.example/tongban' };
const read = (env: Record<string, string>) => () => readConfig(env, '/nowhere');

test.each(['0.0.0.0', '::', '192.168.1.5', 'tongban.example'])(
  'a demonstration is shown on %s only when asked for',
  (HOST) => {
    expect(read({ HOST })).toThrow(/administrators.*TONGBAN_DEMO=on/);
    expect(read({ HOST, TONGBAN_DEMO: '' })).toThrow('TONGBAN_DEMO=on');
    expect(read({ HOST, TONGBAN_DEMO: 'on' })()).toMatchObject({ demo: true, host: HOST });
  },
);

test.each([
  ['listens to others', { ...real, HOST: '0.0.0.0' }, 'HOST=0.0.0.0'],
  ['is known by TLS', { ...real, TONGBAN_ORIGIN: 'https://tongban.example' }, 'TONGBAN_ORIGIN'],
  ['has no demonstration and the embedded database', { HOST: '0.0.0.0', TONGBAN_DEMO: 'off' }, 'HOST=0.0.0.0'],
])('a real node that %s says whether it is behind TLS', (_name, env, setting) => {
  expect(read(env)).toThrow(setting);
  expect(read(env)).toThrow('TONGBAN_SECURE');
  expect(read({ ...env, TONGBAN_SECURE: 'on' })()).toMatchObject({ secure: true, demo: false });
  expect(read({ ...env, TONGBAN_SECURE: 'off' })()).toMatchObject({ secure: false });
});

test.each(['127.0.0.1', '127.0.0.2', '::1', 'localhost'])(
  'on this machine alone (%s) nothing has to be said',
  (HOST) => {
    expect(read({ HOST })()).toMatchObject({ demo: true, secure: false });
    expect(read({ ...real, HOST })()).toMatchObject({ demo: false, secure: false });
  },
);

test('a switch that is neither on nor off is an error, and not off', () => {
  expect(read({ TONGBAN_SECURE: 'ture' })).toThrow('TONGBAN_SECURE');
  expect(read({ ...real, TONGBAN_DEMO: 'offf' })).toThrow('TONGBAN_DEMO');
  expect(read({ TONGBAN_SECURE: 'On' })()).toMatchObject({ secure: true });
});
