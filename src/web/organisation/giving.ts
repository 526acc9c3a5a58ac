import type { FastifyRequest } from 'fastify';
import { networkOf, type Session } from '../../identity/door.ts';
import { type Once, Problem } from '../../platform/door.ts';
import type { Site } from '../site.ts';

/** Whether who asks is known surely enough to decide who speaks for an organisation: more than usual, when a provider knows them. */
export function isSureEnough({ house }: Site, session: Session): boolean {
  const { provider } = house.identity;
  return !session.via || !provider || (session.level ?? 0) >= provider.needs.powers;
}

/** Items an organisation can apply for. */
export function itemsOf({ house }: Site) {
  return house.catalog
    .items()
    .filter(({ standalone, audience }) => standalone !== false && audience.includes('enterprise'));
}

/**
 * The items that were chosen: those there are, and those the power names already though they have gone. Throws
 * `form-invalid` for any other: left out, the last of them would leave none, and none means all.
 */
export function knownItems(site: Site, chosen: string[], held: string[] = []): string[] {
  const known = new Set([...itemsOf(site).map(({ id }) => id), ...held]);
  if (!chosen.every((id) => known.has(id)))
    throw new Problem('form-invalid', {}, [{ field: 'items', code: 'organisation-items' }]);
  return chosen;
}

type Reach = { items: string[]; until: string };

/** Gives a power to whoever has this card and name; gives what it is called. Throws `form-invalid` with every flaw. */
export async function grantPower(
  site: Site,
  request: FastifyRequest,
  session: Session,
  { once, ...given }: Reach & { name: string; idCard: string; once: Once },
): Promise<string> {
  const items = knownItems(site, given.items);
  return site.house.identity.organisations.grant(session, { ...given, items }, { ...fromOf(request), once });
}

/** Changes what an agent may do and until when. */
export async function limitPower(
  site: Site,
  request: FastifyRequest,
  session: Session,
  ref: string,
  { items, until }: Reach,
): Promise<void> {
  const { organisations } = site.house.identity;
  const held = (await organisations.power(session, ref))?.items ?? [];
  await organisations.limit(session, ref, { items: knownItems(site, items, held), until }, fromOf(request));
}

/** Takes an agent's power back. */
export async function revokePower(site: Site, request: FastifyRequest, session: Session, ref: string): Promise<void> {
  await site.house.identity.organisations.revoke(session, ref, fromOf(request));
}

const fromOf = (request: FastifyRequest) => ({ from: networkOf(request.ip), requestId: request.id });
