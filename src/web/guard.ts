import type { FastifyRequest } from 'fastify';
import { type Http, Problem } from '../platform/door.ts';

/**
 * What anybody may ask without signing in. Every other route is closed before anything of it runs, so that one nobody
 * thought about is closed too. The machine interface says it in its description (`security`); pages stand here.
 */
const open = [
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
  // Public by design: the log of acts shows hashes.
  'GET /ledger/checkpoint',
  'GET /ledger/keys',
  'GET /ledger/key-changes',
  'GET /ledger/tile/*',
  'POST /ledger/add-checkpoint',
  'GET /sign-in',
  'POST /sign-in',
  'GET /sign-in/second',
  'POST /sign-in/second',
  'POST /sign-in/passkey',
  'GET /sign-in/start',
  'POST /sign-in/start',
  'GET /sign-in/provider',
  'GET /sign-in/provider/back',
  'GET /sign-in/left',
  'POST /sign-out',
  // The machine itself: its code, and beginning anew.
  'GET /device',
  'POST /device',
  'GET /device/idle',
  'GET /device/start',
  'GET /',
  'GET /search',
  'GET /items/:id',
  'GET /bundles/:id',
  'GET /bundles/:id/tasks',
  // Sends a visitor to sign in and back to the list they were on.
  'POST /drafts',
  'GET /help',
  'GET /accessibility',
  'GET /design',
  'GET /design/*',
  'GET /api/openapi.json',
  'GET /.well-known/oauth-authorization-server',
];
/** The list, for whoever checks it. */
export const openRoutes: ReadonlySet<string> = new Set(open);

/**
 * What is left to somebody who has to have a second step and has none: to set one up, to prove who they are for it, and to
 * leave or come in as somebody else. Everything else is closed, also what is open to visitors.
 */
const settingUp = [
  'GET /account/second',
  'GET /account/start',
  'GET /account/app',
  'POST /account/app',
  'POST /account/app/confirm',
  'GET /account/passkey',
  'POST /account/passkey',
  'GET /account/confirm',
  'POST /account/confirm',
  'GET /sign-in',
  'POST /sign-in',
  'GET /sign-in/second',
  'POST /sign-in/second',
  'POST /sign-in/passkey',
  'POST /sign-out',
  'POST /api/v1/session',
  'DELETE /api/v1/session',
];
/** The list, for whoever checks it. */
export const settingUpRoutes: ReadonlySet<string> = new Set(settingUp);

type Said = { method: string; url?: string; schema?: object };

/** Whether anybody may ask a route. An address without a route is open: it says only that there is nothing. */
export function isOpen({ method, url, schema }: Said): boolean {
  if (url === undefined || url.startsWith('/assets/')) return true;
  const security = (schema as { security?: Record<string, unknown>[] } | undefined)?.security;
  if (security?.every((way) => !('session' in way))) return true;
  return openRoutes.has(`${method === 'HEAD' ? 'GET' : method} ${url}`);
}

/**
 * Asks who is there before anything is read that they send. Only of a form that a page could give back it is asked after its
 * token: of somebody whose session has ended meanwhile the words are kept (`send-again.tsx`).
 */
export function guardRoutes(app: Http): void {
  app.addHook('onRequest', async (request) => {
    if (isMachines(request) || !isGivenBack(request)) assertSignedIn(request);
  });
  app.addHook('preHandler', async (request) => {
    if (!isMachines(request)) assertSignedIn(request);
  });
}

/** What a page gives back at most, in bytes: 200,000 characters, of which each Chinese one is nine on the way. */
const givenBack = 2 * 1024 * 1024;
/** Browsers say how long a form is. */
const isGivenBack = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= givenBack;

/** Pages that are not there, and what every page is made of, say nothing of anybody. */
const isSettingUp = ({ method, routeOptions: { url } }: FastifyRequest): boolean =>
  url === undefined ||
  url.startsWith('/assets/') ||
  settingUpRoutes.has(`${method === 'HEAD' ? 'GET' : method} ${url}`);

const isMachines = ({ routeOptions }: FastifyRequest): boolean => routeOptions.url?.startsWith('/api/') ?? false;

function assertSignedIn(request: FastifyRequest): void {
  const { url, schema, config } = request.routeOptions;
  if (request.session?.secondMissing && !isSettingUp(request)) throw new Problem('second-step-missing');
  if (request.session || isOpen({ method: request.method, url, schema: schema as object | undefined })) return;
  if (!request.client) throw new Problem('sign-in-required');
  // What is not opened to other systems is not theirs, whatever their token holds.
  if (!config.client) throw new Problem('not-allowed');
}
