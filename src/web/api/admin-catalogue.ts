import Type from 'typebox';
import type { Once } from '../../platform/door.ts';
import { openAdmin, openFresh } from '../admin/admin.ts';
import { longest, tidySource } from '../admin/catalog-routes.ts';
import { momentOf } from '../admin/people-routes.ts';
import { longForm } from '../forms.ts';
import { offsetOf } from '../paging.ts';
import type { Site } from '../site.ts';
import { type Api, makeOnce } from './api.ts';
import {
  answer,
  closed,
  commandId,
  created,
  Id,
  IdempotencyKey,
  Instant,
  More,
  named,
  nothing,
  nullable,
  Paged,
  Subject,
} from './shapes.ts';

const kind = Type.Enum(['item', 'bundle']);
const proposal = {
  id: Type.String(),
  kind,
  subject: Type.String(),
  base: Type.Integer({ description: 'The version it was written over' }),
  newest: Type.Integer(),
  note: Type.String(),
  by: Type.String(),
  byName: Type.String(),
  at: Instant,
  standing: Type.Enum(['waiting', 'stale', 'published', 'returned']),
  reason: nullable(Type.String()),
  decidedName: nullable(Type.String()),
  decidedAt: nullable(Instant),
};
const Changes = Type.Array(
  Type.Array(Type.Object({ sign: Type.Enum(['+', '-', ' ']), text: Type.String(), at: Type.Integer() })),
  { description: 'Lines around each change' },
);
const newest = { kind, id: Type.String(), version: Type.Integer(), origin: Type.Enum(['folder', 'page']), at: Instant };
const Catalogue = Type.Object({
  newest: Type.Array(Type.Object(newest)),
  proposals: Type.Array(Type.Object(proposal)),
  more: More,
});
const Proposal = named(
  'Proposal',
  'A change of the catalogue that somebody proposes and somebody else publishes or returns',
  Type.Object({ ...proposal, source: Type.String(), changes: Changes, mayDecide: Type.Boolean() }),
);
const Source = Type.String({ maxLength: 100_000, description: 'The whole text, as YAML' });
const Judged = Type.Object({
  right: Type.Boolean(),
  problems: Type.Array(Type.Object({ line: Type.Integer(), column: Type.Integer(), message: Type.String() })),
  changes: Changes,
});
const Wish = Type.Object(
  { source: Source, base: Type.Integer(), note: Type.String({ maxLength: longest.note }), ...commandId },
  closed,
);
const ById = Type.Object({ id: Id }, closed);

const tags = ['administration'];
const reads = 'catalog.read';

/** Changes of the catalogue (编审分离): an editor proposes, a publisher decides. */
export function registerProposals(api: Api, site: Site): void {
  const { proposals } = site.house;
  const path = '/api/v1/admin/catalogue/:kind/:id';

  api.get('/api/v1/admin/proposals', {
    schema: {
      operationId: 'listProposals',
      summary: 'The newest version of everything, and what was proposed',
      tags,
      querystring: Paged,
      response: answer(Catalogue),
    },
    handler: async (request) => {
      const { actor } = openAdmin(site, request, reads);
      const { rows, more } = await proposals.list(actor, offsetOf(request.query.page));
      return { newest: await proposals.newest(actor), proposals: rows, more };
    },
  });
  api.get(path, {
    schema: {
      operationId: 'readSource',
      summary: 'The text of an item or bundle to begin a change with, or that of an earlier proposal for it',
      tags,
      params: Subject,
      querystring: Type.Object({ from: Type.Optional(Id) }),
      response: answer(Type.Object({ source: Type.String(), newest: Type.Object(newest) })),
    },
    handler: async (request) =>
      proposals.begin(openAdmin(site, request, reads).actor, request.params, request.query.from),
  });
  api.post(`${path}/judgement`, {
    ...longForm,
    schema: {
      operationId: 'judgeSource',
      summary: 'What is wrong with a text and what it would change; keeps nothing',
      tags,
      params: Subject,
      body: Type.Object({ source: Source }, closed),
      response: answer(Judged),
    },
    handler: async (request) => {
      const { actor } = openAdmin(site, request, 'catalog.propose');
      const { content, ...judged } = await proposals.judge(actor, request.params, tidySource(request.body.source));
      return { ...judged, right: content !== undefined };
    },
  });
  api.post(`${path}/proposals`, {
    ...longForm,
    schema: {
      operationId: 'proposeChange',
      summary: 'Propose a text over the version it was begun with',
      tags,
      params: Subject,
      headers: IdempotencyKey,
      body: Wish,
      response: created(Type.Object({ id: Type.String() })),
    },
    handler: async (request, reply) => {
      const { actor } = openAdmin(site, request, 'catalog.propose');
      const given = { ...request.params, ...request.body, source: tidySource(request.body.source) };
      const propose = (once: Once) => proposals.propose(actor, given, momentOf(site, request, once));
      return reply.status(201).send({ id: await makeOnce(site, request, propose) });
    },
  });
  registerDeciding(api, site);
}

function registerDeciding(api: Api, site: Site): void {
  const { proposals } = site.house;
  const path = '/api/v1/admin/proposals/:id';

  api.get(path, {
    schema: {
      operationId: 'readProposal',
      summary: 'One proposal; asks whoever may decide it for proof of a moment ago',
      tags,
      params: ById,
      response: answer(Proposal),
    },
    handler: async (request) => {
      const found = await proposals.get(openAdmin(site, request, reads).actor, request.params.id);
      if (found.mayDecide) openFresh(site, request, reads);
      return found;
    },
  });
  api.post(`${path}/publication`, {
    schema: {
      operationId: 'publishProposal',
      summary: 'Publish what somebody else proposed',
      tags,
      params: ById,
      response: nothing,
    },
    handler: async (request, reply) => {
      const { actor } = openFresh(site, request, reads);
      await proposals.publish(actor, request.params.id, momentOf(site, request));
      return reply.status(204).send(null);
    },
  });
  api.post(`${path}/return`, {
    schema: {
      operationId: 'returnProposal',
      summary: 'Give it back with a reason',
      tags,
      params: ById,
      body: Type.Object({ reason: Type.String({ maxLength: longest.reason }) }, closed),
      response: nothing,
    },
    handler: async (request, reply) => {
      const { actor } = openFresh(site, request, reads);
      await proposals.giveBack(actor, request.params.id, request.body.reason, momentOf(site, request));
      return reply.status(204).send(null);
    },
  });
}
