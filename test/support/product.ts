import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the product under test answers, without a slash at the end. */
    baseUrl: string;
  }
}

/** Starts the built product as `npm start` would, on a data folder and a port of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'tongban-journeys-'));
  await chmod(folder, 0o755); // started by root, PostgreSQL runs as another user
  const product = spawn(process.execPath, ['--enable-source-maps', join(import.meta.dirname, '../../dist/main.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      DATABASE_URL: undefined,
      PORT: String(await freePort()),
      TONGBAN_DATA: folder,
      TONGBAN_DEMO: 'on',
      TONGBAN_DEMO_CASES: process.env.TONGBAN_DEMO_CASES ?? '60',
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
      NODE_ENV: undefined,
      VITEST: undefined,
    },
  });
  const stop = async () => {
    if (product.exitCode === null && product.signalCode === null) {
      const gone = once(product, 'exit');
      product.kill('SIGTERM');
      await gone;
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    project.provide('baseUrl', await readyAt(product));
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

function readyAt(product: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const giveUp = (why: string) => reject(new Error(`the product ${why}:\n${said.slice(-20).join('\n')}`));
    const patience = setTimeout(() => giveUp('did not become ready in two minutes'), 120_000);
    product.once('exit', (code) => giveUp(`ended with ${code} before it was ready`));
    if (!product.stdout) return giveUp('cannot be heard');
    createInterface({ input: product.stdout }).on('line', (line) => {
      said.push(line);
      const url = /ready at (http:\S+)/.exec(line)?.[1];
      if (!url) return;
      clearTimeout(patience);
      resolve(url);
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
