import { createHash } from 'node:crypto';

/** Cookies that name a county and hold a secret of which only the hash is kept: `360121.…`. */
export function hashOfCookie(token: string | undefined): { region: string; hash: Buffer } | undefined {
  const [, region, secret] = /^(\d{6})\.([\w-]{43})$/.exec(token ?? '') ?? [];
  return region && secret ? { region, hash: digest(secret) } : undefined;
}

export const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
