import type { Elements } from '../elements/door.ts';
import { type Condition, openConditions } from './conditions.ts';
import type { Bundle, Item } from './model.ts';
import { namesOf } from './review.ts';

/** Every published version, in memory, and which of them can be started today. Pure. */
export type Shelf = {
  elements: Elements;
  /** What can be started today. */
  items: Item[];
  bundles: Bundle[];
  /** The current one, or a named version, which may be gone from the folders since. */
  item(id: string, version?: number): Item | undefined;
  bundle(id: string, version?: number): Bundle | undefined;
  /** Conditions that cannot be understood any more (an element was taken out since) never hold. */
  when(source: string): Condition;
  rule(source: string): Condition;
};

export type Published = { items: Item[]; bundles: Bundle[] };

const never: Condition = { names: [], mindsEmpty: false, holds: () => undefined };

/** @param current ids of the items and bundles that have a folder now; a bundle also needs all its items */
export function shelve(
  published: Published,
  current: { items: Set<string>; bundles: Set<string> },
  elements: Elements,
): Shelf {
  const conditions = openConditions(namesOf(elements, published.bundles));
  const newestItems = newest(published.items, current.items);
  const newestBundles = newest(published.bundles, current.bundles);
  for (const [id, bundle] of newestBundles) {
    if (bundle.items.some(({ item }) => !newestItems.has(item))) newestBundles.delete(id);
  }
  const items = new Map(published.items.map((item) => [`${item.id} ${item.version}`, item]));
  const bundles = new Map(published.bundles.map((bundle) => [`${bundle.id} ${bundle.version}`, bundle]));
  const understood = (made: Condition | string) => (typeof made === 'string' ? never : made);
  return {
    elements,
    items: [...newestItems.values()],
    bundles: [...newestBundles.values()],
    item: (id, version) => (version === undefined ? newestItems.get(id) : items.get(`${id} ${version}`)),
    bundle: (id, version) => (version === undefined ? newestBundles.get(id) : bundles.get(`${id} ${version}`)),
    when: (source) => understood(conditions.when(source)),
    rule: (source) => understood(conditions.rule(source)),
  };
}

function newest<T extends { id: string; version: number }>(all: T[], ids: Set<string>): Map<string, T> {
  const found = new Map<string, T>();
  for (const each of all) {
    if (ids.has(each.id) && each.version > (found.get(each.id)?.version ?? 0)) found.set(each.id, each);
  }
  return found;
}
