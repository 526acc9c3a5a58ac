import { openCases } from '../../src/cases/door.ts';
import { openIdentity } from '../../src/identity/door.ts';
import type { Db, Vault } from '../../src/platform/door.ts';
import { openRights } from '../../src/rights/door.ts';
import type { openRoom } from './cases-room.ts';
import { limits } from './limits.ts';
import { testVault } from './vault.ts';

const region = '360121';
export type Process = Awaited<ReturnType<typeof openProcess>>;

/** A process of its own on the same database: its own vault, told of new keys by the database, unless it hears nothing. */
export async function openProcess(room: Awaited<ReturnType<typeof openRoom>>, at: string, deaf = false) {
  const { needs } = room;
  const db: Db = deaf ? { ...room.db, listen: async () => {} } : room.db;
  const vault: Vault = await testVault(db);
  const { ids } = needs;
  const identity = await openIdentity({
    ...{ db, ids, vault, clock: () => new Date(at), demo: false, regions: [region], limits, folder: 'demo' },
  });
  const cases = openCases({ ...needs, identity, vault });
  const rights = openRights({ ...needs, vault, identity, cases, classes: [], assessments: [] });
  return {
    ...{ vault, identity, cases, rights },
    resealing: [...identity.resealing, ...cases.resealing, ...rights.resealing],
    indexed: [...identity.indexed, ...cases.indexed],
  };
}

/** A person with a right check digit, another one for every number below a thousand of every day of birth. */
export function somebody(n: number, birth = '19900101') {
  const body = `360121${birth}${String(n % 1000).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(body[index]), 0);
  return { region, name: '某人', idCard: `${body}${'10X98765432'[sum % 11]}`, phone: '13800000009', address: '莲塘镇' };
}
