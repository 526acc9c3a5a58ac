import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import { algorithmsOf, clientLimits, type PublicKey } from './client.ts';

/** What a client signed to say who it is (RFC 7523 3): nothing of it counts before `checkAssertion` says so. */
export type Assertion = { client: string; jti: string; expiresAt: Date };

/** Whom an assertion names, before anything is believed. */
export function claimedBy(assertion: string): string | undefined {
  try {
    return decodeJwt(assertion).iss;
  } catch {
    return undefined;
  }
}

/**
 * Checks an assertion against the keys of the client it names: signed with one of them by an algorithm of that key,
 * from and about the client itself, for this node alone, once and for five minutes at most. Nothing when any is wrong.
 * @param audiences the names this node goes by: its address, or that of its token endpoint
 */
export async function checkAssertion(
  assertion: string,
  { client, keys, audiences, at }: { client: string; keys: PublicKey[]; audiences: string[]; at: Date },
): Promise<Assertion | undefined> {
  try {
    const { kid } = decodeProtectedHeader(assertion);
    const key = keys.find((one) => one.kid === kid);
    if (!key) return undefined;
    const { payload } = await jwtVerify(assertion, await importJWK(key, algorithmsOf(key)[0]), {
      algorithms: algorithmsOf(key),
      issuer: client,
      subject: client,
      audience: audiences,
      requiredClaims: ['exp', 'jti'],
      clockTolerance: clientLimits.clockSeconds,
      currentDate: at,
    });
    const { exp = 0, jti, aud } = payload;
    const latest = at.getTime() / 1000 + clientLimits.assertionSeconds + clientLimits.clockSeconds;
    const single = !Array.isArray(aud) || aud.length === 1;
    if (exp > latest || !single || typeof jti !== 'string' || jti === '' || jti.length > 200) return undefined;
    return { client, jti, expiresAt: new Date((exp + clientLimits.clockSeconds) * 1000) };
  } catch {
    return undefined;
  }
}
