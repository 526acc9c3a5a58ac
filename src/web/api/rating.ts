import Type from 'typebox';
import { tidyNumber } from '../../cases/door.ts';
import { Problem } from '../../platform/door.ts';
import { codes, levels, longestComment } from '../../rating/door.ts';
import { longForm } from '../forms.ts';
import { offsetOf } from '../paging.ts';
import type { Site } from '../site.ts';
import { type Api, commandIdOf, instant, signedIn } from './api.ts';
import {
  answer,
  CaseNumber,
  closed,
  created,
  Day,
  IdempotencyKey,
  Instant,
  More,
  named,
  nullable,
  Paged,
  Text,
} from './shapes.ts';

const Rating = named(
  'Rating',
  'What the applicant of a closed case thinks of it, once',
  Type.Object({
    number: Type.String(),
    level: Type.Integer({ minimum: 1, maximum: 5, description: '5 very satisfied … 1 very dissatisfied' }),
    codes: Type.Array(Type.String()),
    comment: Type.String(),
    at: Instant,
    verifyDue: nullable(Day),
  }),
);
const Standing = Type.Object({
  number: Type.String(),
  subject: Text,
  closedAt: nullable(Instant),
  rating: Type.Optional(Rating),
});
const Invitations = Type.Object({
  invitations: Type.Array(Type.Object({ number: Type.String(), subject: Text, closedAt: Instant })),
  more: More,
});
const Wish = Type.Object(
  {
    commandId: Type.Optional(Type.String({ maxLength: 80 })),
    level: Type.Optional(Type.Integer()),
    codes: Type.Optional(Type.Array(Type.String({ maxLength: 8 }), { maxItems: 20 })),
    comment: Type.Optional(Type.String({ description: `At most ${longestComment} characters` })),
  },
  closed,
);
const Codes = Type.Object({
  levels: Type.Array(
    Type.Object({
      level: Type.Integer(),
      name: Text,
      codes: Type.Array(Type.Object({ code: Type.String(), name: Text })),
    }),
  ),
});
const ByNumber = Type.Object({ number: CaseNumber }, closed);

const tags = ['rating'];

/** 好差评: the national reasons, who was asked, and the one rating of a case. */
export function registerRating(api: Api, site: Site): void {
  const { rating, texts } = site.house;
  const both = (key: string) => ({ zh: texts.say('zh')(key), en: texts.say('en')(key) });

  api.get('/api/v1/ratings/codes', {
    schema: {
      operationId: 'listRatingCodes',
      summary: 'The five grades and the reasons each offers',
      tags,
      security: [],
      response: answer(Codes),
    },
    handler: async () => ({
      levels: levels.map((level) => ({
        level,
        name: both(`rating.level.${level}`),
        codes: codes(level).map(({ code, text }) => ({ code, name: both(text) })),
      })),
    }),
  });
  api.get('/api/v1/ratings/open', {
    schema: {
      operationId: 'listOpenRatings',
      summary: 'My closed cases that I have not rated yet, the latest first',
      tags,
      querystring: Paged,
      response: answer(Invitations),
    },
    handler: async (request) => {
      const { rows, more } = await rating.invitations(signedIn(site, request).actor, offsetOf(request.query.page));
      return { invitations: rows, more };
    },
  });
  api.get('/api/v1/cases/:number/rating', {
    schema: {
      operationId: 'readRating',
      summary: 'Whether and how a case was rated',
      tags,
      params: ByNumber,
      response: answer(Standing),
    },
    handler: async (request) => {
      const { actor } = signedIn(site, request);
      const found = await rating.of(actor, tidyNumber(request.params.number));
      if (!found) throw new Problem('case-not-found');
      const { number, subject, closedAt } = found;
      return { number, subject, closedAt, rating: found.rating ?? undefined };
    },
  });
  api.post('/api/v1/cases/:number/rating', {
    ...longForm,
    schema: {
      operationId: 'rateCase',
      summary: 'Rate a closed case, once; nothing stands in for a grade that was not chosen',
      tags,
      params: ByNumber,
      headers: IdempotencyKey,
      body: Wish,
      response: created(Rating),
    },
    handler: async (request, reply) => {
      const { actor } = signedIn(site, request);
      const number = tidyNumber(request.params.number);
      const { commandId: given, ...wish } = request.body;
      const commandId = commandIdOf(request, number, given);
      return reply.status(201).send(await rating.rate(actor, { ...wish, number, commandId, at: instant(site) }));
    },
  });
}
