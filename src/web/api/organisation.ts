import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { Session } from '../../identity/door.ts';
import { Problem } from '../../platform/door.ts';
import { mine } from '../account/mine.ts';
import { grantPower, isSureEnough, limitPower, revokePower } from '../organisation/giving.ts';
import { offsetOf } from '../paging.ts';
import type { Site } from '../site.ts';
import { type Api, makeOnce } from './api.ts';
import {
  answer,
  closed,
  commandId,
  Day,
  Id,
  IdempotencyKey,
  Instant,
  More,
  nothing,
  nullable,
  Paged,
  PageNumber,
} from './shapes.ts';

const Items = nullable(Type.Array(Type.String(), { description: 'The items it is for; null: all' }));
const Kind = Type.Enum(['representative', 'agent']);
const Mine = Type.Object({
  organisations: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      creditCode: Type.String(),
      kind: Kind,
      items: Items,
      until: nullable(Day),
    }),
  ),
  more: More,
});
const Powers = Type.Object({
  powers: Type.Array(
    Type.Object({
      ref: Type.String(),
      holder: Type.String(),
      kind: Kind,
      items: Items,
      until: nullable(Day),
      since: Instant,
    }),
  ),
  more: More,
  acts: Type.Array(
    Type.Object({
      at: Instant,
      act: Type.Enum(['represent', 'grant', 'limit', 'revoke', 'replace']),
      holder: Type.String(),
      items: Items,
      until: nullable(Day),
    }),
  ),
  moreActs: More,
});
const reach = {
  items: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 200, description: 'None means all' }),
  until: Type.String({ maxLength: 20, description: 'The last day, YYYY-MM-DD; empty for no end' }),
};
const Grant = Type.Object(
  { name: Type.String({ maxLength: 200 }), idCard: Type.String({ maxLength: 60 }), ...reach, ...commandId },
  closed,
);
const ByRef = Type.Object({ ref: Id }, closed);

const tags = ['organisations'];

/** For whom one acts, and, for a legal representative, who else may act for the organisation. */
export function registerOrganisation(api: Api, site: Site): void {
  const { organisations } = site.house.identity;

  api.get('/api/v1/organisations', {
    schema: {
      operationId: 'listOrganisations',
      summary: 'The organisations I may act for today',
      tags,
      querystring: Paged,
      response: answer(Mine),
    },
    handler: async (request) => {
      const { rows, more } = await organisations.mine(mine(site, request), offsetOf(request.query.page));
      return { organisations: rows, more };
    },
  });
  api.put('/api/v1/session/organisation', {
    schema: {
      operationId: 'actForOrganisation',
      summary: 'For whom I act in this session from now on; an empty id: for myself',
      tags,
      body: Type.Object({ organisation: Type.String({ maxLength: 64 }) }, closed),
      response: nothing,
    },
    handler: async (request, reply) => {
      await organisations.choose(mine(site, request), request.body.organisation);
      return reply.status(204).send(null);
    },
  });
  registerPowers(api, site);
}

function registerPowers(api: Api, site: Site): void {
  const { organisations } = site.house.identity;
  const path = '/api/v1/organisation/powers';
  /** Powers decide who speaks for an organisation: a provider has to know whoever came by it more surely than usual. */
  const sure = (request: FastifyRequest): Session => {
    const session = mine(site, request);
    if (!isSureEnough(site, session)) throw new Problem('provider-level-low');
    return session;
  };

  api.get(path, {
    schema: {
      operationId: 'listOrganisationPowers',
      summary: 'Who may act for my organisation, and what was given, limited and taken back',
      tags,
      querystring: Type.Object({ page: PageNumber, acts: PageNumber }),
      response: answer(Powers),
    },
    handler: async (request) => {
      const session = sure(request);
      const powers = await organisations.powers(session, offsetOf(request.query.page));
      const acts = await organisations.acts(session, offsetOf(request.query.acts));
      return { powers: powers.rows, more: powers.more, acts: acts.rows, moreActs: acts.more };
    },
  });
  api.post(path, {
    schema: {
      operationId: 'grantOrganisationPower',
      summary: 'Let somebody act for my organisation, known here or not',
      tags,
      headers: IdempotencyKey,
      body: Grant,
      response: nothing,
    },
    handler: async (request, reply) => {
      const session = sure(request);
      await makeOnce(site, request, (once) => grantPower(site, request, session, { ...request.body, once }));
      return reply.status(204).send(null);
    },
  });
  api.put(`${path}/:ref`, {
    schema: {
      operationId: 'limitOrganisationPower',
      summary: 'Change what an agent may do and until when',
      tags,
      params: ByRef,
      body: Type.Object(reach, closed),
      response: nothing,
    },
    handler: async (request, reply) => {
      await limitPower(site, request, sure(request), request.params.ref, request.body);
      return reply.status(204).send(null);
    },
  });
  api.delete(`${path}/:ref`, {
    schema: {
      operationId: 'revokeOrganisationPower',
      summary: 'Take the power of an agent back',
      tags,
      params: ByRef,
      response: nothing,
    },
    handler: async (request, reply) => {
      await revokePower(site, request, sure(request), request.params.ref);
      return reply.status(204).send(null);
    },
  });
}
