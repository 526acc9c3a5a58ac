import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { importPKCS8 } from 'jose';
import * as oidc from 'openid-client';
import { type Clock, isLoopback, NotReached, openOutgoing, Problem, type ProviderConfig } from '../platform/door.ts';
import type { Claims } from './provider-claims.ts';

/** The conversation with a provider (OpenID Connect, authorization code with PKCE). Everything it says is checked here. */
export type Provider = ReturnType<typeof openProvider>;
export type Question = {
  state: string;
  nonce: string;
  verifier: string;
  scope: string;
  acrs: string[];
  /** Ask again although the browser is signed in there: to become surer, or somebody else. */
  again: boolean;
  lang: string;
};
export type Answer = { issuer: string; subject: string; acr: unknown; claims: Claims };

type Known = { at: number; config: Promise<oidc.Configuration>; underWay: boolean };

const backPath = '/sign-in/provider/back';
/** What a provider says of itself is forgotten after so long, so that its new keys and addresses are heard of. */
const knownFor = 3_600_000;

export function openProvider(config: ProviderConfig, clock: Clock) {
  const outgoing = openOutgoing([config.issuer]);
  let known: Known | undefined;
  return { ask, hear, leave };

  /** Where to send the browser. Throws `provider-unavailable`. */
  async function ask({ state, nonce, verifier, scope, acrs, again, lang }: Question): Promise<string> {
    const challenge = await oidc.calculatePKCECodeChallenge(verifier);
    const url = oidc.buildAuthorizationUrl(await discovered(true), {
      redirect_uri: config.origin + backPath,
      scope,
      state,
      nonce,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ui_locales: lang === 'en' ? 'en' : 'zh-CN',
      ...(acrs.length > 0 && { acr_values: acrs.join(' ') }),
      ...(again && { prompt: 'login' }),
    });
    return url.href;
  }

  /**
   * What the provider says of who came back with this query. Throws `provider-denied` when they changed their mind,
   * `provider-unavailable` when the provider cannot answer, and `provider-answer-wrong` when anything does not fit:
   * state, nonce, issuer, code, verifier, signature, times.
   */
  async function hear(query: string, { state, nonce, verifier }: Pick<Question, 'state' | 'nonce' | 'verifier'>) {
    const provider = await discovered();
    return checked(async (): Promise<Answer> => {
      const tokens = await oidc.authorizationCodeGrant(provider, new URL(`${config.origin}${backPath}?${query}`), {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const told = tokens.claims();
      if (!told) throw new Problem('provider-answer-wrong');
      const { userinfo_endpoint } = provider.serverMetadata();
      const more = userinfo_endpoint ? await oidc.fetchUserInfo(provider, tokens.access_token, told.sub) : {};
      return { issuer: told.iss, subject: told.sub, acr: told.acr, claims: { ...told, ...more } };
    });
  }

  /** Where one ends the sign-in at the provider too; nothing when it offers no such place, or does not answer. */
  async function leave(): Promise<string | undefined> {
    const provider = await discovered().catch(() => undefined);
    if (!provider?.serverMetadata().end_session_endpoint) return undefined;
    // Without the ID token as a hint: it names the person, and this becomes an address.
    return oidc.buildEndSessionUrl(provider, { post_logout_redirect_uri: `${config.origin}/` }).href;
  }

  /** What the provider says of itself; `anew`: asked now, so that nobody is sent to a provider that is down. */
  function discovered(anew = false): Promise<oidc.Configuration> {
    const old = known && clock().getTime() - known.at > knownFor;
    if (!known || old || (anew && !known.underWay)) known = discoverOnce();
    const { config: found } = known;
    return checked(() => found);
  }

  function discoverOnce(): Known {
    const asked: Known = { at: clock().getTime(), config: discover(), underWay: true };
    asked.config.then(
      () => {
        asked.underWay = false;
      },
      () => {
        if (known === asked) known = undefined;
      },
    );
    return asked;
  }

  async function discover(): Promise<oidc.Configuration> {
    const issuer = new URL(config.issuer);
    const metadata = { [oidc.clockSkew]: Math.round((clock().getTime() - Date.now()) / 1000) };
    return oidc.discovery(issuer, config.clientId, metadata, await proofOf(config), {
      [oidc.customFetch]: (url, init) => outgoing(url, init as RequestInit),
      execute: [oidc.enableNonRepudiationChecks, ...(isLoopback(issuer) ? [oidc.allowInsecureRequests] : [])],
    });
  }
}

/** How we prove to the provider that it is us: a private key when there is one, else the secret. */
async function proofOf({ keyFile, secretFile, secret = '' }: ProviderConfig): Promise<oidc.ClientAuth> {
  if (!keyFile) return oidc.ClientSecretBasic(secretFile ? (await readFile(secretFile, 'utf8')).trim() : secret);
  const pem = await readFile(keyFile, 'utf8');
  const kind = createPrivateKey(pem).asymmetricKeyType;
  return oidc.PrivateKeyJwt(await importPKCS8(pem, kind === 'ec' ? 'ES256' : 'RS256'));
}

/** Turns what may go wrong on the way into a problem with a page. */
async function checked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Problem ? error : new Problem(codeOf(error));
  }
}

function codeOf(error: unknown): 'provider-denied' | 'provider-unavailable' | 'provider-answer-wrong' {
  if (reasonsOf(error).some((reason) => reason instanceof NotReached)) return 'provider-unavailable';
  if (error instanceof oidc.AuthorizationResponseError) {
    if (error.error === 'access_denied') return 'provider-denied';
    return isTheirs(error.error) ? 'provider-unavailable' : 'provider-answer-wrong';
  }
  if (error instanceof oidc.WWWAuthenticateChallengeError) return 'provider-unavailable';
  if (error instanceof oidc.ResponseBodyError)
    return error.error === 'invalid_client' || isTheirs(error.error) ? 'provider-unavailable' : 'provider-answer-wrong';
  const answer = reasonsOf(error).find((reason) => reason instanceof Response);
  return answer && answer.status !== 200 ? 'provider-unavailable' : 'provider-answer-wrong';
}

const isTheirs = (code: string) => code === 'server_error' || code === 'temporarily_unavailable';

function reasonsOf(error: unknown): unknown[] {
  return error instanceof Error ? [error, ...reasonsOf(error.cause)] : error ? [error] : [];
}
