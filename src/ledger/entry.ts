import { sha256 } from './sha256.ts';

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

export const digestOf = (event: unknown): string => Buffer.from(sha256(canonical(event))).toString('hex');

export const encode = (entry: Entry): string => canonical(entry);

/** Reads an entry; nothing when it is not written exactly as `encode` writes it. */
export function decode(text: string): Entry | undefined {
  try {
    const entry = JSON.parse(text) as Entry;
    return entry.v === 1 && canonical(entry) === text ? entry : undefined;
  } catch {
    return undefined;
  }
}

/**
 * JSON in its one form (RFC 8785): members by their names, no spaces, numbers and texts as ECMAScript writes them, which
 * is what the standard was made from. A member that is undefined is not there.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one ?? null)).join(',')}]`;
  if (value === null || typeof value !== 'object') return scalar(value);
  const members = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`);
  return `{${members.join(',')}}`;
}

function scalar(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('a number that JSON cannot hold');
  return JSON.stringify(value);
}
