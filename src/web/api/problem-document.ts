import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotComplete } from '../../cases/door.ts';
import type { Lang, Problem } from '../../platform/door.ts';
import type { Site } from '../site.ts';

/** Answers a problem with a document (RFC 9457). `errors` names everything that is wrong, all at once. */
export function sendDocument(site: Site, request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const lang: Lang = request.headers['accept-language']?.startsWith('en') ? 'en' : 'zh';
  const say = site.house.texts.say(lang);
  if (problem.code === 'sign-in-required') reply.status(401);
  if (problem.code === 'token-unknown') reply.status(401).header('www-authenticate', 'Bearer error="invalid_token"');
  return reply.type('application/problem+json').send({
    type: `https://tongban.invalid/problems/${problem.code}`,
    title: say(`problem.${problem.code}.title`, problem.params),
    detail: say(`problem.${problem.code}.advice`, problem.params),
    status: reply.statusCode,
    code: problem.code,
    instance: request.id,
    errors: [
      // To a program a field that is no data element is called what it is called.
      ...problem.fields.map(({ field, code, params }) => ({
        ...{ field, code },
        detail: say(`field.${code}`, { name: field, nameEn: field, ...params }),
      })),
      ...notComplete(problem, lang, say('field.material-missing')),
    ],
  });
}

/** What a whole application is told besides: fields that do not agree, in the item's own words, and missing materials. */
function notComplete(problem: Problem, lang: Lang, missing: string) {
  if (!(problem instanceof NotComplete)) return [];
  return [
    ...problem.together.map(({ field, message }) => ({ field, code: 'together', detail: message[lang] })),
    ...problem.missingMaterials.map((material) => ({ field: material, code: 'material-missing', detail: missing })),
  ];
}
