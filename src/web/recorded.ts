import type { FastifyRequest } from 'fastify';
import type { Case } from '../cases/door.ts';
import type { House } from '../house.ts';
import { type Actor, type ClientActor, networkOf } from '../identity/door.ts';
import type { TrailEntry, TrailKind, TrailOutcome, TrailWho } from '../ledger/door.ts';
import type { Http, Problem } from '../platform/door.ts';

/**
 * What requests leave in the trail. A route that changes something of weight says so in its configuration; a request
 * that is refused to somebody who is signed in is noted wherever it was; readings are noted by who shows the data. Who is
 * not signed in does nothing of weight and could fill the trail: only signing in says something of them.
 */
export type Recorded = {
  kind: TrailKind;
  what: string | ((request: FastifyRequest) => string);
  /** What was done is in the events of a case already: only refusals are noted. */
  only?: 'refusals';
};

declare module 'fastify' {
  interface FastifyRequest {
    /** Why the request was not done. */
    problem?: Problem;
  }
  interface FastifyContextConfig {
    trail?: Recorded;
  }
}

/** The configuration of a route whose every outcome is noted. */
export const noted = (kind: TrailKind, what: string): { config: { trail: Recorded } } => ({
  config: { trail: { kind, what } },
});

type Said = Pick<TrailEntry, 'kind' | 'what' | 'outcome'> & Partial<TrailEntry>;

/** Notes something about a request; when this returns it is on disk. */
export const record = (house: House, request: FastifyRequest, said: Said): Promise<void> =>
  house.trail.record(entryOf(house, request, said));

/** Notes that staff entered a case for somebody: whoever they looked up for it was work. */
export const recordEntered = (house: House, request: FastifyRequest, { plan }: Pick<Case, 'plan'>): Promise<void> =>
  record(house, request, {
    ...{ kind: 'act', what: 'case.enter', outcome: 'done', about: plan.number, whose: plan.applicant.id },
  });

/** What is said of a request with who asks, from where and when. */
export function entryOf(house: House, request: FastifyRequest, said: Said): TrailEntry {
  const actor = request.client ?? request.session?.actor ?? { kind: 'guest' };
  return {
    region: actor.kind === 'guest' ? house.config.region : actor.region,
    at: house.clock(),
    who: whoOf(actor),
    from: networkOf(request.ip),
    requestId: request.id,
    ...said,
    detail: { ...placeOf(actor), ...(request.device && { device: request.device.id }), ...said.detail },
  };
}

/** For whom somebody worked at that moment: accounts move on. */
const placeOf = (actor: Actor | ClientActor): TrailEntry['detail'] =>
  actor.kind === 'staff' ? { agency: actor.agency, roles: actor.roles.join(',') } : {};

/** How an actor is named in the trail. */
export const whoOf = (actor: Actor | ClientActor): TrailWho =>
  actor.kind === 'guest' ? { kind: 'guest', id: '' } : { kind: actor.kind, id: actor.id };

/** Writes what routes say of themselves, and refusals, before the answer leaves. */
export function recordRequests(app: Http, house: House): void {
  app.decorateRequest('problem', undefined);
  // Waits only for what is written: most answers have nothing to be noted of.
  app.addHook('onSend', (request, reply, _payload, done) => {
    const said = saidOf(request, reply.statusCode);
    if (!said) return done();
    const written = record(house, request, said);
    // An answer that says that something broke is given in any case.
    return reply.statusCode >= 500 ? written.catch(() => undefined) : written;
  });
}

/** Somebody is asked to say who they are, to prove it, or to wait: nothing has been tried yet. */
const asked = [
  ...['sign-in-required', 'confirm-first', 'second-step-required', 'second-step-missing'],
  'too-many-requests',
];
/** What tells that somebody tried what is not theirs. */
const telling = ['not-allowed', 'case-not-found', 'reveal-first'];

function saidOf(request: FastifyRequest, status: number): Said | undefined {
  const { problem, session, client } = request;
  const { config, url = 'none' } = request.routeOptions;
  if (!(session || client) || (problem && asked.includes(problem.code))) return undefined;
  const detail = problem && { problem: problem.code };
  if (config.trail) {
    const outcome = outcomeOf(problem, status);
    if (config.trail.only === 'refusals' && outcome !== 'refused') return undefined;
    const { kind, what } = config.trail;
    return { kind, what: typeof what === 'string' ? what : what(request), outcome, about: aboutOf(request), detail };
  }
  if (client && config.client) return callOf(request, status);
  if (!problem || !telling.includes(problem.code)) return undefined;
  const kind = request.method === 'GET' ? 'reading' : 'act';
  return { kind, what: `${request.method} ${url}`, outcome: 'refused', about: aboutOf(request), detail };
}

/** Every call of another system; a case that was read has been noted with whose it is. */
function callOf(request: FastifyRequest, status: number): Said | undefined {
  const { config, url = 'none' } = request.routeOptions;
  const outcome = outcomeOf(request.problem, status);
  if (outcome === 'done' && config.client === 'case.read') return undefined;
  const detail = { route: `${request.method} ${url}` };
  return { kind: 'reading', what: 'client.call', outcome, about: aboutOf(request), detail };
}

function outcomeOf(problem: Problem | undefined, status: number): TrailOutcome {
  if (!problem) return status < 400 ? 'done' : 'failed';
  return ['forbidden', 'not-found', 'refused', 'conflict'].includes(problem.kind) ? 'refused' : 'failed';
}

/** The number or id in the address, when it has the shape of one: anything else may be what somebody typed. */
function aboutOf(request: FastifyRequest): string | undefined {
  const { number, id } = request.params as { number?: string; id?: string };
  return [number, id].find((name) => name !== undefined && /^[\w-]{10,60}$/.test(name));
}
