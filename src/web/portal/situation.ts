import type { Situation } from '../../catalog/door.ts';

/** The answers about the situation as the query of an address, in one order. They hold no personal data. */
export function situationQuery(situation: Situation, division?: string): string {
  const pairs = Object.entries(situation).sort(([a], [b]) => (a < b ? -1 : 1));
  return new URLSearchParams(division ? [...pairs, ['division', division]] : pairs).toString();
}

/** The same answers without one question, so that it is asked again. */
export function without(situation: Situation, id: string): Situation {
  return Object.fromEntries(Object.entries(situation).filter(([name]) => name !== id));
}
