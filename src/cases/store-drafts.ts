import type { Subject } from '../catalog/door.ts';
import type { Answers } from '../elements/door.ts';
import { type Db, pageSize, type Seen } from '../platform/door.ts';
import type { Draft } from './drafts.ts';

/** The SQL of drafts. A draft that has become a case (`number`) is never written again. */
export type DraftRow = {
  region: string;
  id: string;
  owner: string;
  division: string;
  subject_kind: Subject['kind'];
  subject_id: string;
  subject_version: number;
  item_versions: Record<string, number>;
  situation: Draft['situation'];
  answers: Answers;
  updated_at: string;
  number: string | null;
  sealed: Buffer | null;
};
const columns = `region, id, owner, division, subject_kind, subject_id, subject_version, item_versions, situation, answers, updated_at, number, sealed`;
/** A draft with what is classified of it sealed, and by which key; both null when nothing is. */
export type SealedDraft = Omit<Draft, 'answers' | 'number'> & {
  clear: Answers;
  sealed: Buffer | null;
  keyId: number | null;
};

export async function draftById(db: Seen, region: string, id: string): Promise<DraftRow | undefined> {
  const [row] = await db.prepared<DraftRow>(
    'cases.draft.read',
    `select ${columns} from cases.draft where region = $1 and id = $2`,
    [region, id],
  );
  return row;
}

export async function insertDraft(db: Db, draft: SealedDraft): Promise<void> {
  const { region, id, owner, division, subject, subjectVersion, situation, clear, updatedAt } = draft;
  await db.query(
    `insert into cases.draft (region, id, owner, division, subject_kind, subject_id, subject_version, situation, answers, updated_at, sealed, key_id, item_versions)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      region,
      id,
      owner,
      division,
      subject.kind,
      subject.id,
      subjectVersion,
      JSON.stringify(situation),
      JSON.stringify(clear),
      updatedAt,
      draft.sealed,
      draft.keyId,
      JSON.stringify(draft.itemVersions),
    ],
  );
}

/** What is added to a draft: clear answers, those that go from clear to sealed, and all that is sealed, anew. */
export type Added = { clear: Answers; late: string[]; sealed: Buffer | null; keyId: number | null; at: string };

/** Adds answers to a row as it was read; nothing when what is sealed has changed since, or it has become a case. */
export async function addToDraft(db: Db, found: DraftRow, added: Added): Promise<DraftRow | undefined> {
  const { clear, late, sealed, keyId, at } = added;
  const [saved] = await db.query<DraftRow>(
    `update cases.draft
        set answers = (answers - $3::text[]) || $4::jsonb, updated_at = $5,
            sealed = coalesce($6, sealed), key_id = coalesce($7, key_id)
      where region = $1 and id = $2 and number is null and ($6::bytea is null or sealed is not distinct from $8)
     returning ${columns}`,
    [found.region, found.id, late, JSON.stringify(clear), at, sealed, keyId, found.sealed],
  );
  return saved;
}

export async function moveDraft(db: Db, region: string, id: string, division: string, at: string): Promise<void> {
  await db.query(
    'update cases.draft set division = $3, updated_at = $4 where region = $1 and id = $2 and number is null',
    [region, id, division, at],
  );
}

export async function deleteDraft(db: Db, region: string, id: string): Promise<void> {
  await db.query('delete from cases.draft where region = $1 and id = $2 and number is null', [region, id]);
}

/** Some drafts that hold answers of these elements in clear. */
export function draftsInClear(db: Db, elements: string[]): Promise<DraftRow[]> {
  return db.query(`select ${columns} from cases.draft where answers ?| $1::text[] and number is null limit 100`, [
    elements,
  ]);
}

/** The ids of all drafts of somebody, the latest first. */
export async function draftIdsOf(db: Seen, region: string, owner: string): Promise<string[]> {
  const rows = await db.prepared<{ id: string }>(
    'cases.draft.own-ids',
    'select id from cases.draft where region = $1 and owner = $2 and number is null order by updated_at desc, id',
    [region, owner],
  );
  return rows.map(({ id }) => id);
}

/** Drafts of somebody, the latest first: a page, and the first of the next. */
export function draftsOf(db: Seen, region: string, owner: string, offset: number): Promise<DraftRow[]> {
  return db.prepared(
    'cases.draft.own',
    `select ${columns} from cases.draft where region = $1 and owner = $2 and number is null
      order by updated_at desc, id offset $3 limit $4`,
    [region, owner, offset, pageSize + 1],
  );
}

/** What a form is begun for. */
export type Begun = Pick<Draft, 'owner' | 'division' | 'subject' | 'subjectVersion' | 'situation'>;

/** The latest draft that was begun for the very same. */
export async function draftLike(db: Seen, region: string, like: Begun): Promise<DraftRow | undefined> {
  const { owner, division, subject, subjectVersion, situation } = like;
  const [row] = await db.query<DraftRow>(
    `select ${columns} from cases.draft
      where region = $1 and owner = $2 and number is null and division = $3 and subject_kind = $4 and subject_id = $5
        and subject_version = $6 and situation = $7::jsonb
      order by updated_at desc, id limit 1`,
    [region, owner, division, subject.kind, subject.id, subjectVersion, JSON.stringify(situation)],
  );
  return row;
}
