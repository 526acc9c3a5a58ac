import type { FastifyRequest } from 'fastify';
import { networkOf } from '../identity/door.ts';
import { type Bucket, type Clock, type Http, isEmpty, type Pace, Problem, taken, waitFor } from '../platform/door.ts';

/**
 * How often what may be searched, guessed or filled up: visitors are counted by network (a whole town hall may be one),
 * who is signed in by account, so that a stranger's haste costs nobody else. Signing in counts in `identity/throttle.ts`.
 * House rules: no law names a number. Kept in memory, by each process for itself.
 */
type Limit = {
  network: Pace;
  account: Pace;
  /** Only what was answered so counts: numbers that somebody guesses were not found. */
  counts?: readonly number[];
};
export const rates = {
  search: { network: { burst: 300, perMinute: 600 }, account: { burst: 60, perMinute: 60 } },
  upload: { network: { burst: 60, perMinute: 60 }, account: { burst: 60, perMinute: 30 } },
  /** Asking for a person by ID card, at a counter. */
  person: { network: { burst: 60, perMinute: 60 }, account: { burst: 60, perMinute: 30 } },
  /** Leaving for the provider and coming back: each leaves a row or calls out. A county may be behind one address. */
  provider: { network: { burst: 300, perMinute: 120 }, account: { burst: 30, perMinute: 10 } },
  /** Forms that are begun: each is kept half a year. */
  start: { network: { burst: 60, perMinute: 60 }, account: { burst: 60, perMinute: 10 } },
  number: { network: { burst: 100, perMinute: 60 }, account: { burst: 100, perMinute: 30 }, counts: [404] },
  /**
   * Entering a whole application for somebody: what is sent back says whether a card is known under a name. What is taken in
   * does not count: each is a case under the clerk's name, and a busy morning is no guessing.
   */
  entry: { network: { burst: 60, perMinute: 60 }, account: { burst: 60, perMinute: 30 }, counts: [422] },
  /** Codes that open a device; a few a day are typed in a county. */
  code: { network: { burst: 20, perMinute: 10 }, account: { burst: 20, perMinute: 10 } },
  /** Checks of signatures, and of new passwords, for anybody who asks. */
  check: { network: { burst: 120, perMinute: 120 }, account: { burst: 120, perMinute: 120 } },
} as const satisfies Record<string, Limit>;
export type Rate = keyof typeof rates;

const named: Record<string, Rate> = {
  'GET /search': 'search',
  'GET /api/v1/search': 'search',
  'GET /desk/search': 'search',
  'POST /desk/search': 'search',
  'POST /api/v1/cases/search': 'search',
  'GET /desk/counter': 'search',
  'POST /admin/people': 'search',
  'POST /admin/accounts': 'search',
  'POST /api/v1/admin/staff/search': 'search',
  'POST /api/v1/admin/accounts/search': 'search',
  'POST /admin/trail': 'search',
  'POST /admin/trail/csv': 'search',
  'POST /api/v1/admin/trail/search': 'search',
  'GET /sign-in/provider': 'provider',
  'GET /sign-in/provider/back': 'provider',
  'POST /drafts': 'start',
  'POST /api/v1/drafts': 'start',
  'POST /apply/:draft/materials': 'upload',
  'POST /cases/:number/correct': 'upload',
  'PUT /api/v1/drafts/:draft/files/:material': 'upload',
  'PUT /api/v1/cases/:number/files/:material': 'upload',
  'POST /desk/counter/:kind/:id': 'person',
  'POST /api/v1/persons/search': 'person',
  'POST /api/v1/cases': 'entry',
  'POST /desk/break-glass': 'number',
  'POST /api/v1/break-glass': 'number',
  'POST /admin/holds': 'number',
  'POST /api/v1/admin/holds': 'number',
  'GET /files/:id': 'number',
  'POST /device': 'code',
  'POST /ledger/add-checkpoint': 'check',
  'POST /api/v1/token': 'check',
  'POST /sign-in/start': 'check',
  'POST /api/v1/session/start': 'check',
};
/** The list, for whoever checks it. */
export const limitedRoutes: ReadonlySet<string> = new Set(Object.keys(named));

/** Which limit a route has. An address that names a case or a form is one that can be guessed. */
export function rateOf(method: string, url: string | undefined): Rate | undefined {
  if (url === undefined) return undefined;
  return named[`${method} ${url}`] ?? (/:(number|draft)\b/.test(url) ? 'number' : undefined);
}

/** Whoever goes through a list page by page reads as much as by searching. */
const leafs = ({ query }: FastifyRequest): boolean => {
  const { page = '1' } = query as Record<string, unknown>;
  return page !== '1';
};

/** Buckets kept at most; past that the empty ones go, then the oldest. */
const most = 50_000;

/** Holds every request to the limit of its route, before its body is read. Registered after sessions are known. */
export function limitRoutes(app: Http, clock: Clock): void {
  const buckets = new Map<string, Bucket>();
  const count = (key: string, pace: Pace) => {
    const bucket = taken(buckets.get(key), pace, clock().getTime());
    buckets.delete(key);
    buckets.set(key, bucket);
    if (buckets.size > most) forget(buckets, clock().getTime());
  };
  app.addHook('onRequest', async (request) => {
    const asked = askedOf(request);
    if (!asked) return;
    const seconds = waitFor(buckets.get(asked.key), asked.pace, clock().getTime());
    if (seconds > 0) throw new Problem('too-many-requests', { seconds });
    if (!asked.counts) count(asked.key, asked.pace);
  });
  app.addHook('onResponse', async (request, reply) => {
    const asked = askedOf(request);
    if (asked?.counts?.includes(reply.statusCode)) count(asked.key, asked.pace);
  });
}

function askedOf(request: FastifyRequest): ({ key: string; pace: Pace } & Pick<Limit, 'counts'>) | undefined {
  const rate = rateOf(request.method, request.routeOptions.url) ?? (leafs(request) ? 'search' : undefined);
  if (!rate) return undefined;
  const { network, account, counts }: Limit = rates[rate];
  const actor = request.client ?? request.session?.actor;
  if (!actor || actor.kind === 'guest') return { key: `${rate} ${networkOf(request.ip)}`, pace: network, counts };
  return { key: `${rate} ${actor.region} ${actor.id}`, pace: account, counts };
}

function forget(buckets: Map<string, Bucket>, at: number): void {
  for (const [key, bucket] of buckets) {
    const [rate = ''] = key.split(' ');
    if (isEmpty(bucket, rates[rate as Rate].network, at)) buckets.delete(key);
  }
  for (const key of buckets.keys()) {
    if (buckets.size <= most * 0.9) return;
    buckets.delete(key);
  }
}
