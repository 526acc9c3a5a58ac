import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Home } from './embedded-home.ts';
import type { Log } from './log.ts';

/** Makes the cluster beside its place and moves it there when whole, so that a kill in the middle leaves nothing half. */
export async function initialise(home: Home, log: Log, durable: boolean): Promise<void> {
  const began = performance.now();
  await clearDrafts(home.cluster);
  // A name of its own: an initdb whose Tongban was killed may still be writing into the draft of that time.
  const draft = `${home.cluster}.new-${randomBytes(4).toString('hex')}`;
  const secret = `${draft}.secret`;
  const password = randomBytes(24).toString('hex');
  await mkdir(draft, { mode: 0o700 });
  await writeFile(secret, password, { mode: 0o600 });
  if (home.as) for (const path of [draft, secret]) await chown(path, home.as.uid, home.as.gid);
  const args = ['-D', draft, '-U', 'tongban', '--auth=scram-sha-256', `--pwfile=${secret}`, '--encoding=UTF8'];
  // Sorting by code point is the same on every machine; letters are Unicode's, so that trigrams see Chinese.
  args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C');
  if (!durable) args.push('--no-sync');
  const failed = await initdb(home, [...args, '--lc-ctype=C.UTF-8']);
  const why = failed && (await initdb(home, args)); // a system without C.UTF-8
  await rm(secret, { force: true });
  if (why) throw new Error(`the database could not be made in ${home.cluster}: ${why}`);
  await keepPassword(join(draft, 'tongban.password'), password, home.as);
  await rename(draft, home.cluster);
  if (durable) await syncFolder(dirname(home.cluster));
  log.info({ code: 'database-made', folder: home.cluster, ms: Math.round(performance.now() - began) });
}

async function clearDrafts(cluster: string): Promise<void> {
  const drafts = (await readdir(dirname(cluster))).filter((name) => name.startsWith(`${basename(cluster)}.new-`));
  for (const name of drafts)
    await rm(join(dirname(cluster), name), { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
}

async function initdb(home: Home, args: string[]): Promise<string> {
  const child = spawn(home.bin('initdb'), args, {
    ...home.as,
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (text) => (complaint += text));
  const [code] = await once(child, 'close');
  return code === 0 ? '' : complaint.trim() || `initdb ended with ${code}`;
}

async function keepPassword(file: string, password: string, as: Home['as']): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  await handle.writeFile(password);
  if (as) await handle.chown(as.uid, as.gid);
  await handle.sync();
  await handle.close();
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  await handle.sync();
  await handle.close();
}
