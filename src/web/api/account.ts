import Type from 'typebox';
import { Problem } from '../../platform/door.ts';
import { mine } from '../account/mine.ts';
import { offsetOf } from '../paging.ts';
import { noted } from '../recorded.ts';
import type { Site } from '../site.ts';
import type { Api } from './api.ts';
import { registerLending } from './lending.ts';
import { answer, closed, Id, Instant, More, named, nothing, nullable, Paged } from './shapes.ts';

const Account = named(
  'Account',
  'How the reader signs in, and where they are signed in',
  Type.Object({
    login: Type.Optional(Type.String({ description: 'Of staff' })),
    hasPassword: Type.Optional(Type.Boolean()),
    startCode: Type.Optional(
      Type.Object(
        { at: Instant, by: nullable(Type.String()) },
        { description: 'When, and by whom, the account was last given another start code' },
      ),
    ),
    second: Type.Optional(
      Type.Object(
        { totp: Type.Boolean(), recoveryCodes: Type.Integer(), passkeys: Type.Integer(), resetAt: nullable(Instant) },
        { description: 'What there is of a second step' },
      ),
    ),
    sessions: Type.Array(
      Type.Object({
        ref: Type.String(),
        device: Type.String(),
        since: Instant,
        lastSeen: Instant,
        here: Type.Boolean({ description: 'The one that asks' }),
      }),
    ),
    more: More,
  }),
);
const Password = Type.String({ maxLength: 200 });
const NewPassword = Type.Object({ current: Password, next: Password, again: Password }, closed);

const tags = ['account'];

/** One's own account, and no other. What has to do with passkeys and codes on paper needs a screen. */
export function registerAccount(api: Api, site: Site): void {
  const { identity, clock } = site.house;
  registerLending(api, site);

  api.get('/api/v1/account', {
    schema: {
      operationId: 'readAccount',
      summary: 'How I am signed in, and where, a page of sessions at a time',
      tags,
      querystring: Paged,
      response: answer(Account),
    },
    handler: async (request) => {
      const session = mine(site, request);
      const account = await identity.account.login(session);
      const second = await identity.secondFactor.factors(session);
      const { rows, more } = await identity.account.sessions(session, clock(), offsetOf(request.query.page));
      const startCode = await identity.starts.given(session);
      return { ...account, startCode, second, sessions: rows, more };
    },
  });
  api.delete('/api/v1/account/sessions/:ref', {
    ...noted('sign-out', 'session.end'),
    schema: {
      operationId: 'endSession',
      summary: 'Sign one of my sessions out',
      tags,
      params: Type.Object({ ref: Id }, closed),
      response: nothing,
    },
    handler: async (request, reply) => {
      await identity.account.endSession(mine(site, request), request.params.ref);
      return reply.status(204).send(null);
    },
  });
  api.delete('/api/v1/account/sessions', {
    ...noted('sign-out', 'session.end-others'),
    schema: { operationId: 'endOtherSessions', summary: 'Sign out everywhere but here', tags, response: nothing },
    handler: async (request, reply) => {
      await identity.account.endOtherSessions(mine(site, request));
      return reply.status(204).send(null);
    },
  });
  api.put('/api/v1/account/password', {
    ...noted('act', 'account.password'),
    schema: {
      operationId: 'changePassword',
      summary: 'Another password; every other session of the account ends',
      tags,
      body: NewPassword,
      response: nothing,
    },
    handler: async (request, reply) => {
      await identity.account.changePassword(mine(site, request), request.body, clock());
      return reply.status(204).send(null);
    },
  });
  api.post('/api/v1/account/proof', {
    ...noted('sign-in', 'sign-in.again'),
    schema: {
      operationId: 'confirmSession',
      summary: 'Staff prove again who they are, for what answers confirm-first; persons sign in once more',
      tags,
      body: Type.Object({ password: Password }, closed),
      response: nothing,
    },
    handler: async (request, reply) => {
      const proved = await identity.account.prove(mine(site, request), request.body.password, clock());
      if (!proved) throw new Problem('form-invalid', {}, [{ field: 'password', code: 'password-not-current' }]);
      return reply.status(204).send(null);
    },
  });
}
