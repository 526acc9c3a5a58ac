import type { CaseRow, Draft } from '../../cases/door.ts';
import type { House } from '../../house.ts';
import type { Actor } from '../../identity/door.ts';
import type { Text } from '../../platform/door.ts';

/** A draft with the name of what it applies for. */
export type NamedDraft = { draft: Draft; name: Text };
/** What somebody has begun or handed in. */
export type UnderWay = { drafts: NamedDraft[]; cases: CaseRow[] };

/** The reader's unfinished drafts and cases; nothing for visitors and staff. */
export async function underWay(house: House, actor: Actor): Promise<UnderWay> {
  if (actor.kind !== 'person') return { drafts: [], cases: [] };
  const [drafts, cases] = await Promise.all([house.cases.drafts.ofOwner(actor), house.cases.lists.own(actor)]);
  return { drafts: drafts.flatMap((draft) => named(house, draft)), cases };
}

function named(house: House, draft: Draft): NamedDraft[] {
  const { kind, id } = draft.subject;
  const entry =
    kind === 'bundle' ? house.catalog.bundle(id, draft.subjectVersion) : house.catalog.item(id, draft.subjectVersion);
  return entry ? [{ draft, name: entry.name }] : [];
}
