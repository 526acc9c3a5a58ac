import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor, Entered, Session, Visit } from '../../identity/door.ts';
import { giveSession } from '../session-cookies.ts';
import type { Site } from '../site.ts';
import { recordEntered } from './recorded-sign-in.ts';

const halfYear = 180 * 24 * 3600;
const tenMinutes = 600;

/** What identity wants to know of a browser that signs in. */
export function visitOf(request: FastifyRequest): Visit {
  const { tb_device: device } = request.cookies;
  const { session, device: on, headers, ip: address } = request;
  return { replaces: session?.token, device, agent: headers['user-agent'], address, on };
}

/** Lets somebody in: the session, the browser known by its own cookie from now on, and on to where they wanted. */
export async function admit(
  site: Site,
  reply: FastifyReply,
  entered: { session: Session } & Partial<Entered>,
  next: string,
): Promise<FastifyReply> {
  const { secure } = site.house.config;
  const { session, device, startGiven } = entered;
  await recordEntered(site, reply.request, session);
  giveSession(reply, secure, session.token);
  if (device) reply.setCookie('tb_device', device, { ...onlySignIn(secure), maxAge: halfYear });
  reply.clearCookie('tb_step', onlySignIn(secure));
  const home = homeOf(session.actor, next);
  return reply.redirect(startGiven ? `/account/start?next=${encodeURIComponent(home)}` : home, 303);
}

/** The password was right: ten minutes for the second step. */
export function keepStep(site: Site, reply: FastifyReply, step: string): void {
  reply.setCookie('tb_step', step, { ...onlySignIn(site.house.config.secure), maxAge: tenMinutes });
}

/** Sent to sign-in and nowhere else; neither opens anything by itself. */
const onlySignIn = (secure: boolean) => ({ path: '/sign-in', httpOnly: true, sameSite: 'strict', secure }) as const;

/** Where the signed-in go: back to where they wanted, or to their own first page. */
function homeOf(actor: Actor, next: string): string {
  if (actor.kind !== 'staff') return next || '/';
  // A citizen's page would only tell staff that it is not theirs.
  const theirs = /^\/(desk|watch|admin|design|cases|account)/.test(next);
  if (next && theirs) return next;
  if (actor.roles.length > 0 && actor.roles.every((role) => /-admin$|^catalog-/.test(role))) return '/admin';
  return actor.roles.includes('supervisor') ? '/watch' : '/desk';
}
