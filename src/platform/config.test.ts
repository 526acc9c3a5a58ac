import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const read = (env: Record<string, string>) => () => readConfig(env, '/nowhere');

test('the program of a KMS is a whole path, and the only holder of the master key', () => {
  expect(read({ TONGBAN_KMS_COMMAND: '/usr/local/bin/kms' })().kmsCommand).toBe('/usr/local/bin/kms');
  expect(read({ TONGBAN_KMS_COMMAND: '' })().kmsCommand).toBeUndefined();
  for (const wrong of ['kms', './kms', 'kms --key 1'])
    expect(read({ TONGBAN_KMS_COMMAND: wrong })).toThrow('whole path');
  const master = 'Vw2Zr0m5p0uW1jH3Qe9mJp8bTn6yXk4sLc7dFa1gRiE';
  const both = read({ TONGBAN_KMS_COMMAND: '/kms', TONGBAN_MASTER_KEY: master });
  expect(both).toThrow('leave one of them out');
  expect(both).not.toThrow(master);
});
