import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, type Signed, signIn } from '../../bench/product.ts';
import { answers, liantang, situation, subject } from '../support/newborn.ts';
import { freePort, readyAt, start } from '../support/product.ts';

/** Everything is killed while cases come in. What was answered with a number is there after the next start. */
let folder: string;
let product: ChildProcess;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongban-kill-'));
  await chmod(folder, 0o755);
});
afterAll(async () => {
  if (product.exitCode === null && product.signalCode === null) {
    product.kill('SIGTERM');
    await once(product, 'exit');
  }
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<{ base: string; clerk: Signed }> {
  product = start(folder, await freePort(), { TONGBAN_DEMO_CASES: '0', LOG_LEVEL: 'error' });
  const base = await readyAt(product);
  return { base, clerk: await signIn(base, 'clerk-liantang') };
}

const application = (index: number) => ({
  commandId: `kill-${index}`,
  division: liantang,
  subject,
  situation,
  answers,
  papers: ['delivery_record'],
  consent: true,
  applicant: {
    name: '陈志远',
    idCard: '360121199503120013',
    phone: '13800000001',
    address: answers.child_home_address,
  },
});

async function killEverything(): Promise<void> {
  const [postmaster = ''] = (await readFile(join(folder, 'postgres', 'postgres', 'postmaster.pid'), 'utf8')).split(
    '\n',
  );
  const gone = once(product, 'exit');
  product.kill('SIGKILL');
  process.kill(Number(postmaster), 'SIGKILL');
  await gone;
}

test('nothing that was acknowledged is lost when everything is killed while cases come in', async () => {
  const { base, clerk } = await open();
  const acknowledged: string[] = [];
  let killed: Promise<void> | undefined;
  let next = 0;
  const applicant = async () => {
    while (!killed) {
      const made = await call<{ number: string }>(base, clerk, 'POST', '/api/v1/cases', application(next++)).catch(
        () => undefined,
      );
      if (made) acknowledged.push(made.number);
      if (acknowledged.length >= 30) killed ??= killEverything();
    }
  };
  await Promise.all(Array.from({ length: 6 }, applicant));
  await killed;
  expect(acknowledged.length).toBeGreaterThanOrEqual(30);

  const after = await open();
  for (const number of acknowledged) {
    const found = await call<{ status: string; events: unknown[] }>(
      after.base,
      after.clerk,
      'GET',
      `/api/v1/cases/${number}`,
    );
    expect(found.status).toBe('submitted');
    expect(found.events.length).toBe(1);
  }
});
