import type { FastifyRequest } from 'fastify';
import type { Site } from '../site.ts';

/**
 * Where the browser is, for passkeys. The host name comes from the request: a key is kept with the name it was made
 * for and only asked for under it, and the browser signs the address it is at, so a lie here opens nothing.
 */
export function placeOf({ house }: Site, request: FastifyRequest): { id: string; origin: string; name: string } {
  const scheme = house.config.secure ? 'https' : 'http';
  const name = house.identity.countyName(house.config.region).zh;
  return { id: request.hostname, origin: `${scheme}://${request.host}`, name };
}
