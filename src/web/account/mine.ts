import type { FastifyRequest } from 'fastify';
import type { Session } from '../../identity/door.ts';
import { Problem } from '../../platform/door.ts';
import type { Site } from '../site.ts';

/** The session of who asks; visitors go to sign-in first. */
export function mine(site: Site, request: FastifyRequest): Session {
  const session = site.session(request);
  if (!session) throw new Problem('sign-in-required');
  return session;
}
