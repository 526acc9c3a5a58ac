import type { ChildProcess } from 'node:child_process';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { send } from '../../bench/load.ts';
import { startEmbedded } from '../../src/platform/embedded.ts';
import { leftovers } from '../../src/platform/embedded-lock.ts';
import { openLog } from '../../src/platform/log.ts';
import { freePort, readyAt, start } from '../support/product.ts';

/** Starting and stopping, as a person or a service manager does it. */
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongban-start-'));
  await chmod(folder, 0o755); // started by root, PostgreSQL runs as another user
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const cluster = () => join(folder, 'postgres', 'postgres');
async function interrupted(product: ChildProcess): Promise<number | null> {
  const gone = once(product, 'exit');
  product.kill('SIGINT');
  const [code] = await gone;
  return code;
}
async function said(product: ChildProcess, words: RegExp): Promise<void> {
  if (!product.stdout) throw new Error('the product cannot be heard');
  for await (const line of createInterface({ input: product.stdout })) if (words.test(line)) return;
  throw new Error(`it ended and never said ${words}`);
}
async function ended(product: ChildProcess): Promise<string> {
  let words = '';
  product.stderr?.on('data', (part) => {
    words += part;
  });
  const [code] = await once(product, 'close');
  expect(code).toBe(1);
  return words;
}

describe('Ctrl-C', () => {
  test('closes it and its database, with nothing left running, and the next start goes on', async () => {
    const product = start(folder, await freePort(), { TONGBAN_DEMO_CASES: '0' });
    await readyAt(product);
    expect(leftovers(cluster())).not.toEqual([]);
    expect(await interrupted(product)).toBe(0);
    expect(leftovers(cluster())).toEqual([]);
    expect(existsSync(join(cluster(), 'postmaster.pid'))).toBe(false);
    const again = start(folder, await freePort(), { TONGBAN_DEMO_CASES: '0' });
    await readyAt(again);
    expect(await interrupted(again)).toBe(0);
  });

  test('in the middle of a first start leaves no database running, and the past is told to its end the next time', async () => {
    const past = { TONGBAN_DEMO_CASES: '150' };
    const product = start(folder, await freePort(), past);
    await said(product, /Making a past/);
    expect(await interrupted(product)).toBe(0);
    expect(leftovers(cluster())).toEqual([]);
    const again = start(folder, await freePort(), past);
    await readyAt(again);
    expect(await interrupted(again)).toBe(0);
  });
});

test('a port somebody else has is one clear line, and no database is started', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const words = await ended(start(folder, port));
  expect(words).toBe(`Tongban stopped: Port ${port} is taken. Choose another one: PORT=${port + 1} npm start\n`);
  expect(existsSync(join(folder, 'postgres'))).toBe(false);
  other.close();
});

describe('on a database of its own choosing', () => {
  test('there are no demo people and no banner unless they are asked for', async () => {
    const server = await startEmbedded({ folder: join(folder, 'server'), log: openLog('silent'), durable: false });
    const own = { DATABASE_URL: server.url, TONGBAN_DEMO: '' };
    const product = start(folder, await freePort(), own);
    const base = await readyAt(product);
    const page = (await send(`${base}/sign-in`)).body.toString();
    expect(page).not.toContain('persona');
    expect(page).not.toContain('class="demo"');
    expect(existsSync(join(folder, 'postgres'))).toBe(false);
    expect(await interrupted(product)).toBe(0);
    await server.stop();
  });
});

test('the list of items of a real district is imported by the command, with a report of what is doubted', async (context) => {
  const file = join(import.meta.dirname, '../../../shared/data/items-511602.csv');
  if (!existsSync(file)) return context.skip('the real list of items is not on this machine');
  const cli = join(import.meta.dirname, '../../dist/cli.js');
  const env = { ...process.env, TONGBAN_DATA: folder, DATABASE_URL: undefined, VITEST: undefined };
  const done = spawnSync(process.execPath, [cli, 'import-items', file], { env, encoding: 'utf8' });
  expect(done.status, done.stderr).toBe(0);
  expect(done.stdout).toContain('共 1135 行：导入 1132 行（其中 360 行有疑问），未导入 3 行。');
});
