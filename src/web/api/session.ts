import Type, { type Static } from 'typebox';
import { type Entered, grantableRoles, type Visit, type Waiting } from '../../identity/door.ts';
import { Problem } from '../../platform/door.ts';
import { momentOf } from '../admin/people-routes.ts';
import { noted } from '../recorded.ts';
import { giveSession } from '../session-cookies.ts';
import { visitOf } from '../sign-in/cookies.ts';
import { recordEntered, recordFirstStep, recordNotEntered, recordNotSecond } from '../sign-in/recorded-sign-in.ts';
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
  Type.Object(
    { step: Type.String({ maxLength: 60 }), code: Type.String({ maxLength: 100 }) },
    {
      ...closed,
      description: 'The second step: what the first was answered with, and a code of the app or from paper',
    },
  ),
]);
const Step = Type.Object({ step: Type.String({ description: 'Good for ten minutes, with a code' }) });

const Start = Type.Object(
  {
    region: Type.Optional(Region),
    name: Type.String({ maxLength: 60 }),
    code: Type.String({ maxLength: 60 }),
    next: Type.String({ maxLength: 200 }),
    again: Type.String({ maxLength: 200 }),
  },
  closed,
);

const ActorShape = Type.Object({
  kind: Type.Enum(['guest', 'person', 'staff']),
  id: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  region: Type.Optional(Region),
  division: Type.Optional(DivisionCode),
  agency: Type.Optional(Type.String()),
  agencyName: Type.Optional(Text),
  for: Type.Optional(
    Type.Object(
      { id: Type.String(), name: Type.String(), creditCode: Type.String(), representative: Type.Boolean() },
      { description: 'The organisation somebody acts for' },
    ),
  ),
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

type Given = Static<typeof SignIn>;

/** Signing in and out. The session is the same cookie a browser has. */
export function registerSession(api: Api, site: Site): void {
  const { identity, clock, config } = site.house;

  /** One press on a persona in a demo; name and password, and a code when the account has a second step. */
  async function enter(body: Given, visit: Visit): Promise<Pick<Entered, 'session'> | Waiting> {
    if ('persona' in body)
      return { session: await identity.signInAs(body.persona, clock(), visit.replaces, visit.agent, visit.on) };
    if ('step' in body) return identity.enterSecond(body.step, body.code, clock(), visit);
    return identity.enter(body.region ?? config.region, body.name, body.password, clock(), visit);
  }

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
      summary: 'Sign in; the answer sets the session cookie and gives the new token, or (202) asks for a second step',
      tags,
      security: [{ token: [] }],
      body: SignIn,
      response: { ...answer(Session), 202: Step },
    },
    handler: async (request, reply) => {
      const visit = visitOf(request);
      const { body } = request;
      const entered = await enter(body, visit).catch(async (error: unknown) => {
        if ('name' in body) await recordNotEntered(site, request, { region: config.region, ...body }, error);
        if ('step' in body && error instanceof Problem && error.code === 'form-invalid')
          await recordNotSecond(site, request, body.step, error);
        throw error;
      });
      if (!('session' in entered)) {
        await recordFirstStep(site, request, entered.step);
        return reply.status(202).send({ step: entered.step });
      }
      const { session } = entered;
      await recordEntered(site, request, session);
      giveSession(reply, config.secure, session.token);
      return { actor: session.actor, csrf: session.csrf };
    },
  });

  api.post('/api/v1/session/start', {
    schema: {
      operationId: 'setFirstPassword',
      summary: 'Staff set a password with the code an administrator gave them; signing in comes after',
      tags,
      security: [{ token: [] }],
      body: Start,
      response: nothing,
    },
    handler: async (request, reply) => {
      const given = { region: config.region, ...request.body };
      await identity.starts.set(given, momentOf(site, request), visitOf(request));
      return reply.status(204).send(null);
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
