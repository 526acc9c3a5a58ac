import { gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Below this many bytes packing costs more than it saves. */
const small = 1000;

/**
 * Sends a text packed with gzip to whoever can unpack it: a page of 40 KB leaves as 10. What a page repeats of the
 * request stands beside the token of its form, but what another site loads into its pages carries no session
 * (SameSite), so it cannot measure ours to guess the token. A window it opens does: see what is open in docs/attempts.md.
 *
 * @param packed the text packed already, when it was
 */
export function sendPacked(
  request: FastifyRequest,
  reply: FastifyReply,
  text: string | Buffer,
  packed?: Buffer,
): FastifyReply {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  reply.header('vary', 'accept-encoding');
  if (bytes.length < small || !/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(bytes);
  return reply.header('content-encoding', 'gzip').send(packed ?? gzipSync(bytes, { level: 5 }));
}
