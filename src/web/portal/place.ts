import type { FastifyRequest } from 'fastify';
import type { Division } from '../../identity/door.ts';
import type { Lang } from '../../platform/door.ts';
import { queryOf } from '../forms.ts';
import type { Site } from '../site.ts';

/** Where an application goes: the townships to choose from, and the one chosen so far. */
export type Place = { townships: Division[]; chosen: string };

/**
 * The township the reader has chosen, or lives in, or else the county's seat: by GB/T 10114 the towns of a county are
 * numbered from 100, and the first one is where the county's offices are.
 */
export async function placeOf(site: Site, request: FastifyRequest): Promise<Place> {
  const { identity, config } = site.house;
  const townships = identity.divisions.townships(config.region);
  const known = (code: string | undefined) => townships.find((township) => township.code === code)?.code;
  const chosen =
    known(queryOf(request).division) ??
    known(await homeTownship(site, request)) ??
    known(`${config.region}100000`) ??
    townships[0]?.code;
  return { townships, chosen: chosen ?? '' };
}

/** Whether a code is a township of this county. */
export function isTownship(site: Site, code: string): boolean {
  const { identity, config } = site.house;
  return identity.divisions.townships(config.region).some((township) => township.code === code);
}

async function homeTownship(site: Site, request: FastifyRequest): Promise<string | undefined> {
  const actor = site.session(request)?.actor;
  if (actor?.kind !== 'person') return undefined;
  const person = await site.house.identity.persons.get(actor, actor.region, actor.id);
  return person?.division ? `${person.division.slice(0, 9)}000` : undefined;
}

/** What the office of a kind is called where it decides for a place. */
export function agencyName(site: Site, kind: string, division: string, lang: Lang): string {
  return site.house.identity.agencies.resolve(kind, division)?.name[lang] ?? '';
}
