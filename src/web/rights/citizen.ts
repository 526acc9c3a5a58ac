import type { FastifyRequest } from 'fastify';
import type { PersonActor, Session } from '../../identity/door.ts';
import { Problem } from '../../platform/door.ts';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';

/** Somebody who asks about the data kept of themselves. */
export type Citizen = { view: View; session: Session; actor: PersonActor };

/**
 * Who asks, as themselves: what is kept of a person is theirs, whatever organisation they act for at the moment. Visitors
 * go to sign-in; staff are told that it is not theirs.
 */
export function citizenOf(site: Site, request: FastifyRequest): Citizen {
  const session = site.session(request);
  if (!session) throw new Problem('sign-in-required');
  if (session.actor.kind !== 'person') throw new Problem('not-allowed');
  const { kind, id, region, name } = session.actor;
  return { view: site.view(request), session, actor: { kind, id, region, name } };
}
