import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Http } from '../../platform/door.ts';
import { momentOf } from '../admin/people-routes.ts';
import { type Form, flawsIn, formOf, queryOf, safeNext, type Wrong, wrongOf } from '../forms.ts';
import { giveSession } from '../session-cookies.ts';
import type { Site } from '../site.ts';
import { DevicePage, OpenPage } from './device-page.tsx';
import { giveDevice, startAnew, startPath } from './here.ts';
import { IdlePage } from './idle-page.tsx';

/** On the machine itself: the code that makes it a device, whether anybody is there, and beginning anew. */
export function registerDevice(app: Http, site: Site): void {
  const { identity, config } = site.house;

  app.get('/device', async (request, reply) => show(request, reply));

  app.post('/device', async (request, reply) => {
    // A device stays the one it is until it is revoked or given another code.
    if (request.device) return reply.redirect('/device', 303);
    const typed = formOf(request);
    try {
      const moment = momentOf(site, request);
      const { token } = await identity.devices.open(typed.code ?? '', moment, request.ip);
      const session = site.session(request);
      if (session) await identity.signOut(session.token);
      giveSession(startAnew(reply, config.secure), config.secure);
      giveDevice(reply, config.secure, token);
    } catch (error) {
      return show(request, reply, wrongOf(site.view(request), flawsIn(error)), typed);
    }
    return reply.redirect('/device', 303);
  });

  app.get('/device/idle', async (request, reply) => {
    const view = site.view(request);
    if (!request.device || !site.session(request)) return reply.redirect(startPath, 303);
    return site.page(request, reply, IdlePage({ view, next: safeNext(queryOf(request).next, '/') }));
  });

  // Ends nothing: a session has rested too long by then, or somebody came back to it.
  app.get(startPath, async (request, reply) => {
    if (request.device && !site.session(request)) startAnew(reply, config.secure);
    return reply.redirect('/', 303);
  });

  async function show(request: FastifyRequest, reply: FastifyReply, wrong: Wrong = {}, typed: Form = {}) {
    const view = site.view(request);
    if (!view.device) {
      const page = OpenPage({ view, wrong, typed });
      return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
    }
    const place = view.placeName((await identity.divisions.find(view.device.division))?.name ?? '');
    return site.page(request, reply, DevicePage({ view, device: view.device, place }));
  }
}
