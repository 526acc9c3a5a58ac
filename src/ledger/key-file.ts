import { generateKeyPairSync } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sm2 } from 'sm-crypto-v2';
import type { Log } from '../platform/door.ts';
import { type Key, readSecret, secretText } from './keys.ts';

/**
 * The keys of the log: from the environment when given there, otherwise from the file, which is made on first start.
 * Whoever has them can sign another history, and without them no checkpoint can be signed: keep a copy apart.
 */
export async function loadKeys(options: { file: string; given?: string; origin: string; log: Log }): Promise<Key[]> {
  const { file, given, origin, log } = options;
  const lines = (given ?? (await kept(file, origin, log))).split(/\s+/).filter((line) => line !== '');
  return lines.map(readSecret);
}

async function kept(file: string, origin: string, log: Log): Promise<string> {
  const there = await existing(file, log);
  if (there !== undefined) return there;
  await mkdir(dirname(file), { recursive: true });
  const text = makeKeys(origin)
    .map((key) => `${secretText(key)}\n`)
    .join('');
  // Another process may have been faster; then its keys count.
  await writeFile(file, text, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return readFile(file, 'utf8');
}

async function existing(file: string, log: Log): Promise<string | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    const { mode } = await stat(file);
    if (mode & 0o077) log.warn({ code: 'ledger-keys-readable', file });
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** New keys for a log: Ed25519, which the public format asks for, and SM2 beside it. */
export function makeKeys(origin: string): Key[] {
  const { d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return [
    { kind: 'ed25519', name: origin, secret: Buffer.from(d as string, 'base64url') },
    { kind: 'sm2', name: origin, secret: Buffer.from(sm2.generateKeyPairHex().privateKey, 'hex') },
  ];
}
