import type { FastifyRequest } from 'fastify';
import type { ClientActor, ClientScope, PersonActor, Session, StaffActor } from '../../identity/door.ts';
import { doOnce, type Http, type Once, Problem } from '../../platform/door.ts';
import { onceUnder } from '../once.ts';
import type { Site } from '../site.ts';

/** The part of the server the machine interface lives in: its own validation, its own description, the same acts. */
export type Api = Http;

export type Signed = PersonActor | StaffActor;

/** Who asks; a visitor is asked to sign in before anything else is looked at. */
export function signedIn(site: Site, request: FastifyRequest): Session & { actor: Signed } {
  const session = site.session(request);
  if (!session || session.actor.kind === 'guest') throw new Problem('sign-in-required');
  return { ...session, actor: session.actor };
}

/** The same, or another system that calls what is opened to it; whether its token holds the scope, the policy says. */
export function asking(site: Site, request: FastifyRequest): Signed | ClientActor {
  return request.client ?? signedIn(site, request).actor;
}

/** A route that is opened to other systems whose token holds a scope, and how the description says so. */
export function openTo(scope: ClientScope) {
  const security: Record<string, string[]>[] = [{ session: [], token: [] }, { client: [scope] }];
  return { config: { client: scope }, security };
}

/** The moment of a request as it is written into events. */
export const instant = (site: Site): string => site.house.clock().toISOString();

/**
 * The id under which a wish takes effect once: the header `Idempotency-Key`, or `commandId` in the body. It counts
 * within one case or form only, so that a client's own numbering cannot collide between two of them.
 */
export function commandIdOf(request: FastifyRequest, within: string, inBody?: string): string {
  const header = request.headers['idempotency-key'];
  const given = inBody ?? (Array.isArray(header) ? header[0] : header);
  if (given === undefined || !/^[\w.:-]{8,80}$/.test(given)) {
    throw new Problem('form-invalid', {}, [{ field: 'commandId', code: 'command-id' }]);
  }
  return `${within}.${given}`;
}

/** What a request makes, under the id it came with; throws `form-invalid` without one. */
export function onceFor(site: Site, request: FastifyRequest): Once {
  const { commandId, ...wish } = request.body as { commandId?: string };
  return onceUnder(site, request, { key: commandIdOf(request, 'once', commandId), wish });
}

/** Makes it, once however often the request is sent; gives the id of what was made, by this request or an earlier one. */
export function makeOnce(site: Site, request: FastifyRequest, act: (once: Once) => Promise<string>): Promise<string> {
  const once = onceFor(site, request);
  return doOnce(site.house.db, once, () => act(once));
}
