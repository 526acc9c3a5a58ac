import { type ChildProcess, spawn } from 'node:child_process';
import { timingSafeEqual } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type KeyHolder, wrappedByKms } from './vault-master.ts';
import { NotOpened, suites } from './vault-suite.ts';

type Operation = 'wrap' | 'unwrap';

const mostMilliseconds = 20_000;
const mostAnswer = 16 * 1024;
const checkBytes = 32;

/**
 * The master key of a key management system (KMS), asked by a program of whoever runs the node: started anew for each
 * key as `PROGRAM wrap CONTEXT` or `PROGRAM unwrap CONTEXT`, with base64 on its standard input and output. Beside what
 * it wraps lies a keyed hash of the context under the data key itself: a key that is not the one it was is never used.
 */
export function openKms(program: string, milliseconds = mostMilliseconds): KeyHolder {
  const ask = (operation: Operation, context: string, given: Buffer) =>
    answerOf({ program, operation, context, given, milliseconds });
  const unwrap = async (wrapped: Buffer, context: string): Promise<Buffer> => {
    if (wrapped[0] !== wrappedByKms)
      throw new Error(
        'the data keys are wrapped by a master key in a file or in TONGBAN_MASTER_KEY: start with that one, change-master-key moves them to the KMS',
      );
    const check = wrapped.subarray(1, 1 + checkBytes);
    const key = await ask('unwrap', context, wrapped.subarray(1 + checkBytes));
    if (check.length !== checkBytes || !timingSafeEqual(check, checkOf(key, context))) throw new NotOpened();
    return key;
  };
  return {
    async wrap(key, context) {
      const made = await ask('wrap', context, key);
      if (made.includes(key)) throw failed(program, 'wrap', 'gave the key back as it was');
      const wrapped = Buffer.concat([Buffer.from([wrappedByKms]), checkOf(key, context), made]);
      // A key that cannot be had back would take along everything that is sealed with it.
      await unwrap(wrapped, context).catch((error) => {
        throw error instanceof NotOpened ? failed(program, 'unwrap', 'does not give back what it wrapped') : error;
      });
      return wrapped;
    },
    unwrap,
  };
}

const checkOf = (key: Buffer, context: string) => suites['sm4-ctr-hmac-sm3'].mac(key, Buffer.from(context));

/** What the program is, and what is wrong; never what it was given or what it said, which may be a key. */
function failed(program: string, operation: Operation, why: string): Error {
  return new Error(
    `the KMS program ${program} ${why} (${operation}). Try it by hand, as docs/protection.md says under "A key management system"`,
  );
}

type Asked = { program: string; operation: Operation; context: string; given: Buffer; milliseconds: number };

async function answerOf(asked: Asked): Promise<Buffer> {
  const { program, operation } = asked;
  const wrong = await flawOf(program);
  if (wrong) throw failed(program, operation, wrong);
  const text = (await said(asked)).replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) throw failed(program, operation, 'answered something that is not base64');
  return Buffer.from(text, 'base64');
}

const byOthers = 0o022;
const ownOnly = 0o1000;

/** Whoever can change the program, or put another one in its place, can read every key. */
async function flawOf(program: string): Promise<string | undefined> {
  const found = await stat(program).catch(() => undefined);
  if (!found?.isFile()) return 'is not there';
  if (found.mode & byOthers) return 'can be changed by others: chmod go-w';
  for (const folder of [dirname(program), dirname(await realpath(program))]) {
    const { mode } = await stat(folder);
    if (mode & byOthers && !(mode & ownOnly)) return 'lies in a folder that can be changed by others: chmod go-w';
  }
  return undefined;
}

function said({ program, operation, context, given, milliseconds }: Asked): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [operation, context], {
      stdio: ['pipe', 'pipe', 'ignore'],
      cwd: '/',
      env: withoutOurs(process.env),
      detached: true,
    });
    const fail = (why: string) => {
      clearTimeout(timer);
      end(child);
      reject(failed(program, operation, why));
    };
    const timer = setTimeout(fail, milliseconds, `did not answer within ${milliseconds / 1000} seconds`);
    let text = '';
    child.on('error', ({ code }: NodeJS.ErrnoException) => fail(`cannot be started: ${code}`));
    // It may end without reading; how it ended says the rest.
    child.stdin.on('error', () => undefined);
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.length > mostAnswer) fail('answered far more than a key');
    });
    child.on('close', (code, signal) => {
      if (code !== 0) fail(`ended with ${code ?? signal}`);
      clearTimeout(timer);
      resolve(text);
    });
    child.stdin.end(`${given.toString('base64')}\n`);
  });
}

/** Ends the program and whatever it has started: they are a process group of their own. */
function end(child: ChildProcess): void {
  child.stdout?.destroy();
  try {
    if (child.pid) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** The program may need settings of its own; the passwords and keys among ours are none of its business. */
function withoutOurs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(TONGBAN_|PG|DATABASE_URL$)/.test(name)));
}
