import { type Actor, assertCan, type PersonActor, sightFor } from '../identity/door.ts';
import { type Db, Problem, type Text } from '../platform/door.ts';
import { caseResource } from './act.ts';
import type { ConsentAs } from './consent.ts';
import { isCaseNumber, tidyNumber } from './number.ts';
import { readCase } from './store.ts';
import { addWithdrawal, consentsOf } from './store-consent.ts';

/** A consent as whoever gave it sees it. */
export type GivenConsent = {
  number: string;
  subjectName: Text;
  elements: string[];
  text: string;
  as: ConsentAs;
  /** ISO instants. */
  at: string;
  withdrawnAt: string | null;
};

/** Consents: those of the person who asks, and taking one back. */
export function openConsents(db: Db) {
  return {
    /** What the person has consented to, the latest first. */
    own: (actor: PersonActor): Promise<GivenConsent[]> =>
      consentsOf(db.seenBy(sightFor(actor)), actor.region, actor.id),
    /**
     * Takes the consent of a case back (art. 15): from now on no staff reads those answers. What was done before stays
     * lawful. Throws `nothing-to-do` when there is none, or it was taken back already.
     */
    async withdraw(actor: Actor, typed: string, at: string): Promise<void> {
      const number = tidyNumber(typed);
      const key = { region: number.slice(0, 6), number };
      const found = isCaseNumber(number) ? await readCase(db.seenBy(sightFor(actor)), key) : undefined;
      if (!found) throw new Problem('case-not-found');
      assertCan(actor, 'consent.withdraw', caseResource(found));
      if (!(await addWithdrawal(db, key, actor.id, at))) throw new Problem('nothing-to-do');
    },
  };
}
