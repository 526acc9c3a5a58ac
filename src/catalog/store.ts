import { createHash } from 'node:crypto';
import type { Db } from '../platform/door.ts';
import type { Bundle, BundleContent, Item, ItemContent } from './model.ts';
import type { Published } from './shelf.ts';

/**
 * Gives a new version to what differs from its newest one, in one statement. Two processes that start together agree:
 * the second finds the row of the first in its way and leaves it. What was published on a page is newer than a folder that
 * says what was published before (docs/adr/0033): such a folder has not changed, it has only been left behind.
 *
 * @returns how many versions are new
 */
export async function publish(
  db: Db,
  items: ItemContent[],
  bundles: BundleContent[],
  sources: Record<'item' | 'bundle', Map<string, string>>,
): Promise<number> {
  const contents = [
    ...items.map((content) => row('item', content)),
    ...bundles.map((content) => row('bundle', content)),
  ];
  const added = await db.query(
    `insert into catalog.version (kind, id, version, content, hash, source)
     select made.kind, made.id, coalesce(newest.version, 0) + 1, made.content::jsonb, made.hash, made.source
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) as made (kind, id, content, hash, source)
     left join lateral (
       select v.version, v.hash, v.origin from catalog.version v
       where v.kind = made.kind and v.id = made.id order by v.version desc limit 1
     ) newest on true
     where newest.hash is distinct from made.hash
       and not (newest.origin is not distinct from 'page' and exists (
         select 1 from catalog.version v where v.kind = made.kind and v.id = made.id and v.hash = made.hash))
     on conflict do nothing
     returning 1`,
    [pick('kind'), pick('id'), pick('content'), pick('hash'), contents.map(sourceOf)],
  );
  return added.length;

  function sourceOf({ kind, id }: { kind: 'item' | 'bundle'; id: string }): string | null {
    return sources[kind].get(id) ?? null;
  }
  function pick(name: keyof Row): string[] {
    return contents.map((content) => content[name]);
  }
}

/** Everything that was ever published. */
export async function readPublished(db: Db): Promise<Published> {
  const rows = await db.query<{ kind: string; version: number; content: ItemContent | BundleContent }>(
    'select kind, version, content from catalog.version order by kind, id, version',
  );
  const of = (kind: string) =>
    rows.filter((each) => each.kind === kind).map(({ content, version }) => ({ ...content, version }));
  return { items: of('item') as Item[], bundles: of('bundle') as Bundle[] };
}

/** Tells the other processes that there is something new. */
export async function tellOthers(db: Db): Promise<void> {
  await db.query("select pg_notify('catalog', '')");
}

type Row = { kind: 'item' | 'bundle'; id: string; content: string; hash: string };

/** A content as it is kept: its keys in order, and the hash that says whether two are the same. */
export function row(kind: Row['kind'], value: { id: string }): Row {
  const content = JSON.stringify(ordered(value));
  return { kind, id: value.id, content, hash: createHash('sha256').update(content).digest('hex') };
}

/** Keys in order, so that moving a line in the file is no change. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (!value || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, ordered(each)]));
}
