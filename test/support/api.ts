import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApp } from '../../src/app.ts';
import { type House, openHouse } from '../../src/house.ts';
import type { StaffActor } from '../../src/identity/door.ts';
import type { TrailRow } from '../../src/ledger/door.ts';
import type { Config } from '../../src/platform/config.ts';
import { type Log, openLog } from '../../src/platform/log.ts';
import { demoConfig } from './config.ts';
import { atEnd } from './endings.ts';
import { countyDatabase, testDatabaseUrl } from './testdb.ts';

const root = join(import.meta.dirname, '../..');

/** Every request that makes something is one of its own, unless a test gives it an id. */
let sent = 0;

/** What came back; `body` is the JSON there was, if it was JSON. */
export type Answer<Body = Record<string, unknown>> = { status: number; type: string; body: Body; text: string };
export type Client = {
  csrf: string;
  cookie: string;
  call<Body = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<Body>>;
};
export type Product = {
  house: House;
  app: Awaited<ReturnType<typeof openApp>>;
  /** Signs somebody in through the interface; without a name, a visitor with a token. `device` is the cookie of an enrolled one. */
  as(persona?: string, device?: string): Promise<Client>;
  /** Somebody who works for the demo county, as rooms are asked by them. */
  staff(login: string): Promise<StaffActor>;
  /** The latest entry of a kind in the trail, as the audit administrator finds it. */
  entries(what: string): Promise<TrailRow[]>;
};

/** A clock that goes on with every look at it, so that the trail has an order. */
export function ticking(): () => Date {
  let looks = 0;
  return () => new Date(Date.parse('2026-06-10T02:00:00.000Z') + 10 * looks++);
}

/** The whole product in this process, on a database of its own, at a moment that stands still unless a clock is given. */
export async function openProduct(
  now: string | (() => Date) = '2026-06-10T02:00:00.000Z',
  more: Partial<Config> = {},
  log: Log = openLog('silent'),
  /** Another way to the same database. */
  by: (url: string) => Promise<string> = async (url) => url,
  /** Another folder with what the product reads. */
  folder = root,
  /** Puts something into the data folder before the start. */
  prepare = async (_data: string) => {},
): Promise<Product> {
  const { url: straight, data } = more.demo === false || more.ledgerOrigin ? await emptyNode() : await countyDatabase();
  const url = await by(straight);
  await prepare(data);
  const config = { ...demoConfig(data, url), ...more };
  const house = await openHouse({
    config,
    url,
    root: folder,
    log,
    clock: typeof now === 'string' ? () => new Date(now) : now,
  });
  const app = await openApp(house);
  atEnd(async () => {
    await app.close();
    await house.close();
  });

  const client = (cookie: string, csrf: string): Client => ({
    csrf,
    cookie,
    async call<Body>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const payload = body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body);
      const json = body === undefined || Buffer.isBuffer(body) ? {} : { 'content-type': 'application/json' };
      const once = method === 'POST' ? { 'idempotency-key': `test-request-${sent++}` } : {};
      const answer = await app.inject({
        method: method as 'GET',
        url: path,
        payload: payload as string | undefined,
        headers: { ...json, ...once, cookie, 'x-csrf-token': csrf, ...headers },
      });
      const type = String(answer.headers['content-type'] ?? '');
      const read = type.includes('json') ? (JSON.parse(answer.payload) as Body) : ({} as Body);
      return { status: answer.statusCode, type, body: read, text: answer.payload };
    },
  });
  const staff = async (login: string) => {
    const { region } = config;
    const actor = await house.identity.staff.actor(region, `${region}-${login}`, house.clock());
    if (!actor) throw new Error(`nobody is called ${login}`);
    return actor;
  };
  return {
    house,
    app,
    staff,
    entries: async (what) => house.audit.search(await staff('audit-admin'), { what }, 1),
    async as(persona, device = '') {
      const first = await app.inject({ url: '/api/v1/session', headers: { cookie: device } });
      const also = (cookies: string) => [device, cookies].filter(Boolean).join('; ');
      const { csrf: token } = first.json() as { csrf: string };
      const guest = client(also(cookiesOf(first.headers['set-cookie'])), token);
      if (!persona) return guest;
      const signedIn = await app.inject({
        ...{ method: 'POST', url: '/api/v1/session', payload: { persona } },
        headers: { cookie: guest.cookie, 'x-csrf-token': guest.csrf },
      });
      if (signedIn.statusCode !== 200) throw new Error(`sign-in as ${persona}: ${signedIn.payload}`);
      const { csrf } = signedIn.json() as { csrf: string };
      return client(also(cookiesOf(signedIn.headers['set-cookie'])), csrf);
    },
  };
}

async function emptyNode(): Promise<{ url: string; data: string }> {
  const data = await mkdtemp(join(tmpdir(), 'tongban-api-'));
  atEnd(() => rm(data, { recursive: true, force: true }));
  return { url: await testDatabaseUrl(), data };
}

function cookiesOf(header: string | string[] | undefined): string {
  return [header ?? []]
    .flat()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
