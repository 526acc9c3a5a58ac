import Type from 'typebox';
import type { Once } from '../../platform/door.ts';
import { lendable, lenderOf } from '../account/lending-routes.ts';
import { momentOf } from '../admin/people-routes.ts';
import type { Site } from '../site.ts';
import { type Api, makeOnce } from './api.ts';
import { PowerShape, RoleName } from './power-shapes.ts';
import { answer, closed, commandId, Id, IdempotencyKey, Instant, nothing, nullable } from './shapes.ts';

const Lending = Type.Object({
  own: Type.Array(PowerShape),
  colleagues: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  lent: Type.Array(
    Type.Object({
      id: Type.String(),
      role: RoleName,
      item: nullable(Type.String()),
      until: Instant,
      to: Type.String({ description: 'Name' }),
      reason: Type.String(),
    }),
  ),
});
const Wish = Type.Object(
  {
    power: Id,
    to: Type.String({ maxLength: 64, description: 'Id of a colleague' }),
    until: Type.String({ maxLength: 20, description: 'The last day, YYYY-MM-DD' }),
    reason: Type.String({ maxLength: 300 }),
    ...commandId,
  },
  closed,
);

const tags = ['account'];

/** Lending one's own powers to a colleague for a while. Each asks for proof of a moment ago. */
export function registerLending(api: Api, site: Site): void {
  const { identity, clock } = site.house;

  api.get('/api/v1/account/lending', {
    schema: {
      operationId: 'listLending',
      summary: 'What I may lend and to whom, and what I have lent',
      tags,
      response: answer(Lending),
    },
    handler: async (request) => {
      const actor = lenderOf(site, request);
      const colleagues = await identity.powers.colleagues(actor, clock());
      return { own: lendable(actor), colleagues, lent: await identity.powers.lent(actor, clock()) };
    },
  });
  api.post('/api/v1/account/lending', {
    schema: {
      operationId: 'lendPower',
      summary: 'Lend one of my powers to a colleague of my agency',
      tags,
      headers: IdempotencyKey,
      body: Wish,
      response: nothing,
    },
    handler: async (request, reply) => {
      const actor = lenderOf(site, request);
      const lend = (once: Once) => identity.powers.lend(actor, request.body, momentOf(site, request, once));
      await makeOnce(site, request, lend);
      return reply.status(204).send(null);
    },
  });
  api.delete('/api/v1/account/lending/:id', {
    schema: {
      operationId: 'takePowerBack',
      summary: 'Take back what I have lent',
      tags,
      params: Type.Object({ id: Id }, closed),
      response: nothing,
    },
    handler: async (request, reply) => {
      await identity.powers.takeBack(lenderOf(site, request), request.params.id, momentOf(site, request));
      return reply.status(204).send(null);
    },
  });
}
