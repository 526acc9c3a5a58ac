import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFeed } from '../../src/cases/door.ts';
import { type Ledger, makeKeys, openLedger } from '../../src/ledger/door.ts';
import { type Db, openLog } from '../../src/platform/door.ts';
import { atEnd } from './endings.ts';

export const origin = 'example.org/tongban';
export const log = openLog('silent');
export const clock = () => new Date('2026-06-10T02:00:00.000Z');
export const keys = makeKeys(origin);

/** Puts acts of made-up cases into the database: `each` acts in every case, one transaction for all. */
export async function addActs(db: Db, cases: string[], each = 3): Promise<void> {
  const rows = cases.flatMap((number) =>
    Array.from({ length: each }, (_, at) => {
      const event = {
        type: at === 0 ? 'submitted' : 'noted',
        at: time(at),
        by: { id: 'p', name: '陈志远' },
        text: `${number} ${at}`,
      };
      return { number, seq: at + 1, event };
    }),
  );
  await db.query(
    `insert into cases.event (region, number, seq, type, at, by_id, data)
     select '360121', r.number, r.seq, r.event->>'type', (r.event->>'at')::timestamptz, 'p', r.event
       from jsonb_to_recordset($1::jsonb) as r(number text, seq int, event jsonb)`,
    [JSON.stringify(rows)],
  );
}

const time = (minute: number) => new Date(Date.UTC(2026, 5, 10, 1, minute)).toISOString();

/** Opens the log and brings it up to date with every act there is. */
export async function logged(db: Db): Promise<Ledger> {
  const ledger = await openLedger({ db, log, clock, keys, origin });
  await bringUpToDate(ledger);
  return ledger;
}

export async function bringUpToDate(ledger: Ledger): Promise<void> {
  for (const subscriber of ledger.subscribers({ 'case-event': readFeed })) {
    await subscriber.drain().catch(() => undefined);
    await subscriber.stop();
  }
}

export async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'tongban-ledger-'));
  atEnd(() => rm(path, { recursive: true, force: true }));
  return path;
}
