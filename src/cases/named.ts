import type { Identity, PersonActor } from '../identity/door.ts';
import type { Db } from '../platform/door.ts';
import type { Sealing } from './sealing.ts';
import { casesNaming } from './store.ts';

/**
 * Finds the cases of others whose answers name the id card of the person who asks: the father's, where the mother is
 * named. Gives numbers and nothing else of them, the latest first; of cases since they are noted (migration 0146).
 */
export function openNaming({ db, identity, sealing }: { db: Db; identity: Identity; sealing: Sealing }) {
  return async (actor: PersonActor): Promise<string[]> => {
    const { region, id } = actor;
    const self = await identity.persons.get(actor, region, id);
    return self ? casesNaming(db, { region, card: sealing.indexOf(region, self.idCard), applicant: id }) : [];
  };
}
