import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A program of a folder of its own, as a shell script of these lines; gives its whole path. */
export async function aProgram(lines: string, mode = 0o700): Promise<string> {
  const program = join(await mkdtemp(join(tmpdir(), 'tongban-kms-')), 'kms');
  await writeFile(program, `#!/bin/sh\n${lines}\n`, { mode });
  return program;
}

/** A key management system with a master key of its own, and what it was asked so far. */
export async function aKms(): Promise<{ program: string; asked: () => Promise<string[]> }> {
  const folder = await mkdtemp(join(tmpdir(), 'tongban-kms-'));
  await writeFile(join(folder, 'key'), randomBytes(32), { mode: 0o600 });
  const peer = resolve(import.meta.dirname, 'kms-peer.mjs');
  return {
    program: await aProgram(`exec '${process.execPath}' '${peer}' '${folder}' "$@"`),
    asked: async () => (await readFile(join(folder, 'asked'), 'utf8')).split('\n').slice(0, -1),
  };
}
