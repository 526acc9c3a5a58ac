import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';
import type { Signer, Verifier } from './note.ts';
import { sha256 } from './sha256.ts';

/**
 * The kinds of signature a checkpoint carries, and keys written as one line of text: `name+id+base64` for who verifies,
 * `PRIVATE+KEY+name+id+base64` for who signs, as Go's `sumdb/note` reads and writes them.
 */
export const kinds = {
  ed25519: Uint8Array.of(1),
  /** A witness's signature with the time it was made (C2SP tlog-cosignature). */
  cosignature: Uint8Array.of(4),
  /**
   * SM2 with SM3 (GB/T 32918.2), DER, identity 1234567812345678. There is no byte assigned for it: signed-note leaves
   * 0xff for such, followed by a name of one's own.
   */
  sm2: Buffer.concat([Uint8Array.of(0xff), Buffer.from('tongban/sm2-with-sm3/v1\n')]),
} as const;
export type Kind = keyof typeof kinds;
const kindNames = Object.keys(kinds) as Kind[];

export type Key = { kind: Kind; name: string; secret: Uint8Array };

export const idOf = (name: string, kind: Kind, open: Uint8Array): Uint8Array =>
  sha256(Buffer.concat([Buffer.from(`${name}\n`), kinds[kind], open])).subarray(0, 4);

/** What others need to verify. */
export function verifierText({ kind, name, secret }: Key): string {
  return written(name, kind, publicOf(kind, secret), publicOf(kind, secret));
}

/** To be kept as a secret. */
export const secretText = ({ kind, name, secret }: Key): string =>
  `PRIVATE+KEY+${written(name, kind, publicOf(kind, secret), secret)}`;

export function readSecret(text: string): Key {
  if (!text.startsWith('PRIVATE+KEY+')) throw new Error('not a key that signs');
  const { name, kind, bytes, id } = read(text.slice('PRIVATE+KEY+'.length));
  if (Buffer.compare(idOf(name, kind, publicOf(kind, bytes)), id) !== 0)
    throw new Error('the id of a key is not its own');
  return { name, kind, secret: bytes };
}

export function signerOf(key: Key): Signer {
  const { name, kind, secret } = key;
  const id = idOf(name, kind, publicOf(kind, secret));
  if (kind === 'sm2') {
    const [hex, publicKey] = [Buffer.from(secret).toString('hex'), Buffer.from(publicOf(kind, secret)).toString('hex')];
    const options = { hash: true, der: true, publicKey };
    return { name, id, sign: (text) => Buffer.from(sm2.doSignature(Buffer.from(text), hex, options), 'hex') };
  }
  const own = privateKey(secret);
  return { name, id, sign: (text) => sign(null, Buffer.from(text), own) };
}

export function verifierOf(text: string): Verifier & { kind: Kind } {
  const { name, kind, bytes, id } = read(text);
  if (Buffer.compare(idOf(name, kind, bytes), id) !== 0) throw new Error('the id of a key is not its own');
  if (kind === 'sm2') {
    const publicKey = Buffer.from(bytes).toString('hex');
    const right = (text: string, signature: Uint8Array) =>
      sm2.doVerifySignature(Buffer.from(text), Buffer.from(signature).toString('hex'), publicKey, {
        hash: true,
        der: true,
      });
    return { kind, name, id, verify: (text, signature) => quiet(() => right(text, signature)) };
  }
  const key = publicKey(bytes);
  const verifies = (text: string, signature: Uint8Array) => verify(null, Buffer.from(text), key, signature);
  if (kind === 'ed25519') return { kind, name, id, verify: verifies };
  return {
    ...{ kind, name, id },
    verify: (text, signature) =>
      signature.length === 72 && verifies(cosigned(text, timeOf(signature)), signature.subarray(8)),
  };
}

/** What a witness signs: the time, then the checkpoint. */
export const cosigned = (text: string, time: number): string => `cosignature/v1\ntime ${time}\n${text}`;
/** The seconds since 1970 at the beginning of a cosignature. */
export const timeOf = (signature: Uint8Array): number => Number(Buffer.from(signature).readBigUInt64BE(0));

/** A witness's signature of a checkpoint at a time. */
export function cosign(key: Key, text: string, at: Date): { name: string; id: Uint8Array; signature: Uint8Array } {
  const time = Math.floor(at.getTime() / 1000);
  const head = Buffer.alloc(8);
  head.writeBigUInt64BE(BigInt(time));
  const { name, id, sign } = signerOf({ ...key, kind: 'cosignature' });
  return { name, id, signature: Buffer.concat([head, sign(cosigned(text, time))]) };
}

/** The verifier key of a witness, from the Ed25519 verifier key of its own log: the same key under another kind. */
export function cosignerOf(text: string): string {
  const { name, kind, bytes } = read(text);
  if (kind !== 'ed25519') throw new Error('only an Ed25519 key witnesses');
  return written(name, 'cosignature', bytes, bytes);
}

export function publicOf(kind: Kind, secret: Uint8Array): Uint8Array {
  if (kind === 'sm2') return Buffer.from(sm2.getPublicKeyFromPrivateKey(Buffer.from(secret).toString('hex')), 'hex');
  const { x } = createPublicKey(privateKey(secret)).export({ format: 'jwk' });
  return Buffer.from(x as string, 'base64url');
}

/** What stands before the 32 bytes of an Ed25519 seed in PKCS #8. */
const seedHead = Buffer.from('302e020100300506032b657004220420', 'hex');
const privateKey = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([seedHead, seed]), format: 'der', type: 'pkcs8' });
const publicKey = (bytes: Uint8Array): KeyObject =>
  createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(bytes).toString('base64url') },
    format: 'jwk',
  });

function written(name: string, kind: Kind, open: Uint8Array, bytes: Uint8Array): string {
  const id = Buffer.from(idOf(name, kind, open)).toString('hex');
  return `${name}+${id}+${Buffer.concat([kinds[kind], bytes]).toString('base64')}`;
}

function read(text: string) {
  const [, name = '', id = '', encoded = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const all = Buffer.from(encoded, 'base64');
  const kind = kindNames.find((one) => all.subarray(0, kinds[one].length).equals(kinds[one]));
  if (!kind) throw new Error('not a key of a kind known here');
  return { name, kind, id: Buffer.from(id, 'hex'), bytes: all.subarray(kinds[kind].length) };
}

/** What throws on bytes it cannot read says no. */
function quiet(ask: () => boolean): boolean {
  try {
    return ask();
  } catch {
    return false;
  }
}
