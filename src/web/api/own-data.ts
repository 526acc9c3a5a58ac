import Type from 'typebox';
import { mask } from '../../elements/door.ts';
import { Problem } from '../../platform/door.ts';
import { personElements } from '../desk/person-elements.ts';
import { noted } from '../recorded.ts';
import { citizenOf } from '../rights/citizen.ts';
import { readContact } from '../rights/contact-form.ts';
import { takeCopy } from '../rights/copy.ts';
import { looksOnPage } from '../rights/looked.tsx';
import { looksOf } from '../rights/looks.ts';
import type { Site } from '../site.ts';
import type { Api } from './api.ts';
import { registerOwnRequests } from './own-requests.ts';
import { answer, closed, Instant, named, nothing, Text } from './shapes.ts';

const OwnData = named(
  'OwnData',
  'What is kept of the reader; card and telephone masked as on the page, whole in the copy',
  Type.Object({ name: Type.String(), idCard: Type.String(), phone: Type.String(), address: Type.String() }),
);
const Contact = Type.Object(
  { phone: Type.String({ maxLength: 100 }), address: Type.String({ maxLength: 500 }) },
  closed,
);
const Looks = Type.Object({
  looks: Type.Array(
    Type.Object({
      at: Instant,
      what: Type.String(),
      about: Type.Optional(Type.String({ description: 'Case number' })),
      named: Type.Boolean({ description: 'The case is somebody else’s, and names the reader' }),
      why: Type.Optional(Type.String({ description: 'Why, as a code' })),
      agency: Type.Optional(Text),
      roles: Type.Array(Type.String()),
    }),
  ),
  more: Type.Boolean(),
});
const many = Type.Array(Type.Unknown());
const Copy = named(
  'Copy',
  'Everything that is kept of the reader (个人信息保护法 art. 45); format says how to read it',
  Type.Object({
    ...{ format: Type.String(), madeAt: Instant, keptBy: Text, person: Type.Unknown() },
    ...{ requests: many, consents: many, drafts: many, cases: many, signedIn: many, signIns: many, looked: many },
  }),
);
const Page = Type.Object({ page: Type.Optional(Type.Integer({ minimum: 1, maximum: 999 })) });

const tags = ['own data'];

/** What people may ask about their own data; each answer is its reader's alone. */
export function registerOwnData(api: Api, site: Site): void {
  const { house } = site;
  const { identity, texts } = house;
  registerOwnRequests(api, site);

  api.get('/api/v1/me', {
    schema: { operationId: 'readOwnData', summary: 'What is kept of me', tags, response: answer(OwnData) },
    handler: async (request) => {
      const { actor } = citizenOf(site, request);
      const person = await identity.persons.get(actor, actor.region, actor.id);
      if (!person) throw new Problem('not-found');
      const elements = personElements(texts);
      const masked = { idCard: mask(elements.idCard, person.idCard), phone: mask(elements.phone, person.phone) };
      return { name: person.name, address: person.address, ...masked };
    },
  });
  api.put('/api/v1/me/contact', {
    ...noted('act', 'person.contact'),
    schema: {
      operationId: 'changeContact',
      summary: 'How to reach me; cases that were handed in stay as they are',
      tags,
      body: Contact,
      response: nothing,
    },
    handler: async (request, reply) => {
      const { actor } = citizenOf(site, request);
      const { contact, problems } = readContact(house, request.body);
      if (problems.length > 0) throw new Problem('form-invalid', {}, problems);
      await identity.persons.changeContact(actor, contact);
      return reply.status(204).send(null);
    },
  });
  api.get('/api/v1/me/looks', {
    schema: {
      operationId: 'listLooks',
      summary: `Who looked at my data, for which office and why, the latest first; ${looksOnPage} a page`,
      tags,
      querystring: Page,
      response: answer(Looks),
    },
    handler: async (request) => {
      const { page = 1 } = request.query;
      const all = await looksOf(house, citizenOf(site, request), page * looksOnPage + 1);
      const looks = all.slice((page - 1) * looksOnPage, page * looksOnPage);
      const agencyOf = (id?: string) => (id ? identity.agencies.get(id)?.name : undefined);
      const shown = looks.map((look) => ({ ...look, agency: agencyOf(look.agency) }));
      return { looks: shown, more: all.length > page * looksOnPage };
    },
  });
  api.get('/api/v1/me/copy', {
    schema: {
      operationId: 'takeCopy',
      summary: 'A copy of everything that is kept of me; asks for proof of a moment ago, and is kept in the trail',
      tags,
      response: answer(Copy),
    },
    handler: async (request) => (await takeCopy(site, request, 'file')).copy,
  });
}
