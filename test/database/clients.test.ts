import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { exportJWK, type JWTPayload, SignJWT } from 'jose';
import { allowInsecureRequests, clientCredentialsGrant, discovery, PrivateKeyJwt } from 'openid-client';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { submitted } from '../support/newborn.ts';
import { freePort } from '../support/product.ts';

/** Other systems: known by what they sign, let in for ten minutes, and only to what they were enrolled for. */
const now = new Date();
// The clock of the product stands still a minute ahead, so that a library with a clock of its own stays within limits.
const at = new Date(now.getTime() + 60_000);
const seconds = Math.floor(at.getTime() / 1000);
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const edwards = generateKeyPairSync('ed25519');
const day = new Date(at.getTime() + 30 * 86_400_000).toISOString().slice(0, 10);
const county = '360121000000';

let product: Product;
let origin: string;
let number: string;
let ours: string;
let made = 0;

const jwk = async (key: KeyObject, kid: string) => ({ ...(await exportJWK(key)), kid });
async function enrol(scopes: string[], more: Partial<Record<'division' | 'agency' | 'until', string>> = {}) {
  const keys = [await jwk(pair.publicKey, 'ec'), await jwk(rsa.publicKey, 'rsa'), await jwk(edwards.publicKey, 'ed')];
  const form = { division: county, agency: '', until: day, ...more };
  const actor = { kind: 'system', id: 'setup', region: form.division.slice(0, 6) } as const;
  const given = { name: '社保平台', scopes, keys: JSON.stringify({ keys }), reason: '测试', ...form };
  return product.house.identity.clients.enrol(actor, given, { at, from: 'test' });
}

beforeAll(async () => {
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  product = await openProduct(at.toISOString(), { port, origin });
  await product.app.listen({ port, host: '127.0.0.1' });
  number = await submitted(await product.as('father'));
  ours = await enrol(['case.read', 'case.search', 'watch.read']);
});

type Signed = { kid?: string; alg?: string; key?: KeyObject; claims?: JWTPayload };
async function assertion(id: string, { kid = 'ec', alg = 'ES256', key = pair.privateKey, claims }: Signed = {}) {
  const all = { iss: id, sub: id, aud: origin, exp: seconds + 60, jti: `jti-${made++}`, ...claims };
  return new SignJWT(all).setProtectedHeader({ alg, kid }).sign(key);
}
async function ask(signed: string, more: Record<string, string> = {}) {
  const form = {
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: signed,
    ...more,
  };
  const answer = await fetch(`${origin}/api/v1/token`, { method: 'POST', body: new URLSearchParams(form) });
  const body = (await answer.json()) as { access_token: string; scope: string; expires_in: number; error?: string };
  return { status: answer.status, ...body };
}
async function call(token: string, path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${origin}${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> & { code?: string } };
}
const tokenOf = async (id: string, more = {}) => (await ask(await assertion(id), more)).access_token;

describe('a token', () => {
  test('is got by a library of OAuth with its own key, and reads figures and a case', async () => {
    const options = { execute: [allowInsecureRequests], algorithm: 'oauth2' as const };
    const key = await crypto.subtle.importKey(
      'pkcs8',
      pair.privateKey.export({ type: 'pkcs8', format: 'der' }),
      {
        ...{ name: 'ECDSA', namedCurve: 'P-256' },
      },
      false,
      ['sign'],
    );
    const server = await discovery(new URL(origin), ours, undefined, PrivateKeyJwt({ key, kid: 'ec' }), options);
    const granted = await clientCredentialsGrant(server, { scope: 'watch.read case.read' });
    expect([granted.token_type, granted.expires_in, granted.scope]).toEqual(['bearer', 600, 'watch.read case.read']);
    const figures = await call(granted.access_token, '/api/v1/watch/figures');
    expect(figures.status).toBe(200);
    const read = await call(granted.access_token, `/api/v1/cases/${number}`);
    expect([read.status, read.body.number]).toEqual([200, number]);
  });

  test.each([
    ['EdDSA', 'ed', edwards.privateKey],
    ['RS256', 'rsa', rsa.privateKey],
  ])('is given for %s too', async (alg, kid, key) => {
    expect(await ask(await assertion(ours, { alg, kid, key }))).toMatchObject({ status: 200, expires_in: 600 });
  });

  test('is kept only as a hash', async () => {
    const token = await tokenOf(ours);
    const secret = token.split('.')[1] ?? '';
    const rows = await product.house.db.query<{ row: string }>('select t::text as row from identity.client_token t');
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });
});

describe('no token is given', () => {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = (id: string) => ({ iss: id, sub: id, aud: origin, exp: seconds + 60, jti: `jti-${made++}` });

  test('for what is not signed, or signed with the public key as if it were a secret', async () => {
    const none = `${encode({ alg: 'none', kid: 'ec' })}.${encode(claims(ours))}.`;
    const head = `${encode({ alg: 'HS256', kid: 'rsa' })}.${encode(claims(ours))}`;
    const secret = rsa.publicKey.export({ type: 'spki', format: 'pem' });
    const confused = `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
    for (const signed of [none, confused])
      expect(await ask(signed)).toMatchObject({ status: 401, error: 'invalid_client' });
  });

  test('for another algorithm of a known key', async () => {
    const head = `${encode({ alg: 'RS512', kid: 'rsa' })}.${encode(claims(ours))}`;
    const signature = createSign('sha512').update(head).sign(rsa.privateKey).toString('base64url');
    expect((await ask(`${head}.${signature}`)).status).toBe(401);
  });

  test('for the same assertion twice', async () => {
    const signed = await assertion(ours);
    expect((await ask(signed)).status).toBe(200);
    expect(await ask(signed)).toMatchObject({ status: 401, error: 'invalid_client' });
  });

  test.each<[string, JWTPayload]>([
    ['has expired', { exp: seconds - 60 }],
    ['is good for an hour', { exp: seconds + 3600 }],
    ['is for another audience', { aud: 'https://elsewhere.example.gov.cn' }],
    ['is for two audiences', { aud: ['http://127.0.0.1', 'https://elsewhere.example.gov.cn'] }],
    ['is about somebody else', { sub: 'somebody' }],
    ['has no end', { exp: undefined }],
    ['has no name of its own', { jti: undefined }],
  ])('for an assertion that %s', async (_name, wrong) => {
    expect((await ask(await assertion(ours, { claims: wrong }))).status).toBe(401);
  });

  test('to a stranger’s key, an unknown client, or for a scope that was not enrolled', async () => {
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    expect((await ask(await assertion(ours, { key: stranger }))).status).toBe(401);
    expect((await ask(await assertion(ours, { kid: 'nobody' }))).status).toBe(401);
    expect((await ask(await assertion('360121-nobody'))).status).toBe(401);
    expect(await ask(await assertion(ours), { scope: 'case.decide' })).toMatchObject({ error: 'invalid_scope' });
    expect(await ask('no token at all', { grant_type: 'password' })).toMatchObject({ error: 'unsupported_grant_type' });
  });
});

describe('with a token', () => {
  test('only what its scopes allow is done', async () => {
    const token = await tokenOf(ours, { scope: 'watch.read' });
    expect((await call(token, '/api/v1/watch/figures')).status).toBe(200);
    expect((await call(token, `/api/v1/cases/${number}`)).body.code).toBe('not-allowed');
    expect((await call(token, '/api/v1/cases')).body.code).toBe('not-allowed');
    const search = await tokenOf(await enrol(['case.search']));
    expect((await call(search, '/api/v1/cases')).body.cases).toHaveLength(1);
    expect((await call(search, `/api/v1/cases/${number}`)).status).toBe(403);
  });

  test('a case is read without what was answered', async () => {
    const { body } = await call(await tokenOf(ours, { scope: 'case.read' }), `/api/v1/cases/${number}`);
    expect(body).toMatchObject({ answers: {}, materials: [], allowed: [] });
    expect(JSON.stringify(body)).not.toContain('陈志远');
  });

  test('another county, another township and another agency have no such case', async () => {
    const places = [
      { division: '360123000000' },
      { division: '360121101000' },
      { agency: '360121-administrative-approval' },
    ];
    for (const place of places) {
      const token = await tokenOf(await enrol(['case.read', 'case.search'], place));
      expect((await call(token, `/api/v1/cases/${number}`)).body.code, JSON.stringify(place)).toBe('case-not-found');
      expect((await call(token, '/api/v1/cases')).body.cases).toEqual([]);
    }
    const health = await tokenOf(await enrol(['case.read'], { agency: '360121-health' }));
    expect((await call(health, `/api/v1/cases/${number}`)).status).toBe(200);
  });

  test('cookies do not count, and nothing else is opened', async () => {
    const father: Client = await product.as('father');
    const token = await tokenOf(ours);
    const session = await call(token, '/api/v1/session', { cookie: father.cookie });
    expect(session.body.actor).toEqual({ kind: 'guest' });
    for (const path of ['drafts', 'queue', 'inbox'])
      expect((await call(token, `/api/v1/${path}`, { cookie: father.cookie })).body.code, path).toBe('not-allowed');
    expect((await call('360121.made-up', '/api/v1/items')).status).toBe(401);
  });

  test('a client that is revoked is out with its next call', async () => {
    const id = await enrol(['watch.read']);
    const token = await tokenOf(id);
    expect((await call(token, '/api/v1/watch/figures')).status).toBe(200);
    const admin = await product.as('security-admin');
    const page = await post(admin, `/admin/clients/${id}/revoke`, { why: '合同到期' });
    expect(page.statusCode).toBe(303);
    expect((await call(token, '/api/v1/watch/figures')).status).toBe(401);
    expect((await ask(await assertion(id))).status).toBe(401);
  });

  test('every token and every call stands in the trail', async () => {
    const id = await enrol(['watch.read', 'case.read']);
    const token = await tokenOf(id);
    await call(token, '/api/v1/watch/figures');
    await call(token, `/api/v1/cases/${number}`);
    await call(token, '/api/v1/cases');
    const noted = await product.house.db.query(
      `select what, outcome, detail ->> 'route' as route from ledger.trail where who_kind = 'client' and who_id = $1 order by position`,
      [id],
    );
    expect(noted).toEqual([
      { what: 'client.token', outcome: 'done', route: null },
      { what: 'client.call', outcome: 'done', route: 'GET /api/v1/watch/figures' },
      { what: 'case.read-by-api', outcome: 'done', route: null },
      { what: 'client.call', outcome: 'refused', route: 'GET /api/v1/cases' },
    ]);
  });
});

describe('the security administrator', () => {
  const form = { name: '医保平台', scopes: 'watch.read', division: county, agency: '', until: day, reason: '对接' };

  test('enrols a client, changes its keys, and the old ones open nothing', async () => {
    const admin = await product.as('security-admin');
    const keys = JSON.stringify({ keys: [await jwk(pair.publicKey, 'ec')] });
    expect((await post(admin, '/admin/clients/enrol', { ...form, keys })).statusCode).toBe(303);
    const [row] = await product.house.db.query<{ id: string }>('select id from identity.client where name = $1', [
      form.name,
    ]);
    const id = row?.id ?? '';
    const token = await tokenOf(id);
    const other = JSON.stringify({ keys: [await jwk(edwards.publicKey, 'ed')] });
    expect((await post(admin, `/admin/clients/${id}/keys`, { keys: other, reason: '轮换' })).statusCode).toBe(303);
    expect((await call(token, '/api/v1/watch/figures')).status).toBe(401);
    expect((await ask(await assertion(id))).status).toBe(401);
    expect((await ask(await assertion(id, { alg: 'EdDSA', kid: 'ed', key: edwards.privateKey }))).status).toBe(200);
  });

  test('is told everything that is wrong, a private key first of all', async () => {
    const admin = await product.as('security-admin');
    const keys = JSON.stringify(await jwk(pair.privateKey, 'ec'));
    const page = await post(admin, '/admin/clients/enrol', {
      ...form,
      name: '',
      scopes: '',
      until: '2020-01-01',
      keys,
    });
    expect(page.statusCode).toBe(422);
    for (const words of ['这里面有私钥', '请写上名称', '请至少选一项', '最多 2 年'])
      expect(page.payload).toContain(words);
  });

  test('is the only one', async () => {
    for (const persona of ['admin', 'audit-admin', 'clerk-liantang', 'father']) {
      const page = await post(await product.as(persona), '/admin/clients/enrol', form);
      expect(page.statusCode, persona).toBe(403);
    }
  });
});

function post(client: Client, url: string, form: Record<string, string>) {
  const headers = { cookie: client.cookie, 'x-csrf-token': client.csrf };
  const payload = new URLSearchParams(form).toString();
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  return product.app.inject({ method: 'POST', url, payload, headers: { ...headers, ...type } });
}
