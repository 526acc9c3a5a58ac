import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { type Db, Problem } from '../platform/door.ts';
import { browserName } from './browser-name.ts';
import { digest, hashOfCookie } from './cookie.ts';
import { owner, type SecondFactor, type Who } from './second-factor.ts';
import type { Session } from './sessions.ts';
import {
  addPasskey,
  dropPasskey,
  keepChallenge,
  type PasskeyRow,
  passkeysOf,
  passkeyUsed,
  takeChallenge,
} from './store-passkeys.ts';

/** Where the browser is: a key is bound to the host name, and signs the whole address. */
export type Site = { id: string; origin: string; name: string };
export type Passkey = Pick<PasskeyRow, 'id' | 'device' | 'since' | 'usedAt'>;
export type Passkeys = ReturnType<typeof openPasskeys>;

/** ES256, EdDSA and RS256: what keys of today speak. */
const algorithms = [-7, -8, -257] as const;

/** Passkeys as the second step: made at /account, asked for at sign-in. A browser's answer comes as JSON. */
export function openPasskeys({ db, second }: { db: Db; second: SecondFactor }) {
  return { list, ask, add, remove, askAtSignIn, check };

  async function list({ actor }: Session): Promise<Passkey[]> {
    return actor.kind === 'staff' ? passkeysOf(db, actor.region, actor.id) : [];
  }

  /** What the browser is asked in order to make a key. */
  async function ask(session: Session, at: Date, site: Site, label: string): Promise<string> {
    const { region, id } = owner(session, at);
    const mine = await passkeysOf(db, region, id);
    const options = await generateRegistrationOptions({
      rpName: site.name,
      rpID: site.id,
      userName: label,
      userID: Uint8Array.from(digest(`${region} ${id}`)),
      attestationType: 'none',
      excludeCredentials: mine.map(named),
      supportedAlgorithmIDs: [...algorithms],
      authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
    });
    await keepChallenge(db, askedIn('session', session.token), options.challenge);
    return JSON.stringify(options);
  }

  /** Keeps the key that was made. The first second step of an account comes with codes on paper. */
  async function add(session: Session, answer: string, at: Date, site: Site, agent?: string): Promise<string[]> {
    const { region, id } = owner(session, at);
    const challenge = await takeChallenge(db, askedIn('session', session.token));
    const made = challenge && (await verified(() => registered(answer, challenge, site)));
    if (!made) throw refused();
    const row = { id: made.id, publicKey: Buffer.from(made.publicKey), counter: made.counter };
    const more = { transports: made.transports ?? [], rpId: site.id, device: browserName(agent) };
    if (!(await addPasskey(db, { region, staff: id, at, ...row, ...more }))) throw refused();
    return second.firstCodes({ region, id });
  }

  async function remove(session: Session, credential: string, at: Date): Promise<void> {
    const { region, id } = owner(session, at);
    await dropPasskey(db, region, id, credential);
    await second.dropCodesIfLast({ region, id });
  }

  /** What the browser is asked at sign-in; nothing when the account has no key for this host name. */
  async function askAtSignIn(step: string, who: Who, site: Site): Promise<string | undefined> {
    const keys = (await passkeysOf(db, who.region, who.id)).filter((key) => key.rpId === site.id);
    if (keys.length === 0) return undefined;
    const options = await generateAuthenticationOptions({
      rpID: site.id,
      allowCredentials: keys.map(named),
      userVerification: 'preferred',
    });
    await keepChallenge(db, askedIn('sign_in_step', step), options.challenge);
    return JSON.stringify(options);
  }

  /** Takes the signature of a key at sign-in; throws when it is not one of the account's, or not over what was asked. */
  async function check(step: string, who: Who, answer: string, at: Date, site: Site): Promise<void> {
    const challenge = await takeChallenge(db, askedIn('sign_in_step', step));
    const keys = await passkeysOf(db, who.region, who.id);
    const used = challenge && (await verified(() => signed(answer, challenge, site, keys)));
    if (!used || !(await passkeyUsed(db, who.region, used.credentialID, used.newCounter, at))) throw refused();
  }
}

async function registered(answer: string, expectedChallenge: string, site: Site) {
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: JSON.parse(answer) as RegistrationResponseJSON,
    expectedChallenge,
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    requireUserVerification: false,
    supportedAlgorithmIDs: [...algorithms],
  });
  return verified ? registrationInfo.credential : undefined;
}

async function signed(answer: string, expectedChallenge: string, site: Site, keys: PasskeyRow[]) {
  const response = JSON.parse(answer) as AuthenticationResponseJSON;
  const key = keys.find(({ id, rpId }) => id === response.id && rpId === site.id);
  if (!key) return undefined;
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge,
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    credential: { ...named(key), publicKey: Uint8Array.from(key.publicKey), counter: key.counter },
    requireUserVerification: false,
  });
  return verified ? authenticationInfo : undefined;
}

/** An answer that cannot be read is as wrong as one that is not right. */
async function verified<T>(work: () => Promise<T>): Promise<T | undefined> {
  return work().catch(() => undefined);
}

const named = ({ id, transports }: PasskeyRow) => ({ id, transports: transports as AuthenticatorTransport[] });
const refused = () => new Problem('form-invalid', {}, [{ field: 'answer', code: 'passkey-refused' }]);

function askedIn(table: 'session' | 'sign_in_step', token: string) {
  const parts = hashOfCookie(token);
  if (!parts) throw new Problem('sign-in-failed');
  return { table, ...parts };
}
