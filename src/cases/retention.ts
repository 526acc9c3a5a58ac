import type { Db, Keeping } from '../platform/door.ts';
import type { CaseStatus } from './case.ts';
import type { SealedFiles } from './sealed-files.ts';
import * as store from './store-retention.ts';

/** How many are erased in one transaction; cases one by one, each whole. */
const batch = 100;

/** Which cases belong to which class of retention once they have ended. */
const statusesOf: Record<string, CaseStatus[]> = {
  'case-decided': ['closed'],
  'case-not-decided': ['not-accepted', 'withdrawn'],
};

/**
 * What the room erases when its time is over: drafts and files nobody needs, and of ended cases what is sealed of their
 * events and their papers. The events themselves stay with their commitments, so the fold and the log of acts stay whole.
 */
export function openRetention(needs: { db: Db; files: SealedFiles; regions: string[] }): Keeping[] {
  const { db, regions } = needs;
  const drop = async (bytes: store.Bytes[]) => {
    for (const one of bytes) await needs.files.remove(one.region, one.address, () => store.isUsed(db, one));
  };
  const drafts: Keeping = {
    class: 'draft',
    count: (before) => store.countDrafts(db, regions, before),
    async erase(before) {
      const erased = await store.erasing(db, (tx) => store.eraseDrafts(tx, regions, before, batch));
      await drop(erased.bytes);
      return erased.drafts;
    },
  };
  const loose: Keeping = {
    class: 'removed-file',
    count: (before) => store.countLoose(db, regions, before),
    async erase(before) {
      const bytes = await store.erasing(db, (tx) => store.eraseLoose(tx, regions, before, batch));
      await drop(bytes);
      // Bytes that were left behind when an earlier run was cut short.
      if (bytes.length === 0) await dropOrphans(needs, before);
      return bytes.length;
    },
  };
  const cases = Object.entries(statusesOf).map(
    ([name, statuses]): Keeping => ({
      class: name,
      count: (before, now) => store.countPast(db, regions, statuses, before, now),
      async erase(before, now) {
        const found = await store.pastCases(db, regions, statuses, before, now, batch);
        for (const key of found) {
          const bytes = await store.erasing(db, async (tx) =>
            (await store.mayErase(tx, key, now)) ? store.eraseCase(tx, key, name, now) : [],
          );
          await drop(bytes);
        }
        return found.length;
      },
    }),
  );
  return [drafts, loose, ...cases];
}

async function dropOrphans({ db, files }: { db: Db; files: SealedFiles }, before: string): Promise<void> {
  for await (const { region, address, changed } of files.all())
    if (changed < before) await files.remove(region, address, () => store.isUsed(db, { region, address }));
}
