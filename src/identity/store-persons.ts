import { birthDateOf, sexOf } from '../elements/door.ts';
import {
  type Db,
  type IndexedValue,
  keyIdOf,
  placeOf,
  type SealedTable,
  unmoved,
  type Vault,
} from '../platform/door.ts';
import type { Actor } from './actor.ts';
import type { Person } from './persons.ts';
import { sightFor } from './sight.ts';
import { claimPowers } from './store-organisations.ts';

/** The SQL of persons. Id card, telephone and address lie sealed as one; an id card is found through its blind index. */
export type PersonStore = ReturnType<typeof openPersonStore>;
export const personTable: SealedTable = { table: 'identity.person', key: { region: 'text', id: 'text' } };

type Row = Pick<Person, 'region' | 'id' | 'name' | 'division'> & { sealed: Buffer };
type Secret = Pick<Person, 'idCard' | 'phone' | 'address'>;
const columns = 'region, id, name, division, sealed';
/** Rows sealed at once when a database from before is opened. */
const batch = 500;

export function openPersonStore(db: Db, vault: Vault) {
  const toFind = (region: string, idCard: string) => vault.blindIndexes(idCard, 'id-card', region);
  const toWrite = (region: string, idCard: string) => vault.indexToWrite(idCard, 'id-card', region);
  const seal = ({ region, id, idCard, phone, address }: Pick<Person, 'region' | 'id'> & Secret): Buffer =>
    vault.seal(Buffer.from(JSON.stringify({ idCard, phone, address })), placeOf(personTable, [region, id]));
  const whole = async (row: Row | undefined): Promise<Person | undefined> => {
    if (!row) return undefined;
    const { sealed, ...rest } = row;
    const plain = await vault.open(sealed, placeOf(personTable, [row.region, row.id]));
    const secret = JSON.parse(plain.toString()) as Secret;
    const [sex, birthDate] = [sexOf(secret.idCard), birthDateOf(secret.idCard)];
    return sex && birthDate ? { ...rest, ...secret, sex, birthDate } : undefined;
  };
  return {
    async byId(actor: Actor, region: string, id: string): Promise<Person | undefined> {
      // Whoever acts for an organisation still sees their own record.
      const asOneself = actor.kind === 'person' && actor.id === id ? { ...actor, for: undefined } : actor;
      const [row] = await db
        .seenBy(sightFor(asOneself))
        .prepared<Row>('identity-person', `select ${columns} from identity.person where region = $1 and id = $2`, [
          region,
          id,
        ]);
      return whole(row);
    },
    async byIdCard(region: string, idCard: string): Promise<Person | undefined> {
      const [row] = await db.prepared<Row>(
        'identity-person-by-id-card',
        `select ${columns} from identity.person where region = $1 and id_card_index = any($2)`,
        [region, toFind(region, idCard)],
      );
      return whole(row);
    },
    /** Somebody for a page that has asked the policy already, whether they have a case or not. */
    async known(region: string, id: string): Promise<Person | undefined> {
      const [row] = await db.prepared<Row>(
        'identity-person-known',
        `select ${columns} from identity.person where region = $1 and id = $2`,
        [region, id],
      );
      return whole(row);
    },
    /** Somebody for an act that has asked the policy already; their row waits for it. */
    async forChange(tx: Db, region: string, id: string): Promise<Person | undefined> {
      const [row] = await tx.query<Row>(
        `select ${columns} from identity.person where region = $1 and id = $2 for update`,
        [region, id],
      );
      return whole(row);
    },
    /** Writes what is known of somebody anew. Another person's id card is refused by its index. */
    async change(tx: Db, person: Person): Promise<void> {
      const { region, id, name, idCard } = person;
      const sealed = seal(person);
      await tx.query(
        `update identity.person set name = $3, id_card_index = platform.pick_index($4), sealed = $5, key_id = $6
          where region = $1 and id = $2`,
        [region, id, name, toWrite(region, idCard), sealed, keyIdOf(sealed)],
      );
      await claimPowers(tx, vault, { region, idCard });
    },
    /** Adds people who are not there yet, by id card; returns those it added. */
    async add(persons: Person[], at: Date): Promise<Person[]> {
      return db.transaction(async (tx) => {
        const added = await insert(tx, persons, at);
        for (const person of added) await claimPowers(tx, vault, person);
        return added;
      });
    },
    /** People whose id card has no index under a new key yet, with their cards, batch by batch. */
    async *unmovedCards(through: Db): AsyncGenerator<IndexedValue[]> {
      for (let last = { region: '', id: '' }; ; ) {
        const rows = await through.query<Row>(
          `select ${columns} from identity.person p where ${unmoved('p', 'id_card_index')} and (p.region, p.id) > ($1, $2)
            order by p.region, p.id limit ${batch}`,
          [last.region, last.id],
        );
        const people = await Promise.all(rows.map(whole));
        yield people.flatMap((person) => (person ? [{ region: person.region, value: person.idCard }] : []));
        const [end] = rows.slice(-1);
        if (!end || rows.length < batch) return;
        last = end;
      }
    },
    /** Seals people of a database from before people were sealed, batch by batch; may be cut short and begun again. */
    async sealClear(): Promise<void> {
      for (;;) {
        const rows = await db.query<Pick<Person, 'region' | 'id'> & Secret>(
          `select region, id, id_card as "idCard", phone, address from identity.person
            where sealed is null order by region, id limit ${batch}`,
        );
        if (rows.length === 0) return;
        const sealed = rows.map(seal);
        await db.query(
          `update identity.person p
              set id_card_index = platform.pick_index(n.indexes), sealed = n.sealed, key_id = n.key_id,
                  id_card = null, phone = null, address = null, sex = null, birth_date = null
             from unnest($1::text[], $2::text[], $3::bytea[], $4::bytea[], $5::int[])
               as n(region, id, indexes, sealed, key_id)
            where p.region = n.region and p.id = n.id and p.sealed is null`,
          [
            rows.map(({ region }) => region),
            rows.map(({ id }) => id),
            rows.map(({ region, idCard }) => toWrite(region, idCard)),
            sealed,
            sealed.map(keyIdOf),
          ],
        );
      }
    },
  };

  async function insert(tx: Db, persons: Person[], at: Date): Promise<Person[]> {
    const sealed = persons.map(seal);
    const rows = await tx.query<{ id: string }>(
      `insert into identity.person (region, id, name, division, created_at, id_card_index, sealed, key_id)
       select n.region, n.id, n.name, n.division, $1, platform.pick_index(n.indexes), n.sealed, n.key_id
         from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bytea[], $7::bytea[], $8::int[])
           as n(region, id, name, division, indexes, sealed, key_id)
       on conflict do nothing
       returning id`,
      [
        at,
        persons.map(({ region }) => region),
        persons.map(({ id }) => id),
        persons.map(({ name }) => name),
        persons.map(({ division }) => division),
        persons.map(({ region, idCard }) => toWrite(region, idCard)),
        sealed,
        sealed.map(keyIdOf),
      ],
    );
    const added = new Set(rows.map(({ id }) => id));
    return persons.filter(({ id }) => added.has(id));
  }
}
