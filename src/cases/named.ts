import type { Identity, PersonActor } from '../identity/door.ts';
import type { Db, Indexed } from '../platform/door.ts';
import type { Sealing } from './sealing.ts';
import { casesNaming, casesWithUnmovedCards } from './store-named.ts';

/**
 * Finds the cases of others whose answers name the id card of the person who asks: the father's, where the mother is
 * named. Gives numbers and nothing else of them, the latest first; of cases since they are noted (migration 0146).
 */
export function openNaming({ db, identity, sealing }: { db: Db; identity: Identity; sealing: Sealing }) {
  return async (actor: PersonActor): Promise<string[]> => {
    const { region, id } = actor;
    const self = await identity.persons.get(actor, region, id);
    return self ? casesNaming(db, { region, cards: sealing.indexesOf(region, self.idCard), applicant: id }) : [];
  };
}

/** Where id cards are found here by blind indexes, and how what lies behind them is read when their key is changed. */
export function openIndexed(sealing: Sealing): Indexed[] {
  return [{ table: 'cases.named', column: 'id_card_index', purpose: 'id-card', values: unmoved }];

  async function* unmoved(db: Db) {
    for (let last = { region: '', number: '' }; ; ) {
      const found = await casesWithUnmovedCards(db, last, batch);
      const cards = found.map(async ({ region, number, answered, parts }) => {
        const values = await sealing.mayBeCards({ region, number }, answered, parts);
        return values.map((value) => ({ region, value }));
      });
      yield (await Promise.all(cards)).flat();
      const [end] = found.slice(-1);
      if (!end || found.length < batch) return;
      last = end;
    }
  }
}

const batch = 200;
