/**
 * Calls to other machines. Each goes to one origin named by a setting and to no other place, whatever an answer or a
 * form says (SSRF); without TLS only to this machine; it ends in time and takes no more than so many bytes.
 */
export type Outgoing = (url: string | URL, init?: RequestInit) => Promise<Response>;
export type Limits = { seconds: number; bytes: number };

/** The call was not made, did not come through, or its answer was too long. The message holds no address. */
export class NotReached extends Error {
  constructor(readonly why: 'other-place' | 'not-secure' | 'no-answer' | 'too-long' | 'moved') {
    super(`outgoing call: ${why}`);
    this.name = 'NotReached';
  }
}

const usual: Limits = { seconds: 10, bytes: 256 * 1024 };

/** A `fetch` that reaches the given origins only. Throws `NotReached`; an answer that leads elsewhere is not followed. */
export function openOutgoing(origins: string[], limits: Limits = usual): Outgoing {
  const allowed = new Set(origins.map((address) => new URL(address).origin));
  return async (address, init = {}) => {
    const url = new URL(address);
    if (!allowed.has(url.origin) || url.username || url.password) throw new NotReached('other-place');
    if (url.protocol !== 'https:' && !isLoopback(url)) throw new NotReached('not-secure');
    const signal = AbortSignal.any([AbortSignal.timeout(limits.seconds * 1000), ...(init.signal ? [init.signal] : [])]);
    try {
      const answer = await fetch(url, { ...init, redirect: 'manual', signal });
      if (answer.status >= 300 && answer.status < 400) throw new NotReached('moved');
      return new Response(await bodyOf(answer, limits.bytes), answer);
    } catch (error) {
      throw error instanceof NotReached ? error : new NotReached('no-answer');
    }
  };
}

/** This machine, by name or number. */
export function isLoopback(url: URL): boolean {
  return url.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
}

async function bodyOf(answer: Response, most: number): Promise<Uint8Array<ArrayBuffer> | null> {
  if (!answer.body) return null;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of answer.body) {
    length += part.length;
    if (length > most) throw new NotReached('too-long');
    parts.push(part);
  }
  return length === 0 ? null : new Uint8Array(Buffer.concat(parts));
}
