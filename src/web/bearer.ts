import type { FastifyRequest } from 'fastify';
import type { House } from '../house.ts';
import type { ClientActor, ClientScope } from '../identity/door.ts';
import { Problem } from '../platform/door.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The other system whose token came with the request. */
    client?: ClientActor;
  }
  interface FastifyContextConfig {
    /** Other systems may call it when their token holds this scope. */
    client?: ClientScope;
  }
}

/**
 * Whose token came with a request. Where there is one no cookie counts; a browser never sends one by itself, so no other
 * site can make it do so.
 * @returns whether there was one
 */
export async function readBearer(house: House, request: FastifyRequest): Promise<boolean> {
  const [, token] = /^Bearer ([\w.~+/-]{1,200}=*)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (!token) return false;
  request.client = await house.identity.clients.actor(token, house.clock());
  if (!request.client) throw new Problem('token-unknown');
  return true;
}
