import { check, normalise } from '../../elements/door.ts';
import type { House } from '../../house.ts';
import { dayOf, type FieldProblem } from '../../platform/door.ts';
import { personElements } from '../desk/person-elements.ts';

export type Contact = { phone: string; address: string };

/** How to reach somebody, in one spelling, and everything that is wrong with it. */
export function readContact({ texts, clock }: House, given: Contact): { contact: Contact; problems: FieldProblem[] } {
  const elements = personElements(texts);
  const contact = {
    phone: normalise(elements.phone, given.phone),
    address: normalise(elements.address, given.address),
  };
  const today = dayOf(clock());
  const problems = (['phone', 'address'] as const).flatMap((id) => check(elements[id], contact[id], { today }) ?? []);
  return { contact, problems };
}
