import pg from 'pg';

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
