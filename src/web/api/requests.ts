import Type from 'typebox';
import { mask } from '../../elements/door.ts';
import { Problem } from '../../platform/door.ts';
import { assertAnswers, longestAnswer, notedErasing, readRequest } from '../desk/answering.ts';
import { bareDesk } from '../desk/desk.ts';
import { personElements } from '../desk/person-elements.ts';
import { longerThan } from '../forms.ts';
import { offsetOf } from '../paging.ts';
import { noted } from '../recorded.ts';
import type { Site } from '../site.ts';
import { type Api, instant } from './api.ts';
import { AskedRequest, Erased, requestMembers, wish } from './request-shapes.ts';
import { answer, closed, Id, More, nothing, Paged } from './shapes.ts';

const Reading = Type.Object({
  ...requestMembers,
  wish: Type.Object(wish),
  asker: Type.Optional(
    Type.Object(
      { name: Type.String(), idCard: Type.String(), phone: Type.String() },
      { description: 'Who asks; card and telephone masked' },
    ),
  ),
  now: Type.Optional(Type.String({ description: 'What is to be corrected, as it stands now' })),
  erases: Type.Optional(Erased),
});
const Given = Type.Object(
  {
    outcome: Type.Enum(['done', 'refused']),
    reason: Type.String({ description: `At most ${longestAnswer.reason} characters` }),
  },
  closed,
);
const ById = Type.Object({ id: Id }, closed);

const tags = ['desk'];

/** Requests of people about their own data, as a counter answers them. */
export function registerRequests(api: Api, site: Site): void {
  const { rights, texts } = site.house;
  const counter = (request: Parameters<Site['session']>[0]) => {
    const { actor } = bareDesk(site, request);
    assertAnswers(actor);
    return actor;
  };

  api.get('/api/v1/requests', {
    schema: {
      operationId: 'listRequests',
      summary: 'What people of this counter asked about their data, the most urgent first; without their words',
      tags,
      querystring: Paged,
      response: answer(Type.Object({ requests: Type.Array(AskedRequest), more: More })),
    },
    handler: async (request) => {
      const { rows, more } = await rights.atCounter(counter(request), offsetOf(request.query.page));
      return { requests: rows, more };
    },
  });
  api.get('/api/v1/requests/:id', {
    schema: {
      operationId: 'readRequest',
      summary: 'One request with who asks and what doing it would erase; that it was read is kept',
      tags,
      params: ById,
      response: answer(Reading),
    },
    handler: async (request) => {
      const { found, asker, erases } = await readRequest(site, request, counter(request), request.params.id);
      const { idCard, phone } = personElements(texts);
      const { field } = found.wish;
      return {
        ...found,
        erases,
        now: found.answer || !field ? undefined : asker?.[field],
        asker: asker && { name: asker.name, idCard: mask(idCard, asker.idCard), phone: mask(phone, asker.phone) },
      };
    },
  });
  api.post('/api/v1/requests/:id/answer', {
    ...noted('act', 'rights.answer'),
    schema: {
      operationId: 'answerRequest',
      summary: 'Answer a request, once, with a reason; a correction or a deletion that is done happens with it',
      tags,
      params: ById,
      body: Given,
      response: nothing,
    },
    handler: async (request, reply) => {
      const actor = counter(request);
      const tooLong = longerThan(longestAnswer, { reason: request.body.reason });
      if (tooLong.length > 0) throw new Problem('form-invalid', {}, tooLong);
      await rights.answer(actor, request.params.id, request.body, instant(site), notedErasing(site, request));
      return reply.status(204).send(null);
    },
  });
}
