import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openCases } from '../../src/cases/door.ts';
import { openCatalog } from '../../src/catalog/door.ts';
import { loadElements } from '../../src/elements/door.ts';
import { openIdentity } from '../../src/identity/door.ts';
import { loadCalendar, openDb, openLog, randomIds } from '../../src/platform/door.ts';
import { atEnd } from './endings.ts';
import { limits } from './limits.ts';
import { countyDatabase } from './testdb.ts';
import { testVault } from './vault.ts';

/** The open room on a database of its own, and a clerk to act: for the room's database tests. */
export async function openRoom(at: string) {
  const root = resolve(import.meta.dirname, '../..');
  const clock = () => new Date(at);
  const { url } = await countyDatabase();
  const db = openDb({ url, log: openLog('silent'), max: 4, role: 'tongban_app' });
  atEnd(() => db.end());
  const ids = randomIds(clock);
  const vault = await testVault(db);
  const { elements } = await loadElements(join(root, 'elements'));
  const identity = await openIdentity({
    db,
    clock,
    ids,
    vault,
    demo: true,
    regions: ['360121'],
    limits,
    folder: join(root, 'demo'),
  });
  const folders = [{ items: join(root, 'items'), bundles: join(root, 'bundles') }];
  const catalog = await openCatalog({ db, folders, elements, log: openLog('silent') });
  const calendar = await loadCalendar(db);
  const folder = await mkdtemp(join(tmpdir(), 'tongban-files-'));
  const needs = {
    db,
    ids,
    log: openLog('silent'),
    calendar: () => calendar,
    catalog,
    elements,
    identity,
    limits,
    vault,
    folder,
  };

  const clerk = await identity.staff.actor('360121', '360121-clerk-liantang', clock());
  if (!clerk) throw new Error('no clerk');
  return { db, needs, cases: openCases(needs), clerk };
}
