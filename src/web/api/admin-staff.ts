import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { openAdmin, openFresh } from '../admin/admin.ts';
import { momentOf, revokePower } from '../admin/people-routes.ts';
import { offsetOf } from '../paging.ts';
import type { Site } from '../site.ts';
import { type Api, makeOnce } from './api.ts';
import { PowerShape } from './power-shapes.ts';
import { answer, closed, commandId, Id, IdempotencyKey, More, named, nothing, Paged, StaffSought } from './shapes.ts';

const Staff = named(
  'Staff',
  'An account with the powers it holds or will hold',
  Type.Object({
    id: Type.String(),
    name: Type.String(),
    division: Type.String(),
    agency: Type.String(),
    off: Type.Optional(Type.Boolean({ description: 'Switched off: its powers count for nothing' })),
    powers: Type.Array(PowerShape),
  }),
);
const Word = Type.String({ maxLength: 64 });
const Grant = Type.Object(
  {
    role: Word,
    division: Word,
    agency: Word,
    item: Type.Optional(Type.String({ maxLength: 64, description: 'Only this item' })),
    from: Type.Optional(Type.String({ maxLength: 20, description: 'The first day, YYYY-MM-DD' })),
    until: Type.Optional(Type.String({ maxLength: 20, description: 'The last day, YYYY-MM-DD' })),
    reason: Type.String({ maxLength: 300 }),
    ...commandId,
  },
  closed,
);
const ById = Type.Object({ id: Id }, closed);
const Listed = Type.Object({ staff: Type.Array(Staff), more: More });

const tags = ['administration'];
const grants = 'power.grant';

/** Staff and their powers, for the security administrator. */
export function registerStaff(api: Api, site: Site): void {
  const { powers } = site.house.identity;
  const { clock } = site.house;

  api.get('/api/v1/admin/staff', {
    schema: {
      operationId: 'listStaff',
      summary: 'Accounts of the county with their powers, those switched off last',
      tags,
      querystring: Paged,
      response: answer(Listed),
    },
    handler: async (request) => listed(request, request.query),
  });
  api.post('/api/v1/admin/staff/search', {
    schema: {
      operationId: 'searchStaff',
      summary: 'Those found by a part of a name, a login or an agency',
      tags,
      body: StaffSought,
      response: answer(Listed),
    },
    handler: async (request) => listed(request, request.body),
  });
  api.get('/api/v1/admin/staff/:id', {
    schema: {
      operationId: 'readStaff',
      summary: 'One of them; asks for proof of a moment ago',
      tags,
      params: ById,
      response: answer(Staff),
    },
    handler: async (request) => powers.person(openFresh(site, request, grants).actor, request.params.id, clock()),
  });
  api.post('/api/v1/admin/staff/:id/powers', {
    schema: {
      operationId: 'grantPower',
      summary: 'Grant a power to somebody else; asks for proof of a moment ago',
      tags,
      params: ById,
      headers: IdempotencyKey,
      body: Grant,
      response: nothing,
    },
    handler: async (request, reply) => {
      const { actor } = openFresh(site, request, grants);
      const { item = '', from = '', until = '', ...given } = request.body;
      const power = { ...given, item, from, until, account: request.params.id };
      await makeOnce(site, request, (once) => powers.grant(actor, power, momentOf(site, request, once)));
      return reply.status(204).send(null);
    },
  });
  api.post('/api/v1/admin/powers/:power/revocation', {
    schema: {
      operationId: 'revokePower',
      summary: 'Revoke a power of somebody else, and what was lent from it; asks for proof of a moment ago',
      tags,
      params: Type.Object({ power: Id }, closed),
      body: Type.Object({ why: Type.String({ maxLength: 300 }) }, closed),
      response: nothing,
    },
    handler: async (request, reply) => {
      const { actor } = openFresh(site, request, grants);
      await revokePower(site, request, actor, { power: request.params.power, why: request.body.why });
      return reply.status(204).send(null);
    },
  });

  async function listed(request: FastifyRequest, { q, page }: { q?: string; page?: number }) {
    const { actor } = openAdmin(site, request, grants);
    const { rows, more } = await powers.people(actor, clock(), { q, offset: offsetOf(page) });
    return { staff: rows, more };
  }
}
