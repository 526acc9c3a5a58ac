import Type from 'typebox';
import { tidyNumber } from '../../cases/door.ts';
import { openAdmin, openFresh } from '../admin/admin.ts';
import { opensInEmergency } from '../admin/glass-routes.ts';
import { momentOf } from '../admin/people-routes.ts';
import { offsetOf } from '../paging.ts';
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

const Verdict = Type.Enum(['justified', 'unjustified']);
const Openings = Type.Object({
  openings: Type.Array(
    Type.Object({
      id: Type.String(),
      number: Type.String(),
      name: Type.String(),
      agency: Type.String(),
      reason: Type.String(),
      at: Instant,
      until: Instant,
      verdict: nullable(Type.String({ description: 'justified or unjustified; null while nobody has reviewed it' })),
      remark: nullable(Type.String()),
      reviewer: nullable(Type.String()),
    }),
  ),
  more: More,
});

const tags = ['emergency'];

/** Access in an emergency: asked for at the desk, reviewed by the security administrator. */
export function registerEmergency(api: Api, site: Site): void {
  const { powers } = site.house.identity;

  api.post('/api/v1/break-glass', {
    schema: {
      operationId: 'openInEmergency',
      summary: 'Open one case outside of my reach for an hour, with a reason; it rings an alarm and is reviewed',
      tags,
      headers: IdempotencyKey,
      body: Type.Object({ number: CaseNumber, reason: Type.String({ maxLength: 1000 }), ...commandId }, closed),
      response: nothing,
    },
    handler: async (request, reply) => {
      const actor = opensInEmergency(site, request);
      const { number, reason } = request.body;
      const opening = { number: tidyNumber(number), reason };
      await makeOnce(site, request, (once) => powers.breakGlass(actor, opening, momentOf(site, request, once)));
      return reply.status(204).send(null);
    },
  });
  api.get('/api/v1/admin/break-glass', {
    schema: {
      operationId: 'listOpenings',
      summary: 'Cases opened in an emergency, those without a review first',
      tags,
      querystring: Paged,
      response: answer(Openings),
    },
    handler: async (request) => {
      const { actor } = openAdmin(site, request, 'break-glass.review');
      const { rows, more } = await powers.openings(actor, offsetOf(request.query.page));
      return { openings: rows, more };
    },
  });
  api.post('/api/v1/admin/break-glass/:power', {
    schema: {
      operationId: 'reviewOpening',
      summary: 'Say what was found of one, once',
      tags,
      params: Type.Object({ power: Id }, closed),
      body: Type.Object({ verdict: Verdict, remark: Type.Optional(Type.String({ maxLength: 300 })) }, closed),
      response: nothing,
    },
    handler: async (request, reply) => {
      const { actor } = openFresh(site, request, 'break-glass.review');
      const { verdict, remark = '' } = request.body;
      await powers.review(actor, { power: request.params.power, verdict, remark }, momentOf(site, request));
      return reply.status(204).send(null);
    },
  });
}
