import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { doOnce } from '../../platform/door.ts';
import { switchOff } from '../admin/accounts-routes.ts';
import { openAdmin, openFresh } from '../admin/admin.ts';
import { momentOf } from '../admin/people-routes.ts';
import { offsetOf } from '../paging.ts';
import type { Site } from '../site.ts';
import { type Api, onceFor } from './api.ts';
import { RoleName } from './power-shapes.ts';
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
  StaffSought,
} from './shapes.ts';

const StaffAccount = named(
  'StaffAccount',
  'How an account of staff stands',
  Type.Object({
    id: Type.String(),
    login: Type.String(),
    name: Type.String(),
    division: Type.String(),
    agency: Type.String(),
    active: Type.Boolean(),
    lastSignIn: nullable(Instant),
    hasPassword: Type.Boolean(),
    startUntil: nullable(Instant),
    second: Type.Boolean({ description: 'Whether it has a second step' }),
    sessions: Type.Integer(),
    roles: Type.Array(RoleName),
    switchedAt: nullable(Instant),
    switchedBy: nullable(Type.String()),
    switchReason: nullable(Type.String()),
    resetAt: nullable(Instant),
  }),
);
const Why = Type.Object({ reason: Type.String({ maxLength: 200 }) }, closed);
const ById = Type.Object({ id: Id }, closed);
const NewAccount = Type.Object(
  {
    login: Type.String({ maxLength: 40 }),
    name: Type.String({ maxLength: 100 }),
    agency: Type.String({ maxLength: 100, description: 'Its id' }),
    division: Type.String({ maxLength: 12 }),
    ...commandId,
  },
  closed,
);
const Code = Type.String({ description: 'To be handed to the owner, who types it at /sign-in/start; told this once' });
const Listed = Type.Object({ accounts: Type.Array(StaffAccount), more: More });

const tags = ['administration'];
const manages = 'account.manage';

/** Accounts of staff, for the system administrator. */
export function registerAccounts(api: Api, site: Site): void {
  const { accounts, starts } = site.house.identity;
  const { clock } = site.house;
  const path = '/api/v1/admin/accounts';

  api.get(path, {
    schema: {
      operationId: 'listAccounts',
      summary: 'Accounts of the county, those switched off last',
      tags,
      querystring: Paged,
      response: answer(Listed),
    },
    handler: async (request) => listed(request, request.query),
  });
  api.post(`${path}/search`, {
    schema: {
      operationId: 'searchAccounts',
      summary: 'Those found by a part of a name, a login or an agency',
      tags,
      body: StaffSought,
      response: answer(Listed),
    },
    handler: async (request) => listed(request, request.body),
  });
  api.post(path, {
    schema: {
      operationId: 'addAccount',
      summary: 'Make an account without a password or powers; the code its owner begins with is told this once',
      tags,
      headers: IdempotencyKey,
      body: NewAccount,
      response: created(Type.Object({ id: Type.String(), code: Code })),
    },
    handler: async (request, reply) => {
      const { actor } = openFresh(site, request, manages);
      const once = onceFor(site, request);
      const add = async () => (await starts.add(actor, request.body, momentOf(site, request, once))).id;
      return reply.status(201).send({ id: await doOnce(site.house.db, once, add), code: starts.codeOf(once) });
    },
  });
  api.get(`${path}/:id`, {
    schema: {
      operationId: 'readStaffAccount',
      summary: 'One of them; asks for proof of a moment ago',
      tags,
      params: ById,
      response: answer(StaffAccount),
    },
    handler: async (request) => accounts.get(openFresh(site, request, manages).actor, request.params.id, clock()),
  });
  api.post(`${path}/:id/off`, {
    schema: {
      operationId: 'switchAccountOff',
      summary: 'End every session of an account and let nobody in by it; what it was at work on is given back',
      tags,
      params: ById,
      body: Why,
      response: nothing,
    },
    handler: async (request, reply) => {
      const { actor } = openFresh(site, request, manages);
      await switchOff(site, request, actor, { id: request.params.id, reason: request.body.reason });
      return reply.status(204).send(null);
    },
  });
  api.post(`${path}/:id/on`, {
    schema: {
      operationId: 'switchAccountOn',
      summary: 'Let an account sign in again',
      tags,
      params: ById,
      body: Why,
      response: nothing,
    },
    handler: async (request, reply) => {
      const { actor } = openFresh(site, request, manages);
      await accounts.switchOn(actor, request.params.id, request.body.reason, momentOf(site, request));
      return reply.status(204).send(null);
    },
  });
  api.post(`${path}/:id/second`, {
    schema: {
      operationId: 'resetSecondStep',
      summary: 'Take away a second step that was lost; the code its owner sets up another with is told this once',
      tags,
      params: ById,
      body: Why,
      response: answer(Type.Object({ code: Type.String() })),
    },
    handler: async (request) => {
      const { actor } = openFresh(site, request, manages);
      const { reason } = request.body;
      return { code: await accounts.resetSecond(actor, request.params.id, reason, momentOf(site, request)) };
    },
  });

  api.post(`${path}/:id/start`, {
    schema: {
      operationId: 'giveStartCode',
      summary: 'Another code, for who has forgotten the password; until it is used nothing else changes',
      tags,
      params: ById,
      body: Why,
      response: answer(Type.Object({ code: Code })),
    },
    handler: async (request) => {
      const { actor } = openFresh(site, request, manages);
      const { reason } = request.body;
      return { code: await accounts.giveStart(actor, request.params.id, reason, momentOf(site, request)) };
    },
  });

  async function listed(request: FastifyRequest, { q, page }: { q?: string; page?: number }) {
    const { actor } = openAdmin(site, request, manages);
    const { rows, more } = await accounts.list(actor, clock(), { q, offset: offsetOf(page) });
    return { accounts: rows, more };
  }
}
