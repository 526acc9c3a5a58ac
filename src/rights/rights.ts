import type { Cases } from '../cases/door.ts';
import type { Elements } from '../elements/door.ts';
import {
  type Actor,
  assertCan,
  assertLists,
  can,
  type Identity,
  type PersonActor,
  sightFor,
} from '../identity/door.ts';
import {
  type Db,
  dayOf,
  type IdSource,
  type Keeping,
  type Limits,
  type Once,
  type Page,
  Problem,
  pageFrom,
  placeOf,
  type Resealing,
  type RetentionClass,
  regionOf,
  sealedRows,
  takeOnce,
  type Vault,
} from '../platform/door.ts';
import { type Asking, type Assessment, uncovered } from './assessment.ts';
import { type Verdict, verdictOn } from './erasable.ts';
import { erasableOf, eraseFor } from './erase-for.ts';
import {
  daysAfter,
  type Erased,
  type Outcome,
  type Request,
  type RequestKind,
  tidyWish,
  type Wish,
} from './request.ts';
import {
  addAnswer,
  addRequest,
  countWishes,
  eraseWishes,
  type RequestRow,
  requestById,
  requestsOf,
  requestsSeen,
  requestTable,
} from './store.ts';

export type Rights = ReturnType<typeof openRights>;
export type Asked = { kind: RequestKind; division: string; about?: string; wish: Wish };
export type WholeRequest = Request & { wish: Wish };
export type GivenAnswer = { outcome: Outcome; reason: string };
/** Notes in the transaction of an answer what it has erased, and of whom. */
export type NoteIn = (tx: Db, erased: Erased & { whose: string }) => Promise<void>;

type Needs = {
  db: Db;
  ids: IdSource;
  vault: Vault;
  identity: Identity;
  cases: Cases;
  limits: Limits;
  classes: RetentionClass[];
  assessments: Assessment[];
  elements: Elements;
};

/** Opens the room: what people ask about their own data, how a counter answers, and what may be deleted at once. */
export function openRights(needs: Needs) {
  const { db, ids, vault, identity, cases } = needs;
  const placed = (id: string) => placeOf(requestTable, [regionOf(id), id]);
  const whole = async ({ sealed, ...row }: RequestRow): Promise<WholeRequest> => ({
    ...row,
    // What was asked for is erased when its time is over.
    wish: sealed ? (JSON.parse((await vault.open(sealed, placed(row.id))).toString()) as Wish) : { words: '' },
  });
  const read = async (actor: Actor, id: string): Promise<WholeRequest> => {
    const row = await requestById(db.seenBy(sightFor(actor)), regionOf(id), id);
    if (!row || !can(actor, 'request.list', resourceOf(row))) throw new Problem('not-found');
    return whole(row);
  };
  return {
    /** Asks; throws `form-invalid` with what is missing. Gives the id. */
    async ask(actor: PersonActor, asked: Asked, at: string, once?: Once): Promise<string> {
      const { kind, division, about } = asked;
      const { id: person, region } = actor;
      const wish = tidyWish(kind, asked.wish);
      assertCan(actor, 'request.ask', { kind: 'request', region, division, owner: person });
      if (about) await cases.read(actor, about);
      const id = ids.id(region);
      const sealed = vault.seal(Buffer.from(JSON.stringify(wish)), placed(id));
      const due = daysAfter(dayOf(at), needs.limits.personalRequest.days);
      await db.transaction(async (tx) => {
        await takeOnce(tx, once, id);
        await addRequest(tx, { region, id, person, division, kind, about: about ?? null, at, due, sealed });
      });
      return id;
    },
    /** A page of what the person has asked, the latest first, with answers. */
    async own(actor: PersonActor, offset = 0): Promise<Page<WholeRequest>> {
      const rows = await requestsOf(db.seenBy(sightFor(actor)), actor.region, actor.id, offset);
      const page = pageFrom(rows);
      return { ...page, rows: await Promise.all(page.rows.map(whole)) };
    },
    /** All of it, for a copy of everything that is kept of somebody. */
    async everyOwn(actor: PersonActor): Promise<WholeRequest[]> {
      const rows = await requestsOf(db.seenBy(sightFor(actor)), actor.region, actor.id);
      return Promise.all(rows.map(whole));
    },
    /** A page of what waits at a counter, the most urgent first, then what was answered; without the wishes. */
    async atCounter(actor: Actor, offset = 0): Promise<Page<Request>> {
      assertLists(actor, 'request.list');
      const rows = await requestsSeen(db.seenBy(sightFor(actor)), actor.region, offset);
      return pageFrom(rows.map(({ sealed: _, ...row }) => row));
    },
    read,
    /**
     * Answers, once, with a reason. In the same transaction a correction that is done changes the person, a deletion that is
     * called done erases everything that the law lets go, and `noteIn` notes it. Throws `reason-required`, `form-invalid`
     * when nothing may be erased, and `changed-meanwhile` when somebody else was faster.
     */
    async answer(actor: Actor, id: string, given: GivenAnswer, at: string, noteIn: NoteIn): Promise<void> {
      const { wish, ...request } = await read(actor, id);
      assertCan(actor, 'request.answer', resourceOf(request));
      if (actor.kind !== 'staff') throw new Problem('not-allowed');
      const reason = given.reason.trim();
      if (reason === '') throw new Problem('reason-required');
      if (request.answer) throw new Problem('changed-meanwhile');
      const { region, person } = request;
      const done = given.outcome === 'done';
      const write = async (tx: Db, erased?: Erased) => {
        const by = { by: actor.id, agency: actor.agency };
        const added = await addAnswer(tx, { region, request: id, outcome: given.outcome, reason, at, ...by, erased });
        if (!added) throw new Problem('changed-meanwhile');
        if (request.kind === 'correct' && done && wish.field && wish.value)
          await identity.persons.correct(tx, { region, id: person }, { [wish.field]: wish.value });
        if (erased) await noteIn(tx, { ...erased, whose: person });
      };
      if (request.kind !== 'delete' || !done) return db.transaction((tx) => write(tx));
      return cases.erasing.within(async (tx, erasing) =>
        write(tx, await eraseFor(needs, erasing, request, new Date(at))),
      );
    },
    /** What doing a request to delete would erase and what stays, for who is about to answer it. */
    async wouldErase(actor: Actor, id: string, now: Date): Promise<Erased | undefined> {
      const request = await read(actor, id);
      return request.kind === 'delete' && !request.answer ? erasableOf(needs, request, now) : undefined;
    },
    /** One's cases, each with whether the law lets it be deleted, and if not why not. */
    async deletable(actor: PersonActor, now: Date): Promise<{ number: string; verdict: Verdict }[]> {
      const standings = await cases.erasing.standing(actor, now.toISOString());
      return standings.map((standing) => ({
        number: standing.number,
        verdict: verdictOn(standing, needs.classes, now),
      }));
    },
    /** Erases one case whose time is over; throws `not-erasable` when it is not. */
    async eraseCase(actor: PersonActor, number: string, now: Date): Promise<void> {
      const own = await cases.erasing.standing(actor, now.toISOString());
      const found = own.find((standing) => standing.number === number);
      if (!found) throw new Problem('case-not-found');
      const verdict = verdictOn(found, needs.classes, now);
      if (verdict.may !== 'now') throw new Problem('not-erasable');
      await cases.erasing.erase({ region: actor.region, number }, verdict.class, now.toISOString());
    },
    /** Impact assessments (art. 55, 56), as their files say. */
    assessments: needs.assessments,
    /** Of these items those that ask for sensitive data although no assessment names them. */
    unassessed: (items: Asking[]): string[] => uncovered(items, needs.elements, needs.assessments),
    resealing: [sealedRows(db, vault, requestTable)] satisfies Resealing[],
    /** What is kept here for a limited time. */
    keepings: [
      {
        class: 'request',
        count: (before) => countWishes(db, identity.regions, before),
        erase: (before) => eraseWishes(db, identity.regions, before),
      },
    ] satisfies Keeping[],
  };
}

const resourceOf = ({ region, division, person }: Pick<Request, 'region' | 'division' | 'person'>) =>
  ({ kind: 'request', region, division, owner: person }) as const;
