import type { Db } from '../platform/door.ts';
import { type StaffActor, staffActor } from './actor.ts';
import type { Agencies } from './agencies.ts';
import { type Power, validAt } from './power.ts';
import { staffWithPowers } from './store-powers.ts';

/** An account with the powers it holds or will hold. */
export type StaffRow = { id: string; name: string; division: string; agency: string; powers: Power[] };

/** Somebody as the one who asks, with the powers valid then: for what runs without a session. */
export async function staffAt(
  db: Db,
  agencies: Agencies,
  { region, id }: { region: string; id: string },
  now: Date,
): Promise<StaffActor | undefined> {
  const row = await staffWithPowers(db, region, id, now);
  if (!row) return undefined;
  const { powers, ...who } = row;
  const agencyName = agencies.get(who.agency)?.name ?? { zh: who.agency, en: who.agency };
  return staffActor({ ...who, region, agencyName }, validAt(powers, now));
}
