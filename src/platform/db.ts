import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Log } from './log.ts';
import { openPool } from './pool.ts';
import { openSeen, type Seen } from './seen.ts';

/** The database as rooms see it. Rows come back with jsonb parsed, bigint as number, dates and instants as text. */
export type Db = {
  query<R>(text: string, values?: unknown[]): Promise<R[]>;
  /** A hot statement, parsed and planned once per connection under its name. */
  prepared<R>(name: string, text: string, values: unknown[]): Promise<R[]>;
  /** Reading what somebody asked for: the database itself lets through what `sight` names, and nothing is written. */
  seenBy(sight: string): Seen;
  /** All or nothing. Statements of `work` must go through the `tx` it is given. */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /** `COPY … FROM STDIN` with the lines given, each already in the text format of COPY. */
  copyIn(text: string, lines: Iterable<string> | AsyncIterable<string>): Promise<void>;
  /** Calls `fn` for every NOTIFY on the channel, for as long as the database is open. */
  listen(channel: string, fn: (payload: string) => void): Promise<void>;
  end(): Promise<void>;
};

const { builtins } = pg.types;
const asIs = (text: string) => text;
const parsers: Record<number, (text: string) => unknown> = {
  [builtins.INT8]: Number,
  [builtins.NUMERIC]: Number,
  [builtins.DATE]: asIs,
  [builtins.TIMESTAMPTZ]: (text) => new Date(text).toISOString(),
};
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => parsers[oid] ?? pg.types.getTypeParser(oid, format),
};

/** Whether the database answers; rejects when it cannot be reached. */
export async function answers(db: Pick<Db, 'query'>): Promise<boolean> {
  return (await db.query('select')).length === 1;
}

/** Opens a pool. `role` makes every connection act with the rights of that role, so that the grants of the migrations bind us too. */
export function openDb(options: {
  url: string;
  log: Log;
  max?: number;
  role?: string;
  /** Every statement looks rows up by key: the planner is told never to read a table through for them. */
  byKey?: boolean;
}): Db {
  const config = {
    connectionString: options.url,
    max: options.max ?? 10,
    types: types as pg.CustomTypesConfig,
    options: startOptions(options),
    application_name: 'tongban',
  };
  let ending = false;
  const onLost = (error: Error) => {
    if (!ending) options.log.warn({ code: 'database-connection-lost', reason: error.message });
  };
  const pool = openPool(config, onLost);
  const seen = openSeen(
    { ...config, options: `${startOptions({ role: 'tongban_reader' })} -c plan_cache_mode=force_generic_plan` },
    onLost,
  );
  const endings: (() => Promise<void>)[] = [];
  return {
    ...over(pool),
    seenBy: seen.by,
    async transaction(work) {
      const client = await pool.connect();
      try {
        return await inTransaction(client, work);
      } finally {
        client.release();
      }
    },
    async copyIn(text, lines) {
      const client = await pool.connect();
      try {
        await pipeline(Readable.from(lines), client.query(copyFrom(text)));
      } finally {
        client.release();
      }
    },
    listen: async (channel, fn) => {
      endings.push(await keepListening(options, channel, fn));
    },
    async end() {
      ending = true;
      await Promise.all(endings.map((end) => end()));
      await Promise.all([pool.end(), seen.end()]);
    },
  };
}

/** Listens on a connection of its own, and takes a new one when that is lost; what was missed then is `fn`'s to find. */
async function keepListening(options: { url: string; log: Log }, channel: string, fn: (payload: string) => void) {
  let client: pg.Client;
  let ended = false;
  const connect = async () => {
    client = new pg.Client({ connectionString: options.url, application_name: 'tongban-listen' });
    client.on('error', (error) => options.log.warn({ code: 'database-listen-lost', channel, error: error.name }));
    client.on('end', () => setTimeout(again, 1000).unref());
    client.on('notification', (note) => fn(note.payload ?? ''));
    await client.connect();
    await client.query(`listen ${pg.escapeIdentifier(channel)}`);
  };
  const again = () => {
    if (!ended)
      connect().then(
        () => fn(''),
        () => undefined,
      );
  };
  await connect();
  return async () => {
    ended = true;
    await client.end();
  };
}

/**
 * A plan for "some rows of an array" is made once and kept. Made while a table is small it would read it through, and
 * still do so when it has grown to a million rows.
 */
function startOptions({ role, byKey }: { role?: string; byKey?: boolean }): string {
  const plans = byKey ? ['enable_seqscan=off', 'enable_hashjoin=off', 'enable_mergejoin=off'] : [];
  return [...(role ? [`role=${role}`] : []), ...plans].map((setting) => `-c ${setting}`).join(' ');
}

type Queryable = { query(config: pg.QueryConfig): Promise<pg.QueryResult> };

function over(queryable: Queryable): Pick<Db, 'query' | 'prepared'> {
  return {
    query: async <R>(text: string, values: unknown[] = []) => (await queryable.query({ text, values })).rows as R[],
    prepared: async <R>(name: string, text: string, values: unknown[]) =>
      (await queryable.query({ name, text, values })).rows as R[],
  };
}

async function inTransaction<T>(client: pg.PoolClient, work: (tx: Db) => Promise<T>): Promise<T> {
  const tx: Db = {
    ...over(client),
    seenBy: () => {
      throw new Error('a transaction writes; what somebody sees is read on its own');
    },
    transaction: (inner) => inner(tx),
    copyIn: (text, lines) => pipeline(Readable.from(lines), client.query(copyFrom(text))),
    listen: () => Promise.reject(new Error('listen is not for transactions')),
    end: () => Promise.resolve(),
  };
  await client.query('begin');
  try {
    const result = await work(tx);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
