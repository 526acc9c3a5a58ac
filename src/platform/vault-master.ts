import { randomBytes } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type SuiteName, suiteNames, suites } from './vault-suite.ts';

/**
 * Whoever holds the master key wraps and unwraps data keys with it. A key management system (KMS) takes this place: it
 * never gives the master key out. `context` is bound to what is wrapped.
 */
export type KeyHolder = {
  wrap(key: Buffer, context: string): Promise<Buffer>;
  unwrap(wrapped: Buffer, context: string): Promise<Buffer>;
};

const masterBytes = 32;
/** How a data key begins that a KMS has wrapped; others begin with the number of their suite. */
export const wrappedByKms = 0x4b;

/** A master key that lies in a file or came with the environment: 32 bytes. */
export function holderOf(master: Buffer, suite: SuiteName): KeyHolder {
  const key = (name: SuiteName) => suites[name].derive(master, `tongban wrap ${name}`);
  const bound = (context: string) => Buffer.from(`tongban data key ${context}`);
  return {
    async wrap(plain, context) {
      const sealed = suites[suite].seal(key(suite), plain, bound(context));
      return Buffer.concat([Buffer.from([suiteNames.indexOf(suite)]), sealed]);
    },
    async unwrap(wrapped, context) {
      if (wrapped[0] === wrappedByKms) throw new Error('the data keys are wrapped by a KMS: set TONGBAN_KMS_COMMAND');
      const name = suiteNames[wrapped[0] ?? -1];
      if (!name) throw new Error('a data key is wrapped in a way this version does not know');
      return suites[name].open(key(name), wrapped.subarray(1), bound(context));
    },
  };
}

/**
 * The master key: the given one, otherwise the one in the file. A new file is made only for a database without keys:
 * for any other a new key would open nothing, and somebody has to bring the right one back.
 */
export async function readMasterKey(options: { file: string; given?: string; mayMake: boolean }): Promise<Buffer> {
  const { file, given, mayMake } = options;
  if (given) return parseMasterKey(given, 'TONGBAN_MASTER_KEY');
  const there = await kept(file);
  if (there) return there;
  if (!mayMake)
    throw new Error(
      `the database has sealed data, but its master key is not at ${file}: bring it back, or set TONGBAN_MASTER_KEY or TONGBAN_KMS_COMMAND`,
    );
  await mkdir(dirname(file), { recursive: true });
  const text = `${randomBytes(masterBytes).toString('base64url')}\n`;
  // Another process may have been faster; then its key counts.
  await writeFile(file, text, { mode: 0o600, flag: 'wx', flush: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return parseMasterKey(await readFile(file, 'utf8'), file);
}

async function kept(file: string): Promise<Buffer | undefined> {
  try {
    const { mode } = await stat(file);
    if (mode & 0o077) throw new Error(`the master key ${file} can be read by others: chmod 600 ${file}`);
    return parseMasterKey(await readFile(file, 'utf8'), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Reads a master key as it is written down; what cannot be one, or is nobody's secret, is refused. */
export function parseMasterKey(text: string, where: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64url');
  const same = key.every((byte) => byte === key[0]);
  if (key.length !== masterBytes || same) throw new Error(`${where} must be ${masterBytes} random bytes in base64url`);
  return key;
}
