import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { ensureDatabase, startEmbedded } from '../../src/platform/embedded.ts';
import { openLog } from '../../src/platform/log.ts';
import { migrate } from '../../src/platform/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The migrated database that every test clones. */
    templateUrl: string;
  }
}

/** One real PostgreSQL for all database tests, with one migrated template in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'tongban-test-'));
  await chmod(folder, 0o755); // started by root, PostgreSQL runs as another user
  const log = openLog(process.env.LOG_LEVEL ?? 'error');
  const server = await startEmbedded({ folder, log, durable: false });
  const stop = async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const url = await ensureDatabase(server.url, 'template');
    await migrate(url, join(import.meta.dirname, '../../migrations'), log);
    project.provide('templateUrl', url);
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}
