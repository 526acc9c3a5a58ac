import type { FastifyRequest } from 'fastify';
import { mask } from '../../elements/door.ts';
import { type StaffActor, scopeOf } from '../../identity/door.ts';
import { Problem } from '../../platform/door.ts';
import type { NoteIn, WholeRequest } from '../../rights/door.ts';
import { entryOf, record } from '../recorded.ts';
import type { Site } from '../site.ts';
import { type PersonElements, personElements } from './person-elements.ts';

/** How long the reason of an answer may be, in characters. */
export const longestAnswer = { reason: 500 };

/** Whether somebody works where requests about one's own data are answered; throws `not-allowed` otherwise. */
export function assertAnswers(actor: StaffActor): void {
  if (scopeOf(actor, 'request.list').length === 0) throw new Problem('not-allowed');
}

/**
 * A request with who asked it and what doing it would erase. That it was read is kept before it is shown; looking again at
 * what is answered is nobody's work, and nobody has to compare the card or the name with a document any more.
 */
export async function readRequest(site: Site, request: FastifyRequest, actor: StaffActor, id: string) {
  const { rights, identity, texts, clock } = site.house;
  const found = await rights.read(actor, id);
  const { person: whose, id: about } = found;
  const reason = found.answer ? undefined : 'work';
  await record(site.house, request, {
    ...{ kind: 'reading', what: 'request.read', outcome: 'done', whose, about, reason },
  });
  const erases = await rights.wouldErase(actor, about, clock());
  const asker = await identity.persons.whoAsked(actor, found);
  return { found: shownOf(found, personElements(texts)), erases, asker };
}

function shownOf(request: WholeRequest, elements: PersonElements): WholeRequest {
  const { field, value } = request.wish;
  if (!request.answer || !field || !value) return request;
  return { ...request, wish: { ...request.wish, value: mask(elements[field], value) } };
}

/** Notes in the transaction of an answer which cases it erased, and whose they were. */
export function notedErasing({ house }: Site, request: FastifyRequest): NoteIn {
  return (tx, { cases, whose }) => {
    const said = { kind: 'act', what: 'case.erase', outcome: 'done', whose, reason: 'work' } as const;
    return house.trail.recordIn(tx, ...cases.map((about) => entryOf(house, request, { ...said, about })));
  };
}
