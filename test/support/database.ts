import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openHouse } from '../../src/house.ts';
import { ensureDatabase, startEmbedded } from '../../src/platform/embedded.ts';
import { openLog } from '../../src/platform/log.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { demoConfig } from './config.ts';
import { testMaster } from './vault.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The migrated, empty database that tests clone. */
    templateUrl: string;
    /** The same with the demo county in it, as a product has it after its first start, and the keys that fit it. */
    county: { url: string; data: string };
  }
}

const root = join(import.meta.dirname, '../..');

/** One real PostgreSQL for all database tests, with two templates in it: one migrated, one with the demo county as well. */
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
    await migrate(url, join(root, 'migrations'), log);
    const data = join(folder, 'county');
    await mkdir(data);
    await writeFile(join(data, 'master.key'), `${testMaster.toString('base64url')}\n`, { mode: 0o600 });
    const county = await ensureDatabase(server.url, 'county');
    await migrate(county, join(root, 'migrations'), log);
    const clock = () => new Date('2026-06-01T02:00:00.000Z');
    await (await openHouse({ config: demoConfig(data, county), url: county, root, log, clock })).close();
    project.provide('templateUrl', url);
    project.provide('county', { url: county, data });
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}
