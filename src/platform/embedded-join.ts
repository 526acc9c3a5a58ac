import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { prepareHome } from './embedded-home.ts';
import type { Log } from './log.ts';

/**
 * The address of the database that a Tongban on this folder has running, so that a command can work beside it.
 * Nothing when none answers.
 */
export async function runningEmbedded(folder: string, log: Log): Promise<string | undefined> {
  try {
    const { cluster } = prepareHome(folder, log);
    const [, , , port] = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n');
    const password = await readFile(join(cluster, 'tongban.password'), 'utf8');
    const url = `postgres://tongban:${password}@127.0.0.1:${Number(port)}/tongban`;
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.end();
    return url;
  } catch {
    return undefined;
  }
}
