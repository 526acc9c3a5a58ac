import type { Catalog, Item } from '../../catalog/door.ts';
import type { Lang } from '../../platform/door.ts';

/** A shelf of the home page: items for people or for businesses, by topic. */
export type Shelf = { audience: 'person' | 'enterprise'; items: Item[] };

/** Single items somebody can start, each once: for people first, then for businesses. */
export function shelvesOf(catalog: Catalog): Shelf[] {
  const items = catalog.items().filter(({ standalone }) => standalone !== false);
  return [
    { audience: 'person' as const, items: items.filter(({ audience }) => audience.includes('person')).sort(byTopic) },
    {
      audience: 'enterprise' as const,
      items: items.filter(({ audience }) => !audience.includes('person')).sort(byTopic),
    },
  ].filter((shelf) => shelf.items.length > 0);
}

/** What people look for most, as links below the search field. */
export function oftenLookedFor(catalog: Catalog, lang: Lang): { label: string; href: string }[] {
  const bundles = catalog.bundles().map(({ id, plain }) => ({ label: plain[lang], href: `/bundles/${id}` }));
  const items = catalog.items().filter(({ standalone }) => standalone !== false);
  return [...bundles, ...items.map(({ id, plain }) => ({ label: plain[lang], href: `/items/${id}` }))].slice(0, 4);
}

function byTopic(a: Item, b: Item): number {
  return a.topic.localeCompare(b.topic);
}
