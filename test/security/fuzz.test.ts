import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../support/api.ts';
import { answers } from '../support/newborn.ts';
import { enrolSystem } from '../support/system.ts';
import { type Schema, shapeOf } from './shapes.ts';
import { openTown, type Town } from './town.ts';

/**
 * Every operation of the machine interface as everybody, with what its description allows and with what it does not:
 * nothing breaks, what is refused is a problem document, and nothing of others is in any answer.
 */
type Parameter = { name: string; in: string; schema: Schema; required?: boolean };
type Operation = { parameters?: Parameter[]; requestBody?: { content: Record<string, { schema: Schema }> } };
type Description = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

const runs = Number(process.env.FUZZ_RUNS ?? 12);
let town: Town;
let description: Description;
let operations: { method: string; path: string; operation: Operation }[] = [];

beforeAll(async () => {
  town = await openTown();
  token = await enrolSystem(town.product);
  description = (await town.product.app.inject('/api/openapi.json')).json() as Description;
  operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}, 600_000);

const trace = /\n\s+at |node_modules|\.ts:\d+|\.js:\d+|syntax error|pg_catalog|violates|SQLSTATE|ECONN|ENOENT/;
/** Values of the family that nobody else may be told; their words cannot be made by chance. */
const theirs = [answers.father_id_card, answers.mother_id_card, answers.child_name, answers.child_home_address];
/**
 * What nobody but the family may be told. The mother has applied for the same child herself: of what is kept of her, the
 * father's forms tell whether any of it is his.
 */
const hidden = (persona: string, path: string): string[] =>
  persona === 'mother' && ['/api/v1/me', '/api/v1/me/copy'].includes(path)
    ? town.worlds.map(({ draft }) => draft)
    : theirs;
const administrators = ['admin', 'security-admin', 'audit-admin', 'catalog-editor', 'catalog-publisher'];
const strangers = ['guest', 'mother', 'clerk-anyi', 'issuer-approval', ...administrators];

const odd = fc.constantFrom(
  ...[
    "' or 1=1--",
    '../../etc/passwd',
    '%00',
    '\u0000',
    '{{7*7}}',
    '<script>',
    '__proto__',
    'constructor',
    'null',
    '-1',
  ],
  ...['9'.repeat(400), '汉'.repeat(300), '\ud800', '${jndi:x}', ' ', '1e309', '360121', '360123100000'],
);

function requestOf({ method, path, operation }: (typeof operations)[number]) {
  const own = (name: string) => {
    const known = town.worlds.flatMap(({ number, draft }) =>
      name === 'number' ? [number] : name === 'draft' ? [draft] : [],
    );
    const named = name === 'id' ? ['newborn', 'senior-card'] : name === 'material' ? ['delivery_record'] : [];
    return fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known, ...named, 'x') }, { weight: 1, arbitrary: odd });
  };
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const queries = (operation.parameters ?? []).filter((one) => one.in === 'query');
  const shape = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  const words = (schema: Schema) => shapeOf(schema, description.components.schemas, odd);
  return fc.record({
    method: fc.constant(method),
    path: fc.record(Object.fromEntries(names.map((name) => [name, own(name)]))),
    query: fc.record(
      Object.fromEntries(queries.map(({ name, schema }) => [name, fc.oneof(words(schema).map(String), odd)])),
      { requiredKeys: [] },
    ),
    key: fc.oneof(fc.uuid(), odd),
    body: shape
      ? fc.oneof({ weight: 5, arbitrary: words(shape) }, { weight: 1, arbitrary: fc.jsonValue() })
      : fc.constant(undefined),
  });
}

type Asking = Pick<Client, 'cookie' | 'csrf'> & { authorization?: string };
let token: () => Promise<string>;
const comes = async (name: string): Promise<Asking> => {
  if (name === 'another system') return { cookie: '', csrf: '', authorization: `Bearer ${await token()}` };
  return town.product.as(name === 'guest' ? undefined : name);
};

async function send(
  who: Asking,
  template: string,
  given: { method: string; path: object; query: object; key: string; body: unknown },
) {
  const path = Object.entries(given.path).reduce(
    (url, [name, value]) => url.replace(`{${name}}`, encodeURIComponent(String(value).toWellFormed())),
    template,
  );
  const query = new URLSearchParams(
    Object.entries(given.query).map(([name, value]) => [name, String(value).toWellFormed()]),
  );
  const headers = {
    cookie: who.cookie,
    'x-csrf-token': who.csrf,
    ...(who.authorization && { authorization: who.authorization }),
    'idempotency-key': encodeURIComponent(given.key.toWellFormed()),
  };
  const json = given.body === undefined ? {} : { 'content-type': 'application/json' };
  return town.product.app.inject({
    method: given.method as 'POST',
    url: `${path}?${query}`,
    headers: { ...headers, ...json },
    payload: given.body === undefined ? undefined : JSON.stringify(given.body),
  });
}

describe.each([
  'guest',
  'mother',
  'clerk-anyi',
  ...administrators,
  'anyi-security-admin',
  'anyi-lead',
  'another system',
  'issuer-approval',
  'supervisor',
  'lead-health',
  'approver-tax',
  'approver-health',
  'clerk-liantang',
  'father',
])('as %s', (name) => {
  test('no operation breaks, tells more than a problem, or shows what is others’', async () => {
    for (const one of operations) {
      const who = await comes(name);
      await fc.assert(
        fc.asyncProperty(requestOf(one), async (given) => {
          const answer = await send(who, one.path, given);
          const what = `${one.method} ${one.path} -> ${answer.statusCode} ${answer.payload.slice(0, 300)}`;
          expect(answer.statusCode, what).toBeLessThan(500);
          expect(answer.payload, what).not.toMatch(trace);
          // Other systems' libraries expect the token's errors as RFC 6749 section 5.2 writes them.
          if (answer.statusCode === 400 && one.path === '/api/v1/token') {
            expect(answer.json(), what).toEqual({ error: expect.stringMatching(/^[a-z_]+$/) });
          } else if (answer.statusCode >= 400) {
            expect(answer.headers['content-type'], what).toContain('application/problem+json');
            expect(answer.json(), what).toMatchObject({ status: answer.statusCode, code: expect.any(String) });
          }
          if (strangers.includes(name) || name.startsWith('anyi-'))
            for (const value of hidden(name, one.path)) expect(answer.payload, what).not.toContain(value);
        }),
        { numRuns: runs, seed: 3 },
      );
    }
  }, 600_000);
});

test('nothing was counted or noted for a county that is not served here', async () => {
  const { db, identity } = town.product.house;
  const rows = await db.query<{ region: string }>(
    'select region from identity.sign_in_attempt union select region from ledger.trail',
  );
  expect(rows.map(({ region }) => region).filter((region) => !identity.regions.includes(region))).toEqual([]);
});
