import Type from 'typebox';
import { noted } from '../recorded.ts';
import { citizenOf } from '../rights/citizen.ts';
import type { Site } from '../site.ts';
import { type Api, instant } from './api.ts';
import { answer, CaseNumber, closed, Instant, nothing, nullable, Text } from './shapes.ts';

const Consents = Type.Object({
  consents: Type.Array(
    Type.Object({
      number: Type.String(),
      subjectName: Text,
      elements: Type.Array(Type.String()),
      text: Type.String({ description: 'Version of the words that were consented to' }),
      as: Type.String({ description: 'For oneself, or for a child as father, mother or guardian' }),
      at: Instant,
      withdrawnAt: nullable(Instant),
    }),
  ),
});

const tags = ['own data'];

/** Consents to the use of sensitive answers (个人信息保护法 art. 15, 29). */
export function registerConsents(api: Api, site: Site): void {
  const { consents } = site.house.cases;

  api.get('/api/v1/me/consents', {
    schema: {
      operationId: 'listConsents',
      summary: 'What I have consented to, the latest first',
      tags,
      response: answer(Consents),
    },
    handler: async (request) => ({ consents: await consents.own(citizenOf(site, request).actor) }),
  });
  api.delete('/api/v1/me/consents/:number', {
    ...noted('act', 'consent.withdraw'),
    schema: {
      operationId: 'withdrawConsent',
      summary: 'Take the consent of a case back: from now on no staff reads those answers',
      tags,
      params: Type.Object({ number: CaseNumber }, closed),
      response: nothing,
    },
    handler: async (request, reply) => {
      await consents.withdraw(citizenOf(site, request).actor, request.params.number, instant(site));
      return reply.status(204).send(null);
    },
  });
}
