import type { CaseRow, Draft } from '../../cases/door.ts';
import type { House } from '../../house.ts';
import type { Actor } from '../../identity/door.ts';
import type { Page, Text } from '../../platform/door.ts';

/** A draft with the name of what it applies for. */
export type NamedDraft = { draft: Draft; name: Text };
/** What somebody has begun or handed in. */
export type UnderWay = { drafts: Page<NamedDraft>; cases: Page<CaseRow> };
/** A list that is not asked for. */
export const unasked: Page<never> = { rows: [], more: false };

/** The reader's unfinished drafts and cases, the first page of each; nothing for visitors and staff. */
export async function underWay(house: House, actor: Actor): Promise<UnderWay> {
  if (actor.kind !== 'person') return { drafts: unasked, cases: unasked };
  const [drafts, cases] = await Promise.all([namedDrafts(house, actor), house.cases.lists.own(actor)]);
  return { drafts, cases };
}

/** A page of the reader's unfinished drafts. */
export async function namedDrafts(house: House, actor: Actor, offset = 0): Promise<Page<NamedDraft>> {
  const { rows, more } = await house.cases.drafts.ofOwner(actor, offset);
  return { rows: rows.flatMap((draft) => named(house, draft)), more };
}

function named(house: House, draft: Draft): NamedDraft[] {
  const { kind, id } = draft.subject;
  const entry =
    kind === 'bundle' ? house.catalog.bundle(id, draft.subjectVersion) : house.catalog.item(id, draft.subjectVersion);
  return entry ? [{ draft, name: entry.name }] : [];
}
