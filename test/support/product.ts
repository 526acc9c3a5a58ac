import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestProject } from 'vitest/node';

/** A product under test. */
export type Product = {
  /** Where it answers, without a slash at the end. */
  url: string;
  /** The file with everything it has written to its log so far; empty when somebody else has started it. */
  log: string;
};
declare module 'vitest' {
  interface ProvidedContext {
    /** One for each worker, so that journeys that run at the same time do not meet in one queue. */
    products: Product[];
  }
}

/**
 * Starts the built product as `npm start` would, once for each worker, on data folders and ports of their own. While
 * writing a journey it is quicker to keep one running: `TONGBAN_URL=http://127.0.0.1:3000` uses that one for all.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { TONGBAN_URL: running, TONGBAN_LOG: log = '' } = process.env;
  if (running) {
    project.provide('products', [{ url: running, log }]);
    return async () => {};
  }
  const started: { folder: string; process: ChildProcess }[] = [];
  const stop = async () => {
    await Promise.all(started.map(stopOne));
  };
  try {
    // One after another: each unpacks a county, and two at once would take longer than the patience of both.
    const products: Product[] = [];
    for (let worker = 0; worker < project.config.maxWorkers; worker++) {
      const folder = await mkdtemp(join(tmpdir(), 'tongban-journeys-'));
      await chmod(folder, 0o755); // started by root, PostgreSQL runs as another user
      const product = start(folder, await freePort());
      started.push({ folder, process: product });
      const log = writeDown(product, folder);
      products.push({ url: await readyAt(product), log });
    }
    project.provide('products', products);
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

async function stopOne({ folder, process: product }: { folder: string; process: ChildProcess }): Promise<void> {
  if (product.exitCode === null && product.signalCode === null) {
    const gone = once(product, 'exit');
    product.kill('SIGTERM');
    await gone;
  }
  await rm(folder, { recursive: true, force: true });
}

export function start(folder: string, port: number, env: Record<string, string> = {}): ChildProcess {
  const program = join(import.meta.dirname, '../../dist/main.js');
  return spawn(process.execPath, ['--enable-source-maps', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATABASE_URL: undefined,
      PORT: String(port),
      TONGBAN_DATA: folder,
      TONGBAN_DEMO: 'on',
      TONGBAN_DEMO_CASES: process.env.TONGBAN_DEMO_CASES ?? '60',
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'debug',
      NODE_ENV: undefined,
      VITEST: undefined,
      ...env,
    },
  });
}

/** Keeps every line of the log, so that a journey can look for what must not be in it. */
function writeDown(product: ChildProcess, folder: string): string {
  const file = join(folder, 'product.log');
  const log = createWriteStream(file);
  product.stdout?.pipe(log, { end: false });
  product.stderr?.pipe(log, { end: false });
  product.stderr?.pipe(process.stderr, { end: false });
  return file;
}

export function readyAt(product: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const giveUp = (why: string) => {
      clearTimeout(patience);
      reject(new Error(`the product ${why}:\n${said.slice(-20).join('\n')}`));
    };
    const patience = setTimeout(() => giveUp('did not become ready in two minutes'), 120_000);
    product.once('exit', (code) => giveUp(`ended with ${code} before it was ready`));
    if (!product.stdout) return giveUp('cannot be heard');
    const lines = createInterface({ input: product.stdout });
    lines.on('line', (line) => {
      said.push(line);
      const url = /ready at (http:\S+)/.exec(line)?.[1];
      if (!url) return;
      clearTimeout(patience);
      lines.removeAllListeners('line');
      resolve(url);
    });
  });
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
