import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type House, openHouse } from '../../src/house.ts';
import { openLog, readConfig } from '../../src/platform/door.ts';
import { testDatabaseUrl } from './testdb.ts';

const root = resolve(import.meta.dirname, '../..');

/** A copy of the project's data, to add and change folders in. */
export async function ownItems(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tongban-item-'));
  for (const part of ['items', 'bundles', 'elements', 'demo', 'texts', 'rules', 'assessments'])
    await cp(join(root, part), join(folder, part), { recursive: true });
  return folder;
}

/** A house that reads its items from a folder, at a moment. */
export async function houseOn(folder: string, at: string): Promise<House> {
  const data = await mkdtemp(join(tmpdir(), 'tongban-item-data-'));
  return openHouse({
    config: readConfig({ TONGBAN_DEMO: 'on', TONGBAN_DATA: data }, root),
    url: await testDatabaseUrl(),
    root: folder,
    log: openLog('silent'),
    clock: () => new Date(at),
  });
}
