import type { TSchema } from 'typebox';
import { stringify } from 'yaml';
import type { Elements } from '../elements/door.ts';
import { type LoadProblem, parseYaml } from '../platform/door.ts';
import { openConditions } from './conditions.ts';
import type { Bundle, BundleContent, Item, ItemContent, Subject } from './model.ts';
import { BundleShape, ItemShape } from './model.ts';
import { type Finding, namesOf, reviewBundle, reviewItem } from './review.ts';

/** What somebody wrote for an item or a bundle: its content when it is right, and everything that is wrong with it. Pure. */
export type Understood = { content?: ItemContent | BundleContent; problems: LoadProblem[] };
/** What there is now: a text must fit in among it. */
export type Around = { elements: Elements; items: Item[]; bundles: Bundle[] };

/** More than any item needs, and little enough to compare line by line. */
export const longest = { characters: 60_000, lines: 2000 };

const shapes = { item: ItemShape, bundle: BundleShape };

/** Reads a text as the file of a folder is read, against what can be started now. */
export function understand(subject: Subject, source: string, around: Around): Understood {
  const { kind, id } = subject;
  const lines = source.split('\n').length;
  if (source.length > longest.characters || lines > longest.lines)
    return { problems: [{ file: id, line: lines, column: 1, message: 'the text is too long' }] };
  const { value, problems, problemAt } = parseYaml(`${kind}.yaml`, source, shapes[kind] as TSchema);
  if (value === undefined) return { problems: byLine(problems) };
  const content = value as ItemContent | BundleContent;
  const found = isBundle(content) ? findInBundle(content, around) : findInItem(content, around);
  if (content.id !== id) found.unshift({ path: ['id'], message: `the id must stay ${id}` });
  const wrong = byLine(found.map(({ path, message }) => problemAt(path, message)));
  return wrong.length > 0 ? { problems: wrong } : { content, problems: [] };
}

const byLine = (problems: LoadProblem[]) => problems.toSorted((a, b) => a.line - b.line || a.column - b.column);

const isBundle = (content: ItemContent | BundleContent): content is BundleContent => 'situation' in content;

function findInItem(item: ItemContent, { elements, bundles }: Around): Finding[] {
  return reviewItem(item, { elements, conditions: openConditions(namesOf(elements, bundles)) });
}

/** A bundle also asks the questions its items have conditions on: none of them may lose its own. */
function findInBundle(bundle: BundleContent, { elements, items, bundles }: Around): Finding[] {
  const others = bundles.filter(({ id }) => id !== bundle.id);
  const before = { elements, conditions: openConditions(namesOf(elements, bundles)) };
  const after = { elements, conditions: openConditions(namesOf(elements, [...others, bundle])) };
  const hurt = items.filter((item) => reviewItem(item, before).length === 0 && reviewItem(item, after).length > 0);
  return [
    ...reviewBundle(bundle, after, (id) => items.some((item) => item.id === id)),
    ...hurt.map(
      ({ id }): Finding => ({ path: ['situation'], message: `the item ${id} asks for something that is gone` }),
    ),
  ];
}

/** A content as YAML, for versions whose text was not kept: its keys in the order of the shape. */
export function writtenOut({ version: _, ...content }: Item | Bundle): string {
  const shape = 'situation' in content ? BundleShape : ItemShape;
  return stringify(inOrder(content, shape as Shape), { lineWidth: 0 });
}

type Shape = { properties?: Record<string, Shape>; items?: Shape };
function inOrder(value: unknown, shape: Shape | undefined): unknown {
  if (Array.isArray(value)) return value.map((each) => inOrder(each, shape?.items));
  if (!value || typeof value !== 'object') return value;
  const given = value as Record<string, unknown>;
  const names = Object.keys(shape?.properties ?? {}).filter((name) => name in given);
  const rest = Object.keys(given).filter((name) => !names.includes(name));
  return Object.fromEntries([...names, ...rest].map((name) => [name, inOrder(given[name], shape?.properties?.[name])]));
}
