import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readStored } from '../../src/cases/door.ts';
import { verifyFolder } from '../../src/ledger/command.ts';
import { checkProof, type Ledger, loadKeys, makeKeys, openLedger, tlogProof } from '../../src/ledger/door.ts';
import { cosign, verifierOf, verifierText } from '../../src/ledger/keys.ts';
import { isConsistent } from '../../src/ledger/merkle.ts';
import { lineOf, readCheckpoint } from '../../src/ledger/note.ts';
import { pathOf, tilesOf } from '../../src/ledger/tiles.ts';
import type { Db } from '../../src/platform/door.ts';
import { addActs, bringUpToDate, clock, folder, keys, log, logged, origin } from '../support/acts.ts';
import { testDatabase } from '../support/testdb.ts';

/** The log of acts on a database: written, proved, exported, tampered with. */
const names = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `case-${from + at}`);
const acts = { 'case-event': readStored };
const known = keys.map((key) => verifierOf(verifierText(key)));
const act = (number: string, seq?: number) => ({ kind: 'case-event', region: '360121', number, seq });
const headOf = async (ledger: Ledger) => readCheckpoint((await ledger.checkpoint()) ?? '');

describe('a log that grew in several batches', () => {
  let db: Db;
  let ledger: Ledger;
  let early: string;
  beforeAll(async () => {
    db = await testDatabase();
    await addActs(db, names(0, 40));
    ledger = await logged(db);
    early = (await ledger.checkpoint()) ?? '';
    await addActs(db, names(40, 300));
    await bringUpToDate(ledger);
  });

  test('has a leaf for every act, in commit order, and agrees with itself and with the acts', async () => {
    expect(await ledger.verify(acts, { known: [early] })).toMatchObject({
      leaves: 900,
      waiting: 0,
      difference: undefined,
    });
    expect(ledger.healthy()).toBe(true);
  });

  test('says how many acts it does not cover yet', async () => {
    await addActs(db, ['late'], 2);
    expect(await ledger.verify(acts)).toMatchObject({ leaves: 900, waiting: 2 });
    await bringUpToDate(ledger);
    expect(await ledger.verify(acts)).toMatchObject({ leaves: 902, waiting: 0 });
  });

  test('proves every act of a case, and one of them', async () => {
    const proof = await ledger.proof(act('case-150'));
    const proven = checkProof(proof ?? never(), known);
    expect(proven.map(({ number, seq, type }) => [number, seq, type])).toEqual([
      ['case-150', 1, 'submitted'],
      ['case-150', 2, 'noted'],
      ['case-150', 3, 'noted'],
    ]);
    expect((await ledger.proof(act('case-150', 2)))?.acts).toHaveLength(1);
    expect(await ledger.proof(act('nobody'))).toBeUndefined();
    expect(JSON.stringify(proof)).not.toContain('陈志远');
    const [first] = proof?.acts ?? [];
    expect(tlogProof(proof ?? never(), first ?? never())).toMatch(/^c2sp\.org\/tlog-proof@v1\nindex \d+\n/);
    const forged = structuredClone(proof ?? never());
    const [one = never()] = forged.acts;
    one.entry = one.entry.replace('submitted', 'withdrawn');
    expect(() => checkProof(forged, known)).toThrow(/not in the tree/);
  });

  test('proves that it continues what it was', async () => {
    const [old, now] = [readCheckpoint(early), await headOf(ledger)];
    expect(old.size).toBeLessThan(now.size);
    const proof = await ledger.consistency(old.size, now.size);
    expect(isConsistent(old.size, old.root, now.size, now.root, proof)).toBe(true);
  });

  test('hands out hashes by path and never entries', async () => {
    const { size } = await headOf(ledger);
    for (const tile of tilesOf(size)) expect((await ledger.tile(pathOf(tile)))?.length).toBe(tile.width * 32);
    expect((await ledger.tile('tile/0/000.p/7'))?.length).toBe(7 * 32);
    for (const path of ['tile/entries/000', 'tile/0/004', 'tile/0/000/', 'checkpoint', 'tile/9/000'])
      expect(await ledger.tile(path), path).toBeUndefined();
  });

  test('exported, is verified without the database, and a turned bit in any file is found', async () => {
    const path = await folder();
    await ledger.exportTo(path);
    const lines: string[] = [];
    const key = verifierText(keys[0] ?? never());
    expect(await verifyFolder(['verify', path], (line) => lines.push(line))).toBe(0);
    expect(await verifyFolder(['verify', path, '--key', key], (line) => lines.push(line))).toBe(0);
    for (const [file, said] of [
      ['tile/entries/001', /do not give|not written|tile/],
      ['tile/0/001', /tile of hashes/],
      ['tile/1/000.p/3', /tile of hashes/],
      ['checkpoint', /checkpoint/],
    ] as const) {
      const content = await readFile(join(path, file));
      const broken = Buffer.from(content);
      broken[90] = (broken[90] ?? 0) ^ 1;
      await writeFile(join(path, file), broken);
      lines.length = 0;
      const code = await verifyFolder(['verify', path], (line) => lines.push(line)).catch(
        (error: Error) => error.message,
      );
      expect([code, lines.join('\n')].join(' '), file).toMatch(said);
      await writeFile(join(path, file), content);
    }
  });
});

describe('whatever is changed behind its back is found and named', () => {
  let db: Db;
  let ledger: Ledger;
  beforeAll(async () => {
    db = await testDatabase();
    await addActs(db, names(0, 100));
    ledger = await logged(db);
  });

  const one = `where number = 'case-7' and seq = 2`;
  const cases: [string, string, object][] = [
    [
      'one character of what was done',
      `update cases.event set data = jsonb_set(data, '{text}', '"case-7 1."') ${one}`,
      { what: 'act-changed', act: act('case-7', 2) },
    ],
    [
      'who did it',
      `update cases.event set data = jsonb_set(data, '{by,name}', '"陈志近"') ${one}`,
      { what: 'act-changed', act: act('case-7', 2) },
    ],
    [
      'its time',
      `update cases.event set data = jsonb_set(data, '{at}', '"2026-06-10T01:01:00.001Z"') ${one}`,
      { what: 'act-time-changed', act: act('case-7', 2) },
    ],
    [
      'its time, in the column only',
      `update cases.event set at = at + interval '1 ms' ${one}`,
      { what: 'act-time-changed', act: act('case-7', 2) },
    ],
    ['its type', `update cases.event set type = 'closed' ${one}`, { what: 'act-type-changed', act: act('case-7', 2) }],
    ['an act that is gone', `delete from cases.event ${one}`, { what: 'act-missing', act: act('case-7', 2) }],
    [
      'the last act, gone',
      `delete from cases.event where position = (select max(position) from cases.event)`,
      { what: 'act-missing', index: 299 },
    ],
    [
      'the order of two acts of a case',
      `update cases.event set data = case seq when 2 then data || '{"text":"case-7 2"}' else data || '{"text":"case-7 1"}' end where number = 'case-7' and seq > 1`,
      { what: 'act-changed', act: act('case-7', 2) },
    ],
    [
      'the order of commits',
      `alter table cases.event alter position set generated by default; update cases.event set position = 1000 ${one}`,
      { what: 'act-moved', act: act('case-7', 2) },
    ],
    [
      'an act put in afterwards',
      `insert into cases.event (region, number, seq, type, at, by_id, data, xid) select region, number, 9, type, at, by_id, data, '3' from cases.event ${one}`,
      { what: 'act-added', act: act('case-7', 9) },
    ],
    [
      'a leaf and its act together',
      `update ledger.leaf set entry = replace(entry, '01:01', '01:02') ${one}`,
      { what: 'leaf-changed', act: act('case-7', 2) },
    ],
    [
      'a leaf with its hash',
      `update ledger.leaf set entry = replace(entry, '"v":1', '"v": 1') ${one}; update ledger.leaf set hash = sha256('\\x00'::bytea || convert_to(entry, 'utf8')) ${one}`,
      { what: 'leaf-unreadable', act: act('case-7', 2) },
    ],
    ['a leaf, gone', `delete from ledger.leaf ${one}`, { what: 'leaf-missing' }],
    ['the last leaves, gone', `delete from ledger.leaf where index > 290`, { what: 'leaves-cut-off' }],
    [
      'a tile',
      `update ledger.tile set hashes = set_byte(hashes, 40, get_byte(hashes, 40) # 1) where level = 0 and index = 1`,
      { what: 'tile-changed', tile: 'tile/0/001' },
    ],
    [
      'a root',
      `update ledger.checkpoint set root = set_byte(root, 0, get_byte(root, 0) # 1)`,
      { what: 'checkpoint-changed', size: 300 },
    ],
    [
      'a signed text',
      `update ledger.checkpoint set note = replace(note, E'\\n300\\n', E'\\n301\\n')`,
      { what: 'checkpoint-changed', size: 300 },
    ],
  ];
  for (const [about, statement, difference] of cases)
    test(about, async () => {
      const undo = new Error('undo');
      const verdict = await db
        .transaction(async (tx) => {
          await tx.query('set local session_replication_role = replica');
          for (const part of statement.split('; ')) await tx.query(part);
          const inside = await openLedger({ db: tx, log, clock, keys, origin });
          throw Object.assign(undo, { verdict: await inside.verify({ 'case-event': withinTransaction }) });
        })
        .catch((error: Error & { verdict?: unknown }) => {
          if (error !== undo) throw error;
          return error.verdict;
        });
      expect(verdict).toMatchObject({ difference });
    });

  test('and a log signed anew with the right keys does not continue a checkpoint kept elsewhere', async () => {
    const kept = (await ledger.checkpoint()) ?? '';
    const other = await testDatabase();
    await addActs(other, names(0, 101));
    const forged = await logged(other);
    expect(await forged.verify(acts)).toMatchObject({ difference: undefined });
    expect(await forged.verify(acts, { known: [kept] })).toMatchObject({
      difference: { what: 'known-checkpoint-differs', size: 300 },
    });
  });
});

describe('halting', () => {
  test('a log whose tiles were changed is not signed again, and the node is not healthy', async () => {
    const db = await testDatabase();
    await addActs(db, names(0, 3));
    const ledger = await logged(db);
    const before = await ledger.checkpoint();
    await db.query('update ledger.tile set hashes = set_byte(hashes, 40, get_byte(hashes, 40) # 1)');
    await addActs(db, names(3, 4));
    await bringUpToDate(ledger);
    expect(ledger.healthy()).toBe(false);
    expect(await ledger.checkpoint()).toBe(before);
    await db.query('update ledger.tile set hashes = set_byte(hashes, 40, get_byte(hashes, 40) # 1)');
    await bringUpToDate(ledger);
    expect(await ledger.checkpoint()).toBe(before);
    const again = await logged(db);
    expect([again.healthy(), (await headOf(again)).size]).toEqual([true, 12]);
  });

  test('acts that are delivered again, as after a restore, are passed over; one that has changed since halts', async () => {
    const db = await testDatabase();
    await addActs(db, names(0, 3));
    const ledger = await logged(db);
    const restore = `update cases.event set xid = '3'; update platform.outbox_cursor set xid = '0', position = 0`;
    for (const statement of restore.split('; ')) await db.query(statement);
    await addActs(db, names(3, 5));
    await bringUpToDate(ledger);
    await bringUpToDate(ledger);
    expect([ledger.healthy(), (await headOf(ledger)).size]).toEqual([true, 15]);
    expect(await ledger.verify(acts)).toMatchObject({ leaves: 15, waiting: 0, difference: undefined });

    await db.query('update cases.event set position = default where seq = 1');
    expect(await ledger.verify(acts)).toMatchObject({ difference: { what: 'act-moved' } });
    expect(await ledger.verify(acts, { anyOrder: true })).toMatchObject({ leaves: 15, difference: undefined });

    await db.query(`update cases.event set data = data || '{"text":"else"}' where number = 'case-1' and seq = 1`);
    await db.query(`update platform.outbox_cursor set xid = '0', position = 0`);
    await bringUpToDate(ledger);
    await bringUpToDate(ledger);
    expect([ledger.healthy(), (await headOf(ledger)).size]).toEqual([false, 15]);
  });

  test('other keys or another name than it was begun with: read, but not written', async () => {
    const db = await testDatabase();
    await addActs(db, names(0, 1));
    await logged(db);
    for (const changed of [
      { origin, keys: makeKeys(origin) },
      { origin: 'another.example', keys: makeKeys('another.example') },
    ]) {
      const ledger = await openLedger({ db, log, clock, ...changed });
      expect(ledger.healthy()).toBe(false);
      await addActs(db, [`x ${changed.origin}`]);
      await bringUpToDate(ledger);
    }
    expect((await headOf(await openLedger({ db, log, clock, keys, origin }))).size).toBe(3);
  });

  test('the application cannot change or remove evidence', async () => {
    const db = await testDatabase({ role: 'tongban_app' });
    for (const table of ['leaf', 'checkpoint', 'cosignature', 'log']) {
      await expect(db.query(`delete from ledger.${table}`), table).rejects.toThrow(/permission denied/);
      await expect(db.query(`update ledger.${table} set origin = ''`), table).rejects.toThrow(/permission denied/);
    }
    const ledger = await openLedger({ db, log, clock, keys, origin });
    expect(ledger.healthy()).toBe(true);
  });
});

describe('witnesses', () => {
  test('sign what continues the last they saw, and nothing else; the log keeps what they signed', async () => {
    const [db, elsewhere] = [await testDatabase(), await testDatabase()];
    await addActs(db, names(0, 5));
    const ledger = await logged(db);
    const witnessKeys = makeKeys('witness.example');
    const witness = await openLedger({ db: elsewhere, log, clock, keys: witnessKeys, origin: 'witness.example' });
    const logs = [{ origin, verifiers: known }];
    const first = (await ledger.checkpoint()) ?? '';
    const signed = await witness.witness(`old 0\n\n${first}`, logs);
    expect(signed.sign).toBe(true);
    const { line = '' } = signed as { line?: string };
    const [key = never()] = witnessKeys;
    await ledger.addCosignature(line, [verifierText({ ...key, kind: 'cosignature' })]);
    expect(await ledger.checkpoint()).toBe(first + line);
    await expect(ledger.addCosignature(line, [])).rejects.toThrow(/not known/);

    await addActs(db, names(5, 200));
    await bringUpToDate(ledger);
    const second = (await ledger.checkpoint()) ?? '';
    const { size } = readCheckpoint(second);
    const proof = (await ledger.consistency(15, size))
      .map((hash) => `${Buffer.from(hash).toString('base64')}\n`)
      .join('');
    const ask = (body: string) => witness.witness(body, logs);
    expect(await ask(`old 0\n\n${second}`)).toMatchObject({ status: 409, size: 15 });
    expect(await ask(`old 15\n\n${second}`)).toMatchObject({ status: 422 });
    expect(await ask(`old 15\n${proof}\n${second.replace(/^— .*$/m, '— x AAAAAAA=')}`)).toMatchObject({ sign: true });
    expect(await ask(`old 15\n${proof}\n${second}`)).toMatchObject({ status: 409, size });
    expect(await witness.witness(`old 0\n\n${second}`, [])).toMatchObject({ status: 404 });
    expect(await ask(`old ${size}\n\n${second.replace(/— /g, '— x')}`)).toMatchObject({ status: 403 });
    expect(await ask('nonsense')).toMatchObject({ status: 400 });
    expect(await ask(`old ${size}\n\n${second}`)).toMatchObject({ sign: true });
  });

  test('a cosignature carries its time', () => {
    const [key = never()] = makeKeys('witness.example');
    const { name, id, signature } = cosign(key, 'a\n1\n\n', clock());
    expect(lineOf({ name, id }, signature)).toMatch(/^— witness\.example /);
  });
});

describe('keys', () => {
  test('are made once, for their owner only, and may come from the environment', async () => {
    const file = join(await folder(), 'deep', 'ledger.key');
    const made = await loadKeys({ file, origin, log });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const again = await loadKeys({ file, origin, log });
    expect(again.map(verifierText)).toEqual(made.map(verifierText));
    const given = await loadKeys({ file: '/nowhere', origin, log, given: await readFile(file, 'utf8') });
    expect(given.map(verifierText)).toEqual(made.map(verifierText));
  });
});

/** The feed as it is, but inside the transaction that changed something, which `xmin` would hide. */
const withinTransaction: typeof readStored = (tx, after, limit) =>
  tx.query(
    `select region, number, seq, type, at, data as event, xid::text as xid, position from cases.event e
      where (xid, position) > ($1::text::xid8, $2::bigint) order by e.xid, e.position limit $3`,
    [after.xid, after.position, limit],
  );

function never(): never {
  throw new Error('this should be there');
}
