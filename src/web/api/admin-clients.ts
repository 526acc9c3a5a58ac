import Type from 'typebox';
import { clientScopes } from '../../identity/door.ts';
import { openAdmin, openFresh } from '../admin/admin.ts';
import { momentOf } from '../admin/people-routes.ts';
import { offsetOf } from '../paging.ts';
import type { Site } from '../site.ts';
import { type Api, makeOnce } from './api.ts';
import {
  answer,
  closed,
  commandId,
  created,
  Id,
  IdempotencyKey,
  Instant,
  More,
  named,
  nothing,
  nullable,
  Paged,
} from './shapes.ts';

const Client = named(
  'Client',
  'Another system, its public keys and what it may ask',
  Type.Object({
    id: Type.String(),
    name: Type.String(),
    keys: Type.Array(Type.Object({ kid: Type.String(), kty: Type.String() })),
    scopes: Type.Array(Type.Enum([...clientScopes])),
    division: Type.String(),
    agency: nullable(Type.String()),
    validUntil: Instant,
    revokedAt: nullable(Instant),
  }),
);
const Keys = Type.String({ maxLength: 20_000, description: 'Public keys: a JWKS, as text' });
const Reason = Type.String({ maxLength: 300 });
const Enrolment = Type.Object(
  {
    name: Type.String({ maxLength: 100 }),
    scopes: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 20 }),
    division: Type.String({ maxLength: 64 }),
    agency: Type.Optional(Type.String({ maxLength: 64 })),
    until: Type.String({ maxLength: 20, description: 'The last day, YYYY-MM-DD' }),
    keys: Keys,
    reason: Reason,
    ...commandId,
  },
  closed,
);
const ById = Type.Object({ id: Id }, closed);

const tags = ['administration'];
const enrols = 'client.enrol';

/** Other systems, for the security administrator. */
export function registerClients(api: Api, site: Site): void {
  const { clients } = site.house.identity;
  const path = '/api/v1/admin/clients';

  api.get(path, {
    schema: {
      operationId: 'listClients',
      summary: 'Other systems of the county, those revoked last',
      tags,
      querystring: Paged,
      response: answer(Type.Object({ clients: Type.Array(Client), more: More })),
    },
    handler: async (request) => {
      const { actor } = openAdmin(site, request, enrols);
      const { rows, more } = await clients.list(actor, offsetOf(request.query.page));
      return { clients: rows, more };
    },
  });
  api.post(path, {
    schema: {
      operationId: 'enrolClient',
      summary: 'Enrol another system; asks for proof of a moment ago',
      tags,
      headers: IdempotencyKey,
      body: Enrolment,
      response: created(Type.Object({ id: Type.String({ description: 'Its client id' }) })),
    },
    handler: async (request, reply) => {
      const { actor } = openFresh(site, request, enrols);
      const given = { agency: '', ...request.body };
      const id = await makeOnce(site, request, (once) => clients.enrol(actor, given, momentOf(site, request, once)));
      return reply.status(201).send({ id });
    },
  });
  api.get(`${path}/:id`, {
    schema: {
      operationId: 'readClient',
      summary: 'One of them; asks for proof of a moment ago',
      tags,
      params: ById,
      response: answer(Client),
    },
    handler: async (request) => clients.get(openFresh(site, request, enrols).actor, request.params.id),
  });
  api.put(`${path}/:id/keys`, {
    schema: {
      operationId: 'changeClientKeys',
      summary: 'Other keys for it; those before count no more',
      tags,
      params: ById,
      body: Type.Object({ keys: Keys, reason: Reason }, closed),
      response: nothing,
    },
    handler: async (request, reply) => {
      const { actor } = openFresh(site, request, enrols);
      await clients.changeKeys(actor, request.params.id, request.body, momentOf(site, request));
      return reply.status(204).send(null);
    },
  });
  api.post(`${path}/:id/revocation`, {
    schema: {
      operationId: 'revokeClient',
      summary: 'Let it in no more',
      tags,
      params: ById,
      body: Type.Object({ why: Reason }, closed),
      response: nothing,
    },
    handler: async (request, reply) => {
      const { actor } = openFresh(site, request, enrols);
      await clients.revoke(actor, request.params.id, request.body.why, momentOf(site, request));
      return reply.status(204).send(null);
    },
  });
}
