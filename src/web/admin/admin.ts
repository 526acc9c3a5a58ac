import type { FastifyRequest } from 'fastify';
import { type Action, type Actor, assertCan, can, requireFresh, type StaffActor } from '../../identity/door.ts';
import { Problem } from '../../platform/door.ts';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';
import { type AdminPlace, places } from './places.ts';

/** The longest texts of forms about accounts, powers, devices and holds, in characters, by the kind of the field. */
export const longest = { name: 100, reason: 200, why: 200, remark: 300 } as const;

/** What an administration page begins with: the view, and who asks. */
export type Admin = { view: View; actor: StaffActor };

/** Opens a page for whoever may do an action to the house; anybody else is told that it is not theirs. */
export function openAdmin(site: Site, request: FastifyRequest, action: Action): Admin {
  const view = site.view(request);
  const { actor } = view;
  assertCan(actor, action, { kind: 'house' });
  if (actor.kind !== 'staff') throw new Problem('not-allowed');
  return { view, actor };
}

/** The same for what changes who may do what, or takes much away at once: asks for proof unless there was one a moment ago. */
export function openFresh(site: Site, request: FastifyRequest, action: Action): Admin {
  const admin = openAdmin(site, request, action);
  const session = site.session(request);
  if (!session) throw new Problem('sign-in-required');
  requireFresh(session, site.house.clock());
  return admin;
}

/** The pages somebody may open. */
export function placesOf(actor: Actor): AdminPlace[] {
  return places.filter(({ action }) => can(actor, action, { kind: 'house' }));
}
