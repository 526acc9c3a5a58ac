import type { Pinned, Situation, Subject } from '../catalog/door.ts';
import type { Answers } from '../elements/door.ts';
import { type Actor, applicantOf, assertCan, can, sightFor } from '../identity/door.ts';
import {
  type Db,
  type IdSource,
  keyIdOf,
  type Once,
  type Page,
  Problem,
  pageFrom,
  placeOf,
  regionOf,
  type SealedTable,
  takeOnce,
  type Vault,
} from '../platform/door.ts';
import type { Sealing } from './sealing.ts';
import type { DraftRow } from './store-drafts.ts';
import * as store from './store-drafts.ts';

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
    const found = await store.draftById(db.seenBy(sightFor(actor)), regionOf(id), id);
    if (!found) throw new Problem('draft-not-found');
    const resource = resourceOf(fromRow(found));
    if (actor.kind === 'person' && !can(actor, action, resource)) throw new Problem('draft-not-found');
    assertCan(actor, action, resource);
    return found;
  };
  const placed = (id: string) => placeOf(draftTable, [regionOf(id), id]);
  /** What is classified, sealed with its key; both null when there is nothing. */
  const seal = (id: string, secret: Answers) => {
    if (Object.keys(secret).length === 0) return { sealed: null, keyId: null };
    const sealed = vault.seal(Buffer.from(JSON.stringify(secret)), placed(id));
    return { sealed, keyId: keyIdOf(sealed) };
  };
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
    const all = Object.keys(news).length > 0 ? { ...(await secretOf(found)), ...news } : {};
    return store.addToDraft(db, found, { clear, late: Object.keys(late), at, ...seal(found.id, all) });
  };
  return {
    /** A new draft for a person, in the county of the division. */
    async start(actor: Actor, draft: NewDraft, at: string, once?: Once): Promise<Draft> {
      const region = draft.division.slice(0, 6);
      assertCan(actor, 'draft.write', resourceOf({ ...draft, region }));
      const { answers = {}, itemVersions = {}, ...given } = draft;
      const made = { ...given, region, id: ids.id(region), itemVersions, updatedAt: at };
      const { clear, secret } = sealing.split(answers);
      const row = { ...made, clear, ...seal(made.id, secret) };
      await db.transaction(async (tx) => {
        await takeOnce(tx, once, made.id);
        await store.insertDraft(tx, row);
      });
      return { ...made, answers };
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
      await store.moveDraft(db, regionOf(id), id, division, at);
    },
    async discard(actor: Actor, id: string): Promise<void> {
      await row(actor, id, 'draft.write');
      await store.deleteDraft(db, regionOf(id), id);
    },
    /**
     * Seals answers that lie in clear though their element is classified, as after it was. Those of cases are evidence
     * and stay as they were written. Gives how many drafts it sealed; may be cut short and begun again.
     */
    async sealClear(): Promise<number> {
      const classified = sealing.classified();
      for (let sealed = 0; ; ) {
        const rows = await store.draftsInClear(db, classified);
        if (rows.length === 0) return sealed;
        for (const found of rows) if (await add(found, {}, found.updated_at)) sealed++;
      }
    },
    /** The ids of all of them, for whoever counts or copies everything. */
    async ownIds(actor: Actor): Promise<string[]> {
      if (actor.kind !== 'person') return [];
      return store.draftIdsOf(db.seenBy(sightFor(actor)), actor.region, applicantOf(actor).id);
    },
    /** Unfinished drafts of the person who asks, or of whom they act for, the latest first, without their classified answers: a list opens nothing. */
    async ofOwner(actor: Actor, offset = 0): Promise<Page<Draft>> {
      if (actor.kind !== 'person') return { rows: [], more: false };
      const found = await store.draftsOf(db.seenBy(sightFor(actor)), actor.region, applicantOf(actor).id, offset);
      const { rows, more } = pageFrom(found);
      return { rows: rows.map(fromRow).filter((draft) => can(actor, 'draft.read', resourceOf(draft))), more };
    },
    /** The latest of them that was begun for the same thing, place and situation, if any. */
    async begun(actor: Actor, like: Omit<store.Begun, 'owner'>): Promise<Draft | undefined> {
      if (actor.kind !== 'person') return undefined;
      const asked = { ...like, owner: applicantOf(actor).id };
      const found = await store.draftLike(db.seenBy(sightFor(actor)), actor.region, asked);
      const draft = found && fromRow(found);
      return draft && can(actor, 'draft.read', resourceOf(draft)) ? draft : undefined;
    },
  };
}

const resourceOf = ({ region, owner, subject }: Pick<Draft, 'region' | 'owner' | 'subject'>) =>
  ({ kind: 'draft', region, owner, subject }) as const;

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
