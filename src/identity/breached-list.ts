import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

/** Whether a password is known from a breach of somebody's system. */
export type BreachedList = { has(password: string): Promise<boolean> };

/**
 * A list of breached passwords as Pwned Passwords offers it for download: one line each, `SHA-1 in hexadecimal:how often`,
 * in the order of the hashes. The whole list has some forty gigabytes, so it stays on disk and each question reads about
 * thirty short pieces of it. Without a file nothing is known. Throws when the file cannot be read or is another list.
 */
export async function openBreachedList(path?: string): Promise<BreachedList> {
  if (!path) return { has: async () => false };
  if (!(await reading(path, (file) => lineFrom(file, 0))))
    throw new Error(`${path}: the first line is not HASH:COUNT, so this is no list of breached passwords`);
  return {
    has(password) {
      const wanted = createHash('sha1').update(password).digest('hex').toUpperCase();
      return reading(path, async (file) => search(file, (await file.stat()).size, wanted));
    },
  };
}

/** New passwords are rare: the file is opened for each, and may be replaced by a newer one at any time. */
async function reading<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path);
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

/** Halves the file by bytes: the line looked at is the first that begins at or after the middle. */
async function search(file: FileHandle, size: number, wanted: string): Promise<boolean> {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const line = await lineFrom(file, middle);
    if (line?.hash === wanted) return true;
    if (line && line.hash < wanted) low = line.end;
    else high = middle;
  }
  return false;
}

/** The longest line: forty digits, a colon, a count, and the end of a line as Windows writes it. */
const longest = 64;
const shape = /^([0-9A-F]{40}):\d+\r?$/i;

/** The first line that begins at `from` or after it; nothing at the end of the file. */
async function lineFrom(file: FileHandle, from: number): Promise<{ hash: string; end: number } | undefined> {
  // One byte earlier, to see whether a line ends just there.
  const start = Math.max(0, from - 1);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2 * longest), 0, 2 * longest, start);
  const text = buffer.toString('latin1', 0, bytesRead);
  const begin = from === 0 ? 0 : text.indexOf('\n') + 1;
  if (from > 0 && begin === 0) return undefined;
  const newline = text.indexOf('\n', begin);
  const end = newline < 0 ? text.length : newline;
  const hash = shape.exec(text.slice(begin, end))?.[1];
  return hash ? { hash: hash.toUpperCase(), end: start + end + 1 } : undefined;
}
