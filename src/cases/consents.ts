import { type Actor, assertCan, type Doer, type PersonActor, sightFor } from '../identity/door.ts';
import { type Db, Problem, type Text } from '../platform/door.ts';
import { caseResource } from './act.ts';
import type { ConsentAs } from './consent.ts';
import { isCaseNumber, tidyNumber } from './number.ts';
import { readCase } from './store.ts';
import { addWithdrawal, type ConsentRow, consentedTo, consentsOf } from './store-consent.ts';

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
    async own(actor: PersonActor): Promise<GivenConsent[]> {
      const rows = await consentsOf(db.seenBy(sightFor(actor)), actor.region, actor.id);
      const byCase = Map.groupBy(rows, ({ number }) => number);
      return [...byCase.values()].flatMap(standing).sort((a, b) => (a.at < b.at ? 1 : -1));
    },
    /** Which of these answers of a case nobody has been asked about yet: given for the first time in a correction. */
    async missing(actor: Doer, number: string, elements: string[]): Promise<string[]> {
      if (elements.length === 0) return [];
      const known = await consentedTo(db.seenBy(sightFor(actor)), { region: number.slice(0, 6), number });
      return elements.filter((id) => !known.includes(id));
    },
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

/** What still stands of the consents to one case; when nothing does, all of it, and when it was taken back. */
function standing(rows: ConsentRow[]): GivenConsent[] {
  const given = rows.filter(({ kind }) => kind === 'given');
  const back = rows.filter(({ kind }) => kind === 'withdrawn');
  const last = given.at(-1);
  if (!last) return [];
  const { number, subjectName, text, as, at } = last;
  const all = [...new Set(given.flatMap(({ elements }) => elements))];
  const gone = new Set(back.flatMap(({ elements }) => elements));
  const stands = all.filter((id) => !gone.has(id));
  const withdrawnAt = stands.length > 0 ? null : (back.at(-1)?.at ?? null);
  return [{ number, subjectName, elements: stands.length > 0 ? stands : all, text, as, at, withdrawnAt }];
}
