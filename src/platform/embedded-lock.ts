import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Keeps two Tongbans from using one data folder. The file names the process that holds it by number and by the moment
 * it began, because numbers are given again after a crash. Resolves to the function that lets go.
 */
export async function claim(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, 'tongban.lock');
  const mine = `${process.pid} ${identity(process.pid)}\n`;
  const draft = `${file}.${process.pid}`;
  try {
    await writeFile(draft, mine, { mode: 0o644 });
  } catch (error) {
    throw new Error(`the data folder ${folder} cannot be written: ${(error as Error).message}`, { cause: error });
  }
  try {
    await link(draft, file).catch(() => takeOver(folder, file, draft, mine));
  } finally {
    await rm(draft, { force: true });
  }
  return async () => {
    if ((await readFile(file, 'utf8').catch(() => '')) === mine) await rm(file, { force: true });
  };
}

async function takeOver(folder: string, file: string, draft: string, mine: string): Promise<void> {
  const refuse = (pid: string | undefined) =>
    new Error(
      `Tongban is already running on ${folder} (process ${pid}); stop it first, or set TONGBAN_DATA to another folder`,
    );
  const held = await readFile(file, 'utf8').catch(() => '');
  const [pid, ...began] = held.trim().split(' ');
  if (pid && identity(Number(pid)) === began.join(' ')) throw refuse(pid);
  await rename(draft, file);
  // Two processes may have found the same dead holder: the last to rename stays, the other reads a name not its own.
  await sleep(50);
  const now = await readFile(file, 'utf8').catch(() => '');
  if (now !== mine) throw refuse(now.split(' ')[0]);
}

/** When the process began, in a form that no later process of the same number shares; undefined when it is gone. */
function identity(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux')
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    if (fields[0] === 'Z') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

/**
 * The PostgreSQL processes that still work in this cluster, its leader first: what is left when the Tongban that
 * started them was killed. They are known by their working directory, which nothing else can share by accident.
 */
export function leftovers(cluster: string): number[] {
  const leader = leaderOf(cluster);
  if (process.platform !== 'linux') return leader && commandOf(leader).includes(cluster) ? [leader] : [];
  const found = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && worksIn(name, cluster))
    .map(Number);
  return found.sort((a, b) => Number(b === leader) - Number(a === leader));
}

function leaderOf(cluster: string): number | undefined {
  try {
    return Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return undefined;
  }
}

function worksIn(pid: string, cluster: string): boolean {
  try {
    return (
      readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === cluster
    );
  } catch {
    return false;
  }
}

function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/** Ends what is left of an earlier PostgreSQL, politely first, and clears the mark it left. Nothing committed is lost either way. */
export async function endLeftovers(cluster: string): Promise<number> {
  const first = leftovers(cluster);
  await endAll(cluster, first.slice(0, 1), 'SIGINT', 15_000);
  await endAll(cluster, leftovers(cluster), 'SIGQUIT', 5_000);
  await endAll(cluster, leftovers(cluster), 'SIGKILL', 5_000);
  const still = leftovers(cluster);
  if (still.length > 0)
    throw new Error(`PostgreSQL (process ${still[0]}) still uses ${cluster} and does not stop; end it first`);
  // A number in it may belong to an unrelated process by now, which would keep PostgreSQL from starting.
  await rm(join(cluster, 'postmaster.pid'), { force: true });
  return first.length;
}

async function endAll(cluster: string, pids: number[], signal: NodeJS.Signals, patience: number): Promise<void> {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // gone in the meantime
    }
  }
  const until = performance.now() + patience;
  while (pids.length > 0 && leftovers(cluster).length > 0 && performance.now() < until) await sleep(20);
}
