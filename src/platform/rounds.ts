import type { Clock } from './clock.ts';
import type { Db } from './db.ts';
import type { Log } from './log.ts';

/** Work that nobody asks for and that comes round again and again, e.g. what the law makes of a day that has passed. */
export type Round = {
  name: string;
  everyMs: number;
  /** Does what is due at the moment given. Must be safe to run twice. */
  run: (at: Date) => Promise<void>;
};

/**
 * Runs rounds, the first at once. Of several processes one takes each: it holds a lock of the database while it works,
 * and the others leave it to that one. A round that fails is tried again when it comes round.
 */
export function startRounds(options: { db: Db; log: Log; clock: Clock; rounds: Round[] }): { stop(): Promise<void> } {
  const runs = options.rounds.map((round) => {
    let running: Promise<unknown> = Promise.resolve();
    let free = true;
    const turn = () => {
      if (!free) return;
      free = false;
      running = takeRound(options, round).finally(() => {
        free = true;
      });
    };
    turn();
    const timer = setInterval(turn, round.everyMs);
    return async () => {
      clearInterval(timer);
      await running;
    };
  });
  return {
    async stop() {
      await Promise.all(runs.map((stop) => stop()));
    },
  };
}

/** One turn of a round, unless another process is at it. Gives whether it was taken. */
export function takeRound(
  { db, log, clock }: { db: Db; log: Log; clock: Clock },
  { name, run }: Round,
): Promise<boolean> {
  return db
    .transaction(async (tx) => {
      const [lock] = await tx.query<{ taken: boolean }>(
        'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as taken',
        [`round ${name}`],
      );
      if (lock?.taken) await run(clock());
      return lock?.taken === true;
    })
    .catch((error: Error & { code?: string }) => {
      // Not the message: a database quotes values in it.
      log.error({ code: 'round-failed', round: name, error: error.name, errorCode: error.code });
      return false;
    });
}
