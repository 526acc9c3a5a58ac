import Type from 'typebox';
import type { Once } from '../../platform/door.ts';
import { openAdmin, openFresh } from '../admin/admin.ts';
import { beginHold, endHold, holdsOf } from '../admin/holding.ts';
import type { Site } from '../site.ts';
import { type Api, makeOnce } from './api.ts';
import {
  answer,
  CaseNumber,
  closed,
  commandId,
  Id,
  IdempotencyKey,
  Instant,
  More,
  nothing,
  nullable,
  Paged,
} from './shapes.ts';

const Holds = Type.Object({
  holds: Type.Array(
    Type.Object({
      id: Type.String(),
      number: Type.String(),
      reason: Type.String(),
      by: Type.String({ description: 'Account' }),
      byName: Type.Optional(Type.String()),
      from: Instant,
      until: Type.Optional(nullable(Instant)),
      endedAt: nullable(Instant),
      endedBy: nullable(Type.String()),
      endReason: nullable(Type.String()),
      holds: Type.Boolean({ description: 'Whether it keeps its case from being erased now' }),
    }),
  ),
  more: More,
});
const Beginning = Type.Object(
  {
    number: CaseNumber,
    reason: Type.String({ maxLength: 200 }),
    until: Type.Optional(Type.String({ maxLength: 20, description: 'The last day, YYYY-MM-DD' })),
    ...commandId,
  },
  closed,
);

const tags = ['administration'];
const manages = 'hold.manage';

/** What keeps cases from being erased, for the security administrator. */
export function registerHolds(api: Api, site: Site): void {
  api.get('/api/v1/admin/holds', {
    schema: {
      operationId: 'listHolds',
      summary: 'Holds of the county, those that hold first',
      tags,
      querystring: Paged,
      response: answer(Holds),
    },
    handler: async (request) => {
      const { actor } = openAdmin(site, request, manages);
      const { found, names } = await holdsOf(site, actor, request.query.page);
      return { holds: found.rows.map((hold) => ({ ...hold, byName: names.get(hold.by) })), more: found.more };
    },
  });
  api.post('/api/v1/admin/holds', {
    schema: {
      operationId: 'beginHold',
      summary: 'Keep a case from being erased',
      tags,
      headers: IdempotencyKey,
      body: Beginning,
      response: nothing,
    },
    handler: async (request, reply) => {
      const admin = openFresh(site, request, manages);
      const begin = (once: Once) => beginHold(site, request, admin, { until: '', ...request.body, once });
      await makeOnce(site, request, begin);
      return reply.status(204).send(null);
    },
  });
  api.post('/api/v1/admin/holds/:id/end', {
    schema: {
      operationId: 'endHold',
      summary: 'Let go of it; asks for proof of a moment ago',
      tags,
      params: Type.Object({ id: Id }, closed),
      body: Type.Object({ why: Type.String({ maxLength: 200 }) }, closed),
      response: nothing,
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      await endHold(site, request, openFresh(site, request, manages), { id, why: request.body.why });
      return reply.status(204).send(null);
    },
  });
}
