import { expect, test } from 'vitest';
import { testDatabase, testDatabaseUrl } from '../../test/support/testdb.ts';
import { openDb } from './db.ts';
import { openLog } from './log.ts';
import { type Feed, subscribe } from './outbox.ts';

const log = openLog('silent');
type Note = { text: string };
const feed: Feed<Note> = (tx, after, limit) =>
  tx.query(
    `select text, xid::text as xid, position from note
      where (xid, position) > ($1::text::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
      order by note.xid, note.position limit $3`,
    [after.xid, after.position, limit],
  );
const tables = `create table note (text text, xid xid8 not null default pg_current_xact_id(), position bigint generated always as identity);
                create table heard (text text)`;
const hear = async (tx: { query: (text: string, values?: unknown[]) => Promise<unknown> }, rows: Note[]) => {
  for (const { text } of rows) await tx.query('insert into heard values ($1)', [text]);
};

test('what commits late is not passed over, although its number is lower', async () => {
  const url = await testDatabaseUrl();
  const db = openDb({ url, log });
  await db.query(tables);
  const subscriber = subscribe({ db, log, name: 'late', feed, handle: hear, everyMs: 60_000 });
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let begun = () => {};
  const inserted = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const slow = db.transaction(async (tx) => {
    await tx.query(`insert into note (text) values ('slow')`);
    begun();
    await held;
  });
  await inserted;
  await db.query(`insert into note (text) values ('quick')`);
  await subscriber.look();
  expect(await db.query('select text from heard')).toEqual([]); // the slow one is still running: wait for it
  release();
  await slow;
  await subscriber.drain();
  expect(await db.query('select text from heard')).toEqual([{ text: 'slow' }, { text: 'quick' }]);
  await subscriber.stop();
  await db.end();
});

test('an effect that fails moves no cursor, and two processes do nothing twice', async () => {
  const db = await testDatabase();
  await db.query(tables);
  await db.query(`insert into note (text) select n::text from generate_series(1, 1200) n`);
  let fail = true;
  const handle: typeof hear = async (tx, rows) => {
    await hear(tx, rows);
    if (fail) throw new Error('not now');
  };
  const make = () => subscribe({ db, log, name: 'twice', feed, handle, everyMs: 60_000 });
  const [one, two] = [make(), make()];
  await expect(one.drain()).rejects.toThrow('not now');
  expect(await db.query('select count(*) as n from heard')).toEqual([{ n: 0 }]);
  fail = false;
  await Promise.all([one.drain(), two.drain()]);
  await one.drain();
  expect(await db.query('select count(*) as n, count(distinct text) as d from heard')).toEqual([{ n: 1200, d: 1200 }]);
  await Promise.all([one.stop(), two.stop()]);
});

test('who is poked looks at once, and what came while they rested is heard after the rest', async () => {
  const db = await testDatabase();
  await db.query(tables);
  const waiting = new Map<string, () => void>();
  const heard = (text: string) => new Promise<void>((resolve) => waiting.set(text, resolve));
  const handle = async (_: unknown, rows: Note[]) => {
    for (const { text } of rows) waiting.get(text)?.();
  };
  const subscriber = subscribe({ db, log, name: 'poked', feed, handle, everyMs: 600_000 });
  await subscriber.drain();
  const both = [heard('first'), heard('second')];
  for (const text of ['first', 'second']) {
    await db.query('insert into note (text) values ($1)', [text]);
    subscriber.poke();
    subscriber.poke();
  }
  await Promise.all(both);
  await subscriber.stop();
});
