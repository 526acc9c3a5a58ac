import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { startEmbedded } from './embedded.ts';
import { leftovers } from './embedded-lock.ts';
import { openLog } from './log.ts';

const log = openLog('silent');
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tongban-embedded-'));
  chmodSync(folder, 0o755);
  endings.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}

async function start(folder: string) {
  const server = await startEmbedded({ folder, log });
  endings.push(() => server.stop());
  return server;
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Another process that starts the database on the folder, tells its address and then just lives. */
async function startElsewhere(folder: string): Promise<{ child: ChildProcess; url: string }> {
  const program = `
    const { startEmbedded } = await import(${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))});
    const { openLog } = await import(${JSON.stringify(join(import.meta.dirname, 'log.ts'))});
    const { url } = await startEmbedded({ folder: ${JSON.stringify(folder)}, log: openLog('silent') });
    console.log(url);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  endings.push(() => child.kill('SIGKILL'));
  const [url] = await once(createInterface({ input: child.stdout }), 'line');
  return { child, url };
}

async function killed(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

const draftsIn = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('postgres.new-'));
const leaderOf = (folder: string) =>
  Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);

test('a stopped database is there again after the next start, and nothing is left running', async () => {
  const folder = newFolder();
  const first = await start(folder);
  await ask(first.url, 'create table kept as select 7 as n');
  await first.stop();
  expect(leftovers(join(folder, 'postgres'))).toEqual([]);
  const second = await start(folder);
  expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
});

test('after everything was killed the next start has every acknowledged row', async () => {
  const folder = newFolder();
  const { child, url } = await startElsewhere(folder);
  await ask(url, 'create table kept (n int)');
  for (let n = 0; n < 20; n++) await ask(url, `insert into kept values (${n})`);
  await killed(child);
  process.kill(leaderOf(folder), 'SIGKILL');
  const { url: again } = await start(folder);
  expect(await ask(again, 'select count(*)::int as n from kept')).toEqual([{ n: 20 }]);
});

test('a PostgreSQL that outlived its Tongban is ended and its rows are there', async () => {
  const folder = newFolder();
  const { child, url } = await startElsewhere(folder);
  await ask(url, 'create table kept as select 7 as n');
  await killed(child);
  const orphan = leaderOf(folder);
  expect(leftovers(join(folder, 'postgres'))[0]).toBe(orphan);
  const { url: again } = await start(folder);
  expect(await ask(again, 'select n from kept')).toEqual([{ n: 7 }]);
  expect(leaderOf(folder)).not.toBe(orphan);
});

test('a second Tongban on the same folder is told so, and does no harm', async () => {
  const folder = newFolder();
  const { child, url } = await startElsewhere(folder);
  await expect(startEmbedded({ folder, log })).rejects.toThrow(`already running on ${folder} (process ${child.pid})`);
  expect(await ask(url, 'select 1 as n')).toEqual([{ n: 1 }]);
  await killed(child);
  await start(folder);
});

test('a first start killed in the middle leaves nothing half', async () => {
  const folder = newFolder();
  const starting = startElsewhere(folder).catch(() => undefined);
  await expect
    .poll(() => draftsIn(folder).some((name) => existsSync(join(folder, name, 'PG_VERSION'))), {
      timeout: 20_000,
      interval: 5,
    })
    .toBe(true);
  for (const end of endings.splice(1)) await end();
  await Promise.race([starting, new Promise((resolve) => setTimeout(resolve, 100))]);
  expect(existsSync(join(folder, 'postgres'))).toBe(false);
  const { url } = await start(folder);
  expect(await ask(url, 'show server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
  expect(readFileSync(join(folder, 'postgres/PG_VERSION'), 'utf8').trim()).toBe('18');
});

test('Chinese is matched by its characters and durability is on', async () => {
  const { url } = await start(newFolder());
  await ask(url, 'create extension pg_trgm');
  expect(await ask(url, `select similarity('孩子出生', '孩子出生一件事') > 0.4 as alike`)).toEqual([{ alike: true }]);
  expect(await ask(url, `select current_setting('fsync') || current_setting('synchronous_commit') as s`)).toEqual([
    { s: 'onon' },
  ]);
});
