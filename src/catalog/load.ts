import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { TSchema } from 'typebox';
import type { Elements } from '../elements/door.ts';
import { type LoadProblem, readYaml } from '../platform/door.ts';
import { openConditions } from './conditions.ts';
import { type BundleContent, BundleShape, type ItemContent, ItemShape } from './model.ts';
import { type Finding, namesOf, reviewBundle, reviewItem } from './review.ts';

export type Folders = { items: string; bundles: string };

/** What the folders hold now. `broken` are the ids whose folder is there but wrong: their last good version stays. */
export type Loaded = {
  items: ItemContent[];
  bundles: BundleContent[];
  /** The files as they were written, by kind and id. */
  sources: Record<Kind, Map<string, string>>;
  broken: { items: string[]; bundles: string[] };
  problems: LoadProblem[];
};

type Kind = 'item' | 'bundle';

type File<T> = {
  id: string;
  text?: string;
  value?: T;
  problems: LoadProblem[];
  problemAt(path: Finding['path'], message: string): LoadProblem;
};

/** Reads all items and bundles of some folders. One bad folder does not stop the others. */
export async function loadCatalog(folders: Folders[], elements: Elements): Promise<Loaded> {
  const items = await readAll<ItemContent>(
    folders.map((each) => each.items),
    'item.yaml',
    ItemShape,
  );
  const bundles = await readAll<BundleContent>(
    folders.map((each) => each.bundles),
    'bundle.yaml',
    BundleShape,
  );
  const parsed = bundles.flatMap(({ value }) => value ?? []);
  const words = { elements, conditions: openConditions(namesOf(elements, parsed)) };
  const ids = new Set(items.map(({ id }) => id));
  for (const item of items) review(item, (value) => reviewItem(value, words));
  for (const bundle of bundles) review(bundle, (value) => reviewBundle(value, words, (id) => ids.has(id)));
  const good = new Set(items.filter(fine).map(({ id }) => id));
  return {
    items: items.filter(fine).flatMap(({ value }) => value ?? []),
    bundles: bundles.filter(fine).flatMap(({ value }) => value ?? []),
    sources: { item: textsOf(items), bundle: textsOf(bundles) },
    broken: { items: idsOfBroken(items), bundles: idsOfBroken(bundles) },
    problems: [...items, ...bundles]
      .flatMap(({ problems }) => problems)
      .concat(bundles.flatMap((each) => leaning(each, good, ids))),
  };
}

async function readAll<T extends { id: string }>(roots: string[], name: string, shape: TSchema): Promise<File<T>[]> {
  const files: File<T>[] = [];
  for (const root of roots) {
    for (const folder of await foldersIn(root)) {
      const { value, problems, ...read } = await readYaml(join(root, folder, name), shape);
      const file: File<T> = { ...read, id: folder, value: value as T | undefined, problems: [...problems] };
      if (file.value && file.value.id !== folder) {
        file.problems.push(file.problemAt(['id'], `the id must be the name of the folder, ${folder}`));
      }
      if (files.some(({ id }) => id === folder))
        file.problems.push(file.problemAt(['id'], `${folder} is already in another folder`));
      files.push(file);
    }
  }
  return files;
}

async function foldersIn(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => basename(entry.name))
    .sort();
}

function review<T>(file: File<T>, find: (value: T) => Finding[]): void {
  if (!file.value) return;
  file.problems.push(...find(file.value).map(({ path, message }) => file.problemAt(path, message)));
}

/** A bundle is not wrong because an item of it is, but its author wants to know. */
function leaning({ value, problemAt }: File<BundleContent>, good: Set<string>, all: Set<string>): LoadProblem[] {
  return (value?.items ?? []).flatMap(({ item }, at) =>
    all.has(item) && !good.has(item)
      ? [problemAt(['items', at, 'item'], `the item ${item} has problems of its own`)]
      : [],
  );
}

const textsOf = (files: File<unknown>[]): Map<string, string> => new Map(files.map(({ id, text = '' }) => [id, text]));

function fine(file: { problems: LoadProblem[] }): boolean {
  return file.problems.length === 0;
}

function idsOfBroken<T>(files: File<T>[]): string[] {
  const good = new Set(files.filter(fine).map(({ id }) => id));
  return [...new Set(files.filter((file) => !fine(file)).map(({ id }) => id))].filter((id) => !good.has(id));
}
