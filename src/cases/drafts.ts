import type { Situation, Subject } from '../catalog/door.ts';
import type { Answers } from '../elements/door.ts';
import { type Actor, assertCan } from '../identity/door.ts';
import { type Db, type IdSource, Problem, regionOf } from '../platform/door.ts';

/** What somebody has filled in and not yet submitted. Saved page by page; survives closing the browser. */
export type Draft = {
  region: string;
  id: string;
  owner: string;
  /** Twelve-digit code of the township that will receive it. */
  division: string;
  subject: Subject;
  subjectVersion: number;
  situation: Situation;
  answers: Answers;
  updatedAt: string;
  /** The case it became. */
  number?: string;
};

export type NewDraft = Pick<Draft, 'owner' | 'division' | 'subject' | 'subjectVersion' | 'situation'> & {
  answers?: Answers;
};

export type Drafts = ReturnType<typeof openDrafts>;

/** Drafts: start, read, save, discard, list. Every call asks the policy. */
export function openDrafts(db: Db, ids: IdSource) {
  const get = async (actor: Actor, id: string, action: 'draft.read' | 'draft.write'): Promise<Draft> => {
    const region = regionOf(id);
    const [row] = await db.prepared<DraftRow>(
      'cases.draft.read',
      `select ${columns} from cases.draft where region = $1 and id = $2`,
      [region, id],
    );
    if (!row) throw new Problem('draft-not-found');
    if (actor.kind === 'person' && row.owner !== actor.id) throw new Problem('draft-not-found');
    assertCan(actor, action, { kind: 'draft', region, owner: row.owner });
    return fromRow(row);
  };
  return {
    /** A new draft for a person, in the county of the division. */
    async start(actor: Actor, draft: NewDraft, at: string): Promise<Draft> {
      const region = draft.division.slice(0, 6);
      assertCan(actor, 'draft.write', { kind: 'draft', region, owner: draft.owner });
      const id = ids.id(region);
      const { owner, division, subject, subjectVersion, situation } = draft;
      const answers = draft.answers ?? {};
      await db.query(
        `insert into cases.draft (region, id, owner, division, subject_kind, subject_id, subject_version, situation, answers, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          region,
          id,
          owner,
          division,
          subject.kind,
          subject.id,
          subjectVersion,
          JSON.stringify(situation),
          JSON.stringify(answers),
          at,
        ],
      );
      return { region, id, owner, division, subject, subjectVersion, situation, answers, updatedAt: at };
    },
    read: (actor: Actor, id: string) => get(actor, id, 'draft.read'),
    /** Adds answers to a draft, over the ones it had, and gives it back. A draft that became a case is left alone. */
    async save(actor: Actor, id: string, answers: Answers, at: string): Promise<Draft> {
      await get(actor, id, 'draft.write');
      const [row] = await db.query<DraftRow>(
        `update cases.draft set answers = answers || $3::jsonb, updated_at = $4
          where region = $1 and id = $2 and number is null returning ${columns}`,
        [regionOf(id), id, JSON.stringify(answers), at],
      );
      if (!row) throw new Problem('action-not-possible', { status: 'submitted' });
      return fromRow(row);
    },
    async move(actor: Actor, id: string, division: string, at: string): Promise<void> {
      await get(actor, id, 'draft.write');
      await db.query(
        'update cases.draft set division = $3, updated_at = $4 where region = $1 and id = $2 and number is null',
        [regionOf(id), id, division, at],
      );
    },
    async discard(actor: Actor, id: string): Promise<void> {
      await get(actor, id, 'draft.write');
      await db.query('delete from cases.draft where region = $1 and id = $2 and number is null', [regionOf(id), id]);
    },
    /** Unfinished drafts of the person who asks, newest first. */
    async ofOwner(actor: Actor): Promise<Draft[]> {
      if (actor.kind !== 'person') return [];
      const rows = await db.prepared<DraftRow>(
        'cases.draft.own',
        `select ${columns} from cases.draft where region = $1 and owner = $2 and number is null order by updated_at desc limit 20`,
        [actor.region, actor.id],
      );
      return rows.map(fromRow);
    },
  };
}

const columns = `region, id, owner, division, subject_kind, subject_id, subject_version, situation, answers, updated_at, number`;
type DraftRow = {
  region: string;
  id: string;
  owner: string;
  division: string;
  subject_kind: Subject['kind'];
  subject_id: string;
  subject_version: number;
  situation: Situation;
  answers: Answers;
  updated_at: string;
  number: string | null;
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
    situation,
    answers,
    updatedAt: row.updated_at,
    number: row.number ?? undefined,
  };
}
