import { beforeAll, describe, expect, test } from 'vitest';
import { clock, keys, log, origin } from '../../test/support/acts.ts';
import { testDatabase } from '../../test/support/testdb.ts';
import { type Db, randomIds } from '../platform/door.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { readTrail } from './store-trail.ts';
import { openTrail, type Trail } from './trail.ts';
import type { TrailEntry } from './trail-entry.ts';

const region = '360121';
const at = new Date('2026-06-10T02:00:00.000Z');
const reading = (about: string, more: Partial<TrailEntry> = {}): TrailEntry => ({
  ...{ region, at, kind: 'reading', what: 'case.read', from: '10.1.2.0/24', about, outcome: 'done' },
  who: { kind: 'staff', id: 'clerk-1' },
  ...more,
});
const everything = (db: Db) => readTrail(db, { xid: '0', position: 0 }, 1000);

async function logged(db: Db): Promise<Ledger> {
  const ledger = await openLedger({ db, log, clock, keys, origin });
  for (const subscriber of ledger.subscribers({ trail: readTrail })) {
    await subscriber.drain();
    await subscriber.stop();
  }
  return ledger;
}

describe('an entry', () => {
  let db: Db;
  let trail: Trail;
  beforeAll(async () => {
    db = await testDatabase({ role: 'tongban_app' });
    trail = openTrail(db, randomIds(clock));
  });

  test('is kept with everything it says, when record returns', async () => {
    const full = { whose: 'person-1', reason: 'check: 核对', requestId: 'r-1', detail: { elements: 3, form: 'page' } };
    await trail.record(reading('case-full', full));
    const [kept] = await everything(db);
    const { region: _, at: __, ...said } = reading('case-full', full);
    expect(kept?.event).toEqual({ ...said, type: 'case.read', at: at.toISOString() });
    expect(kept?.number).toMatch(/^360121-\w{26}$/);
  });

  test('waits with those of the same moment, and all are kept in their order', async () => {
    await Promise.all(Array.from({ length: 450 }, (_, at) => trail.record(reading(`many-${at}`))));
    const kept = (await everything(db)).map(({ event }) => event.about).filter((about) => about?.startsWith('many-'));
    expect(kept).toEqual(Array.from({ length: 450 }, (_, at) => `many-${at}`));
  });

  test('that cannot be written is refused, and takes no neighbour with it', async () => {
    const good = trail.record(reading('good'));
    const bad = trail.record(reading('bad', { region: 'nowhere' }));
    await expect(bad).rejects.toThrow(/check constraint/);
    await good;
    await trail.record(reading('better\0', { reason: 'x'.repeat(1000) }));
    const kept = await everything(db);
    expect(kept.map(({ event }) => event.about).slice(-2)).toEqual(['good', 'better']);
    expect(kept.at(-1)?.event.reason).toHaveLength(300);
  });

  test('recorded in a transaction stands or falls with it', async () => {
    await db.transaction((tx) => trail.recordIn(tx, reading('stands-1'), reading('stands-2')));
    await expect(
      db.transaction(async (tx) => {
        await trail.recordIn(tx, reading('falls'));
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    const kept = (await everything(db)).map(({ event }) => event.about);
    expect(kept.slice(-2)).toEqual(['stands-1', 'stands-2']);
    expect(kept).not.toContain('falls');
  });

  test('cannot be changed or taken out by the application', async () => {
    for (const sql of [`update ledger.trail set who_id = 'other'`, 'delete from ledger.trail'])
      await expect(db.query(sql)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('the log holds the trail', () => {
  let db: Db;
  let ledger: Ledger;
  beforeAll(async () => {
    db = await testDatabase();
    const trail = openTrail(db, randomIds(clock));
    for (const name of ['case-1', 'case-2', 'case-3'])
      await trail.record(reading(name, { whose: 'person-1', reason: 'work', requestId: 'r', detail: { elements: 1 } }));
    ledger = await logged(db);
  });

  test('with a leaf for every entry, which can be proved', async () => {
    expect(await ledger.verify({ trail: readTrail })).toMatchObject({ leaves: 3, waiting: 0, difference: undefined });
    const [first] = await everything(db);
    const proof = await ledger.proof({ kind: 'trail', region, number: first?.number ?? '' });
    expect(proof?.acts).toHaveLength(1);
    expect(JSON.stringify(proof)).not.toContain('person-1');
  });

  const one = `where about = 'case-2'`;
  test.each([
    ['who it was', `update ledger.trail set who_id = 'clerk-0' ${one}`, 'act-changed'],
    ['whose data it was', `update ledger.trail set whose = 'person-0' ${one}`, 'act-changed'],
    ['what was read', `update ledger.trail set about = 'case-0' ${one}`, 'act-changed'],
    ['why', `update ledger.trail set reason = 'worj' ${one}`, 'act-changed'],
    ['from where', `update ledger.trail set network = '10.1.3.0/24' ${one}`, 'act-changed'],
    ['the outcome', `update ledger.trail set outcome = 'failed' ${one}`, 'act-changed'],
    ['a number of the detail', `update ledger.trail set detail = '{"elements": 0}' ${one}`, 'act-changed'],
    ['what was done', `update ledger.trail set what = 'case.rebd' ${one}`, 'act-type-changed'],
    ['the last microsecond', `update ledger.trail set at = at + interval '1 us' ${one}`, 'act-time-changed'],
    ['the entry, gone', `delete from ledger.trail ${one}`, 'act-missing'],
  ])('and a change of it is found: %s', async (_, sql, what) => {
    const undone = new Error('undone');
    await expect(
      db.transaction(async (tx) => {
        await tx.query(sql);
        const verdict = await ledger.verify({ trail: within(tx) });
        expect(verdict.difference?.what).toBe(what);
        expect(verdict.difference?.index).toBe(1);
        throw undone;
      }),
    ).rejects.toBe(undone);
  });
});

/** The feed inside the transaction that changed something; what that wrote keeps its place. */
function within(tx: Db): typeof readTrail {
  return (_, ...rest) => readTrail(tx, ...rest);
}
