import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Elements } from '../elements/door.ts';
import { loadCatalog } from './load.ts';

const elements: Elements = {
  questions: [],
  ids: () => ['child_name', 'child_birth'],
  element: (id) =>
    ['child_name', 'child_birth'].includes(id)
      ? { id, name: { zh: '名', en: 'Name' }, type: 'text', sensitivity: 3, source: 'applicant' }
      : undefined,
  material: (id) =>
    id === 'household_book' ? { id, name: { zh: '户口簿', en: 'Book' }, source: 'applicant' } : undefined,
};

const item = (id: string, more = '') => `id: ${id}
name: { zh: 事项, en: Item }
plain: { zh: 事, en: Thing }
keywords: []
type: '07'
icon: file
audience: [person]
topic: household
agency: health
handling: promised
limits:
  statutory: { days: 20, basis: { law: 法, verified: false } }
  promised: { days: 3, basis: { law: 法, verified: false } }
visits: 0
fee: { free: true, text: { zh: 不收费, en: Free } }
legalBasis: [{ law: 法, verified: false }]
conditions: []
materials:
  - { material: household_book, required: true }
elements:
  - { element: child_name }
results: []
${more}`;
const bundle = (id: string, items: string, situation = '[]') => `id: ${id}
name: { zh: 一件事, en: Bundle }
plain: { zh: 事, en: Thing }
keywords: []
icon: file
lead: health
summary: { zh: 一次办, en: At once }
legalBasis: [{ law: 法, verified: false }]
situation: ${situation}
items:
${items}`;
const household = `
  - id: household
    title: { zh: 随谁, en: Whose }
    options: [{ value: father, label: { zh: 爸, en: F } }, { value: mother, label: { zh: 妈, en: M } }]`;

async function load(items: Record<string, string>, bundles: Record<string, string> = {}) {
  const root = await mkdtemp(join(tmpdir(), 'catalog-'));
  await mkdir(join(root, 'items'));
  await mkdir(join(root, 'bundles'));
  const write = async (kind: string, id: string, file: string, text: string) => {
    await mkdir(join(root, kind, id));
    await writeFile(join(root, kind, id, file), text);
  };
  for (const [id, text] of Object.entries(items)) await write('items', id, 'item.yaml', text);
  for (const [id, text] of Object.entries(bundles)) await write('bundles', id, 'bundle.yaml', text);
  const loaded = await loadCatalog([{ items: join(root, 'items'), bundles: join(root, 'bundles') }], elements);
  const problems = loaded.problems.map((p) => `${p.file.slice(root.length + 1)}:${p.line}:${p.column} ${p.message}`);
  return { ...loaded, problems };
}

describe('a folder of items', () => {
  it('is read whole when all is right', async () => {
    const { items, bundles, problems } = await load(
      { 'first-item': item('first-item'), 'second-item': item('second-item') },
      {
        'whole-story': bundle(
          'whole-story',
          '  - { item: first-item, dependsOn: [] }\n  - { item: second-item, dependsOn: [first-item] }',
        ),
      },
    );
    expect(problems).toEqual([]);
    expect(items.map(({ id }) => id)).toEqual(['first-item', 'second-item']);
    expect(bundles).toHaveLength(1);
  });

  it('keeps the good beside the bad, and names file, line and column of what is wrong', async () => {
    const { items, broken, problems } = await load({
      'good-item': item('good-item'),
      'bad-type': item('bad-type').replace("'07'", "'77'"),
      'bad-syntax': `${item('bad-syntax')}\nfaq: [`,
      'bad-name': item('other-name'),
    });
    expect(items.map(({ id }) => id)).toEqual(['good-item']);
    expect(broken.items).toEqual(['bad-name', 'bad-syntax', 'bad-type']);
    expect(problems).toEqual([
      'items/bad-name/item.yaml:1:5 the id must be the name of the folder, bad-name',
      expect.stringMatching(/^items\/bad-syntax\/item.yaml:2\d:\d+ Flow sequence/),
      'items/bad-type/item.yaml:5:7 type must be one of 01, 05, 07, 08, 09, 10, 20',
    ]);
  });

  it.each([
    [
      'household_book, required',
      'no_such, required',
      'items/it-self/item.yaml:19:17 no material no_such in the elements folder',
    ],
    [
      'element: child_name',
      'element: no_such',
      'items/it-self/item.yaml:21:16 no element no_such in the elements folder',
    ],
    [
      'child_name }',
      `child_name, when: "hosehold == ''" }`,
      'items/it-self/item.yaml:21:34 condition not understood: Unknown variable: hosehold',
    ],
    ['days: 3', 'days: 30', 'items/it-self/item.yaml:13:21 the promised limit is longer than the statutory one'],
    ['visits: 0', 'visits: 1', 'items/it-self/item.yaml:1:1 visits need a visitReason'],
    [
      'results: []',
      "results: [{ id: one, name: { zh: 证, en: C }, form: document, pattern: '[' }]",
      'items/it-self/item.yaml:22:71 [ is no regular expression',
    ],
    [
      'results: []',
      'results: []\nchecks: [{ rule: child_birth <=, field: child_birth, message: { zh: 错, en: No } }]',
      'items/it-self/item.yaml:23:18 condition not understood: Unexpected token: EOF',
    ],
  ])('says that %s cannot be %s', async (before, after, problem) => {
    const { problems } = await load({ 'it-self': item('it-self').replace(before, after) });
    expect(problems[0]).toBe(problem);
  });
});

describe('a folder of bundles', () => {
  const items = { 'first-item': item('first-item'), 'second-item': item('second-item') };
  it.each([
    [
      '{ item: first-item, dependsOn: [] }\n  - { item: third-item, dependsOn: [] }',
      '12:13 no item third-item in the items folder',
    ],
    ['{ item: first-item, dependsOn: [second-item] }', '11:37 second-item is not among the items of this bundle'],
    [
      '{ item: first-item, dependsOn: [second-item] }\n  - { item: second-item, dependsOn: [first-item] }',
      '11:36 these wait for each other in a circle: first-item, second-item',
    ],
    ['{ item: first-item, dependsOn: [first-item] }', '11:36 these wait for each other in a circle: first-item'],
    [
      '{ item: first-item, dependsOn: [] }\n  - { item: first-item, dependsOn: [] }',
      '12:13 this item is already in the bundle',
    ],
  ])('says what is wrong with %s', async (entries, problem) => {
    const { bundles, problems } = await load(items, { 'the-bundle': bundle('the-bundle', `  - ${entries}`) });
    expect(bundles).toEqual([]);
    expect(problems[0]).toBe(`bundles/the-bundle/bundle.yaml:${problem}`);
  });

  it('says that an answer in a condition is none of the options', async () => {
    const entries = `  - { item: first-item, when: "household == 'fahter'", dependsOn: [] }`;
    const { problems } = await load(items, { 'the-bundle': bundle('the-bundle', entries, household) });
    expect(problems).toEqual([
      expect.stringMatching(
        /:14:31 condition not understood: 'fahter' is none of the answers of household: father, mother$/,
      ),
    ]);
  });

  it('stays when an item of it is wrong, and says so', async () => {
    const bad = { ...items, 'second-item': item('second-item').replace("'07'", "'77'") };
    const entries = '  - { item: first-item, dependsOn: [] }\n  - { item: second-item, dependsOn: [] }';
    const { bundles, problems } = await load(bad, { 'the-bundle': bundle('the-bundle', entries) });
    expect(bundles).toHaveLength(1);
    expect(problems.at(-1)).toBe('bundles/the-bundle/bundle.yaml:12:13 the item second-item has problems of its own');
  });
});
