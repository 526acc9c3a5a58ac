import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startEmbedded } from '../src/platform/embedded.ts';
import { openLog } from '../src/platform/log.ts';
import { send } from './load.ts';

/** Somebody signed in: what every request of theirs carries. */
export type Signed = { headers: Record<string, string>; csrf: string };
export type Product = { base: string; databaseUrl: string; data: string; stop(): Promise<void> };

/** A durable database of this run and the built product on it, in processes of their own. */
export async function startProduct(root: string): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'tongban-bench-'));
  await chmod(folder, 0o755);
  const database = await startEmbedded({ folder: join(folder, 'postgres'), log: openLog('error') });
  const port = await freePort();
  const env = {
    ...process.env,
    DATABASE_URL: database.url,
    TONGBAN_DEMO: 'on',
    TONGBAN_DEMO_CASES: '0',
    TONGBAN_DATA: folder,
    PORT: String(port),
    LOG_LEVEL: 'warn',
    NODE_ENV: 'production',
  };
  const child = spawn(process.execPath, [join(root, 'dist', 'main.js')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const base = await ready(child);
  return {
    base,
    databaseUrl: database.url,
    data: folder,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
      await database.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function ready(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const [, base] = /ready at (http\S+)/.exec(line) ?? [];
    if (base) return base;
  }
  throw new Error('the product did not become ready');
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** Signs in as a persona of the demo. */
export async function signIn(base: string, persona: string): Promise<Signed> {
  const first = await send(`${base}/api/v1/session`);
  const guest = cookiesOf(first.headers['set-cookie']);
  const { csrf } = JSON.parse(first.body.toString()) as { csrf: string };
  const headers = { 'content-type': 'application/json', cookie: guest, 'x-csrf-token': csrf };
  const second = await send(`${base}/api/v1/session`, { method: 'POST', headers, body: JSON.stringify({ persona }) });
  if (second.status !== 200 && second.status !== 201)
    throw new Error(`sign-in as ${persona}: ${second.status} ${second.body}`);
  const session = JSON.parse(second.body.toString()) as { csrf: string };
  const cookie = cookiesOf(second.headers['set-cookie']);
  return { csrf: session.csrf, headers: { 'content-type': 'application/json', cookie, 'x-csrf-token': session.csrf } };
}

function cookiesOf(header: string | string[] | undefined): string {
  return [header ?? []]
    .flat()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** Sends JSON and reads JSON; anything but success is an error that shows the answer. */
export async function call<T>(base: string, who: Signed, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await send(base + path, {
    method,
    headers: who.headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (answer.status >= 300)
    throw new Error(`${method} ${path}: ${answer.status} ${answer.body.toString().slice(0, 400)}`);
  return (answer.body.length > 0 ? JSON.parse(answer.body.toString()) : undefined) as T;
}
