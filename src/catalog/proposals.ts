import type { Elements } from '../elements/door.ts';
import { assertCan, can, type Moment, type StaffActor } from '../identity/door.ts';
import type { Trail, TrailEntry } from '../ledger/door.ts';
import { type Db, type IdSource, type Page, Problem, pageFrom, takeOnce } from '../platform/door.ts';
import type { Catalog } from './catalog.ts';
import { difference, type Line } from './difference.ts';
import type { Subject } from './model.ts';
import { type Around, type Understood, understand, writtenOut } from './proposing.ts';
import { row } from './store.ts';
import {
  findProposal,
  insertProposal,
  insertPublished,
  insertVerdict,
  listProposals,
  type Newest,
  newestVersions,
  type ProposalRow,
  type Verdict,
} from './store-proposals.ts';

/** How a proposal stands: waiting for somebody else, written over a version that is not the newest any more, or decided. */
export type Standing = 'waiting' | 'stale' | 'published' | 'returned';
export type Proposal = ProposalRow & { standing: Standing };
/** One with its text, what it changes, and the elements an item would ask for. */
export type OpenProposal = Proposal & {
  source: string;
  hash: string;
  changes: Line[][];
  mayDecide: boolean;
  asks: string[];
};
/** What somebody wrote, judged: everything wrong with it, and what it would change. */
export type Judged = Understood & { changes: Line[][] };

export const shortestNote = 2;

/** What somebody wishes an item or bundle to say, over which version, and why. */
type Wish = Subject & { source: string; base: number; note: string };

export type Proposals = ReturnType<typeof openProposals>;
type Options = { db: Db; ids: IdSource; catalog: Catalog; elements: Elements; trail: Trail };

/**
 * Changes of the catalogue by people (编审分离): one proposes, another one of the same county publishes or returns it. Every
 * step stands in the trail, in the same transaction.
 */
export function openProposals({ db, ids, catalog, elements, trail }: Options) {
  const around = (): Around => ({ elements, items: catalog.items(), bundles: catalog.bundles() });
  const current = ({ kind, id }: Subject) => (kind === 'item' ? catalog.item(id) : catalog.bundle(id));

  /** What stands now and its text. */
  async function standing(subject: Subject): Promise<{ newest: Newest; source: string }> {
    const content = current(subject);
    const [newest] = await newestVersions(db, subject);
    if (!content || !newest) throw new Problem(subject.kind === 'item' ? 'item-not-found' : 'bundle-not-found');
    return { newest, source: newest.source ?? writtenOut(content) };
  }
  async function found(actor: StaffActor, id: string) {
    const proposal = await findProposal(db, actor.region, id);
    if (!proposal) throw new Problem('proposal-not-found');
    return { ...proposal, standing: standingOf(proposal) };
  }
  async function toDecide(actor: StaffActor, id: string) {
    // Who publishes nothing at all is not told which proposals there are.
    assertCan(actor, 'catalog.publish', { kind: 'proposal', region: actor.region, by: '' });
    const proposal = await found(actor, id);
    assertCan(actor, 'catalog.publish', { kind: 'proposal', region: proposal.region, by: proposal.by });
    if (proposal.verdict) throw new Problem('proposal-decided');
    return proposal;
  }

  return {
    /** The newest version of everything that can be started, by kind and id. */
    async newest(actor: StaffActor): Promise<Newest[]> {
      assertCan(actor, 'catalog.read', { kind: 'house' });
      return (await newestVersions(db)).filter((each) => current(each) !== undefined);
    },
    /** A page of those of the county, those that wait first. */
    async list(actor: StaffActor, offset = 0): Promise<Page<Proposal>> {
      assertCan(actor, 'catalog.read', { kind: 'house' });
      const { rows, more } = pageFrom(await listProposals(db, actor.region, offset));
      return { rows: rows.map((each) => ({ ...each, standing: standingOf(each) })), more };
    },
    async get(actor: StaffActor, id: string): Promise<OpenProposal> {
      assertCan(actor, 'catalog.read', { kind: 'house' });
      const { before, ...proposal } = await found(actor, id);
      const { kind, subject, base } = proposal;
      const old = kind === 'item' ? catalog.item(subject, base) : catalog.bundle(subject, base);
      const changes = difference(before ?? (old ? writtenOut(old) : ''), proposal.source);
      const thing = { kind: 'proposal' as const, region: proposal.region, by: proposal.by };
      const { content } = understand({ kind, id: subject }, proposal.source, around());
      const asks = content && 'elements' in content ? content.elements.map(({ element }) => element) : [];
      return { ...proposal, changes, asks, mayDecide: !proposal.verdict && can(actor, 'catalog.publish', thing) };
    },
    /** The text to begin with: what stands now, or an earlier proposal for the same thing. */
    async begin(actor: StaffActor, subject: Subject, from?: string): Promise<{ source: string; newest: Newest }> {
      assertCan(actor, 'catalog.read', { kind: 'house' });
      const now = await standing(subject);
      const earlier = from === undefined ? undefined : await found(actor, from);
      if (!earlier || earlier.kind !== subject.kind || earlier.subject !== subject.id) return now;
      return { ...now, source: earlier.source };
    },
    /** Says what is wrong with a text and what it would change; keeps nothing. */
    async judge(actor: StaffActor, subject: Subject, source: string): Promise<Judged> {
      assertCan(actor, 'catalog.propose', { kind: 'house' });
      const now = await standing(subject);
      const understood = understand(subject, source, around());
      return { ...understood, changes: understood.content ? difference(now.source, source) : [] };
    },
    /** Keeps a text for somebody else to publish; throws `form-invalid` when nothing changes or the note is missing. */
    async propose(actor: StaffActor, given: Wish, moment: Moment): Promise<string> {
      assertCan(actor, 'catalog.propose', { kind: 'house' });
      const { kind, source, base } = given;
      const { content, problems } = understand(given, source, around());
      const { newest } = await standing(given);
      const note = given.note.trim();
      if (!content) throw wrong('source', 'catalog-source', { count: problems.length });
      if (base !== newest.version) throw wrong('source', 'catalog-stale');
      const { content: kept, hash } = row(kind, content);
      if (hash === newest.hash) throw wrong('source', 'catalog-same');
      if ([...note].length < shortestNote) throw wrong('note', 'catalog-note');
      const id = ids.id(actor.region);
      const proposal = { id, region: actor.region, subject: given, base, source, content: kept, hash, note };
      const said = { what: 'catalog.propose', about: given, reason: note };
      await db.transaction(async (tx) => {
        await takeOnce(tx, moment.once, id);
        await insertProposal(tx, { ...proposal, by: actor, at: moment.at });
        await trail.recordIn(tx, entryOf(actor, moment, said, { proposal: id, base, hash }));
      });
      return id;
    },
    /** Makes a proposal of somebody else the newest version, here and in every process; running cases keep theirs. */
    async publish(actor: StaffActor, id: string, moment: Moment): Promise<void> {
      const proposal = await toDecide(actor, id);
      const { kind, subject, base, source, note } = proposal;
      if (proposal.standing === 'stale') throw new Problem('proposal-stale');
      if (!understand({ kind, id: subject }, source, around()).content) throw new Problem('proposal-wrong');
      const said = { what: 'catalog.publish', about: { kind, id: subject }, reason: note };
      await decideOn(actor, proposal, { verdict: 'published', reason: null }, said, moment, async (tx) => {
        const version = await insertPublished(tx, id, moment.at);
        if (version === undefined) throw new Problem('proposal-stale');
        return { base, version };
      });
      await catalog.reload();
    },
    /** Gives a proposal of somebody else back, saying why. */
    async giveBack(actor: StaffActor, id: string, why: string, moment: Moment): Promise<void> {
      const proposal = await toDecide(actor, id);
      const reason = why.trim();
      if ([...reason].length < shortestNote) throw wrong('reason', 'catalog-reason');
      const { kind, subject, base } = proposal;
      const said = { what: 'catalog.return', about: { kind, id: subject }, reason };
      await decideOn(actor, proposal, { verdict: 'returned', reason }, said, moment, async () => ({ base }));
    },
  };

  /** The verdict, what it causes, and the line of the trail: together or not at all. */
  async function decideOn(
    actor: StaffActor,
    { id, by, hash }: Pick<OpenProposal, 'id' | 'by' | 'hash'>,
    verdict: Pick<Verdict, 'verdict' | 'reason'>,
    said: Said,
    moment: Moment,
    effect: (tx: Db) => Promise<Record<string, number>>,
  ): Promise<void> {
    await db.transaction(async (tx) => {
      const row = { proposal: id, proposedBy: by, ...verdict, by: actor, at: moment.at };
      if (!(await insertVerdict(tx, row))) throw new Problem('proposal-decided');
      const versions = await effect(tx);
      await trail.recordIn(tx, entryOf(actor, moment, said, { proposal: id, proposedBy: by, hash, ...versions }));
    });
  }
}

function standingOf({ verdict, base, newest }: ProposalRow): Standing {
  return verdict ?? (base === newest ? 'waiting' : 'stale');
}

const wrong = (field: string, code: string, params: Record<string, number> = {}) =>
  new Problem('form-invalid', {}, [{ field, code, params }]);

type Said = { what: string; about: Subject; reason: string };
function entryOf(
  actor: StaffActor,
  { at, from, requestId }: Moment,
  { what, about, reason }: Said,
  detail: TrailEntry['detail'],
): TrailEntry {
  const who = { kind: 'staff' as const, id: actor.id };
  return {
    ...{ region: actor.region, at, kind: 'act', what, who, from, requestId, outcome: 'done', detail },
    ...{ about: `${about.kind}/${about.id}`, reason: `${what}:${reason}` },
  };
}
