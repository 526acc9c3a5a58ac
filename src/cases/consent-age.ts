import type { Identity } from '../identity/door.ts';
import type { Limits } from '../platform/door.ts';
import { NotComplete } from './prepare.ts';

/** Throws `NotComplete` for somebody who is too young to consent on a day. */
export type MayConsent = (who: { region: string; id: string }, today: string) => Promise<void>;

/** Who is under fourteen does not consent: a parent or another guardian does (个人信息保护法 art. 31). */
export function openMayConsent({ identity, limits }: { identity: Identity; limits: Limits }): MayConsent {
  const { years } = limits.ownConsent;
  return async (who, today) => {
    if (!(await identity.persons.isUnder(who, years, today))) return;
    throw new NotComplete([{ field: 'consent', code: 'consent-too-young', params: { years } }], [], []);
  };
}
