import { beforeAll, describe, expect, test } from 'vitest';
import { ordinaryForm } from '../../src/platform/door.ts';
import { isOpen, openRoutes } from '../../src/web/guard.ts';
import { type Client, openProduct, type Product } from '../support/api.ts';
import {
  comeAs,
  openWorld,
  type Role,
  requestOf,
  roles,
  rolesElsewhere,
  type World,
  wordOf,
  words,
} from '../support/asking.ts';
import { rootWithElsewhere } from '../support/elsewhere.ts';
import { say } from '../support/story.ts';

/**
 * Who gets how far on every route there is, asked of the whole product on a real database. The answers stand in
 * test/security/routes.md, to be read by people: a route that is not in it, a row without a route and any other answer
 * fail. After a change that is meant: `… vitest run --project database security.matrix -u`, then read the difference.
 */
type Fact = Product['app']['routeFacts'][number];
let product: Product;
let facts: Fact[];
let routes: string[];
let now = Date.parse('2026-06-10T02:00:00.000Z');
const cells = new Map<string, Record<Role, string>>();
const askingAgain = new Set<string>();
/** Longer than a proof is good for, and shorter than a session may rest. */
const proofIsOld = 6 * 60_000;

beforeAll(async () => {
  product = await openProduct(() => new Date(now), {}, undefined, undefined, await rootWithElsewhere());
  facts = product.app.routeFacts.filter(({ method, url }) => method !== 'HEAD' && !url.startsWith('/assets/'));
  routes = facts.map(nameOf);
  await ask();
}, 600_000);

/** Acts that are not let go by with an open session alone (docs/security.md says which are, and why). */
const dangerous = [
  ...['POST /desk/break-glass', 'POST /admin/break-glass/:power', 'POST /admin/trail/csv'],
  ...['POST /admin/holds', 'POST /admin/holds/:id/end'],
  ...['POST /api/v1/break-glass', 'POST /api/v1/admin/break-glass/:power', 'POST /api/v1/admin/holds'],
  ...['POST /admin/people/:id/grant', 'POST /admin/people/:id/revoke'],
  ...['POST /account/lending', 'POST /account/lending/take-back'],
  ...['POST /admin/accounts/:id/off', 'POST /admin/accounts/:id/on', 'POST /admin/accounts/:id/second'],
  ...['POST /admin/accounts/add', 'POST /admin/accounts/:id/start'],
  ...['POST /admin/clients/enrol', 'POST /admin/clients/:id/keys', 'POST /admin/clients/:id/revoke'],
  ...['POST /admin/devices/enrol', 'POST /admin/devices/:id/code', 'POST /admin/devices/:id/revoke'],
  ...['POST /admin/catalog/proposals/:id/publish', 'POST /account/data/delete/:number'],
];

const nameOf = ({ method, url }: Fact) => `${method} ${url}`;

type One = { role: Role; persona?: string };
/**
 * Those of another county all come where an address names something; elsewhere they are told of their own. They come
 * first: what the county's own people do to a thing would hide that others can.
 */
const comers = (route: string): One[] => (isNaming(route) ? [...rolesElsewhere, ...roles] : [...roles]);
const isNaming = (route: string) => /:(draft|number|id|power|ref)\b/.test(route);

/** Reading comes first and shares one world; each route that changes something gets one of its own, the applicant last. */
async function ask(): Promise<void> {
  const reading = await openWorld(product, 'accepted');
  const readers = new Map<One, Client>();
  for (const one of [...roles, ...rolesElsewhere]) readers.set(one, await comeAs(product, one));
  for (const route of routes) cells.set(route, {} as Record<Role, string>);
  for (const route of routes.filter(isReading)) await fill(route, reading, (one) => readers.get(one));
  now += proofIsOld;
  for (const route of routes.filter(isReading)) await fillProof(route, reading, (one) => readers.get(one));
  for (const route of routes.filter((route) => !isReading(route))) {
    // Limits of pace are another test's.
    now += 15_000;
    const world = isNaming(route) ? await openWorld(product, stageOf(route)) : reading;
    await fill(route, world, (one) => comeAs(product, one), noteProof);
  }
}

const isReading = (route: string) => route.startsWith('GET ');
/** What is handed in once more needs a case that was sent back. */
const stageOf = (route: string) => (/correct|PUT .*:number/.test(route) ? 'returned' : 'handed in');

type Comes = (one: One) => Promise<Client> | Client | undefined;
type Then = (route: string, world: World, who: Client) => Promise<void>;
async function fill(route: string, world: World, comes: Comes, then?: Then) {
  for (const one of comers(route)) {
    const who = await comes(one);
    const row = cells.get(route);
    if (!who || !row) continue;
    const cell = await cellOf(route, world, who);
    row[one.role] = bothIn(row[one.role], cell);
    if (letIn(cell)) await then?.(route, world, who);
  }
}

/** Of several in one column each word once, in the order of the alphabet. */
const bothIn = (before: string | undefined, cell: string): string =>
  [...new Set([...(before?.split(', ') ?? []), cell])].sort().join(', ');
const wordsIn = (cell: string | undefined) => cell?.split(', ') ?? [];

const cellOf = async (route: string, world: World, who: { cookie: string; csrf: string }): Promise<string> =>
  wordOf(await product.app.inject(requestOf(route, world, who)));

const letIn = (cell: string | undefined) =>
  wordsIn(cell).some((word) => ['yes', 'on', 'form', 'not now'].includes(word));

/** Asks once more when the proof of somebody who was let in is old. The clock only goes forward: limits of pace need that. */
const noteProof: Then = async (route, world, who) => {
  now += proofIsOld;
  await ifAsksAgain(route, world, who);
};
async function fillProof(route: string, world: World, comes: Comes): Promise<void> {
  for (const one of comers(route)) {
    const who = await comes(one);
    if (who && letIn(cells.get(route)?.[one.role])) await ifAsksAgain(route, world, who);
  }
}
async function ifAsksAgain(route: string, world: World, who: Client): Promise<void> {
  const { statusCode, headers, payload } = await product.app.inject(requestOf(route, world, who));
  // A page sends on, a form that was sent is kept beside the question, a program is told a code.
  const told = statusCode === 403 && /confirm-first|\/account\/confirm/.test(payload);
  if (told || String(headers.location ?? '').startsWith('/account/confirm')) askingAgain.add(route);
}

function table(): string {
  const head = ['route', 'proof', ...columns];
  const proof = (route: string) => (askingAgain.has(route) ? 'again' : '');
  const rows = [...cells].map(([route, row]) => [`\`${route}\``, proof(route), ...columns.map((role) => row[role])]);
  const lines = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
  return `${intro}\n\n${lines.join('\n')}\n`;
}

const columns = roles.map(({ role }) => role);

const intro = `# Who gets how far

Made by \`test/database/security.matrix.test.ts\`, which asks every route as everybody; read every difference. Addresses name a case,
a form and a file of the applicant's, and things of the county; in the column of another
county are all its roles where an address names something, else its clerk. Where a route reads, the case is accepted; where it changes
something, handed in, or sent back.

- **yes** answered, **on** sent on to another page, **form** let in and told that what was sent is not whole, **not now** let in, but the case does not allow it
- **again** in the column of proof: asked once more who they are, when they said so more than five minutes ago
- **sign in** asked who they are, **no** not theirs, **none** told that there is no such thing`;

describe('the matrix of routes and roles', () => {
  test('is the one that people have read', async () => {
    await expect(table()).toMatchFileSnapshot('../security/routes.md');
  });

  test('no cell is an error of the machine', () => {
    const known = new Set(Object.values(words).concat('sign in'));
    const odd = [...cells].filter(([, row]) =>
      Object.values(row).some((cell) => wordsIn(cell).some((word) => !known.has(word))),
    );
    expect(odd).toEqual([]);
  });

  const rowsWith = (pattern: RegExp) => [...cells].filter(([route]) => pattern.test(route));

  test('a visitor gets nowhere but where everybody may be', () => {
    const entered = [...cells].filter(([, row]) => letIn(row.guest)).map(([route]) => route);
    const closed = new Set(facts.filter((fact) => !isOpen(fact)).map(nameOf));
    expect(entered.filter((route) => closed.has(route))).toEqual([]);
    expect(closed.size).toBeGreaterThan(70);
  });

  test('nothing of a case, a form or a file is for another person, another county or an administrator', () => {
    const admins: Role[] = ['system admin', 'security admin', 'audit admin'];
    const others: Role[] = [
      'guest',
      'other person',
      'other county',
      'representative',
      ...admins,
      'catalogue editor',
      'catalogue publisher',
    ];
    // The page of an applicant sends staff on to the page of the desk, whatever the number: that tells nothing.
    const rows = rowsWith(/:(draft|number)|\/files\//).filter(([route]) => route !== 'GET /cases/:number');
    expect(rows.length).toBeGreaterThan(35);
    for (const [route, row] of rows)
      for (const role of others) expect(letIn(row[role]), `${role}: ${route}`).toBe(false);
  });

  test('nothing that has an address in the county is for anybody of another one', () => {
    // Public, one's own, or sent on to the page of the desk whatever the number; the catalogue is one for the node.
    const shared =
      /\/(items|bundles|desk\/counter)\/|admin\/catalog(ue)?\/:kind|api\/v1\/account\/|^GET \/cases\/:number$/;
    const rows = [...cells].filter(([route]) => isNaming(route) && !shared.test(route));
    expect(rows.length).toBeGreaterThan(60);
    for (const [route, row] of rows)
      for (const word of wordsIn(row['other county'])) expect(['no', 'none', 'not now'], route).toContain(word);
  });

  test('people who apply are not let into the rooms of staff', () => {
    for (const [route, row] of rowsWith(
      / \/(desk|admin|watch)(\/|$)|\/api\/v1\/(queue|inbox|watch|cases\/search|persons|requests|break-glass|admin)/,
    ))
      for (const role of ['other person', 'applicant'] as const)
        expect(letIn(row[role]), `${role}: ${route}`).toBe(false);
  });

  test('who changes what others may do, reads in an emergency or takes the trail away proves once more who they are', () => {
    for (const route of dangerous) expect(askingAgain, route).toContain(route);
  });

  // What is only read, and says nothing of anybody.
  const readByAll = /\/admin\/(policy|assessments)$/;
  test('no administrator does what another one does', () => {
    const admins: Role[] = ['system admin', 'security admin', 'audit admin'];
    for (const [route, row] of rowsWith(/\/admin\//).filter(([route]) => !readByAll.test(route)))
      expect(admins.filter((role) => letIn(row[role])).length, route).toBeLessThanOrEqual(1);
  });
});

describe('every route', () => {
  test('that is open is there, so that nothing stays open by a forgotten line', () => {
    expect([...openRoutes].filter((route) => !routes.includes(route))).toEqual([]);
  });

  test('of the machine interface says what it takes, what it answers and who may ask', () => {
    for (const fact of facts.filter(({ url }) => url.startsWith('/api/v1/'))) {
      const schema = (fact.schema ?? {}) as Record<string, unknown>;
      expect(schema.response, nameOf(fact)).toBeDefined();
      expect(schema.operationId, nameOf(fact)).toBeDefined();
      if (fact.url.includes(':')) expect(schema.params, nameOf(fact)).toMatchObject({ additionalProperties: false });
    }
  });

  test('takes no more than an ordinary form, but for those of long texts, none of which is open', () => {
    const long = facts.filter(({ bodyLimit }) => bodyLimit > ordinaryForm);
    expect(long.length).toBeGreaterThan(10);
    expect(long.filter(isOpen).map(nameOf)).toEqual([]);
    for (const fact of long) expect(fact.bodyLimit, nameOf(fact)).toBeLessThanOrEqual(34 * 1024 * 1024);
  });

  test('that changes something refuses a request without its token, whoever sends it', async () => {
    const changing = facts.filter(({ method, config }) => method !== 'GET' && !(config && 'signedBody' in config));
    expect(changing.length).toBeGreaterThan(40);
    const world = await openWorld(product, 'handed in');
    for (const persona of ['father', 'clerk-liantang', 'security-admin']) {
      const { cookie } = await product.as(persona);
      for (const fact of changing) {
        const answer = await product.app.inject(requestOf(nameOf(fact), world, { cookie, csrf: '' }));
        expect(answer.statusCode, `${persona}: ${nameOf(fact)}`).toBe(403);
        expect(answer.payload, `${persona}: ${nameOf(fact)}`).toContain(say('problem.page-expired.title'));
      }
    }
  });
});
