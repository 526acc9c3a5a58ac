import { type PersonActor, sightFor } from '../identity/door.ts';
import { type Db, regionOf } from '../platform/door.ts';
import type { Drafts } from './drafts.ts';
import type { SealedFiles } from './sealed-files.ts';
import * as store from './store-retention.ts';

/** What somebody may have erased of their own: drafts at once, cases when the caller has found that the law allows it. */
export function openErasing({ db, files, drafts }: { db: Db; files: SealedFiles; drafts: Drafts }) {
  const drop = async (bytes: store.Bytes[]) => {
    for (const one of bytes) await files.remove(one.region, one.address, () => store.isUsed(db, one));
  };
  return {
    /** How each case of the person stands with regard to being erased, the latest first. */
    standing: (actor: PersonActor, now: string) =>
      store.erasureStanding(db.seenBy(sightFor(actor)), db, { region: actor.region, person: actor.id }, now),
    /** Erases every draft of the person, with its files. Gives how many. */
    async drafts(actor: PersonActor): Promise<number> {
      const own = await drafts.ofOwner(actor);
      for (const { id } of own) {
        const key = { region: regionOf(id), id };
        await drop(await store.erasing(db, (tx) => store.eraseDraft(tx, key, actor.id)));
      }
      return own.length;
    },
    /** Erases what is sealed of a case, and its files, unless something holds it. */
    async erase(key: { region: string; number: string }, kind: string, now: string): Promise<void> {
      const work = async (tx: Db) => ((await store.mayErase(tx, key, now)) ? store.eraseCase(tx, key, kind, now) : []);
      await drop(await store.erasing(db, work));
    },
  };
}
