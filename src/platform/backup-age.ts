import { readFile, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';

/**
 * Backups are locked as the program `age` locks files (age-encryption.org/v1), so that one can be opened without us: for
 * public keys (`age1…`), whose secret key need not be on the machine that makes backups, or with a passphrase.
 */
export type Lock = { recipients: string[] } | { passphrase: string };
export type Opener = { identities: string[] } | { passphrase: string };

const shortest = 16;
type Env = Record<string, string | undefined>;

/** What to lock with, from the environment. Errors say what to set. */
export function lockFrom(env: Env): Lock {
  const recipients = (env.TONGBAN_BACKUP_TO ?? '').split(/[\s,]+/).filter((one) => one !== '');
  const passphrase = passphraseFrom(env);
  if (recipients.length > 0 && passphrase)
    throw new Error('set TONGBAN_BACKUP_TO or TONGBAN_BACKUP_PASSPHRASE, not both');
  if (passphrase) return { passphrase };
  if (recipients.length === 0)
    throw new Error(
      'a backup is never written in clear: set TONGBAN_BACKUP_TO to a public key (backup new-key FILE makes one) or TONGBAN_BACKUP_PASSPHRASE',
    );
  return { recipients };
}

/** What to open with, from the environment: the file of a secret key, or the passphrase. */
export async function openerFrom(env: Env): Promise<Opener> {
  const file = env.TONGBAN_BACKUP_KEY_FILE;
  if (file) {
    const lines = (await readFile(file, 'utf8')).split(/\r?\n/).map((line) => line.trim());
    const identities = lines.filter((line) => line.startsWith('AGE-SECRET-KEY-'));
    if (identities.length === 0) throw new Error(`${file} holds no secret key (AGE-SECRET-KEY-…)`);
    return { identities };
  }
  const passphrase = passphraseFrom(env);
  if (!passphrase)
    throw new Error('set TONGBAN_BACKUP_KEY_FILE to the file of the secret key, or TONGBAN_BACKUP_PASSPHRASE');
  return { passphrase };
}

function passphraseFrom(env: Env): string | undefined {
  const passphrase = env.TONGBAN_BACKUP_PASSPHRASE;
  if (passphrase && passphrase.length < shortest)
    throw new Error(`TONGBAN_BACKUP_PASSPHRASE must have ${shortest} characters or more`);
  return passphrase || undefined;
}

/** A new pair of keys: the secret one is written to a new file, only its owner may read it; gives the public one. */
export async function newBackupKey(file: string, at: Date): Promise<string> {
  // Not the post-quantum kind: the `age` that systems ship today could not open it.
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const text = `# created: ${at.toISOString()}\n# public key: ${recipient}\n${identity}\n`;
  await writeFile(file, text, { mode: 0o600, flag: 'wx', flush: true });
  return recipient;
}

export async function locked(plain: Readable, lock: Lock): Promise<Readable> {
  const encrypter = new Encrypter();
  if ('passphrase' in lock) encrypter.setPassphrase(lock.passphrase);
  else for (const recipient of lock.recipients) encrypter.addRecipient(recipient);
  return fromWeb(await encrypter.encrypt(toWeb(plain)));
}

/** The content; reading it fails when anything was changed or cut off. */
export async function opened(sealed: Readable, opener: Opener): Promise<Readable> {
  const decrypter = new Decrypter();
  if ('passphrase' in opener) decrypter.addPassphrase(opener.passphrase);
  else for (const identity of opener.identities) decrypter.addIdentity(identity);
  return fromWeb(await decrypter.decrypt(toWeb(sealed)));
}

type Bytes = Parameters<Decrypter['decrypt']>[0] & globalThis.ReadableStream<Uint8Array>;
const toWeb = (stream: Readable) => Readable.toWeb(stream) as unknown as Bytes;
const fromWeb = (stream: globalThis.ReadableStream<Uint8Array>) =>
  Readable.fromWeb(stream as unknown as ReadableStream);
