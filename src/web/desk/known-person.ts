import type { FastifyRequest } from 'fastify';
import type { Person, StaffActor } from '../../identity/door.ts';
import { record } from '../recorded.ts';
import type { Site } from '../site.ts';

/**
 * Who has this ID card, for a counter. Looked up only with the whole card and the name on it, so that nobody can leaf
 * through the records with numbers; and noted whether somebody has both or not, without either.
 */
export async function knownAtCounter(
  site: Site,
  request: FastifyRequest,
  actor: StaffActor,
  { idCard, name }: Pick<Person, 'idCard' | 'name'>,
): Promise<Person | undefined> {
  if (idCard.length !== 18 || name === '') return undefined;
  const found = await site.house.identity.persons.findByIdCard(actor, idCard);
  const known = found?.name === name ? found : undefined;
  const outcome = known ? 'done' : 'failed';
  const said = { kind: 'reading', what: 'person.find', outcome, whose: known?.id, reason: 'counter' } as const;
  await record(site.house, request, said);
  return known;
}
