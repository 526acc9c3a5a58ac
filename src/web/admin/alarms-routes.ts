import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Http } from '../../platform/door.ts';
import { flawsIn, formOf, longForm, queryOf, shortened, wrongOf } from '../forms.ts';
import { formOnce } from '../once.ts';
import { pageOf } from '../paging.ts';
import type { Site } from '../site.ts';
import { openAdmin } from './admin.ts';
import { alarmsFor, noteAlarm } from './alarm-notes.ts';
import { AlarmsPage, type RefusedNote } from './alarms-page.tsx';

/** Alarms for the audit administrator, and what they found out. */
export function registerAlarms(app: Http, site: Site): void {
  app.get('/admin/alarms', (request, reply) => show(request, reply));

  app.post('/admin/alarms', longForm, async (request, reply) => {
    const { view, actor } = openAdmin(site, request, 'trail.read');
    const { alarm = '', note = '' } = formOf(request);
    try {
      await formOnce(site, request, (once) => noteAlarm(site, request, actor, { alarm, note, once }));
    } catch (error) {
      const { note: said = '' } = wrongOf(view, flawsIn(error));
      return show(request, reply, { alarm, error: said, ...shortened({ note }).typed });
    }
    return reply.redirect('/admin/alarms?done=noted', 303);
  });

  async function show(request: FastifyRequest, reply: FastifyReply, refused?: RefusedNote): Promise<FastifyReply> {
    const { view, actor } = openAdmin(site, request, 'trail.read');
    const at = pageOf(request);
    const { found, names: staff } = await alarmsFor(site, actor, at);
    const done = queryOf(request).done === 'noted';
    const page = AlarmsPage({ view, names: { staff, agency: () => '' }, at, found, done, refused });
    return site.page(request, reply, page, refused ? 422 : 200);
  }
}
