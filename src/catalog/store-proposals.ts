import { type Db, pageSize } from '../platform/door.ts';
import type { Subject } from './model.ts';

/** The SQL of proposals. */

/** What stands for an item or bundle now. */
export type Newest = Subject & {
  version: number;
  origin: 'folder' | 'page';
  at: string;
  hash: string;
  source: string | null;
};

/** The newest version of everything, or of one. */
export function newestVersions(db: Db, only?: Subject): Promise<Newest[]> {
  return db.query<Newest>(
    `select distinct on (kind, id) kind, id, version, origin, published_at as at, hash, source
       from catalog.version where ($1::text is null or (kind = $1 and id = $2))
      order by kind, id, version desc`,
    [only?.kind ?? null, only?.id ?? null],
  );
}

export type ProposalRow = {
  id: string;
  region: string;
  kind: Subject['kind'];
  subject: string;
  base: number;
  /** The newest version there is. */
  newest: number;
  note: string;
  by: string;
  byName: string;
  at: string;
  verdict: 'published' | 'returned' | null;
  reason: string | null;
  decidedName: string | null;
  decidedAt: string | null;
};
const columns = `p.id, p.region, p.kind, p.subject, p.base, p.note, p.proposed_by as by, p.proposed_name as "byName",
  p.proposed_at as at, d.verdict, d.reason, d.decided_name as "decidedName", d.decided_at as "decidedAt",
  (select max(v.version) from catalog.version v where v.kind = p.kind and v.id = p.subject) as newest`;

/** Proposals of a county, those nobody has decided on first, the latest first among them: a page, and the first of the next. */
export function listProposals(db: Db, region: string, offset: number): Promise<ProposalRow[]> {
  return db.query<ProposalRow>(
    `select ${columns} from catalog.proposal p left join catalog.verdict d on d.proposal = p.id
      where p.region = $1 order by d.proposal is not null, p.proposed_at desc, p.id offset $2 limit $3`,
    [region, offset, pageSize + 1],
  );
}

export type ProposalFound = ProposalRow & { source: string; hash: string; before: string | null };

/** One proposal with its text, and the text it was written over. */
export async function findProposal(db: Db, region: string, id: string): Promise<ProposalFound | undefined> {
  const rows = await db.query<ProposalFound>(
    `select ${columns}, p.source, p.hash, b.source as before
       from catalog.proposal p left join catalog.verdict d on d.proposal = p.id
       left join catalog.version b on b.kind = p.kind and b.id = p.subject and b.version = p.base
      where p.region = $1 and p.id = $2`,
    [region, id],
  );
  return rows[0];
}

export type NewProposal = {
  id: string;
  region: string;
  subject: Subject;
  base: number;
  source: string;
  content: string;
  hash: string;
  note: string;
  by: { id: string; name: string };
  at: Date;
};

export async function insertProposal(tx: Db, proposal: NewProposal): Promise<void> {
  const { id, region, subject, base, source, content, hash, note, by, at } = proposal;
  await tx.query(
    `insert into catalog.proposal (id, region, kind, subject, base, source, content, hash, note, proposed_by, proposed_name, proposed_at)
     values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10, $11, $12)`,
    [id, region, subject.kind, subject.id, base, source, content, hash, note, by.id, by.name, at],
  );
}

export type Verdict = {
  proposal: string;
  proposedBy: string;
  verdict: 'published' | 'returned';
  reason: string | null;
  by: { id: string; name: string };
  at: Date;
};

/** Says what was decided, once; false when it had been decided already. */
export async function insertVerdict(
  tx: Db,
  { proposal, proposedBy, verdict, reason, by, at }: Verdict,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into catalog.verdict (proposal, proposed_by, verdict, reason, decided_by, decided_name, decided_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (proposal) do nothing returning 1`,
    [proposal, proposedBy, verdict, reason, by.id, by.name, at],
  );
  return rows.length > 0;
}

/**
 * Makes a proposal the next version after the one it was written over, and tells every process once it stands.
 *
 * @returns the version, or undefined when there is a newer one already
 */
export async function insertPublished(tx: Db, proposal: string, at: Date): Promise<number | undefined> {
  const rows = await tx.query<{ version: number }>(
    `insert into catalog.version (kind, id, version, content, hash, source, origin, proposal, published_at)
     select p.kind, p.subject, p.base + 1, p.content, p.hash, p.source, 'page', p.id, $2
       from catalog.proposal p where p.id = $1
     on conflict do nothing returning version`,
    [proposal, at],
  );
  await tx.query("select pg_notify('catalog', '')");
  return rows[0]?.version;
}
