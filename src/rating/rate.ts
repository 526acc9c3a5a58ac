import { type Actor, assertCan, can, type Resource } from '../identity/door.ts';
import { addWorkdays, type Calendar, type Db, dayOf, type Limits, Problem } from '../platform/door.ts';
import { opinionOf, type Wish } from './check.ts';
import { isBad } from './codes.ts';
import { insertRating, type Rating, type Standing, standingOf } from './store.ts';

export type RateRequest = Wish & {
  number: string;
  /** Client-made; the same id twice is one rating. */
  commandId: string;
  /** ISO instant. */
  at: string;
};

const longestId = 200;

/** Opens the one way to rate a case: once, by its applicant, after it is closed. */
export function openRate(db: Db, calendar: () => Calendar, { badRating }: Pick<Limits, 'badRating'>) {
  return async (actor: Actor, request: RateRequest): Promise<Rating> => {
    const { number, at } = request;
    // Kept with the rating for ever, and whatever its sender makes it.
    const commandId = request.commandId.slice(0, longestId);
    const region = number.slice(0, 6);
    const standing = await standingMayRate(db, actor, number);
    if (standing.rating) return sameOrRefuse(standing, commandId);
    if (!standing.closedAt) throw new Problem('not-yet-rateable');
    const read = opinionOf(request);
    if ('problems' in read) throw new Problem('form-invalid', {}, read.problems);
    const bad = isBad(read.opinion.level);
    const verifyDue = bad ? addWorkdays(calendar(), dayOf(at), badRating.workdays).due : null;
    const rating: Rating = { number, ...read.opinion, at, verifyDue };
    assertCan(actor, 'case.rate', resourceOf(region, standing));
    if (await insertRating(db, region, { rating, by: actor.id, commandId })) return rating;
    // Posted twice at the same moment: the other one was first.
    return sameOrRefuse(await standingMayRate(db, actor, number), commandId);
  };
}

/** The standing of a case the actor may rate. Whose case it is not is told the same as if there were none. */
async function standingMayRate(db: Db, actor: Actor, number: string): Promise<Standing> {
  if (actor.kind === 'guest') throw new Problem('sign-in-required');
  const region = number.slice(0, 6);
  const standing = await standingOf(db, region, number);
  if (!standing || !can(actor, 'case.rate', resourceOf(region, standing))) throw new Problem('case-not-found');
  return standing;
}

/** What the policy needs to know of a case: as the cases room says it, with its items. */
export function resourceOf(region: string, { number, division, person, parts }: Standing): Resource {
  return { kind: 'case', region, number, division, applicant: person, parts };
}

function sameOrRefuse({ rating }: Standing, commandId: string): Rating {
  if (rating?.command !== commandId) throw new Problem('already-rated');
  const { command: _, ...given } = rating;
  return given;
}
