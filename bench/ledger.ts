import { encode, entryOf } from '../src/ledger/entry.ts';
import { makeKeys } from '../src/ledger/key-file.ts';
import { signerOf, verifierOf, verifierText } from '../src/ledger/keys.ts';
import { leafHash } from '../src/ledger/merkle.ts';
import { checkpointText, signNote } from '../src/ledger/note.ts';
import { grow, rootOfEdge, type Tile } from '../src/ledger/tiles.ts';
import { type LogSource, type StoredAct, type StoredLeaf, verifyLog } from '../src/ledger/verify.ts';
import { openDb, openLog } from '../src/platform/door.ts';
import type { Measured } from './load.ts';
import type { Product, Signed } from './product.ts';
import { middle, transitions } from './transitions.ts';

/** Transitions while the log of acts is written, and while it is not, in turn; the middle round of each. */
export async function withAndWithoutLedger(
  product: Product,
  who: Signed,
  work: { number: string; item: string }[],
  clients: number,
  seconds: number,
): Promise<{ on: Measured; off: Measured; caughtUpAfter: number }> {
  const db = openDb({ url: product.databaseUrl, log: openLog('error'), max: 1 });
  const cursor = (xid: string) =>
    db.query(`update platform.outbox_cursor set xid = ${xid}, position = 0 where subscriber = 'ledger.case-event'`);
  // Past everything that will be written, so that there is nothing to do; and back to now, so that there is no arrear.
  const stop = () => cursor(`'9000000000000000000'`);
  const go = () => cursor(`pg_snapshot_xmin(pg_current_snapshot())::text`);
  const on: Measured[] = [];
  const off: Measured[] = [];
  let caughtUpAfter = 0;
  const measured = () => transitions(product.base, who, work, clients, seconds);
  const without = async () => {
    await stop();
    off.push(await measured());
    await caughtUp(db, 'efficacy.case');
  };
  const withLedger = async () => {
    await go();
    on.push(await measured());
    caughtUpAfter = Math.max(caughtUpAfter, await caughtUp(db, 'ledger.case-event'));
    await caughtUp(db, 'efficacy.case');
  };
  try {
    // Whoever comes second finds a warmer house, so they change places.
    for (let round = 0; round < 6; round++)
      for (const part of round % 2 ? [without, withLedger] : [withLedger, without]) await part();
  } finally {
    await db.end();
  }
  return { on: middle(on), off: middle(off), caughtUpAfter };
}

/** Seconds until a subscriber has heard of every act there is. */
async function caughtUp(db: ReturnType<typeof openDb>, subscriber: string): Promise<number> {
  const start = performance.now();
  const behind = `select exists (select from cases.event e, platform.outbox_cursor c
                   where c.subscriber = $1 and (e.xid, e.position) > (c.xid::xid8, c.position)) as yes`;
  while ((await db.query<{ yes: boolean }>(behind, [subscriber]))[0]?.yes)
    await new Promise((resolve) => setTimeout(resolve, 20));
  return (performance.now() - start) / 1000;
}

const page = 4096;

/** Seconds to verify a log of so many leaves from memory: hashes, tiles, roots; and once more with its acts. */
export async function verifying(count: number): Promise<{ alone: number; withActs: number }> {
  const events = Array.from({ length: page }, (_, at) => eventOf(at));
  const entries = events.map((act) => encode(entryOf('case-event', act, 'ab'.repeat(16))));
  const hashes = entries.map((entry) => leafHash(Buffer.from(entry)));
  const tiles = new Map<string, Buffer>();
  let edge: Tile[] = [];
  for (let size = 0; size < count; size += page) {
    const grown = grow(size, edge, hashes.slice(0, count - size));
    for (const tile of grown.changed) tiles.set(`${tile.level}/${tile.index}`, Buffer.concat(tile.hashes));
    edge = grown.edge;
  }
  const keys = makeKeys('bench.example');
  const note = signNote(
    checkpointText({ origin: 'bench.example', size: count, root: rootOfEdge(edge) }),
    keys.map(signerOf),
  );
  const source = (): LogSource => ({
    verifiersAt: () => keys.map((key) => verifierOf(verifierText(key))),
    leaves: leaves(entries, hashes, count),
    checkpoints: once({ size: count, note }),
    hashesOf: async (names) => names.map(({ level, index }) => tiles.get(`${level}/${index}`)),
  });
  const timed = async (acts?: AsyncIterator<StoredAct>) => {
    const start = performance.now();
    const log = acts && { acts: { 'case-event': acts }, isLogged: async () => true };
    const { difference, leaves } = await verifyLog(source(), log);
    if (difference || leaves !== count) throw new Error(`the log did not verify: ${JSON.stringify(difference)}`);
    return (performance.now() - start) / 1000;
  };
  return { alone: await timed(), withActs: await timed(acts(events, count)) };
}

function eventOf(seq: number): StoredAct {
  const by = {
    id: '360121-01K0QX8Y0Z7M4N5P6Q7R8S9T0V',
    name: '熊晓燕',
    agency: '360121-health',
    agencyName: { zh: '卫生健康委员会', en: 'Health' },
  };
  const event = { type: 'branch-claimed', at: '2026-06-10T02:00:00.000Z', by, item: 'birth-certificate' };
  return { region: '360121', number: '3601211000001234202606100000010', seq, event };
}

async function* leaves(entries: string[], hashes: Uint8Array[], count: number): AsyncGenerator<StoredLeaf[]> {
  for (let from = 0; from < count; from += page)
    yield entries
      .slice(0, count - from)
      .map((entry, at) => ({ index: from + at, entry, hash: hashes[at] as Uint8Array }));
}

async function* acts(events: StoredAct[], count: number): AsyncGenerator<StoredAct> {
  for (let at = 0; at < count; at++) yield events[at % page] as StoredAct;
}

async function* once<One>(one: One) {
  yield one;
}
