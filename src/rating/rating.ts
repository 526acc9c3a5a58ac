import type { FeedEvent } from '../cases/door.ts';
import { type Actor, can, scopeOf, sightFor } from '../identity/door.ts';
import {
  type Calendar,
  type Db,
  type Feed,
  type Limits,
  type Log,
  type Page,
  pageFrom,
  type Subscriber,
  subscribe,
  type Text,
} from '../platform/door.ts';
import { codes } from './codes.ts';
import { invitationsFrom } from './invite.ts';
import { openRate, resourceOf } from './rate.ts';
import { type Rating as Given, type Invitation, noteCases, openInvitations, standingOf } from './store.ts';

/** A case as the person who may rate it sees it. `closedAt` is null while it runs, `rating` null until it is given. */
export type RatingView = { number: string; subject: Text; closedAt: string | null; rating: Given | null };

export type Rating = ReturnType<typeof openRating>;

/** Opens the room: who may rate what, and what they said. */
export function openRating({
  db,
  log,
  calendar,
  limits,
  told,
}: {
  db: Db;
  log: Log;
  calendar: () => Calendar;
  limits: Limits;
  /** Called when a case has been rated. */
  told?: () => void;
}) {
  const rate = openRate(db, calendar, limits);
  return {
    /** The reasons a grade offers. */
    codes,
    /** Closed cases of the person who asks that wait for a rating, the latest first. */
    async invitations(actor: Actor, offset = 0): Promise<Page<Invitation>> {
      const [own] = scopeOf(actor, 'case.list-own');
      if (!own?.applicant) return { rows: [], more: false };
      return pageFrom(await openInvitations(db.seenBy(sightFor(actor)), own.region, own.applicant, offset));
    },
    /** Whether and how a case was rated; nothing for a case the actor may not see. Just submitted cases appear a moment later. */
    async of(actor: Actor, number: string): Promise<RatingView | undefined> {
      const region = number.slice(0, 6);
      const standing = await standingOf(db.seenBy(sightFor(actor)), region, number);
      if (!standing || !can(actor, 'case.read', resourceOf(region, standing))) return undefined;
      const { subject, closedAt, rating } = standing;
      if (!rating) return { number, subject, closedAt, rating: null };
      const { command: _, ...given } = rating;
      return { number, subject, closedAt, rating: given };
    },
    /** Rates a case, once. */
    async rate(...given: Parameters<typeof rate>) {
      const rated = await rate(...given);
      told?.();
      return rated;
    },
    /** Makes invitations from the events of cases. */
    subscribers(feeds: { cases: Feed<FeedEvent> }): Subscriber[] {
      return [
        subscribe({
          db,
          log,
          name: 'rating.invitation',
          feed: feeds.cases,
          async handle(tx, events) {
            const { submitted, closed } = invitationsFrom(events);
            await noteCases(tx, submitted, closed);
          },
        }),
      ];
    },
  };
}
