import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The token every form carries, so that another site cannot post in somebody's name. It is made from a secret and
 * never stored: from the session's own secret for those who signed in, from the house's secret and a cookie for
 * visitors. Pure over the secrets given.
 */
export function sessionCsrf(csrfSecret: string): string {
  return hmac(csrfSecret, 'session form');
}

/** The token of a visitor who has not signed in; `guestCookie` is the random cookie they were given. */
export function guestCsrf(houseSecret: string, guestCookie: string): string {
  return hmac(houseSecret, `guest form ${guestCookie}`);
}

/** Compares in constant time. */
export function csrfMatches(expected: string, given: unknown): boolean {
  if (typeof given !== 'string') return false;
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length > 0 && a.length === b.length && timingSafeEqual(a, b);
}

function hmac(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}
