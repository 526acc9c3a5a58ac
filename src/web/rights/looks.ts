import type { House } from '../../house.ts';
import type { Look } from '../../ledger/door.ts';
import type { Citizen } from './citizen.ts';

/**
 * Who looked at somebody's data: at their own cases and record, at cases of others that name them, and at those of the
 * organisation they act for now. The latest first.
 */
export async function looksOf(
  { cases, trail }: House,
  { actor, session }: Pick<Citizen, 'actor' | 'session'>,
  limit: number,
): Promise<Look[]> {
  const { region, id } = actor;
  const organisation = session.actor.kind === 'person' ? session.actor.for?.id : undefined;
  const whose = organisation === undefined ? [id] : [id, organisation];
  return trail.whoLooked(region, { whose, about: await cases.naming(actor) }, limit);
}
