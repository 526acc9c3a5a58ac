import { type Calendar, type Cursor, type Db, dayOf, type Feed } from '../platform/door.ts';
import { type Fact, fold } from './fact.ts';
import type { CaseNews, RatingNews } from './news.ts';
import { emptyFacts, keepOthersOut, loadFacts, saveFacts, saveRatings, waitForRebuild } from './store.ts';

export type Feeds = { cases: Feed<CaseNews>; ratings: Feed<RatingNews> };

/** Folds news of cases into the facts. Two statements to load, two to write, however many events. */
export async function hearCases(tx: Db, news: CaseNews[], calendar: Calendar): Promise<void> {
  await waitForRebuild(tx);
  // Events of one transaction may come in any order; those of one case never span two unfinished transactions.
  const inOrder = news.toSorted((a, b) => a.seq - b.seq);
  const facts = await loadFacts(tx, inOrder);
  const touched = new Map<string, Fact>();
  for (const one of inOrder) {
    const key = `${one.region} ${one.number}`;
    const before = touched.get(key) ?? facts.get(key);
    const after = fold(before, one, calendar);
    if (after && after !== before) touched.set(key, after);
  }
  await saveFacts(tx, [...touched.values()]);
}

export async function hearRatings(tx: Db, news: RatingNews[]): Promise<void> {
  await waitForRebuild(tx);
  await saveRatings(
    tx,
    news.map(({ region, number, level, at }) => ({ region, number, level, ratedDay: dayOf(at) })),
  );
}

/** A feed whose batches never end in the middle of a transaction; they may be a little longer than asked for. */
export function wholeTransactions<Row>(feed: Feed<Row>): Feed<Row> {
  return async (tx, after, limit) => {
    const rows = await feed(tx, after, limit);
    for (let full = rows.length >= limit; full; ) {
      const last = rows.at(-1) as Cursor;
      const more = await feed(tx, last, limit);
      const rest = more.filter(({ xid }) => xid === last.xid);
      rows.push(...rest);
      full = rest.length === limit;
    }
    return rows;
  };
}

const batch = 2000;

/**
 * Makes every fact anew from the beginning of both feeds, in one transaction: readers see the old figures until it is
 * done. Cursors stay where they are; what subscribers deliver again afterwards is passed over.
 */
export async function rebuild(db: Db, feeds: Feeds, calendar: Calendar): Promise<void> {
  await db.transaction(async (tx) => {
    await keepOthersOut(tx);
    await emptyFacts(tx);
    await readAll(tx, wholeTransactions(feeds.cases), (of, news) => hearCases(of, news, calendar));
    await readAll(tx, feeds.ratings, hearRatings);
  });
}

async function readAll<Row>(tx: Db, feed: Feed<Row>, hear: (tx: Db, rows: Row[]) => Promise<void>): Promise<void> {
  let after: Cursor = { xid: '0', position: 0 };
  for (;;) {
    const rows = await feed(tx, after, batch);
    const last = rows.at(-1);
    if (!last) return;
    await hear(tx, rows);
    after = { xid: last.xid, position: last.position };
  }
}
