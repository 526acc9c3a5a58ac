import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Http, Problem } from '../../platform/door.ts';
import { formOf, longerThan, longForm, queryOf, shortened, wrongOf } from '../forms.ts';
import { entryOf } from '../recorded.ts';
import type { Site } from '../site.ts';
import { openAdmin } from './admin.ts';
import { AlarmsPage, alarmKey, type RefusedNote } from './alarms-page.tsx';

const shown = 100;
const longest = { note: 500 };

/** Alarms for the audit administrator, and what they found out. */
export function registerAlarms(app: Http, site: Site): void {
  const { house } = site;
  app.get('/admin/alarms', (request, reply) => show(request, reply));

  app.post('/admin/alarms', longForm, async (request, reply) => {
    const { view, actor } = openAdmin(site, request, 'trail.read');
    const { alarm = '', note = '' } = formOf(request);
    const said = note.trim();
    const wrong = [
      ...([...said].length < 2 ? [{ field: 'note', code: 'alarm-note' }] : []),
      ...longerThan(longest, formOf(request)),
    ];
    if (wrong.length > 0) {
      const { note: error = '' } = wrongOf(view, wrong);
      return show(request, reply, { alarm, error, ...shortened({ note }).typed });
    }
    const key = (await house.alarms.list(actor.region, shown)).find((one) => alarmKey(one) === alarm);
    if (!key) throw new Problem('not-found');
    const entry = entryOf(house, request, {
      ...{ kind: 'act', what: 'alarm.looked-into', outcome: 'done', about: key.who },
      ...(key.rule === 'break-glass' ? {} : { whose: key.subject || undefined }),
      detail: { rule: key.rule, day: key.day, ...(key.rule === 'break-glass' && { number: key.subject }) },
    });
    await house.alarms.note(key, { by: actor.id, note: said, at: house.clock() }, entry);
    return reply.redirect('/admin/alarms?done=noted', 303);
  });

  async function show(request: FastifyRequest, reply: FastifyReply, refused?: RefusedNote): Promise<FastifyReply> {
    const { view, actor } = openAdmin(site, request, 'trail.read');
    const alarms = await house.alarms.list(actor.region, shown);
    const ids = new Set(alarms.flatMap(({ who, notes }) => [who, ...notes.map(({ by }) => by)]));
    const systems = await house.identity.clients.names(actor.region, [...ids]);
    const staff = new Map([...systems, ...(await house.identity.staff.names(actor.region, [...ids]))]);
    const done = queryOf(request).done === 'noted';
    const page = AlarmsPage({ view, names: { staff, agency: () => '' }, alarms, done, refused });
    return site.page(request, reply, page, refused ? 422 : 200);
  }
}
