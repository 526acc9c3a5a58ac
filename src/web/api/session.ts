import Type from 'typebox';
import { grantableRoles } from '../../identity/door.ts';
import { noted } from '../recorded.ts';
import { giveSession } from '../session-cookies.ts';
import { recordEntered, recordNotEntered } from '../sign-in/recorded-sign-in.ts';
import type { Site } from '../site.ts';
import { type Api, signedIn } from './api.ts';
import { answer, closed, DivisionCode, named, nothing, Region, Text } from './shapes.ts';

const SignIn = Type.Union([
  Type.Object(
    { persona: Type.String({ maxLength: 60 }) },
    { ...closed, description: 'In a demo: one of the personas' },
  ),
  Type.Object(
    { region: Type.Optional(Region), name: Type.String({ maxLength: 60 }), password: Type.String({ maxLength: 200 }) },
    { ...closed, description: 'A member of staff' },
  ),
]);

const ActorShape = Type.Object({
  kind: Type.Enum(['guest', 'person', 'staff']),
  id: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  region: Type.Optional(Region),
  division: Type.Optional(DivisionCode),
  agency: Type.Optional(Type.String()),
  agencyName: Type.Optional(Text),
  roles: Type.Optional(Type.Array(Type.Enum([...grantableRoles, 'break-glass']))),
});
const Session = named(
  'Session',
  'Who asks, and the token that every request that changes something carries in the header x-csrf-token',
  Type.Object({ actor: ActorShape, csrf: Type.String() }),
);
const Personas = Type.Object({
  personas: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      role: Text,
      note: Text,
      group: Type.Enum(['citizen', 'staff']),
    }),
  ),
});

const tags = ['session'];

/** Signing in and out. The session is the same cookie a browser has. */
export function registerSession(api: Api, site: Site): void {
  const { identity, clock, config } = site.house;

  api.get('/api/v1/session', {
    schema: {
      operationId: 'readSession',
      summary: 'Who am I, and my token',
      tags,
      security: [],
      response: answer(Session),
    },
    handler: async (request) => {
      const { actor, csrf } = site.view(request);
      return { actor, csrf };
    },
  });

  api.post('/api/v1/session', {
    schema: {
      operationId: 'signIn',
      summary: 'Sign in; the answer sets the session cookie and gives the new token',
      tags,
      security: [{ token: [] }],
      body: SignIn,
      response: answer(Session),
    },
    handler: async (request, reply) => {
      const { tb_device: device } = request.cookies;
      const replaces = request.session?.token;
      const agent = request.headers['user-agent'];
      const visit = { replaces, device, agent, address: request.ip };
      const { body } = request;
      const login = 'persona' in body ? { region: config.region, name: '' } : { region: config.region, ...body };
      const entering =
        'persona' in body
          ? identity.signInAs(body.persona, clock(), replaces, agent)
          : identity.signIn(login.region, body.name, body.password, clock(), visit);
      const session = await entering.catch(async (error: unknown) => {
        await recordNotEntered(site, request, login, error);
        throw error;
      });
      await recordEntered(site, request, session);
      giveSession(reply, config.secure, session.token);
      return { actor: session.actor, csrf: session.csrf };
    },
  });

  api.delete('/api/v1/session', {
    ...noted('sign-out', 'sign-out'),
    schema: { operationId: 'signOut', summary: 'Sign out', tags, response: nothing },
    handler: async (request, reply) => {
      await identity.signOut(signedIn(site, request).token);
      return giveSession(reply, config.secure).status(204).send(null);
    },
  });

  api.get('/api/v1/personas', {
    schema: {
      operationId: 'listPersonas',
      summary: 'Whom a demo lets anybody sign in as; empty otherwise',
      tags,
      security: [],
      response: answer(Personas),
    },
    handler: async () => ({ personas: identity.personas() }),
  });
}
