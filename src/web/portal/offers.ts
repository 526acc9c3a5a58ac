import type { Catalog, Item } from '../../catalog/door.ts';
import type { Lang } from '../../platform/door.ts';

/** A shelf of the home page: items for people or for businesses, by topic. */
export type Shelf = { audience: 'person' | 'enterprise'; items: Item[] };

/** Single items somebody can start, each once: for people first, then what shops and firms need. */
export function shelvesOf(catalog: Catalog): Shelf[] {
  const items = startable(catalog).sort((a, b) => a.topic.localeCompare(b.topic));
  const shelves: Shelf[] = [
    { audience: 'person', items: items.filter(({ audience }) => !audience.includes('enterprise')) },
    { audience: 'enterprise', items: items.filter(({ audience }) => audience.includes('enterprise')) },
  ];
  return shelves.filter((shelf) => shelf.items.length > 0);
}

/** A few entries below the search field: the life events, and the first item of some topics. */
export function oftenLookedFor(catalog: Catalog, lang: Lang): { label: string; href: string }[] {
  const items = startable(catalog);
  const firstOfTopic = items.filter(({ topic }, at) => items.findIndex((item) => item.topic === topic) === at);
  return [
    ...catalog.bundles().map(({ id, plain }) => ({ label: plain[lang], href: `/bundles/${id}` })),
    ...firstOfTopic.map(({ id, plain }) => ({ label: plain[lang], href: `/items/${id}` })),
  ].slice(0, 5);
}

function startable(catalog: Catalog): Item[] {
  return catalog.items().filter(({ standalone }) => standalone !== false);
}
