import { gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Below this many bytes packing costs more than it saves. */
const small = 1000;

/**
 * Sends a text packed with gzip to whoever can unpack it: a page of 40 KB leaves as 10. Packed, a page is shorter when
 * what it repeats of the address stands in it already: who can have it made with words of their choice and sees its
 * length could read it letter by letter (BREACH). The token of its forms is masked for that (identity/csrf.ts), and what
 * another site opens in somebody's session leaves unpacked.
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
  const fromElsewhere = request.session !== undefined && request.headers['sec-fetch-site'] === 'cross-site';
  if (fromElsewhere || bytes.length < small || !/\bgzip\b/.test(request.headers['accept-encoding'] ?? ''))
    return reply.send(bytes);
  return reply.header('content-encoding', 'gzip').send(packed ?? gzipSync(bytes, { level: 5 }));
}
