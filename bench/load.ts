import { Agent, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';

/** What a load gave: how many a second, and how long one took, in milliseconds. */
export type Measured = { perSecond: number; p50: number; p95: number; p99: number; count: number; failed: number };

/** Runs `clients` loops at once for some seconds; each does `work` again and again, and every turn is timed. */
export async function load(
  clients: number,
  seconds: number,
  work: (client: number, turn: number) => Promise<boolean>,
): Promise<Measured> {
  const times: number[] = [];
  let failed = 0;
  const start = performance.now();
  const end = start + seconds * 1000;
  const loop = async (client: number) => {
    for (let turn = 0; performance.now() < end; turn++) {
      const begun = performance.now();
      const held = await work(client, turn);
      times.push(performance.now() - begun);
      if (!held) failed++;
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => loop(client)));
  return measured(times, failed, performance.now() - start);
}

/** Begins `work` so many times a second, whether or not the turn before has ended: people who do not wait for each other. */
export async function steady(perSecond: number, seconds: number, work: () => Promise<boolean>): Promise<Measured> {
  const times: number[] = [];
  let failed = 0;
  const start = performance.now();
  const turn = async (index: number) => {
    const due = start + (index * 1000) / perSecond;
    await setTimeout(Math.max(0, due - performance.now()));
    const held = await work();
    // From when it was due: a turn that began late because everything stood still has waited that long too.
    times.push(performance.now() - due);
    if (!held) failed++;
  };
  await Promise.all(Array.from({ length: perSecond * seconds }, (_, index) => turn(index)));
  return measured(times, failed, performance.now() - start);
}

function measured(times: number[], failed: number, elapsed: number): Measured {
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  const perSecond = times.length / (elapsed / 1000);
  return { perSecond, p50: at(0.5), p95: at(0.95), p99: at(0.99), count: times.length, failed };
}

export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer };
// Connections that rest are given up before the server does so: a request on one that just ended would be lost.
const agent = new Agent({ keepAlive: true, maxSockets: 256, timeout: 20_000 });

/** One HTTP request over a connection that is kept. */
export function send(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = {
      ...options.headers,
      ...(options.body ? { 'content-length': String(Buffer.byteLength(options.body)) } : {}),
    };
    const sent = request(url, { method: options.method ?? 'GET', headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(options.body);
  });
}
