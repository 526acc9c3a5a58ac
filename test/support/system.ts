import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { exportJWK, SignJWT } from 'jose';
import { type ClientScope, clientScopes } from '../../src/identity/door.ts';
import type { Product } from './api.ts';

/** Another system of the county, enrolled with a key of its own; gives what makes a token, good for ten minutes. */
export async function enrolSystem(product: Product, scopes: readonly ClientScope[] = clientScopes) {
  const pair = generateKeyPairSync('ed25519');
  const { identity, clock } = product.house;
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k' }] });
  const form = { name: '别的系统', division: '360121000000', agency: '', until: '2026-06-30', reason: '测试', keys };
  const setup = { kind: 'system', id: 'setup', region: '360121' } as const;
  const id = await identity.clients.enrol(setup, { ...form, scopes: [...scopes] }, { at: clock(), from: 'test' });
  return async (): Promise<string> => {
    const seconds = Math.floor(clock().getTime() / 1000);
    const claims = { iss: id, sub: id, aud: identity.clients.origin, exp: seconds + 60, jti: randomUUID() };
    const signed = await new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', kid: 'k' }).sign(pair.privateKey);
    return (await identity.clients.token(signed, [], clock(), '127.0.0.1')).token;
  };
}
