import Type, { type Static } from 'typebox';
import type { Bundle, Item, TaskList } from '../../catalog/door.ts';
import { MaterialShape, QuestionShape } from '../../elements/door.ts';
import { Problem } from '../../platform/door.ts';
import type { Site } from '../site.ts';
import type { Api } from './api.ts';
import { Answers, answer, closed, DivisionCode, named, Situation, Subject, Text } from './shapes.ts';

const ItemSummary = named(
  'ItemSummary',
  'A service item in short',
  Type.Object({
    id: Type.String(),
    version: Type.Integer(),
    name: Text,
    plain: Text,
    icon: Type.String(),
    topic: Type.String(),
    agency: Type.String({ description: 'The kind of agency that decides' }),
    handling: Type.Enum(['on-the-spot', 'promised']),
    promisedDays: Type.Integer(),
    statutoryDays: Type.Integer(),
    issueDays: Type.Optional(
      Type.Integer({ description: 'Working days from the decision in which somebody else issues the result' }),
    ),
    visits: Type.Integer(),
    standalone: Type.Boolean({ description: 'False when it can be applied for only inside a bundle' }),
  }),
);
const BundleSummary = named(
  'BundleSummary',
  'A life event (一件事) in short',
  Type.Object({
    id: Type.String(),
    version: Type.Integer(),
    name: Text,
    plain: Text,
    icon: Type.String(),
    summary: Text,
  }),
);
const guide = { additionalProperties: true } as const;
const Guide = { id: Type.String(), version: Type.Integer(), name: Text, plain: Text };
const ItemGuide = named(
  'Item',
  'Everything an item’s folder says: limits, materials, elements, results, basis',
  Type.Object(Guide, guide),
);
const BundleGuide = named(
  'Bundle',
  'Everything a bundle’s folder says: situation questions, items, dependencies',
  Type.Object(Guide, guide),
);

const Hit = Type.Object({
  kind: Type.Enum(['bundle', 'item']),
  id: Type.String(),
  name: Text,
  plain: Text,
  icon: Type.String(),
  score: Type.Number(),
});
const Asking = Type.Object({ subject: Subject, situation: Situation }, closed);
const AskingQuestions = Type.Object(
  { subject: Subject, situation: Situation, answers: Type.Optional(Answers) },
  closed,
);
export const Questions = Type.Object({ questions: Type.Array(QuestionShape) });
const Tasks = named(
  'TaskList',
  'What somebody in a situation needs: items in order, materials once, working days, visits',
  Type.Object({
    tasks: Type.Array(Type.Object({ item: ItemSummary, dependsOn: Type.Array(Type.String()) })),
    materials: Type.Array(
      Type.Object({ material: MaterialShape, required: Type.Boolean(), items: Type.Array(Type.String()) }),
    ),
    asked: Type.Integer({ description: 'Required materials as the items ask for them one by one' }),
    spared: Type.Integer({ description: 'How many of these nobody has to bring' }),
    promisedDays: Type.Integer(),
    statutoryDays: Type.Integer(),
    promisedDaysInARow: Type.Integer(),
    visits: Type.Integer(),
    visitsSeparately: Type.Integer(),
    elementsAsked: Type.Integer(),
    elementsSeparately: Type.Integer(),
  }),
);
const Divisions = Type.Object({
  divisions: Type.Array(
    Type.Object({ code: DivisionCode, name: Type.String(), level: Type.Integer(), parent: Type.String() }),
  ),
});

const tags = ['catalogue'];
const open = { tags, security: [] };
const ById = Type.Object({ id: Type.String({ maxLength: 64 }) }, closed);

/** What can be done here and what it asks for. Nobody has to sign in. */
export function registerCatalogue(api: Api, site: Site): void {
  const { catalog } = site.house;

  api.get('/api/v1/items', {
    schema: {
      operationId: 'listItems',
      summary: 'Service items',
      ...open,
      response: answer(Type.Object({ items: Type.Array(ItemSummary) })),
    },
    handler: async () => ({ items: catalog.items().map(itemSummary) }),
  });
  api.get('/api/v1/items/:id', {
    schema: {
      operationId: 'readItem',
      summary: 'The guide of one item',
      ...open,
      params: ById,
      response: answer(ItemGuide),
    },
    handler: async ({ params }) => catalog.item(params.id) ?? missing('item-not-found'),
  });
  api.get('/api/v1/bundles', {
    schema: {
      operationId: 'listBundles',
      summary: 'Life events',
      ...open,
      response: answer(Type.Object({ bundles: Type.Array(BundleSummary) })),
    },
    handler: async () => ({ bundles: catalog.bundles().map(bundleSummary) }),
  });
  api.get('/api/v1/bundles/:id', {
    schema: {
      operationId: 'readBundle',
      summary: 'The guide of one life event',
      ...open,
      params: ById,
      response: answer(BundleGuide),
    },
    handler: async ({ params }) => catalog.bundle(params.id) ?? missing('bundle-not-found'),
  });
  api.get('/api/v1/search', {
    schema: {
      operationId: 'search',
      summary: 'Items and life events that fit what somebody typed',
      ...open,
      querystring: Type.Object({ q: Type.String({ maxLength: 200 }) }),
      response: answer(Type.Object({ hits: Type.Array(Hit) })),
    },
    handler: async ({ query }) => ({ hits: catalog.search(query.q) }),
  });
  registerAsking(api, site);
}

function registerAsking(api: Api, { house: { catalog, identity } }: Site): void {
  api.post('/api/v1/tasks', {
    schema: {
      operationId: 'listTasks',
      summary: 'What somebody in this situation needs',
      tags,
      security: [{ token: [] }],
      body: Asking,
      response: answer(Tasks),
    },
    handler: async ({ body: { subject, situation } }) => {
      entryOf({ catalog }, subject);
      return shownTasks(catalog.tasks(subject, situation));
    },
  });
  api.post('/api/v1/questions', {
    schema: {
      operationId: 'listQuestions',
      summary: 'The questions that are asked now, given the answers so far',
      tags,
      security: [{ token: [] }],
      body: AskingQuestions,
      response: answer(Questions),
    },
    handler: async ({ body: { subject, situation, answers = {} } }) => {
      entryOf({ catalog }, subject);
      return { questions: catalog.questions(subject, situation, answers) };
    },
  });
  api.get('/api/v1/divisions', {
    schema: {
      operationId: 'listDivisions',
      summary: 'What lies directly below a division; without one, the provinces',
      ...open,
      querystring: Type.Object({ parent: Type.Optional(DivisionCode) }),
      response: answer(Divisions),
    },
    handler: async ({ query }) => ({ divisions: await identity.divisions.children(query.parent) }),
  });
}

/** The current item or bundle of a subject. Items that only make sense inside a bundle cannot be applied for alone. */
export function entryOf({ catalog }: Pick<Site['house'], 'catalog'>, subject: Static<typeof Subject>): Item | Bundle {
  if (subject.kind === 'bundle') return catalog.bundle(subject.id) ?? missing('bundle-not-found');
  const item = catalog.item(subject.id);
  return item && item.standalone !== false ? item : missing('item-not-found');
}

function shownTasks(list: TaskList): Static<typeof Tasks> {
  return { ...list, tasks: list.tasks.map(({ item, dependsOn }) => ({ item: itemSummary(item), dependsOn })) };
}

function itemSummary(item: Item): Static<typeof ItemSummary> {
  const { id, version, name, plain, icon, topic, agency, handling, limits, issue, visits, standalone = true } = item;
  const days = {
    ...{ promisedDays: limits.promised.days, statutoryDays: limits.statutory.days },
    ...(issue && { issueDays: issue.days }),
  };
  return { id, version, name, plain, icon, topic, agency, handling, ...days, visits, standalone };
}

function bundleSummary({ id, version, name, plain, icon, summary }: Bundle): Static<typeof BundleSummary> {
  return { id, version, name, plain, icon, summary };
}

function missing(code: 'item-not-found' | 'bundle-not-found'): never {
  throw new Problem(code);
}
