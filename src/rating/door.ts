/** What other rooms may use of rating. */
export { longestComment } from './check.ts';
export type { Level, Reason } from './codes.ts';
export { codes, isLevel, levels } from './codes.ts';
export type { RateRequest } from './rate.ts';
export type { Rating, RatingView } from './rating.ts';
export { openRating } from './rating.ts';
export type { Invitation, Rating as GivenRating, RatingEvent } from './store.ts';
export { readFeed, readRatings } from './store.ts';
