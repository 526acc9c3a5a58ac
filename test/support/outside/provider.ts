import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import OidcProvider, { type Context } from 'oidc-provider';

/** What a provider knows of somebody: claims by their names in `providers/national.yaml`, and how it checked them. */
export type KnownAccount = { acr?: string } & Record<string, unknown>;
export type RunningProvider = {
  issuer: string;
  clientId: string;
  secret: string;
  /** Answers nothing from now on. */
  stop(): Promise<void>;
};
type Wishes = {
  accounts: Record<string, KnownAccount>;
  back: string[];
  leave?: string[];
  idTokenSeconds?: number;
  /** The public key the client signs for tokens with, instead of a secret. */
  clientKey?: Record<string, unknown>;
};

const clientId = 'tongban';
const secret = 'a secret between two programs of a test';
const claims = ['name', 'id_card', 'phone_number', 'credit_code', 'org_name', 'org_role'];
const levels = ['urn:gov:auth:L1', 'urn:gov:auth:L2', 'urn:gov:auth:L3'];

/**
 * A real OpenID provider (certified, by others) on a free port of this machine. Its sign-in page has one button for
 * each account it knows and one to change one's mind.
 */
export async function startProvider({
  accounts,
  back,
  leave = [],
  idTokenSeconds = 600,
  clientKey,
}: Wishes): Promise<RunningProvider> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  const provider = new OidcProvider(issuer, {
    clients: [
      {
        client_id: clientId,
        ...(clientKey
          ? { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [clientKey] } }
          : { client_secret: secret }),
        redirect_uris: back,
        post_logout_redirect_uris: leave,
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    jwks: { keys: [signingKey()] },
    cookies: { keys: [secret] },
    scopes: ['openid', 'profile'],
    claims: { openid: ['sub'], profile: claims },
    acrValues: levels,
    ttl: {
      IdToken: idTokenSeconds,
      AccessToken: 600,
      AuthorizationCode: 60,
      Interaction: 600,
      Session: 600,
      Grant: 600,
    },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: Context, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_context: Context, id: string) => ({
      accountId: id,
      claims: async () => ({ sub: id, ...withoutLevel(accounts[id]) }),
    }),
    // Whoever signs in agrees: what is asked for is what the county needs by law.
    loadExistingGrant: async ({ oidc }: Context) => {
      const before = await provider.Grant.find(oidc.session.grantIdFor(oidc.client.clientId) ?? '');
      if (before) return before;
      const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  });
  const protocol = provider.callback();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!request.url?.startsWith('/interaction/')) return protocol(request, response);
    if (request.method !== 'POST') return void response.setHeader('content-type', 'text/html').end(page(accounts));
    void answer(request).then((account) =>
      provider.interactionFinished(request, response, resultOf(account, accounts)),
    );
  });
  return {
    ...{ issuer, clientId, secret },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function resultOf(account: string, accounts: Record<string, KnownAccount>): Record<string, unknown> {
  if (account === '') return { error: 'access_denied', error_description: 'changed their mind' };
  return { login: { accountId: account, acr: accounts[account]?.acr } };
}

async function answer(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of request) body += part;
  return new URLSearchParams(body).get('account') ?? '';
}

function page(accounts: Record<string, KnownAccount>): string {
  const button = (value: string, words: string) => `<button name="account" value="${value}">${words}</button>`;
  const buttons = Object.keys(accounts).map((account) => button(account, account));
  return `<!doctype html><title>provider</title><form method="post">${buttons.join('')}${button('', 'cancel')}</form>`;
}

const withoutLevel = ({ acr: _acr, ...told }: KnownAccount = {}) => told;

function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'test' };
}
