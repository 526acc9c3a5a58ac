import { type Db, Problem } from '../platform/door.ts';
import type { Person, Persons } from './persons.ts';
import type { Told } from './provider-claims.ts';
import { addLink, linkedPerson } from './store-links.ts';

/** An account at a provider. */
export type ProviderAccount = { region: string; issuer: string; subject: string };

/**
 * The person of an account at a provider. One already linked stays linked; somebody known from the counter is found
 * by their ID card and linked, never doubled. Throws `provider-link-conflict` when the account now names another ID
 * card, when the ID card is known here under another name, or when the person has another account at this provider:
 * somebody at a counter has to look at it.
 */
export async function personOfAccount(
  { db, persons }: { db: Db; persons: Persons },
  account: ProviderAccount,
  told: Told,
  at: Date,
): Promise<Person> {
  const linked = await linkedPerson(db, account.region, account.issuer, account.subject);
  if (linked) {
    const { region } = account;
    return same(await persons.get({ kind: 'person', id: linked, region, name: '' }, region, linked), told);
  }
  const person = await registered(persons, account.region, told);
  if (await addLink(db, { ...account, person: person.id, at })) return person;
  const other = await linkedPerson(db, account.region, account.issuer, account.subject);
  if (other !== person.id) throw new Problem('provider-link-conflict');
  return person; // the same person, a moment faster in another window
}

function same(person: Person | undefined, told: Told): Person {
  if (person?.idCard !== told.idCard) throw new Problem('provider-link-conflict');
  return person;
}

async function registered(persons: Persons, region: string, { name, idCard, phone }: Told): Promise<Person> {
  try {
    return await persons.register({ region, name, idCard, phone, address: '' });
  } catch (error) {
    if (error instanceof Problem && error.code === 'form-invalid') throw new Problem('provider-link-conflict');
    throw error;
  }
}
