import pg from 'pg';
import { openPool } from './pool.ts';

/** Statements that see what one sight lets through. */
export type Seen = {
  query<R>(text: string, values?: unknown[]): Promise<R[]>;
  /** A hot statement, parsed and planned once per connection under its name. */
  prepared<R>(name: string, text: string, values: unknown[]): Promise<R[]>;
};

/** The sight holds until the end of the transaction, and gives no row that would stand between the real ones. */
const sight = { name: 'platform.sight', text: `select where set_config('tongban.sight', $1, true) is null` };
/** The same before a statement that is planned for its own values; the others keep one plan (see `openDb`). */
const sightOnce = {
  name: 'platform.sight-once',
  text: `${sight.text} or set_config('plan_cache_mode', 'force_custom_plan', true) is null`,
};

/**
 * Reading in the role that sees only what a sight lets through (row-level security). Sight and statement go to the
 * server together, before one Sync, so they are one transaction of one round trip: when the sight cannot be set the
 * statement does not run, and at its end the sight is gone, whoever uses the connection next. Connects when first used.
 */
export function openSeen(config: pg.PoolConfig, onLost: (error: Error) => void) {
  const pool = openPool(config, onLost);
  const knowsSight = new WeakSet<pg.PoolClient>();
  const connect = async () => {
    const client = await pool.connect();
    if (knowsSight.has(client)) return client;
    try {
      for (const statement of [sight, sightOnce]) await client.query({ ...statement, values: [''] });
    } catch (error) {
      client.release(true);
      throw error;
    }
    knowsSight.add(client);
    return client;
  };
  const run = async <R>(seen: string, config: pg.QueryConfig): Promise<R[]> => {
    const client = await connect();
    try {
      const rows = await send(client, seen, config);
      client.release();
      return rows as R[];
    } catch (error) {
      client.release(true); // what state it is in is nobody's guess
      throw error;
    }
  };
  return {
    by: (seen: string): Seen => ({
      query: (text, values = []) => run(seen, { text, values }),
      prepared: (name, text, values) => run(seen, { name, text, values }),
    }),
    end: () => pool.end(),
  };
}

type Results = { rows: unknown[] }[];

function send(client: pg.PoolClient, seen: string, config: pg.QueryConfig): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    // Without it a statement without values would be sent in another way, outside the transaction of its sight.
    const extended = { ...config, queryMode: 'extended' };
    const query = new pg.Query(extended, (error, results) => {
      // Two statements gave two results; the first is the one that set the sight.
      if (error) reject(error);
      else resolve((results as unknown as Results).at(-1)?.rows ?? []);
    });
    const submit = query.submit.bind(query);
    query.submit = (connection) => {
      connection.stream.cork();
      try {
        connection.bind({ statement: (config.name ? sight : sightOnce).name, values: [seen] }, true);
        connection.execute({}, true);
        return submit(connection);
      } finally {
        connection.stream.uncork();
      }
    };
    client.query(query);
  });
}
