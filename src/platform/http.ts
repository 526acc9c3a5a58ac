import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyReply,
  type FastifyRequest,
  type FastifySchema,
  LogController,
} from 'fastify';
import { formFields } from './form-fields.ts';
import type { Log } from './log.ts';
import { openMetrics } from './metrics.ts';
import { isLost } from './pool.ts';
import { Problem, type ProblemKind } from './problem.ts';

/** Largest form taken, in bytes, by routes that do not ask for more: some seven thousand Chinese characters on the way. */
export const ordinaryForm = 64 * 1024;

/**
 * How long somebody may take to send what they have to say, in milliseconds: a byte now and then would hold its connection
 * for ever. Ten minutes are what the largest file (10 MB) takes over a village's slowest network, some 200 kbit/s.
 */
export const patience = {
  /** Until the last byte of a request. */
  request: 10 * 60_000,
  /** Until the last header. */
  headers: 30_000,
  /** Nothing sent and nothing answered. */
  idle: 2 * 60_000,
  /** How often that is looked at. */
  every: 10_000,
};

/** The HTTP status of a kind of problem; the only place that knows. */
export const statusOf: Record<ProblemKind, number> = {
  invalid: 422,
  refused: 409,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-many': 429,
  unavailable: 503,
};

export type Http = ReturnType<typeof openHttp>;

/** What a route says of itself when it is registered, so that a test can ask for each who may do what. */
export type RouteFact = { method: string; url: string; bodyLimit: number; schema?: FastifySchema; config?: object };

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route there is, in the order of registration. */
    routeFacts: RouteFact[];
  }
}

/**
 * The HTTP kernel: limits, security headers, request ids, logs without personal data, health and metrics, and the one
 * place where a problem becomes a status. What the answer looks like (page or document) is `sendProblem`'s.
 */
export function openHttp(options: {
  log: Log;
  ready: () => Promise<boolean>;
  /** Proxies whose `X-Forwarded-For` is believed; without any, an address is the connection's. */
  trustProxy?: string[];
  /** Behind TLS: browsers are told to come by it for a year. */
  secure?: boolean;
  /** Other times than ours. */
  patience?: typeof patience;
  sendProblem: (request: FastifyRequest, reply: FastifyReply, problem: Problem) => Promise<unknown> | unknown;
  /** The document for an address that cannot be read: nothing is known there of who asks, so it is the same for everybody. */
  unreadable: string;
}) {
  const { request: requestTimeout, headers: headersTimeout, idle, every } = options.patience ?? patience;
  const headers = options.secure ? { ...securityHeaders, ...overTls } : securityHeaders;
  const app = fastify({
    loggerInstance: options.log as unknown as FastifyBaseLogger,
    // The hook below writes the line: Fastify's own would hold the address.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: ordinaryForm,
    requestTimeout,
    connectionTimeout: idle,
    http: { headersTimeout, connectionsCheckingInterval: every },
    trustProxy: options.trustProxy ?? false,
    requestIdHeader: false,
    genReqId: () => crypto.randomUUID().slice(0, 13),
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
    // An address that cannot be read, or is longer than any of ours, meets no hook: it is answered here, without repeating it.
    frameworkErrors: (_error, request, reply) => {
      const problem = { type: 'about:blank', title: 'Bad Request', status: 400, code: 'not-found' };
      const [type, answer] = request.url.startsWith('/api/')
        ? ['application/problem+json', JSON.stringify(problem)]
        : ['text/html; charset=utf-8', options.unreadable];
      void (reply as unknown as FastifyReply)
        .status(400)
        .headers({ ...headers, 'content-type': type })
        .send(answer);
    },
  }).withTypeProvider<TypeBoxTypeProvider>();
  const metrics = openMetrics();
  const routes: RouteFact[] = [];
  app.decorate('routeFacts', routes);
  app.addHook('onRoute', ({ method, url, bodyLimit, schema, config }) => {
    for (const name of [method].flat())
      routes.push({ method: name, url, bodyLimit: bodyLimit ?? ordinaryForm, schema, config });
  });

  app.register(cookie);
  app.register(formbody, { bodyLimit: ordinaryForm, parser: formFields });
  app.register(multipart, {
    limits: { files: 1, fields: 40, fieldSize: 64 * 1024, fileSize: Number.POSITIVE_INFINITY },
  });

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.observe(request.method, route, reply.statusCode, reply.elapsedTime);
    // The route's pattern, never the address: an address may hold a case number or what somebody searched for.
    options.log.info({
      code: 'request',
      request: request.id,
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    });
  });
  app.setErrorHandler<FastifyError>(async (error, request, reply) => {
    const problem = problemOf(error);
    const log = { code: 'problem', request: request.id, problem: problem.code, route: request.routeOptions.url };
    if (problem.code === 'internal' || problem.code === 'unavailable')
      options.log.error({ ...log, error: error.name, errorCode: error.code, at: frames(error) });
    else options.log.info(log);
    reply.status(statusOf[problem.kind]);
    if (problem.kind === 'too-many') reply.header('retry-after', String(problem.params.seconds ?? 60));
    return options.sendProblem(request, reply, problem);
  });
  app.setNotFoundHandler(async (request, reply) => {
    reply.status(404);
    return options.sendProblem(request, reply, new Problem('not-found'));
  });

  app.get('/healthz', async () => ({ status: 'alive' }));
  app.get('/readyz', async (_request, reply) => {
    const ready = await options.ready().catch(() => false);
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
  return app;
}

const securityHeaders = {
  // For everything that is not a page; pages say more in `web/site.ts`.
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'geolocation=(), microphone=(), payment=(), usb=(), serial=(), display-capture=()',
};
const overTls = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' };

/** Nobody answers where the database is, it is going down or coming up, the connection broke, or there are too many. */
const databaseAway = /^(ECONNREFUSED|ECONNRESET|08...|57P0[123]|53300)$/;

/** The problem an error stands for. What we did not foresee is `internal` and tells nothing. */
function problemOf(error: FastifyError): Problem {
  if (error instanceof Problem) return error;
  // A text with a character that the database has no place for (NUL): what was sent is wrong, not the house.
  if (error.code === '22021' || error.code === '22P05') return new Problem('form-invalid');
  if (databaseAway.test(error.code ?? '') || isLost(error)) return new Problem('unavailable');
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE' || error.statusCode === 413) return new Problem('form-too-large');
  if (error.validation) {
    const fields = error.validation.map(({ instancePath }) => ({ field: instancePath.slice(1), code: 'shape' }));
    return new Problem('form-invalid', {}, fields);
  }
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500) return new Problem('form-invalid');
  return new Problem('internal');
}

/** Where an error came from, without its message, which may quote a value. */
function frames(error: Error): string[] {
  const lines = error.stack?.split('\n') ?? [];
  return lines
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
}
