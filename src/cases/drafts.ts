import type { Pinned, Situation, Subject } from '../catalog/door.ts';
import type { Answers } from '../elements/door.ts';
import { type Actor, applicantOf, assertCan, can, sightFor } from '../identity/door.ts';
import {
  type Db,
  type IdSource,
  keyIdOf,
  Problem,
  placeOf,
  regionOf,
  type SealedTable,
  type Vault,
} from '../platform/door.ts';
import type { Sealing } from './sealing.ts';

/** What somebody has filled in and not yet submitted. Saved page by page; survives closing the browser. */
export type Draft = {
  region: string;
  id: string;
  owner: string;
  /** Twelve-digit code of the township that will receive it. */
  division: string;
  subject: Subject;
  subjectVersion: number;
  /** Of the items of a bundle. */
  itemVersions: Record<string, number>;
  situation: Situation;
  answers: Answers;
  updatedAt: string;
  /** The case it became. */
  number?: string;
};

export type NewDraft = Pick<Draft, 'owner' | 'division' | 'subject' | 'subjectVersion' | 'situation'> &
  Pick<Pinned, 'itemVersions'> & { answers?: Answers };

export type Drafts = ReturnType<typeof openDrafts>;

export const draftTable: SealedTable = { table: 'cases.draft', key: { region: 'text', id: 'text' } };
/** Two pages saved at the same moment: the slower one adds its answers to those of the faster one. */
const tries = 5;

/** Drafts: start, read, save, discard, list. Every call asks the policy. Classified answers are kept sealed, as one. */
export function openDrafts(db: Db, ids: IdSource, vault: Vault, sealing: Sealing) {
  const row = async (actor: Actor, id: string, action: 'draft.read' | 'draft.write'): Promise<DraftRow> => {
    const region = regionOf(id);
    const [found] = await db
      .seenBy(sightFor(actor))
      .prepared<DraftRow>('cases.draft.read', `select ${columns} from cases.draft where region = $1 and id = $2`, [
        region,
        id,
      ]);
    if (!found) throw new Problem('draft-not-found');
    const resource = resourceOf(fromRow(found));
    if (actor.kind === 'person' && !can(actor, action, resource)) throw new Problem('draft-not-found');
    assertCan(actor, action, resource);
    return found;
  };
  const placed = (id: string) => placeOf(draftTable, [regionOf(id), id]);
  const seal = (id: string, secret: Answers) =>
    Object.keys(secret).length > 0 ? vault.seal(Buffer.from(JSON.stringify(secret)), placed(id)) : null;
  const secretOf = async ({ id, sealed }: DraftRow): Promise<Answers> =>
    sealed ? JSON.parse((await vault.open(sealed, placed(id))).toString()) : {};
  const whole = async (found: DraftRow): Promise<Draft> => {
    const draft = fromRow(found);
    return { ...draft, answers: { ...draft.answers, ...(await secretOf(found)) } };
  };
  /** Adds answers to a row as it was read; nothing when it has changed since. */
  const add = async (found: DraftRow, answers: Answers, at: string): Promise<DraftRow | undefined> => {
    const { clear, secret: given } = sealing.split(answers);
    // Answers from before they were classified are sealed now.
    const { secret: late } = sealing.split(found.answers);
    const news = { ...late, ...given };
    const sealed = Object.keys(news).length > 0 ? seal(found.id, { ...(await secretOf(found)), ...news }) : null;
    const [saved] = await db.query<DraftRow>(
      `update cases.draft
          set answers = (answers - $3::text[]) || $4::jsonb, updated_at = $5,
              sealed = coalesce($6, sealed), key_id = coalesce($7, key_id)
        where region = $1 and id = $2 and number is null and ($6::bytea is null or sealed is not distinct from $8)
       returning ${columns}`,
      [
        found.region,
        found.id,
        Object.keys(late),
        JSON.stringify(clear),
        at,
        sealed,
        sealed && keyIdOf(sealed),
        found.sealed,
      ],
    );
    return saved;
  };
  return {
    /** A new draft for a person, in the county of the division. */
    async start(actor: Actor, draft: NewDraft, at: string): Promise<Draft> {
      const region = draft.division.slice(0, 6);
      assertCan(actor, 'draft.write', resourceOf({ ...draft, region }));
      const id = ids.id(region);
      const { owner, division, subject, subjectVersion, itemVersions = {}, situation } = draft;
      const answers = draft.answers ?? {};
      const { clear, secret } = sealing.split(answers);
      const sealed = seal(id, secret);
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
          at,
          sealed,
          sealed && keyIdOf(sealed),
          JSON.stringify(itemVersions),
        ],
      );
      return { region, id, owner, division, subject, subjectVersion, itemVersions, situation, answers, updatedAt: at };
    },
    read: async (actor: Actor, id: string) => whole(await row(actor, id, 'draft.read')),
    /** Adds answers to a draft, over the ones it had, and gives it back. A draft that became a case is left alone. */
    async save(actor: Actor, id: string, answers: Answers, at: string): Promise<Draft> {
      for (let attempt = 0; attempt < tries; attempt++) {
        const found = await row(actor, id, 'draft.write');
        if (found.number) throw new Problem('action-not-possible', { status: 'submitted' });
        const saved = await add(found, answers, at);
        if (saved) return whole(saved);
      }
      throw new Problem('changed-meanwhile');
    },
    async move(actor: Actor, id: string, division: string, at: string): Promise<void> {
      await row(actor, id, 'draft.write');
      await db.query(
        'update cases.draft set division = $3, updated_at = $4 where region = $1 and id = $2 and number is null',
        [regionOf(id), id, division, at],
      );
    },
    async discard(actor: Actor, id: string): Promise<void> {
      await row(actor, id, 'draft.write');
      await db.query('delete from cases.draft where region = $1 and id = $2 and number is null', [regionOf(id), id]);
    },
    /**
     * Seals answers that lie in clear though their element is classified, as after it was. Those of cases are evidence
     * and stay as they were written. Gives how many drafts it sealed; may be cut short and begun again.
     */
    async sealClear(): Promise<number> {
      const classified = sealing.classified();
      for (let sealed = 0; ; ) {
        const rows = await db.query<DraftRow>(
          `select ${columns} from cases.draft where answers ?| $1::text[] and number is null limit 100`,
          [classified],
        );
        if (rows.length === 0) return sealed;
        for (const found of rows) if (await add(found, {}, found.updated_at)) sealed++;
      }
    },
    /** The ids of all of them, for whoever counts or copies everything. */
    async ownIds(actor: Actor): Promise<string[]> {
      if (actor.kind !== 'person') return [];
      const rows = await db
        .seenBy(sightFor(actor))
        .prepared<{ id: string }>(
          'cases.draft.own-ids',
          'select id from cases.draft where region = $1 and owner = $2 and number is null order by updated_at desc',
          [actor.region, applicantOf(actor).id],
        );
      return rows.map(({ id }) => id);
    },
    /** Unfinished drafts of the person who asks, or of whom they act for, the latest twenty, without their classified answers: a list opens nothing. */
    async ofOwner(actor: Actor): Promise<Draft[]> {
      if (actor.kind !== 'person') return [];
      const rows = await db
        .seenBy(sightFor(actor))
        .prepared<DraftRow>(
          'cases.draft.own',
          `select ${columns} from cases.draft where region = $1 and owner = $2 and number is null order by updated_at desc limit 20`,
          [actor.region, applicantOf(actor).id],
        );
      return rows.map(fromRow).filter((draft) => can(actor, 'draft.read', resourceOf(draft)));
    },
  };
}

const resourceOf = ({ region, owner, subject }: Pick<Draft, 'region' | 'owner' | 'subject'>) =>
  ({ kind: 'draft', region, owner, subject }) as const;

const columns = `region, id, owner, division, subject_kind, subject_id, subject_version, item_versions, situation, answers, updated_at, number, sealed`;
type DraftRow = {
  region: string;
  id: string;
  owner: string;
  division: string;
  subject_kind: Subject['kind'];
  subject_id: string;
  subject_version: number;
  item_versions: Record<string, number>;
  situation: Situation;
  answers: Answers;
  updated_at: string;
  number: string | null;
  sealed: Buffer | null;
};

function fromRow(row: DraftRow): Draft {
  const { region, id, owner, division, situation, answers } = row;
  const subject = { kind: row.subject_kind, id: row.subject_id };
  return {
    region,
    id,
    owner,
    division,
    subject,
    subjectVersion: row.subject_version,
    itemVersions: row.item_versions,
    situation,
    answers,
    updatedAt: row.updated_at,
    number: row.number ?? undefined,
  };
}
