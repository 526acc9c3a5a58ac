import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

/**
 * Ids carry their region: `360121-` and 26 characters that sort by time (docs/adr/0003). So every look-up by id can
 * name the region first, and a database spread by region knows where to look.
 */
export type IdSource = {
  /** A new id in a county, e.g. `360121-01hx…`. */
  id(region: string): string;
  /** A secret nobody can guess: 32 random bytes as base64url. */
  token(): string;
};

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Opens the id source: ids in the order of time, each with its region before it, and secrets nobody guesses. */
export function randomIds(clock: Clock): IdSource {
  const random = pool(4096);
  return {
    id: (region) => `${region}-${time(clock().getTime())}${encode(random(16))}`,
    token: () => randomBytes(32).toString('base64url'),
  };
}

/** The county an id belongs to; empty when the text is no id, so that a look-up with it finds nothing. */
export function regionOf(id: string): string {
  return /^\d{6}/.exec(id)?.[0] ?? '';
}

function time(ms: number): string {
  let text = '';
  for (let rest = ms; text.length < 10; rest = Math.floor(rest / 32)) text = alphabet[rest % 32] + text;
  return text;
}

function encode(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += alphabet[byte % 32];
  return text;
}

/** Random bytes fetched a page at a time, each handed out once: a list gives every row an id, and asking costs more than the bytes. */
function pool(size: number): (count: number) => Uint8Array {
  let page = Buffer.alloc(0);
  return (count) => {
    if (page.length < count) page = randomBytes(size);
    const taken = page.subarray(0, count);
    page = page.subarray(count);
    return taken;
  };
}
