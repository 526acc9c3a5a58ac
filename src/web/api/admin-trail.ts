import Type from 'typebox';
import { Problem } from '../../platform/door.ts';
import { openAdmin } from '../admin/admin.ts';
import { alarmsFor, longest, noteAlarm } from '../admin/alarm-notes.ts';
import { alarmKey } from '../admin/alarms-page.tsx';
import { askedOf, cursorText, outcomes, rowsOfPage, trailKinds } from '../admin/trail-form.ts';
import { trailPage } from '../admin/trail-routes.ts';
import type { Site } from '../site.ts';
import { type Api, makeOnce } from './api.ts';
import {
  answer,
  closed,
  commandId,
  Day,
  IdempotencyKey,
  Instant,
  More,
  named,
  nothing,
  nullable,
  Paged,
} from './shapes.ts';

const Entry = named(
  'TrailEntry',
  'Something that was done, read, refused or failed: who, from where, about what and whose, and why',
  Type.Object({
    id: Type.String(),
    at: Instant,
    kind: Type.Enum([...trailKinds]),
    what: Type.String(),
    whoKind: Type.Enum(['guest', 'person', 'staff', 'client', 'device', 'system']),
    whoId: Type.String(),
    network: Type.String(),
    whose: nullable(Type.String()),
    about: nullable(Type.String()),
    reason: nullable(Type.String()),
    outcome: Type.Enum([...outcomes]),
    requestId: nullable(Type.String()),
    detail: Type.Unknown(),
  }),
);
const text = (description: string) => Type.Optional(Type.String({ maxLength: 100, description }));
const Question = Type.Object(
  {
    kind: Type.Optional(Type.Enum([...trailKinds])),
    what: text('Code of what was done, or its beginning'),
    outcome: Type.Optional(Type.Enum([...outcomes])),
    from: text('The first day, YYYY-MM-DD'),
    to: text('The last day, YYYY-MM-DD'),
    who: text('Name of an account, or an id'),
    about: text('A case number, an ID card, or an id'),
    before: text('The next of the answer before'),
  },
  closed,
);
const Alarm = Type.Object({
  key: Type.String({ description: 'Names it, to say what was found out' }),
  rule: Type.String(),
  day: Day,
  who: Type.String(),
  name: Type.Optional(Type.String()),
  subject: Type.String(),
  at: Instant,
  count: Type.Integer(),
  detail: nullable(Type.String()),
  notes: Type.Array(Type.Object({ at: Instant, by: Type.String(), note: Type.String() })),
});

const tags = ['administration'];
const reads = 'trail.read';

/** The trail and its alarms, for the audit administrator. That they looked is in the trail too. */
export function registerTrail(api: Api, site: Site): void {
  api.post('/api/v1/admin/trail/search', {
    schema: {
      operationId: 'searchTrail',
      summary: `Entries of the trail, the latest first, ${rowsOfPage} at a time; posted, since it may name persons`,
      tags,
      body: Question,
      response: answer(Type.Object({ entries: Type.Array(Entry), next: nullable(Type.String()) })),
    },
    handler: async (request) => {
      const { actor } = openAdmin(site, request, reads);
      const { wrong } = askedOf(request.body);
      if (wrong.length > 0) throw new Problem('form-invalid', {}, wrong);
      const { rows, more } = await trailPage(site, request, actor, request.body);
      const last = rows.at(-1);
      return { entries: rows, next: more && last ? cursorText(last) : null };
    },
  });
  api.get('/api/v1/admin/alarms', {
    schema: {
      operationId: 'listAlarms',
      summary: 'Alarms of the county, the latest first',
      tags,
      querystring: Paged,
      response: answer(Type.Object({ alarms: Type.Array(Alarm), more: More })),
    },
    handler: async (request) => {
      const { actor } = openAdmin(site, request, reads);
      const { found, names } = await alarmsFor(site, actor, request.query.page);
      const alarms = found.rows.map((one) => ({ ...one, key: alarmKey(one), name: names.get(one.who) }));
      return { alarms, more: found.more };
    },
  });
  api.post('/api/v1/admin/alarms', {
    schema: {
      operationId: 'noteAlarm',
      summary: 'Say what was found out about an alarm',
      tags,
      headers: IdempotencyKey,
      body: Type.Object(
        { alarm: Type.String({ maxLength: 300 }), note: Type.String({ maxLength: longest.note }), ...commandId },
        closed,
      ),
      response: nothing,
    },
    handler: async (request, reply) => {
      const { actor } = openAdmin(site, request, reads);
      await makeOnce(site, request, (once) => noteAlarm(site, request, actor, { ...request.body, once }));
      return reply.status(204).send(null);
    },
  });
}
