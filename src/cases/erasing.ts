import { type PersonActor, sightFor } from '../identity/door.ts';
import type { Db } from '../platform/door.ts';
import type { SealedFiles } from './sealed-files.ts';
import * as store from './store-retention.ts';

export type Erasing = ReturnType<typeof openErasing>;
/** Inside the caller's transaction: what is erased there is erased with the rest of it, or not at all. */
export type ErasingIn = {
  /** Erases every draft of the person, with its files. Gives how many. */
  drafts(actor: PersonActor): Promise<number>;
  /** Erases what is sealed of a case, and its files; false when something holds it. */
  erase(key: { region: string; number: string }, kind: string, now: string): Promise<boolean>;
};

/** What somebody may have erased of their own: drafts at once, cases when the caller has found that the law allows it. */
export function openErasing({ db, files }: { db: Db; files: SealedFiles }) {
  /**
   * Erases in one transaction, together with what the caller writes in it. Bytes go after it is kept: what a crash leaves
   * of them nobody owns, and the round that looks for such bytes takes them.
   */
  async function within<T>(work: (tx: Db, erasing: ErasingIn) => Promise<T>): Promise<T> {
    const bytes: store.Bytes[] = [];
    const done = await store.erasing(db, (tx) => work(tx, erasingIn(tx, bytes)));
    for (const one of bytes) await files.remove(one.region, one.address, () => store.isUsed(db, one));
    return done;
  }
  return {
    /** How each case of the person stands with regard to being erased, the latest first. */
    standing: (actor: PersonActor, now: string) =>
      store.erasureStanding(db.seenBy(sightFor(actor)), db, { region: actor.region, person: actor.id }, now),
    within,
    /** Erases every draft of the person, with its files. Gives how many. */
    drafts: (actor: PersonActor) => within((_tx, erasing) => erasing.drafts(actor)),
    /** Erases what is sealed of a case, and its files, unless something holds it. */
    erase: (key: { region: string; number: string }, kind: string, now: string) =>
      within((_tx, erasing) => erasing.erase(key, kind, now)),
  };
}

function erasingIn(tx: Db, bytes: store.Bytes[]): ErasingIn {
  return {
    async drafts({ region, id }) {
      const erased = await store.eraseDraftsOf(tx, region, id);
      bytes.push(...erased.bytes);
      return erased.drafts;
    },
    async erase(key, kind, now) {
      if (!(await store.mayErase(tx, key, now))) return false;
      bytes.push(...(await store.eraseCase(tx, key, kind, now)));
      return true;
    },
  };
}
