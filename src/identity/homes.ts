import { byOperator, openTrail } from '../ledger/door.ts';
import { type Clock, type Db, type IdSource, Problem, type Vault } from '../platform/door.ts';
import { covers, levelOf, padCode } from './division.ts';
import type { Divisions } from './divisions.ts';
import { buildingOf } from './home.ts';
import type { Person } from './persons.ts';
import { plainLogin } from './staff.ts';
import { homeOf, saveHome } from './store.ts';

/** How near a colleague lives to somebody, as far as both said where. */
export type Near = 'same-building' | 'same-village';
export type Homes = ReturnType<typeof openHomes>;
type Needs = { db: Db; ids: IdSource; clock: Clock; vault: Vault; divisions: Divisions };
const villageLevel = 5;

/** Opens where colleagues live, for those who said it. Of an address only a blind index is kept, nothing to read. */
export function openHomes({ db, ids, clock, vault, divisions }: Needs) {
  const trail = openTrail(db, ids);
  return {
    /**
     * Keeps the village of an account, and the building its address names; the trail says that, and not where. Throws `form-invalid` for a division that is no
     * village of the county, and `account-not-found`.
     */
    async keep(region: string, login: string, home: { division: string; address: string }): Promise<void> {
      const { division, address } = home;
      const known = covers(padCode(region), division) && levelOf(division) === villageLevel;
      if (!known || !(await divisions.find(division)))
        throw new Problem('form-invalid', {}, [{ field: 'division', code: 'division-unknown' }]);
      const named = buildingOf(address);
      const building = named === undefined ? null : vault.blindIndex(named, 'home', region);
      const row = { region, login: plainLogin(login), home: division, building };
      await db.transaction(async (tx) => {
        const about = await saveHome(tx, row);
        if (!about) throw new Problem('account-not-found');
        await trail.recordIn(tx, byOperator(region, clock(), { kind: 'act', what: 'account.home', about }));
      });
    },
    /** Whether a colleague lives in somebody's house, or else in their village. */
    async near({ region, id }: { region: string; id: string }, person: Person): Promise<Near | undefined> {
      const home = await homeOf(db, region, id);
      if (!home) return undefined;
      const named = buildingOf(person.address);
      // Of what a colleague said only the index is kept: it stays under the key of that day, and is found by all of them.
      const indexes = named === undefined ? [] : vault.blindIndexes(named, 'home', region);
      if (indexes.some((index) => home.building?.equals(index))) return 'same-building';
      return home.home === person.division ? 'same-village' : undefined;
    },
  };
}
