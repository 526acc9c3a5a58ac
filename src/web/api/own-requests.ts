import Type from 'typebox';
import { tidyNumber } from '../../cases/door.ts';
import { requireFresh } from '../../identity/door.ts';
import { Problem } from '../../platform/door.ts';
import { correctable, requestKinds } from '../../rights/door.ts';
import { longerThan } from '../forms.ts';
import { offsetOf } from '../paging.ts';
import { noted } from '../recorded.ts';
import { citizenOf } from '../rights/citizen.ts';
import { longestAsked } from '../rights/request-routes.ts';
import type { Site } from '../site.ts';
import { type Api, instant, makeOnce } from './api.ts';
import { townshipOf } from './application.ts';
import { registerConsents } from './consents.ts';
import { WholeRequest } from './request-shapes.ts';
import {
  answer,
  CaseNumber,
  closed,
  commandId,
  created,
  DivisionCode,
  IdempotencyKey,
  Instant,
  More,
  nothing,
  Paged,
} from './shapes.ts';

const Wish = Type.Object(
  {
    kind: Type.Enum([...requestKinds]),
    division: DivisionCode,
    about: Type.Optional(CaseNumber),
    words: Type.String({ description: `At most ${longestAsked.words} characters` }),
    field: Type.Optional(Type.Enum([...correctable], { description: 'What is to be corrected' })),
    value: Type.Optional(Type.String({ description: `What it should say; at most ${longestAsked.value} characters` })),
    ...commandId,
  },
  closed,
);
const Verdict = Type.Object({
  number: Type.String(),
  may: Type.Enum(['now', 'gone', 'no']),
  at: Type.Optional(Instant),
  because: Type.Optional(Type.Enum(['running', 'held', 'kept'])),
  until: Type.Optional(Instant),
  source: Type.Optional(Type.String()),
  article: Type.Optional(Type.String()),
});

const tags = ['own data'];

/** Asking a counter about one's own data, and deleting what the law lets go. */
export function registerOwnRequests(api: Api, site: Site): void {
  const { house } = site;
  const { cases, rights, clock } = house;
  registerConsents(api, site);

  api.get('/api/v1/me/requests', {
    schema: {
      operationId: 'listOwnRequests',
      summary: 'What I have asked about my data, the latest first, with answers',
      tags,
      querystring: Paged,
      response: answer(Type.Object({ requests: Type.Array(WholeRequest), more: More })),
    },
    handler: async (request) => {
      const { rows, more } = await rights.own(citizenOf(site, request).actor, offsetOf(request.query.page));
      return { requests: rows, more };
    },
  });
  api.post('/api/v1/me/requests', {
    ...noted('act', 'rights.ask'),
    schema: {
      operationId: 'askAboutData',
      summary: 'Ask a counter to correct, delete or explain',
      tags,
      headers: IdempotencyKey,
      body: Wish,
      response: created(Type.Object({ id: Type.String() })),
    },
    handler: async (request, reply) => {
      const { actor } = citizenOf(site, request);
      const { kind, division, about, commandId: _, ...wish } = request.body;
      const tooLong = longerThan(longestAsked, { words: wish.words, value: wish.value ?? '' });
      if (tooLong.length > 0) throw new Problem('form-invalid', {}, tooLong);
      const asked = { kind, division: townshipOf(house, division), about: about && tidyNumber(about), wish };
      const id = await makeOnce(site, request, (once) => rights.ask(actor, asked, instant(site), once));
      return reply.status(201).send({ id });
    },
  });
  api.get('/api/v1/me/erasable', {
    schema: {
      operationId: 'listErasable',
      summary: 'How many drafts I have, and my cases with whether the law lets each be deleted, and if not why not',
      tags,
      response: answer(Type.Object({ drafts: Type.Integer(), cases: Type.Array(Verdict) })),
    },
    handler: async (request) => {
      const { actor } = citizenOf(site, request);
      const verdicts = await rights.deletable(actor, clock());
      const drafts = (await cases.drafts.ownIds(actor)).length;
      return { drafts, cases: verdicts.map(({ number, verdict }) => ({ number, ...verdict })) };
    },
  });
  api.delete('/api/v1/me/drafts', {
    ...noted('act', 'drafts.erase'),
    schema: {
      operationId: 'eraseDrafts',
      summary: 'Delete all my drafts with their files; asks for proof of a moment ago',
      tags,
      response: nothing,
    },
    handler: async (request, reply) => {
      const { actor, session } = citizenOf(site, request);
      requireFresh(session, clock());
      await cases.erasing.drafts(actor);
      return reply.status(204).send(null);
    },
  });
  api.delete('/api/v1/me/cases/:number', {
    ...noted('act', 'case.erase'),
    schema: {
      operationId: 'eraseCase',
      summary: 'Delete a case whose time is over; asks for proof of a moment ago',
      tags,
      params: Type.Object({ number: CaseNumber }, closed),
      response: nothing,
    },
    handler: async (request, reply) => {
      const { actor, session } = citizenOf(site, request);
      requireFresh(session, clock());
      await rights.eraseCase(actor, tidyNumber(request.params.number), clock());
      return reply.status(204).send(null);
    },
  });
}
