import type { FastifyRequest } from 'fastify';
import { applicantOf, padOf } from '../identity/door.ts';
import { doOnce, type Once, onceOf, Problem } from '../platform/door.ts';
import type { Site } from './site.ts';

/**
 * What a request makes is made once. A program says under which id; a form that is sent twice has the token of one page,
 * and no two pages carry the same.
 */
type Sent = { key: string; wish: unknown };

/** The act of a request, under a key that counts for who asks, for whom they act, and for this route. */
export function onceUnder(site: Site, request: FastifyRequest, { key, wish }: Sent): Once {
  const actor = site.session(request)?.actor;
  if (!actor || actor.kind === 'guest') throw new Problem('sign-in-required');
  const { vault, clock } = site.house;
  return onceOf(vault, {
    ...{ region: actor.region, at: clock(), key, wish: [request.params, wish] },
    within: [`${request.method} ${request.routeOptions.url}`, actor.id, applicantOf(actor).id],
  });
}

/** Does what a form asks for, once, however often the page sends it. What was changed on the page is another wish. */
export function formOnce(site: Site, request: FastifyRequest, act: (once: Once) => Promise<string>): Promise<string> {
  const once = onceOfForm(site, request);
  return doOnce(site.house.db, once, () => act(once));
}

/** The act of a form; one that came without the token of a page is an act of its own. */
export function onceOfForm(site: Site, request: FastifyRequest): Once {
  const { _csrf: token, ...wish } = (request.body ?? {}) as Record<string, unknown>;
  const page = typeof token === 'string' ? padOf(token) : undefined;
  return onceUnder(site, request, {
    key: JSON.stringify([page ?? site.house.ids.token(), wish, request.params]),
    wish,
  });
}
