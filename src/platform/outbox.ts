import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from './db.ts';
import type { Log } from './log.ts';

/**
 * Delivers the rows of a feed to subscribers, in commit order, at least once. An identity column is not commit order:
 * a later number may be visible before an earlier one. So a feed is read only below the oldest running transaction,
 * ordered by transaction and position, and nothing can slip in behind the cursor.
 */
export type Cursor = { xid: string; position: number };
/** Rows after the cursor and below `pg_snapshot_xmin`, oldest first. */
export type Feed<Row> = (tx: Db, after: Cursor, limit: number) => Promise<(Row & Cursor)[]>;

export type Subscriber = {
  name: string;
  /** Asks it to look soon. */
  poke(): void;
  /** Handles what can be handled now. */
  look(): Promise<void>;
  /** Waits until everything that has happened so far is handled. */
  drain(): Promise<void>;
  stop(): Promise<void>;
};

const batch = 500;
/** Between two looks at least: news of one moment are handled together, and a rush of acts does not become a rush of looks. */
const restMs = 200;

/**
 * Runs a subscriber. Its effect and its cursor move in one transaction; several processes take turns through the
 * lock on the cursor row. `poke` asks it to look now; it also looks by itself every `everyMs`.
 */
export function subscribe<Row>(options: {
  db: Db;
  log: Log;
  name: string;
  feed: Feed<Row>;
  handle: (tx: Db, rows: Row[]) => Promise<void>;
  everyMs?: number;
}): Subscriber {
  const { db, log, name } = options;
  const { poke, stop } = paced(async () => {
    const read = await step(options, 'skip').catch((error: Error & { code?: string; constraint?: string }) => {
      // Not the message: a database quotes values in it.
      const { code, constraint } = error;
      log.error({ code: 'subscriber-failed', subscriber: name, error: error.name, errorCode: code, constraint });
      return 0;
    });
    return read === batch;
  });
  const begin = () =>
    db.query('insert into platform.outbox_cursor (subscriber) values ($1) on conflict do nothing', [name]);
  begin().then(poke, () => undefined);
  const timer = setInterval(poke, options.everyMs ?? 1000);
  return {
    name,
    poke,
    look: async () => {
      await begin();
      while ((await step(options, 'wait')) > 0) {}
    },
    async drain() {
      await begin();
      const [now] = await db.query<{ next: string }>('select pg_snapshot_xmax(pg_current_snapshot())::text as next');
      for (;;) {
        while ((await step(options, 'wait')) > 0) {}
        // A transaction that still runs, anywhere on the server, holds back what committed after it began.
        const [open] = await db.query<{ done: boolean }>(
          'select pg_snapshot_xmin(pg_current_snapshot()) >= $1::text::xid8 as done',
          [now?.next],
        );
        if (open?.done && (await step(options, 'wait')) === 0) return;
        await pause(10);
      }
    },
    async stop() {
      clearInterval(timer);
      await stop();
    },
  };
}

/** Runs `look` when it is poked, one at a time and with a rest between, again at once while it says that there is more. */
function paced(look: () => Promise<boolean>) {
  let running: Promise<void> | undefined;
  let resting: NodeJS.Timeout | undefined;
  let restedAt = 0;
  let again = false;
  let stopped = false;

  const lookOn = async () => {
    do again = false;
    while ((await look()) && !stopped);
  };
  const poke = () => {
    again = true;
    if (stopped || running || resting) return;
    const rest = restedAt - performance.now();
    if (rest > 0) {
      resting = setTimeout(() => {
        resting = undefined;
        poke();
      }, rest);
      return;
    }
    running = lookOn().finally(() => {
      running = undefined;
      restedAt = performance.now() + restMs;
      if (again) poke();
    });
  };
  const stop = async () => {
    stopped = true;
    clearTimeout(resting);
    await running;
  };
  return { poke, stop };
}

/** Handles one batch. When another process is at it: `skip` leaves it to that one, `wait` waits and looks again. */
async function step<Row>(
  { db, name, feed, handle }: Parameters<typeof subscribe<Row>>[0],
  taken: 'skip' | 'wait',
): Promise<number> {
  return db.transaction(async (tx) => {
    const [cursor] = await tx.query<Cursor>(
      `select xid, position from platform.outbox_cursor where subscriber = $1 for update ${taken === 'skip' ? 'skip locked' : ''}`,
      [name],
    );
    if (!cursor) return 0;
    const rows = await feed(tx, cursor, batch);
    const last = rows.at(-1);
    if (!last) return 0;
    await handle(tx, rows);
    await tx.query(
      'update platform.outbox_cursor set xid = $2, position = $3, moved_at = now() where subscriber = $1',
      [name, last.xid, last.position],
    );
    return rows.length;
  });
}
