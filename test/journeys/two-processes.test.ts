import { type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { send } from '../../bench/load.ts';
import { call, type Signed, signIn } from '../../bench/product.ts';
import { runningEmbedded } from '../../src/platform/embedded-join.ts';
import { openLog } from '../../src/platform/log.ts';
import { answers, liantang, situation, subject } from '../support/newborn.ts';
import { freePort, readyAt, start } from '../support/product.ts';

/**
 * One database and two processes behind no balancer: what a county that wants no downtime runs. Each test asks both, and
 * a session that began at one is used at the other.
 */
let folder: string;
let processes: ChildProcess[];
let both: [string, string];

type CaseAnswer = { number: string; status: string; branches: { item: string; agency: string; status: string }[] };
type Told = { status: number; body: { code?: string; title?: string } };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongban-two-'));
  await chmod(folder, 0o755); // started by root, PostgreSQL runs as another user
  const quiet = { TONGBAN_DEMO_CASES: '0', LOG_LEVEL: 'error' };
  const first = start(folder, await freePort(), quiet);
  processes = [first];
  const base = await readyAt(first);
  const url = await runningEmbedded(join(folder, 'postgres'), openLog('error'));
  if (!url) throw new Error('the database of the first process does not answer');
  const second = start(folder, await freePort(), { ...quiet, DATABASE_URL: url });
  processes.push(second);
  both = [base, await readyAt(second)];
}, 240_000);
afterAll(async () => {
  // The second first: the database ends with the process that started it.
  for (const process of processes.reverse()) {
    const gone = once(process, 'exit');
    process.kill('SIGTERM');
    await gone;
  }
  await rm(folder, { recursive: true, force: true });
});

let entered = 0;
async function enter(base: string, clerk: Signed): Promise<CaseAnswer> {
  const applicant = {
    ...{ name: '陈志远', idCard: '360121199503120013', phone: '13800000001', address: answers.child_home_address },
  };
  const given = { division: liantang, subject, situation, answers, papers: ['delivery_record'], consent: true };
  return call(base, clerk, 'POST', '/api/v1/cases', { ...given, commandId: `two-processes-${entered++}`, applicant });
}

let acted = 0;
async function act(base: string, who: Signed, number: string, command: object): Promise<Told> {
  const { headers } = who;
  const body = JSON.stringify({ command, commandId: `two-processes-act-${acted++}` });
  const answer = await send(`${base}/api/v1/cases/${number}/commands`, { method: 'POST', headers, body });
  return { status: answer.status, body: JSON.parse(answer.body.toString()) };
}

describe('two processes on one database', () => {
  test('take a session that began at the other, and end it for both', async () => {
    const [here, there] = both;
    const clerk = await signIn(here, 'clerk-liantang');
    expect((await send(`${there}/api/v1/queue`, { headers: clerk.headers })).status).toBe(200);
    const { 'content-type': _, ...bare } = clerk.headers;
    expect((await send(`${here}/api/v1/session`, { method: 'DELETE', headers: bare })).status).toBe(204);
    await expect.poll(async () => (await send(`${there}/api/v1/queue`, { headers: clerk.headers })).status).toBe(401);
  });

  test('let one of two claim, and tell the other who has it; what one has changed, the other goes on with', async () => {
    const [here, there] = both;
    const clerk = await signIn(here, 'clerk-liantang');
    const [doctor, colleague] = [await signIn(here, 'approver-health'), await signIn(there, 'lead-health')];
    for (let round = 0; round < 10; round++) {
      const { number } = await enter(round % 2 === 0 ? here : there, clerk);
      const accepted = await Promise.all(both.map((base) => act(base, clerk, number, { type: 'accept' })));
      expect(accepted.map(({ status }) => status).sort()).toEqual([200, 409]);
      const file = await call<CaseAnswer>(there, clerk, 'GET', `/api/v1/cases/${number}`);
      const open = file.branches.filter(({ status }) => status === 'open');
      const { item } = open.find(({ agency }) => agency === '360121-health') ?? { item: '' };
      const claim = { type: 'claim', item };
      const claims = await Promise.all([act(here, doctor, number, claim), act(there, colleague, number, claim)]);
      expect(claims.map(({ status }) => status).sort()).toEqual([200, 409]);
      const [winner, loser] = claims[0]?.status === 200 ? [doctor, colleague] : [colleague, doctor];
      const name = winner === doctor ? '罗静怡' : '谢国平';
      expect(claims.find(({ status }) => status === 409)?.body.title).toContain(name);
      // Handed back where it was not claimed, and taken by the other at once.
      const [elsewhere, back] = winner === doctor ? [there, here] : [here, there];
      expect((await act(elsewhere, winner, number, { type: 'release', item })).status).toBe(200);
      expect((await act(back, loser, number, claim)).status).toBe(200);
    }
  });

  test('count every case once, and keep one log of acts', async () => {
    const [here, there] = both;
    const supervisor = await signIn(here, 'supervisor');
    const figures = async (base: string) => {
      const { total } = await call<{ total: unknown }>(base, supervisor, 'GET', '/api/v1/watch/figures');
      return JSON.stringify(total);
    };
    const submitted = new RegExp(`"submitted"[^}]*"value":${entered}\\b`);
    await expect.poll(() => figures(here)).toMatch(submitted);
    expect(await figures(there)).toBe(await figures(here));
    const checkpoint = async (base: string) => (await send(`${base}/ledger/checkpoint`)).body.toString();
    await expect.poll(async () => (await checkpoint(here)) === (await checkpoint(there))).toBe(true);
    const cli = join(import.meta.dirname, '../../dist/cli.js');
    const env = {
      ...process.env,
      TONGBAN_DATA: folder,
      DATABASE_URL: undefined,
      TONGBAN_DEMO: 'on',
      VITEST: undefined,
    };
    const verified = spawnSync(process.execPath, [cli, 'ledger', 'verify'], { env, encoding: 'utf8' });
    expect(verified.status, verified.stdout + verified.stderr).toBe(0);
  });
});
