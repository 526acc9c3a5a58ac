import { sha256Hex } from './sha256.ts';

/**
 * What a leaf says of an act: which, what kind, when, and a hash of everything that was done and by whom. The act itself
 * stays where it is, so that the log never has to be rewritten when personal data is erased. The nonce keeps a leaf
 * hash, which anybody may read, from being found again by trying out likely acts. Pure.
 */
export type Entry = {
  v: 1;
  kind: string;
  region: string;
  number: string;
  seq: number;
  type: string;
  at: string;
  /** SHA-256, in hexadecimal, of the canonical JSON of the act. */
  sha256: string;
  /** 16 random bytes in hexadecimal. */
  nonce: string;
};

/** An act as a feed delivers it. */
export type Act = { region: string; number: string; seq: number; event: { type: string; at: string } };
/** Which act is meant. `kind` names the feed it came from. */
export type ActKey = { kind: string; region: string; number: string; seq: number };

export function entryOf(kind: string, { region, number, seq, event }: Act, nonce: string): Entry {
  return { v: 1, kind, region, number, seq, type: event.type, at: event.at, sha256: digestOf(event), nonce };
}

export const digestOf = (event: unknown): string => sha256Hex(canonical(event));

/** The canonical JSON of an entry. Its members are known, so it is written out, which is faster than sorting them. */
export function encode({ v, kind, region, number, seq, type, at, sha256, nonce }: Entry): string {
  const text = JSON.stringify;
  const what = `"kind":${text(kind)},"nonce":${text(nonce)},"number":${text(number)},"region":${text(region)}`;
  return `{"at":${text(at)},${what},"seq":${text(seq)},"sha256":${text(sha256)},"type":${text(type)},"v":${v}}`;
}

/** Reads an entry; nothing when it is not written exactly as `encode` writes it. */
export function decode(text: string): Entry | undefined {
  try {
    const entry = JSON.parse(text) as Entry;
    return entry.v === 1 && encode(entry) === text ? entry : undefined;
  } catch {
    return undefined;
  }
}

/**
 * JSON in its one form (RFC 8785): members by their names, no spaces, numbers and texts as ECMAScript writes them, which
 * is what the standard was made from. A member that is undefined is not there.
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return scalar(value);
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one ?? null)).join(',')}]`;
  let members = '';
  for (const name of Object.keys(value).sort()) {
    const one = (value as Record<string, unknown>)[name];
    if (one !== undefined) members += `${members && ','}${quoted(name)}:${canonical(one)}`;
  }
  return `{${members}}`;
}

/** Names of members come again and again; a few hundred are kept. */
const names = new Map<string, string>();
function quoted(name: string): string {
  const known = names.get(name);
  if (known) return known;
  const text = JSON.stringify(name);
  if (names.size < 500) names.set(name, text);
  return text;
}

function scalar(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('a number that JSON cannot hold');
  return JSON.stringify(value);
}
