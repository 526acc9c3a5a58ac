import type { Cases } from './cases/door.ts';
import { type Identity, levelOf } from './identity/door.ts';
import type { KinOf } from './ledger/door.ts';

const villageLevel = 5;

/**
 * In what way a colleague and a person they read may be kin or neighbours. An approximation, for nothing says whose
 * family somebody is: the same name; the colleague's name among the answers of the case (father, spouse, contact …); the
 * same building, or the same village, where the colleague said where they live; or the same surname, where they work in
 * the very village the person lives in: there everybody is of the village. Who did not say where they live has no
 * neighbours here, and women keep their surname, so much is missed; and a common name rings for nothing.
 */
export function openKin(identity: Identity, cases: Cases): KinOf {
  return async ({ region, id }, whose, about) => {
    // Nobody reads this: the person is seen as they may see themselves, compared, and forgotten.
    const self = { kind: 'person', id: whose, region, name: '' } as const;
    const [reader, person] = await Promise.all([
      identity.staff.get(region, id),
      identity.persons.get(self, region, whose),
    ]);
    if (!reader || !person) return undefined;
    if (reader.name === person.name) return 'same-name';
    if (about && (await cases.names(region, about, reader.name))) return 'named-in-case';
    const near = await identity.homes.near(reader, person);
    if (near === 'same-building') return near;
    const worksThere = levelOf(reader.division) === villageLevel && reader.division === person.division;
    if (worksThere) return reader.name[0] === person.name[0] ? 'surname-and-village' : undefined;
    return near;
  };
}
