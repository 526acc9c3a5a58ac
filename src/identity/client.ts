import type { FieldProblem } from '../platform/door.ts';
import type { ClientActor } from './actor.ts';
import type { Action } from './policy.ts';

/**
 * Machine clients: other systems that use the interface in their own name. What may be enrolled, and which signatures
 * count. Pure.
 */
export const clientScopes = ['case.read', 'case.search', 'watch.read'] as const satisfies Action[];
export type ClientScope = (typeof clientScopes)[number];

/** A public key as it is registered (RFC 7517): what has a private member is refused. */
export type PublicKey = { kty: string; kid: string; [member: string]: unknown };
export type Client = {
  region: string;
  id: string;
  name: string;
  keys: PublicKey[];
  scopes: ClientScope[];
  division: string;
  agency: string | null;
  validUntil: string;
  revokedAt: string | null;
};

/** House rules: RFC 7523 asks for short lives and names none. */
export const clientLimits = {
  /** An assertion may be good for so long at most, and clocks may differ by so much. */
  assertionSeconds: 300,
  clockSeconds: 30,
  tokenSeconds: 600,
  keys: 5,
  years: 2,
} as const;

/**
 * The algorithms a key may sign with, by the key and never by what a signature says of itself: so a public key is never
 * taken for a shared secret, and nothing unsigned is taken at all (RFC 8725 3.1).
 */
export function algorithmsOf({ kty, crv }: PublicKey): string[] {
  // RFC 9864 gives EdDSA over Ed25519 a name of its own.
  if (kty === 'OKP' && crv === 'Ed25519') return ['EdDSA', 'Ed25519'];
  if (kty === 'EC' && crv === 'P-256') return ['ES256'];
  return kty === 'RSA' ? ['RS256'] : [];
}

/** The keys of a JWKS as somebody pasted it, with nothing in them but what a public key has; or what is wrong. */
export function keysOf(text: string): { keys: PublicKey[] } | { wrong: FieldProblem } {
  const wrong = (code: string) => ({ wrong: { field: 'keys', code, params: { count: clientLimits.keys } } });
  const given = readKeys(text);
  if (!given || given.length === 0 || given.length > clientLimits.keys) return wrong('keys-format');
  if (given.some((key) => secretMembers.some((name) => name in key))) return wrong('keys-private');
  const keys = given.map(publicPart);
  if (!keys.every(isStrong)) return wrong('keys-kind');
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length) return wrong('keys-kid');
  return { keys };
}

/** What a client may do with a token: the scopes of both. */
export function clientActor({ region, id, name, division, agency, scopes }: Client, granted: string[]): ClientActor {
  const both = scopes.filter((scope) => granted.includes(scope));
  return { kind: 'client', region, id, name, division, agency: agency ?? undefined, scopes: both };
}

const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
/** Modulus of an RSA key of 2048 bits, in characters of base64url. */
const leastModulus = 342;

function readKeys(text: string): Record<string, unknown>[] | undefined {
  try {
    const given = JSON.parse(text) as { keys?: unknown } | null;
    const keys = given?.keys ?? [given];
    return Array.isArray(keys) && keys.every((key) => key && typeof key === 'object') ? keys : undefined;
  } catch {
    return undefined;
  }
}

function publicPart(given: Record<string, unknown>): PublicKey {
  const members = ['kty', 'kid', 'crv', 'x', 'y', 'n', 'e'].flatMap((name) => {
    const value = given[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return { kty: '', kid: '', ...Object.fromEntries(members) };
}

function isStrong(key: PublicKey): boolean {
  if (!/^[\w.:-]{1,80}$/.test(key.kid) || algorithmsOf(key).length === 0) return false;
  if (key.kty === 'RSA') return typeof key.n === 'string' && key.n.length >= leastModulus && typeof key.e === 'string';
  return typeof key.x === 'string' && (key.kty === 'OKP' || typeof key.y === 'string');
}
