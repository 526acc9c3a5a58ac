import Type from 'typebox';
import { Problem } from '../../platform/door.ts';
import { openAdmin, openFresh } from '../admin/admin.ts';
import { momentOf, revokePower } from '../admin/people-routes.ts';
import type { Site } from '../site.ts';
import type { Api } from './api.ts';
import { PowerShape } from './power-shapes.ts';
import { answer, closed, Id, named, nothing } from './shapes.ts';

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
  },
  closed,
);
const ById = Type.Object({ id: Id }, closed);

const tags = ['administration'];
const grants = 'power.grant';

/** Staff and their powers, for the security administrator. */
export function registerStaff(api: Api, site: Site): void {
  const { powers } = site.house.identity;
  const { clock } = site.house;

  api.get('/api/v1/admin/staff', {
    schema: {
      operationId: 'listStaff',
      summary: 'Every account of the county with its powers',
      tags,
      response: answer(Type.Object({ staff: Type.Array(Staff) })),
    },
    handler: async (request) => ({ staff: await powers.people(openAdmin(site, request, grants).actor, clock()) }),
  });
  api.get('/api/v1/admin/staff/:id', {
    schema: {
      operationId: 'readStaff',
      summary: 'One of them; asks for proof of a moment ago',
      tags,
      params: ById,
      response: answer(Staff),
    },
    handler: async (request) => {
      const people = await powers.people(openFresh(site, request, grants).actor, clock());
      const found = people.find(({ id }) => id === request.params.id);
      if (!found) throw new Problem('account-not-found');
      return found;
    },
  });
  api.post('/api/v1/admin/staff/:id/powers', {
    schema: {
      operationId: 'grantPower',
      summary: 'Grant a power to somebody else; asks for proof of a moment ago',
      tags,
      params: ById,
      body: Grant,
      response: nothing,
    },
    handler: async (request, reply) => {
      const { actor } = openFresh(site, request, grants);
      const { item = '', from = '', until = '', ...given } = request.body;
      const power = { ...given, item, from, until, account: request.params.id };
      await powers.grant(actor, power, momentOf(site, request));
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
}
