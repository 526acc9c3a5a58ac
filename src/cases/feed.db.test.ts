import { expect, test } from 'vitest';
import { testDatabase } from '../../test/support/testdb.ts';
import { readFeed, readStored } from './store-feed.ts';

test('a feed is in the order of transactions as numbers: the tenth comes after the ninth', async () => {
  const db = await testDatabase();
  const insert = (number: string, xid: string) =>
    db.query(
      `insert into cases.event (region, number, seq, type, at, by_id, data, xid)
       values ('360121', $1, 1, 'submitted', now(), 'somebody', '{}', $2::text::xid8)`,
      [number, xid],
    );
  await insert('late', '10');
  await insert('early', '9');
  for (const feed of [readFeed, readStored]) {
    const all = await feed(db, { xid: '0', position: 0 }, 10);
    expect(all.map(({ number }) => number)).toEqual(['early', 'late']);
    const [first] = all;
    const rest = first && (await feed(db, first, 10));
    expect(rest?.map(({ number }) => number)).toEqual(['late']);
  }
});
