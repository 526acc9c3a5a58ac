import { constants } from 'node:fs';
import { access, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';

/** What a system says when there is no more room: the disk, a quota, a limit for files. */
const noRoom = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/**
 * Writes a stream to a new file that is whole and durable when it has its name: it grows beside it as `FILE.part`, which
 * is gone again when anything goes wrong. An error says it in words for the operator.
 */
export async function writeWhole(file: string, content: Readable): Promise<number> {
  content.on('error', () => undefined); // what goes wrong is told where it is read
  if (await isThere(file)) {
    content.destroy();
    throw new Error(`${file} is there already; choose another name`);
  }
  const part = `${file}.part`;
  const handle = await open(part, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    content.destroy();
    if (error.code !== 'EEXIST') throw error;
    throw new Error(`${part} is there: another backup is being written, or one was cut short; then delete it`);
  });
  try {
    let written = 0;
    for await (const chunk of content as AsyncIterable<Buffer>) {
      await handle.writeFile(chunk);
      written += chunk.length;
    }
    await handle.sync();
    await handle.close();
    await rename(part, file);
    await settle(dirname(file));
    return written;
  } catch (error) {
    content.destroy();
    await handle.close().catch(() => undefined);
    await rm(part, { force: true });
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!noRoom.includes(code)) throw error;
    throw new Error(`there is no room left for ${file} (${code}); nothing was kept of it`, { cause: error });
  }
}

/** The name of a new file is durable when its folder is. */
async function settle(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().catch(() => undefined); // not every system lets a folder be synced
  await handle.close();
}

async function isThere(file: string): Promise<boolean> {
  return access(file, constants.F_OK).then(
    () => true,
    () => false,
  );
}
