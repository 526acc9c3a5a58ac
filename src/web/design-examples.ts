import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ComponentType, h, type VNode } from 'preact';
import { parse } from 'yaml';
import { type Actor, powersOf, staffActor } from '../identity/door.ts';
import { components } from './components/all.ts';
import { repositoryRoot } from './root.ts';
import type { View } from './view.ts';

/**
 * Examples are data. `components/<name>/examples.yaml` is a list of nodes:
 *
 *     - example: with an error    # shown above it in the gallery
 *       use: Field                # a component, or an HTML tag in lower case
 *       label: 姓名               # its properties; `view` is always passed
 *       children: [ { use: Icon, name: baby }, 文字 ]
 *
 * Any property may hold nodes. `as: person` or `as: staff` shows it to somebody who has signed in.
 */
type Data = null | string | number | boolean | Data[] | { [key: string]: Data };
type Node = { [key: string]: Data };
export type Example = { component: string; at: number; name: string; node: Node };

const known = new Map<string, Example[]>();

/** Every example, by the name of its component. */
export function examples(root: string = repositoryRoot()): Example[] {
  let all = known.get(root);
  if (!all) {
    const folder = join(root, 'src', 'web', 'components');
    all = foldersOf(folder).flatMap((component) => examplesOf(folder, component));
    known.set(root, all);
  }
  return all;
}

function foldersOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function examplesOf(folder: string, component: string): Example[] {
  const nodes = parse(readFileSync(join(folder, component, 'examples.yaml'), 'utf8')) as Node[];
  return nodes.map(({ example, ...node }, at) => ({ component, at, name: String(example), node }));
}

/** The example as it would stand in a page. */
export function renderExample(example: Example, view: View): VNode {
  const { as, ...node } = example.node;
  return toNode(node, { ...view, actor: as === undefined ? view.actor : (people[String(as)] ?? view.actor) });
}

function toNode({ use, ...data }: Node, view: View): VNode {
  const name = String(use);
  const properties = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, fromData(value, view)]));
  if (/^[a-z]/.test(name)) return h(name, properties as object);
  const component = (components as unknown as Record<string, ComponentType<object>>)[name];
  if (!component) throw new Error(`No component ${name}`);
  return h(component, { ...properties, view } as object);
}

function fromData(data: Data, view: View): unknown {
  if (Array.isArray(data)) return data.map((each) => fromData(each, view));
  if (!data || typeof data !== 'object') return data;
  if ('use' in data) return toNode(data, view);
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, fromData(value, view)]));
}

/** Made-up people for whom examples are shown. */
const people: Record<string, Actor> = {
  guest: { kind: 'guest' },
  person: { kind: 'person', id: 'example', region: '360121', name: '陈志远' },
  staff: staffActor(
    {
      ...{ id: 'example', region: '360121', name: '熊丽华', division: '360121100000', agency: 'example' },
      agencyName: { zh: '莲塘镇便民服务中心', en: 'Liantang Town Service Centre' },
    },
    powersOf(['clerk'], { division: '360121100000', agency: 'example' }),
  ),
  supervisor: staffActor(
    {
      ...{ id: 'example', region: '360121', name: '涂建国', division: '360121000000', agency: 'example' },
      agencyName: { zh: '南昌县行政审批局', en: 'Nanchang County Administrative Approval Bureau' },
    },
    powersOf(['supervisor'], { division: '360121000000', agency: 'example' }),
  ),
};
