import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { limits } from '../../test/support/limits.ts';
import { type RunningProvider, startProvider } from '../../test/support/outside/provider.ts';
import { userAgent } from '../../test/support/outside/user-agent.ts';
import { testDatabase } from '../../test/support/testdb.ts';
import { testVault } from '../../test/support/vault.ts';
import { Problem, randomIds } from '../platform/door.ts';
import { openIdentity } from './identity.ts';

const region = '360121';
const origin = 'http://127.0.0.1:3999';
const back = `${origin}/sign-in/provider/back`;
const accounts = {
  father: { acr: 'urn:gov:auth:L2', name: '陈志远', id_card: '360121199503120013', phone_number: '13800000001' },
};

/** Begins here, goes to the provider, comes back, and gets a session. */
async function signIn({ issuer, clientId }: RunningProvider, keyFile: string) {
  const clock = () => new Date();
  const db = await testDatabase({ role: 'tongban_app' });
  const { provider } = await openIdentity({
    ...{
      db,
      clock,
      ids: randomIds(clock),
      vault: await testVault(db),
      demo: true,
      regions: [region],
      limits,
      folder: 'demo',
    },
    provider: { issuer, clientId, keyFile, origin, profile: 'national' },
  });
  if (!provider) throw new Error('no provider');
  const { url, browser } = await provider.begin({ region, next: '/cases', lang: 'zh' });
  const came = await userAgent()(url, 'father', back);
  return provider.finish({ region, query: came.search.slice(1), browser }, {});
}

describe('a node that signs for its tokens instead of telling a secret', () => {
  const pair = (kind: 'ec' | 'rsa') =>
    kind === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  async function keyFile(key: KeyObject): Promise<string> {
    const file = join(await mkdtemp(join(tmpdir(), 'tongban-key-')), 'provider.pem');
    await writeFile(file, key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    return file;
  }

  test.each(['ec', 'rsa'] as const)('is known by its %s key, and another key is not', async (kind) => {
    const [ours, strange] = [pair(kind), pair(kind)];
    const clientKey = { ...ours.publicKey.export({ format: 'jwk' }), kid: 'ours' };
    const strict = await startProvider({ accounts, back: [back], clientKey });
    const { session } = await signIn(strict, await keyFile(ours.privateKey));
    expect(session.actor).toMatchObject({ kind: 'person', name: '陈志远' });
    await expect(signIn(strict, await keyFile(strange.privateKey))).rejects.toBeInstanceOf(Problem);
    await strict.stop();
  });
});
