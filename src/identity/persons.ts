import { birthDateOf, idCardProblem, sexOf, yearsBetween } from '../elements/door.ts';
import { type Clock, type Db, dayOf, type IdSource, Problem } from '../platform/door.ts';
import type { Actor, Doer, PersonActor } from './actor.ts';
import { assertCan } from './policy.ts';
import type { PersonStore } from './store-persons.ts';

/** Somebody who applies. Personal data: never in logs, never in URLs. */
export type Person = {
  id: string;
  region: string;
  name: string;
  idCard: string;
  phone: string;
  sex: 'male' | 'female';
  birthDate: string;
  address: string;
  /** Village or township they live in, when known. */
  division: string | null;
};

export type NewPerson = {
  region: string;
  name: string;
  idCard: string;
  phone: string;
  address: string;
  division?: string;
};

export type Persons = {
  /** Oneself, and who applied in a case the actor may see; nobody else. */
  get(actor: Actor, region: string, id: string): Promise<Person | undefined>;
  /** Who has asked something of a counter, for whoever may answer it; refused to everybody else. */
  whoAsked(actor: Actor, asked: { region: string; division: string; person: string }): Promise<Person | undefined>;
  /** Whether somebody is younger than so many years on a day; nothing else is told of them. */
  isUnder(who: { region: string; id: string }, years: number, today: string): Promise<boolean>;
  /** Somebody of the actor's county by the whole number of their ID card; refused to whoever has no work with it. */
  findByIdCard(actor: Doer, idCard: string): Promise<Person | undefined>;
  /**
   * The person of this id card, made when not known yet. What is known stays as it is; a card that is known under
   * another name is refused.
   */
  register(person: NewPerson): Promise<Person>;
  /** How to reach oneself; the counter is not needed for it. The caller has checked their form. */
  changeContact(actor: PersonActor, contact: Pick<Person, 'phone' | 'address'>): Promise<void>;
  /**
   * Name or id card as a counter has found them, in its transaction. Throws `form-invalid` for a card that is wrong or
   * somebody else's. What cases say stays as it was written.
   */
  correct(tx: Db, who: { region: string; id: string }, right: Partial<Pick<Person, 'name' | 'idCard'>>): Promise<void>;
};

type Needs = { db: Db; store: PersonStore; clock: Clock; ids: IdSource };

export function openPersons({ db, store, clock, ids }: Needs): Persons {
  return {
    get: store.byId,
    whoAsked: async (actor, { region, division, person }) => {
      assertCan(actor, 'request.answer', { kind: 'request', region, division, owner: person });
      return store.known(region, person);
    },
    isUnder: async ({ region, id }, years, today) => {
      const person = await store.known(region, id);
      return !!person && (yearsBetween(person.birthDate, today) ?? 0) < years;
    },
    findByIdCard: async (actor, idCard) => {
      assertCan(actor, 'person.find', { kind: 'house' });
      return store.byIdCard(actor.region, idCard);
    },
    changeContact: async (actor, { phone, address }) => {
      const { region, id } = actor;
      assertCan(actor, 'contact.change', { kind: 'person', region, id });
      await db.transaction((tx) => change(tx, { region, id }, { phone, address }));
    },
    correct: async (tx, who, right) => {
      const wrong = () => new Problem('form-invalid', {}, [{ field: 'value', code: 'id-card-wrong' }]);
      if (right.idCard !== undefined) {
        if (idCardProblem(right.idCard, dayOf(clock()))) throw wrong();
        const other = await store.byIdCard(who.region, right.idCard);
        if (other && other.id !== who.id) throw wrong();
      }
      await change(tx, who, right);
    },
    register: async (given) => {
      const found = (await store.byIdCard(given.region, given.idCard)) ?? (await add(given));
      if (found.name === given.name) return found;
      throw new Problem('form-invalid', {}, [{ field: 'name', code: 'name-differs-from-id-card' }]);
    },
  };

  async function change(tx: Db, who: { region: string; id: string }, to: Partial<Person>): Promise<void> {
    const person = await store.forChange(tx, who.region, who.id);
    if (!person) throw new Problem('not-found');
    await store.change(tx, { ...person, ...to });
  }

  async function add(given: NewPerson): Promise<Person> {
    const now = clock();
    if (idCardProblem(given.idCard, dayOf(now))) {
      throw new Problem('form-invalid', {}, [{ field: 'id_card', code: 'id-card-wrong' }]);
    }
    const made = personOf(ids.id(given.region), given);
    const [added] = await store.add(made ? [made] : [], now);
    const person = added ?? (await store.byIdCard(given.region, given.idCard)); // somebody else was a moment faster
    if (!person) throw new Problem('internal');
    return person;
  }
}

/** A person with what their id card says; nothing when it is no id card. */
export function personOf(id: string, given: NewPerson): Person | undefined {
  const { region, name, idCard, phone, address, division = null } = given;
  const [sex, birthDate] = [sexOf(idCard), birthDateOf(idCard)];
  return sex && birthDate ? { id, region, name, idCard, phone, address, division, sex, birthDate } : undefined;
}
