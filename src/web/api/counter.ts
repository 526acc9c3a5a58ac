import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { consentText, prepare, spokenNumber } from '../../cases/door.ts';
import { check, normalise } from '../../elements/door.ts';
import { assertCan } from '../../identity/door.ts';
import { dayOf, type FieldProblem, Problem } from '../../platform/door.ts';
import { type PersonElements, personElements } from '../desk/person-elements.ts';
import { channelAt } from '../device/channel.ts';
import { longForm } from '../forms.ts';
import { record, recordEntered } from '../recorded.ts';
import type { Site } from '../site.ts';
import { type Api, commandIdOf, instant, type Signed, signedIn } from './api.ts';
import { situationOf, townshipOf } from './application.ts';
import { entryOf } from './catalogue.ts';
import { Consent, Submitted } from './draft-shapes.ts';
import { Answers, closed, created, DivisionCode, IdempotencyKey, Situation, Subject } from './shapes.ts';

const CounterBody = Type.Object(
  {
    commandId: Type.Optional(Type.String({ maxLength: 80 })),
    division: Type.Optional(DivisionCode),
    subject: Subject,
    situation: Situation,
    answers: Answers,
    consent: Consent,
    papers: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 60, description: 'Materials handed in on paper' }),
    applicant: Type.Object(
      { name: Type.String(), idCard: Type.String(), phone: Type.String(), address: Type.String() },
      closed,
    ),
  },
  closed,
);
type Body = Static<typeof CounterBody>;

/** A clerk enters a case for somebody who came in, in one request. */
export function registerCounter(api: Api, site: Site): void {
  api.post('/api/v1/cases', {
    ...longForm,
    schema: {
      operationId: 'enterCase',
      summary: 'At the counter: a whole application for somebody who came in; the same command id makes one case',
      tags: ['cases'],
      headers: IdempotencyKey,
      body: CounterBody,
      response: created(Submitted),
    },
    handler: async (request, reply) => {
      const { actor } = signedIn(site, request);
      const { subject, commandId: given } = request.body;
      // Two who count their requests alike enter two cases, and so does one who counts anew for something else.
      const within = ['counter', actor.id, subject.kind, subject.id].join('.');
      const commandId = commandIdOf(request, within, given);
      const number = await enter(site, request, actor, request.body, commandId);
      return reply.status(201).send({ number, spoken: spokenNumber(number) });
    },
  });
}

async function enter(
  site: Site,
  request: FastifyRequest,
  actor: Signed,
  body: Body,
  commandId: string,
): Promise<string> {
  const { house } = site;
  const own = actor.kind === 'staff' ? actor.division : '';
  const asked = body.division ?? own;
  assertCan(actor, 'case.enter', { kind: 'queue', division: asked });
  const division = townshipOf(house, asked);
  const at = instant(site);
  const given = applicantOf(personElements(house.texts), body.applicant, dayOf(at));
  const application = {
    draft: `${actor.region}-${commandId}`,
    division,
    subject: body.subject,
    subjectVersion: entryOf(house, body.subject).version,
    situation: situationOf(house, body.subject, body.situation),
    answers: body.answers,
    materials: Object.fromEntries(body.papers.map((material) => [material, 'paper'])),
    channel: channelAt(request, 'counter'),
    consent: body.consent ? consentText : undefined,
  } as const;
  // Everything is checked before the person is written down, so that a form sent back leaves nothing behind.
  prepare(house, { ...application, applicant: { id: '', name: given.name } }, dayOf(at));
  const { id, name } = await house.identity.persons
    .register({ region: actor.region, ...given })
    .catch(async (error: unknown) => {
      // It says that somebody has this card, and not with this name: noted, without the number.
      const looked = { kind: 'reading', what: 'person.find', outcome: 'failed', reason: 'counter' } as const;
      if (error instanceof Problem) await record(house, request, looked);
      throw error;
    });
  const made = await house.cases.submit({
    actor,
    application: { ...application, applicant: { id, name } },
    commandId,
    at,
  });
  await recordEntered(house, request, made);
  return made.plan.number;
}

/** The person in the one form of each field, or everything that is wrong with them. */
function applicantOf(elements: PersonElements, given: Body['applicant'], today: string): Body['applicant'] {
  const problems: FieldProblem[] = [];
  const read = (name: keyof PersonElements) => {
    const value = normalise(elements[name], given[name]);
    const problem = check(elements[name], value, { today });
    if (problem) problems.push({ ...problem, field: `applicant.${name}` });
    return value;
  };
  const person = { name: read('name'), idCard: read('idCard'), phone: read('phone'), address: read('address') };
  if (problems.length > 0) throw new Problem('form-invalid', {}, problems);
  return person;
}
