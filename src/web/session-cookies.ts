import type { FastifyReply } from 'fastify';

/**
 * The cookies that open something, or say which browser began to sign in. Behind TLS they bear the prefix with which
 * browsers refuse one that a neighbouring host, or somebody on the way, has set (`__Host-`, RFC 6265bis).
 */
export type SessionCookie = 'tb_session' | 'tb_guest' | 'tb_enrolled' | 'tb_provider';
export const nameOfCookie = (name: SessionCookie, secure: boolean): string => (secure ? `__Host-${name}` : name);

/** For every page of this site, never for a script, never with a form of another site. */
export const cookieOptions = (secure: boolean) => ({ path: '/', httpOnly: true, sameSite: 'lax', secure }) as const;

/** Hands the session to the browser; without a token, takes it away. */
export function giveSession(reply: FastifyReply, secure: boolean, token?: string): FastifyReply {
  const name = nameOfCookie('tb_session', secure);
  return token === undefined
    ? reply.clearCookie(name, cookieOptions(secure))
    : reply.setCookie(name, token, cookieOptions(secure));
}
