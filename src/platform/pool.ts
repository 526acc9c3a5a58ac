import pg from 'pg';

/** What the driver says when a connection is gone, or none can be had. It gives these no code, unlike what a server refuses. */
const gone =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/** Whether an error means that the connection was lost before the answer came. */
export const isLost = (error: Error & { code?: string }): boolean =>
  error.code === undefined && gone.test(error.message);

/**
 * A pool that outlives its connections. It listens to those that rest; one that is lost while somebody holds it, between
 * two statements of a transaction, would take the process with it. The next statement on it fails where it is asked.
 */
export function openPool(config: pg.PoolConfig, onLost: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on('connect', (client) => client.on('error', onLost));
  pool.on('error', () => undefined); // has just been told by the connection itself
  return pool;
}
