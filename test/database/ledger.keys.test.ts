import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readStored } from '../../src/cases/door.ts';
import { type Ledger, loadKeys, openLedger, runLedger } from '../../src/ledger/door.ts';
import { makeKeys } from '../../src/ledger/key-file.ts';
import { secretText, signerOf, verifierOf, verifierText } from '../../src/ledger/keys.ts';
import { openNote, signNote } from '../../src/ledger/note.ts';
import { type Db, openDb, openLog } from '../../src/platform/door.ts';
import { addActs, bringUpToDate, clock, folder, log, origin } from '../support/acts.ts';
import { testDatabaseUrl } from '../support/testdb.ts';

/** Keys of the log are changed: old ones go on verifying what they signed, and nothing else. */
const acts = { 'case-event': readStored };
const print = () => undefined;
async function* noStrays() {}

async function begun() {
  const url = await testDatabaseUrl();
  const db = openDb({ url, log: openLog('silent'), max: 3 });
  const file = join(await folder(), 'ledger.key');
  const open = async () => openLedger({ db, log, clock, origin, keys: await loadKeys({ file, origin, log }) });
  const ledger = await open();
  await addActs(db, ['a', 'b']);
  await bringUpToDate(ledger);
  return { db, file, open, ledger };
}
const change = (ledger: Ledger, what: 'add' | 'retire', keyFile: string) =>
  runLedger({ ledger, acts: {}, strays: noStrays, print, args: ['keys', what], keyFile });
const signers = async (ledger: Ledger, keys: string[]) => {
  const { signedBy } = openNote((await ledger.checkpoint()) ?? '', keys.map(verifierOf));
  return signedBy.length;
};

test('new keys sign beside the old ones, then alone; the whole log verifies all along', async () => {
  const { db, file, open, ledger } = await begun();
  const old = ledger.keys;
  expect(await change(ledger, 'add', file)).toBe(0);
  const both = await open();
  expect([both.healthy(), both.keys.length, both.keys.slice(0, 2)]).toEqual([true, 4, old]);
  await addActs(db, ['c']);
  await bringUpToDate(both);
  expect(await signers(both, old)).toBe(2);
  expect(await signers(both, both.keys)).toBe(4);
  expect(await both.verify(acts)).toMatchObject({ leaves: 9, checkpoints: 2, difference: undefined });

  expect(await change(both, 'retire', file)).toBe(0);
  const young = await open();
  await addActs(db, ['d']);
  await bringUpToDate(young);
  expect(young.keys).toEqual(both.keys.slice(2));
  expect(await signers(young, young.keys)).toBe(2);
  await expect(signers(young, old)).rejects.toThrow('no known key');
  expect(await young.verify(acts)).toMatchObject({ leaves: 12, difference: undefined });
  for (const key of old) expect(await readFile(file, 'utf8')).not.toContain(key.split('+')[1]);
  await expect(access(`${file}.next`)).rejects.toThrow();
  await db.end();
});

test('a checkpoint kept from before the change is still met, and one signed by retired keys after it is refused', async () => {
  const { db, file, open, ledger } = await begun();
  const kept = (await ledger.checkpoint()) ?? '';
  const oldKeys = await loadKeys({ file, origin, log });
  await change(ledger, 'add', file);
  await change(await open(), 'retire', file);
  const young = await open();
  await addActs(db, ['c']);
  await bringUpToDate(young);
  expect(await young.verify(acts, { known: [kept] })).toMatchObject({ difference: undefined });

  // Somebody who has found the old keys and has the database signs over the last checkpoint.
  const [last] = await db.query<{ note: string; size: number }>(
    'select note, size from ledger.checkpoint order by size desc limit 1',
  );
  const forged = signNote(last?.note.slice(0, last.note.indexOf('\n\n') + 1) ?? '', oldKeys.map(signerOf));
  await db.query('update ledger.checkpoint set note = $1 where size = $2', [forged, last?.size]);
  expect(await young.verify(acts)).toMatchObject({ difference: { what: 'checkpoint-changed', size: last?.size } });
  await db.end();
});

describe('a change nobody with the old keys made', () => {
  const tampered: [string, (db: Db) => Promise<unknown>][] = [
    ['other first keys', (db) => db.query('update ledger.log set keys = $1', [makeKeys(origin).map(verifierText)])],
    ['a change left out', (db) => db.query('delete from ledger.key_change where change = 1')],
    ['the last change left out', (db) => db.query('delete from ledger.key_change where change = 2')],
    ['another size', (db) => db.query('update ledger.key_change set size = size + 1 where change = 1')],
    [
      'a signature less',
      (db) =>
        db.query(`update ledger.key_change set note = regexp_replace(note, E'— [^\\n]*\\n$', '') where change = 1`),
    ],
    [
      'keys of a stranger',
      (db) => db.query('update ledger.key_change set keys = $1 where change = 1', [makeKeys(origin).map(verifierText)]),
    ],
  ];
  test.each(tampered)('%s is found', async (_, tamper) => {
    const { db, file, open, ledger } = await begun();
    await change(ledger, 'add', file);
    await change(await open(), 'retire', file);
    await tamper(db);
    const young = await open();
    expect(await young.verify(acts)).toMatchObject({ difference: { what: 'key-change-wrong' } });
    await db.end();
  });
});

test('a process that still has the old keys stops instead of signing, and acts wait', async () => {
  const { db, file, open, ledger } = await begun();
  await change(ledger, 'add', file);
  await addActs(db, ['c']);
  await bringUpToDate(ledger);
  expect(ledger.healthy()).toBe(false);
  const next = await open();
  await bringUpToDate(next);
  expect(await next.verify(acts)).toMatchObject({ leaves: 9, waiting: 0, difference: undefined });
  await db.end();
});

test('keys are changed in the right order, and only where they lie', async () => {
  const { db, file, open, ledger } = await begun();
  await expect(change(ledger, 'retire', file)).rejects.toThrow('no older keys');
  const elsewhere = join(await folder(), 'other.key');
  await writeFile(elsewhere, makeKeys(origin).map(secretText).join('\n'));
  await expect(change(ledger, 'add', elsewhere)).rejects.toThrow('are not those in');
  await change(ledger, 'add', file);
  await expect(change(await open(), 'add', file)).rejects.toThrow('being changed already');
  await db.end();
});
