import { readConsents, readErasures, readFeed, readStored } from './cases/door.ts';
import { readOrganisationActs } from './identity/door.ts';
import { type Act, readTrail, type StoredAct } from './ledger/door.ts';
import type { Feed } from './platform/door.ts';
import { readRatings } from './rating/door.ts';
import { readAnswers } from './rights/door.ts';

/** The acts the log is about, by kind, as their rooms deliver them. The proof of a case is of the first kind. */
export const actFeeds = {
  'case-event': readFeed,
  trail: readTrail,
  consent: readConsents,
  erasure: readErasures,
  rating: readRatings,
  'organisation-act': readOrganisationActs,
  'request-answer': readAnswers,
} satisfies Record<string, Feed<Act>>;

/** The same as they are stored, to be compared with the log. */
export const storedActs: Record<string, Feed<StoredAct>> = { ...actFeeds, 'case-event': readStored };
