import type { Cases, ErasingIn } from '../cases/door.ts';
import type { PersonActor } from '../identity/door.ts';
import { Problem, type RetentionClass } from '../platform/door.ts';
import { type Verdict, verdictOn } from './erasable.ts';
import type { Erased, Kept, Request } from './request.ts';

type Needs = { cases: Cases; classes: RetentionClass[] };
type Asked = Pick<Request, 'region' | 'person' | 'about'>;

/** What doing a request to delete would erase: of one case when it is about one, else of everything the person has. */
export async function erasableOf({ cases, classes }: Needs, asked: Asked, now: Date): Promise<Erased> {
  const person = personOf(asked);
  const standings = await cases.erasing.standing(person, now.toISOString());
  const verdicts = standings
    .filter(({ number }) => asked.about === null || number === asked.about)
    .map((standing) => ({ number: standing.number, verdict: verdictOn(standing, classes, now) }));
  return {
    drafts: asked.about === null ? (await cases.drafts.ownIds(person)).length : 0,
    cases: verdicts.flatMap(({ number, verdict }) => (verdict.may === 'now' ? [number] : [])),
    kept: verdicts.flatMap(({ number, verdict }): Kept[] => (verdict.may === 'no' ? [{ number, ...verdict }] : [])),
  };
}

/**
 * Erases it in the caller's transaction, as far as law and holds let; throws `form-invalid` when there is nothing: then it
 * cannot be called done. Gives what went and what stays, a case that somebody has just put a hold on among it.
 */
export async function eraseFor(needs: Needs, erasing: ErasingIn, asked: Asked, now: Date): Promise<Erased> {
  const { cases, classes } = needs;
  const found = await erasableOf(needs, asked, now);
  const person = personOf(asked);
  const standings = await cases.erasing.standing(person, now.toISOString());
  const erased: Erased = { drafts: 0, cases: [], kept: [...found.kept] };
  for (const standing of standings.filter(({ number }) => found.cases.includes(number))) {
    const { number } = standing;
    const verdict: Verdict = verdictOn(standing, classes, now);
    if (verdict.may !== 'now') continue;
    if (await erasing.erase({ region: asked.region, number }, verdict.class, now.toISOString()))
      erased.cases.push(number);
    else erased.kept.push({ number, may: 'no', because: 'held' });
  }
  if (asked.about === null) erased.drafts = await erasing.drafts(person);
  if (erased.drafts + erased.cases.length === 0)
    throw new Problem('form-invalid', {}, [{ field: 'outcome', code: 'rights-nothing-erasable' }]);
  return erased;
}

/** The one who asked, as whose own things are looked at: the counter sees no more of them than their number. */
const personOf = ({ region, person }: Asked): PersonActor => ({ kind: 'person', id: person, region, name: '' });
