import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, realpathSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Home, prepareHome } from './embedded-home.ts';
import { claim, endLeftovers } from './embedded-lock.ts';
import { initialise } from './embedded-make.ts';
import type { Log } from './log.ts';

export type Embedded = { url: string; stop(): Promise<void> };
type Options = {
  folder: string;
  log: Log;
  /** Off only for tests: a crash of the machine may then lose data. */
  durable?: boolean;
  /** Called when PostgreSQL ends although nobody asked it to. */
  onDeath?: () => void;
};

/**
 * Starts the PostgreSQL that comes with Tongban on `folder`, whatever state the last run left it in, and resolves to
 * the address of its database `tongban`. One Tongban per folder.
 */
export async function startEmbedded(options: Options): Promise<Embedded> {
  await mkdir(options.folder, { recursive: true });
  const release = await claim(options.folder);
  try {
    const home = prepareHome(options.folder, options.log);
    if (existsSync(join(home.cluster, 'PG_VERSION'))) {
      const ended = await endLeftovers(realpathSync(home.cluster));
      if (ended > 0) options.log.warn({ code: 'database-leftover-ended', processes: ended });
    } else await initialise(home, options.log, options.durable ?? true);
    const server = await launch(home, options);
    const stop = onlyOnce(async () => {
      await server.stop();
      await release();
    });
    return { url: await ensureDatabase(server.url, 'tongban'), stop };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Creates the database `name` on the server of `url` when it is missing, and gives its address. */
export async function ensureDatabase(url: string, name: string): Promise<string> {
  const address = new URL(url);
  address.pathname = '/postgres';
  const client = new pg.Client({ connectionString: address.href });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (!rowCount)
      await client.query(`create database ${pg.escapeIdentifier(name)} template template0 encoding 'UTF8'`);
  } finally {
    await client.end();
  }
  address.pathname = `/${name}`;
  return address.href;
}

function settings(port: number, durable: boolean): string[] {
  const on = durable ? 'on' : 'off';
  const values = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 120,
    shared_buffers: durable ? '256MB' : '128MB',
    effective_cache_size: '1GB',
    maintenance_work_mem: '128MB',
    work_mem: '16MB',
    random_page_cost: 1.1,
    jit: 'off',
    fsync: on,
    synchronous_commit: on,
    full_page_writes: on,
    wal_buffers: '16MB',
    min_wal_size: '256MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    timezone: 'UTC',
    // What a statement carried, and what it tripped over, may be about a person: neither is logged.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

type Server = { url: string; stop(): Promise<void> };

async function launch(home: Home, options: Options): Promise<Server> {
  const password = await readFile(join(home.cluster, 'tongban.password'), 'utf8');
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const url = `postgres://tongban:${password}@127.0.0.1:${port}/postgres`;
    // A process group of its own: Ctrl-C in the terminal reaches us, and we end the database last.
    const child = spawn(home.bin('postgres'), ['-D', home.cluster, ...settings(port, options.durable ?? true)], {
      ...home.as,
      cwd: '/',
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const lines = listenTo(child, options.log);
    if (await ready(child, url)) return watch(child, url, options);
    const said = lines.join('\n');
    // The port was taken between choosing and using it, or the last worker of a killed server is still leaving.
    if (attempt >= 20 || !/could not bind|in use|lock file/i.test(said))
      throw new Error(`PostgreSQL did not start: ${said}`);
    await sleep(250);
  }
}

function watch(child: ChildProcess, url: string, { log, onDeath }: Options): Server {
  const letGo = () => child.kill('SIGINT'); // we leave without stop(): let it end by itself
  process.once('exit', letGo);
  let asked = false;
  child.once('exit', (code, signal) => {
    process.removeListener('exit', letGo);
    if (asked) return;
    log.error({ code: 'database-died', exit: code, signal });
    onDeath?.();
  });
  const stop = async () => {
    asked = true;
    const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve();
    // INT ends open transactions and writes a checkpoint; QUIT leaves recovery to the next start.
    const harder = [setTimeout(() => child.kill('SIGQUIT'), 20_000), setTimeout(() => child.kill('SIGKILL'), 25_000)];
    child.kill('SIGINT');
    await gone;
    for (const timer of harder) clearTimeout(timer);
  };
  return { url, stop };
}

/** True once it answers, false when it ended before that. Recovery after a crash may take its time. */
async function ready(child: ChildProcess, url: string): Promise<boolean> {
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));
  while (!failure && child.exitCode === null && child.signalCode === null) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return true;
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code !== 'ECONNREFUSED' && code !== '57P03' && code !== 'ECONNRESET') {
        child.kill('SIGINT');
        throw error;
      }
      await sleep(20);
    }
  }
  return false;
}

function listenTo(child: ChildProcess, log: Log): string[] {
  const last: string[] = [];
  if (!child.stderr) return last;
  createInterface({ input: child.stderr }).on('line', (line) => {
    last.push(line.replace(/^.*?\] /, ''));
    if (last.length > 10) last.shift();
    const level = /PANIC:|not properly shut down|was interrupted/.test(line) ? 'warn' : 'debug';
    log[level]({ code: 'postgres', line });
  });
  return last;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

function onlyOnce(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= work());
}
