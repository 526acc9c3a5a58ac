import type { FastifyRequest } from 'fastify';
import { can, type StaffActor } from '../../identity/door.ts';
import type { Http } from '../../platform/door.ts';
import type { Site } from '../site.ts';

const thing = { kind: 'house' } as const;

/** Before a page of administration: how many reviews and alarms wait for who asks, so that the rail says it on every one. */
export function countWaiting(app: Http, site: Site): void {
  const { identity, audit } = site.house;
  app.decorateRequest('waiting', undefined);
  app.addHook('preHandler', async (request: FastifyRequest) => {
    const actor = request.session?.actor;
    if (actor?.kind !== 'staff' || !request.routeOptions.url?.startsWith('/admin/')) return;
    request.waiting = await waitingFor(actor);
  });

  async function waitingFor(actor: StaffActor): Promise<Record<string, number>> {
    if (can(actor, 'break-glass.review', thing)) return { glass: await identity.powers.openReviews(actor) };
    if (can(actor, 'trail.read', thing)) return { alarms: await audit.openAlarms(actor) };
    return {};
  }
}
