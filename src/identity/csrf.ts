import { createHmac, timingSafeEqual } from 'node:crypto';

/** 32 bytes in base64url. */
const bareLength = 43;

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

/**
 * The token as a page carries it: in another dress each time, so that whoever can have a page made many times, and sees
 * how long it is when packed, cannot guess it bit by bit (BREACH).
 *
 * @param pad random, never used before, as long as the token (32 bytes in base64url)
 */
export function maskedCsrf(token: string, pad: string): string {
  return token === '' ? '' : pad + overlaid(token, pad);
}

/** Whether what a form brought is the token, bare (as the interface gives it) or masked. Compares in constant time. */
export function csrfMatches(expected: string, given: unknown): boolean {
  if (typeof given !== 'string' || expected === '') return false;
  const half = expected.length;
  const bare = given.length === 2 * half ? overlaid(given.slice(half), given.slice(0, half)) : given;
  const [a, b] = [Buffer.from(expected), Buffer.from(bare)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** What tells the page a token came from apart from every other page; nothing for a bare token. */
export const padOf = (given: string): string | undefined =>
  given.length === 2 * bareLength ? given.slice(0, bareLength) : undefined;

/** One text in base64url laid over another of the same length; doing it again takes it off. */
function overlaid(text: string, pad: string): string {
  const [a, b] = [Buffer.from(text, 'base64url'), Buffer.from(pad, 'base64url')];
  return Buffer.from(a.map((byte, at) => byte ^ (b[at] ?? 0))).toString('base64url');
}

function hmac(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}
