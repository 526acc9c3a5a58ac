import type { Client, Product } from './api.ts';
import { elsewhere } from './elsewhere.ts';
import { answers, fillIn, liantang, pdf, situation, subject } from './newborn.ts';
import { keys, openThings, organisationOf, type Things } from './things.ts';

/**
 * Asking any route as anybody: what to put into its address and its body so that it gets past the shape of what is sent,
 * to the question whether this person may. A new route needs a line here only when its parameters or body are new.
 */

/** Everybody of the matrix: the column, and the persona of the demo that stands for it. */
export const roles = [
  { role: 'guest' },
  { role: 'other person', persona: 'mother' },
  { role: 'other county', persona: 'clerk-anyi' },
  { role: 'representative', persona: 'older-resident' },
  { role: 'system admin', persona: 'admin' },
  { role: 'security admin', persona: 'security-admin' },
  { role: 'audit admin', persona: 'audit-admin' },
  { role: 'catalogue editor', persona: 'catalog-editor' },
  { role: 'catalogue publisher', persona: 'catalog-publisher' },
  { role: 'supervisor', persona: 'supervisor' },
  { role: 'lead', persona: 'lead-health' },
  { role: 'other agency', persona: 'approver-human-resources' },
  { role: 'approver', persona: 'approver-health' },
  { role: 'issuer', persona: 'issuer-approval' },
  { role: 'clerk', persona: 'clerk-liantang' },
  { role: 'applicant', persona: 'father' },
] as const;
export type Role = (typeof roles)[number]['role'];
/** All other roles of the other county, who stand in the column of their clerk. */
export const rolesElsewhere = elsewhere.map((persona) => ({ role: 'other county', persona }) as const);

/** What an address may name: all of it the father's, of the county, or public. */
export type World = Things & { number: string; draft: string; file: string };

/** Signs one of them in; the representative acts for their organisation. */
export async function comeAs(product: Product, one: { role: string; persona?: string }): Promise<Client> {
  const who = await product.as(one.persona);
  if (one.role !== 'representative') return who;
  const payload = { organisation: await organisationOf(product) };
  const headers = { cookie: who.cookie, 'x-csrf-token': who.csrf };
  await product.app.inject({ method: 'POST', url: '/organisation', payload, headers });
  return who;
}

/** Parameters by name; `:id` means something else on every path. */
const params: Record<string, (world: World, route: string) => string> = {
  number: ({ number }) => number,
  draft: ({ draft }) => draft,
  material: () => 'delivery_record',
  question: () => 'child-name',
  kind: (_world, route) => (route.includes('/ask/') ? 'explain' : 'item'),
  power: ({ power, emergency }, route) => (route.includes('/powers/') ? power : emergency),
  ref: ({ agent }) => agent,
  '*': (_world, route) => (route.includes('/ledger/') ? '0/000' : 'button'),
  id: (world, route) => named.find(([path]) => route.includes(path))?.[1](world) ?? 'senior-card',
};
/** What `:id` means behind the part of a path. */
const named: [string, (world: World) => string][] = [
  ['/files/', ({ file }) => file],
  ['/bundles/', () => 'newborn'],
  ['/people/', ({ account }) => account],
  ['/staff/', ({ account }) => account],
  ['/accounts/', ({ account }) => account],
  ['/proposals/', ({ proposal }) => proposal],
  ['/holds/', ({ hold }) => hold],
  ['/clients/', ({ client }) => client],
  ['/devices/', ({ device }) => device],
  ['/requests/', ({ request }) => request],
  ['/lending/', ({ power }) => power],
];

const queries: Record<string, (world: World) => string> = {
  'GET /files/:id': ({ number }) => `?case=${number}`,
  'GET /watch/cases': () => '?measure=submitted',
  'GET /watch/figures.csv': () => '?by=division',
  'GET /watch/cases.csv': () => '?measure=submitted',
  'GET /api/v1/watch/cases': () => '?measure=submitted',
  'GET /api/v1/search': () => '?q=card',
};

const command = { command: { type: 'accept' }, commandId: 'matrix.0001' };
const counter = {
  ...{
    commandId: 'matrix.0002',
    subject,
    division: liantang,
    situation,
    answers,
    papers: ['delivery_record'],
    consent: true,
  },
  applicant: { name: '陈志远', idCard: '360121199503120013', phone: '13800000001', address: answers.household_address },
};
const why = '测试中的理由';
/** Bodies that have the right shape; every other one is empty. What is done to a thing is said whole, so that it is done. */
const bodies: Record<string, object | ((world: World) => object)> = {
  'POST /admin/accounts': { q: 'nobody' },
  'POST /admin/people': { q: 'nobody' },
  'POST /admin/accounts/:id/off': { 'why-off': why },
  'POST /admin/accounts/:id/on': { 'why-on': why },
  'POST /admin/accounts/:id/second': { 'why-second': why },
  'POST /admin/accounts/:id/start': { 'why-start': why },
  'POST /admin/people/:id/grant': { role: 'approver', division: '360121501000', reason: why },
  'POST /admin/people/:id/revoke': ({ power }) => ({ power, why }),
  'POST /admin/break-glass/:power': { verdict: 'justified', remark: why },
  'POST /admin/clients/:id/keys': { keys, reason: why },
  'POST /admin/clients/:id/revoke': { why },
  'POST /admin/devices/:id/revoke': { why },
  'POST /admin/holds/:id/end': ({ hold }) => ({ [`why-${hold}`]: why }),
  'POST /admin/catalog/proposals/:id/return': { reason: why },
  'POST /desk/requests/:id': { outcome: 'refused', reason: why },
  'POST /organisation/powers/:ref': { items: 'public-place-hygiene', until: '' },
  'POST /sign-in': { persona: 'father' },
  'POST /drafts': { kind: 'bundle', id: 'newborn', division: liantang, ...situation },
  'POST /apply/:draft/place': { division: liantang },
  'POST /desk/search': { q: 'nobody' },
  'POST /desk/cases/:number': { act: 'accept' },
  'POST /desk/cases/:number/full': { why: 'work' },
  'POST /api/v1/session': { persona: 'father' },
  'POST /api/v1/session/start': { name: '', code: '', next: '', again: '' },
  'POST /api/v1/tasks': { subject, situation },
  'POST /api/v1/questions': { subject, situation },
  'POST /api/v1/drafts': { subject, division: liantang, situation },
  'PATCH /api/v1/drafts/:draft': { division: liantang },
  'POST /api/v1/drafts/:draft/submission': { consent: true },
  'POST /api/v1/cases': counter,
  'PUT /api/v1/account/password': { current: '', next: '', again: '' },
  'POST /api/v1/account/proof': { password: '' },
  'POST /api/v1/account/lending': { power: '360121-no-such-power', to: '360121-nobody', until: '', reason: '' },
  'PUT /api/v1/session/organisation': { organisation: '360121-no-such-organisation' },
  'POST /api/v1/organisation/powers': { name: '', idCard: '', items: [], until: '' },
  'PUT /api/v1/organisation/powers/:ref': { items: [], until: '' },
  'POST /api/v1/break-glass': { number: '36012110000000XE20260610000020U', reason: '' },
  'POST /api/v1/admin/staff/search': { q: 'nobody' },
  'POST /api/v1/admin/accounts/search': { q: 'nobody' },
  'POST /api/v1/admin/staff/:id/powers': { role: 'approver', division: '360121501000', agency: '', reason: why },
  'POST /api/v1/admin/powers/:power/revocation': { why },
  'POST /api/v1/admin/accounts/:id/off': { reason: why },
  'POST /api/v1/admin/accounts/:id/on': { reason: why },
  'POST /api/v1/admin/accounts/:id/second': { reason: why },
  'POST /api/v1/admin/accounts/:id/start': { reason: why },
  'POST /api/v1/admin/accounts': { login: '', name: '', agency: '', division: '' },
  'POST /api/v1/admin/clients': { name: '', scopes: [], division: '', until: '', keys: '', reason: '' },
  'PUT /api/v1/admin/clients/:id/keys': { keys, reason: why },
  'POST /api/v1/admin/clients/:id/revocation': { why },
  'POST /api/v1/admin/devices': { name: '', kind: '', division: '' },
  'POST /api/v1/admin/devices/:id/revocation': { why },
  'POST /api/v1/admin/holds': { number: '36012110000000XE20260610000020U', reason: '' },
  'POST /api/v1/admin/holds/:id/end': { why },
  'POST /api/v1/admin/catalogue/:kind/:id/judgement': { source: '' },
  'POST /api/v1/admin/catalogue/:kind/:id/proposals': { source: '', base: 1, note: '' },
  'POST /api/v1/admin/proposals/:id/return': { reason: why },
  'POST /api/v1/admin/trail/search': {},
  'POST /api/v1/admin/alarms': { alarm: '', note: '' },
  'POST /api/v1/admin/break-glass/:power': { verdict: 'justified' },
  'PUT /api/v1/me/contact': { phone: '', address: '' },
  'POST /api/v1/me/requests': { kind: 'explain', division: liantang, words: '' },
  'POST /api/v1/requests/:id/answer': { outcome: 'refused', reason: '不符合条件' },
  'POST /api/v1/cases/search': { q: 'nobody' },
  'POST /api/v1/persons/search': { idCard: '', name: '' },
  'POST /api/v1/cases/:number/commands': command,
  'POST /api/v1/cases/:number/full': { why: 'check' },
  'POST /api/v1/cases/:number/rating': { commandId: 'matrix.0003', level: 5 },
};

/** The address of a route in a world; a parameter nobody has described is an error. */
export function addressOf(route: string, world: World): string {
  const [, url = ''] = route.split(' ');
  const filled = url.replace(/:(\w+)|\*/g, (whole, name: string | undefined) => {
    const make = params[name ?? whole];
    if (!make) throw new Error(`test/support/asking.ts does not know what to put for ${whole} of ${route}`);
    return make(world, url);
  });
  return filled + (queries[route]?.(world) ?? '');
}

/** One request as a browser or a machine would make it. Without a token when `csrf` is empty. */
export function requestOf(route: string, world: World, who: Pick<Client, 'cookie' | 'csrf'>) {
  const [method = ''] = route.split(' ');
  const url = addressOf(route, world);
  const isApi = url.startsWith('/api/');
  const headers: Record<string, string> = { cookie: who.cookie };
  if (method === 'GET') return { method: 'GET' as const, url, headers };
  if (isApi) Object.assign(headers, { 'x-csrf-token': who.csrf, 'idempotency-key': 'matrix.0004' });
  return { method: method as 'POST', url, ...sent(route, world, who.csrf, headers) };
}

function sent(route: string, world: World, csrf: string, headers: Record<string, string>) {
  const body = bodies[route];
  const given = typeof body === 'function' ? body(world) : body;
  if (/^PUT .*\/files\//.test(route))
    return { headers: { ...headers, 'content-type': 'application/pdf' }, payload: pdf };
  if (route.includes(' /api/')) return given ? { headers, payload: given as object } : { headers };
  if (uploads.has(route)) {
    const payload = `--x\r\ncontent-disposition: form-data; name="_csrf"\r\n\r\n${csrf}\r\n--x--\r\n`;
    return { headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x' }, payload };
  }
  const form = new URLSearchParams({ ...(given as Record<string, string>), ...(csrf && { _csrf: csrf }) });
  return { headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, payload: form.toString() };
}

/** How far somebody got, in the words of the matrix. */
export const words: Record<number, string> = {
  ...{ 200: 'yes', 201: 'yes', 204: 'yes', 302: 'on' },
  ...{ 401: 'sign in', 403: 'no', 404: 'none', 409: 'not now', 422: 'form', 400: 'form' },
};
type Came = { statusCode: number; headers: Record<string, unknown> };
export function wordOf({ statusCode, headers }: Came): string {
  if (statusCode === 303) return String(headers.location ?? '').startsWith('/sign-in?') ? 'sign in' : 'on';
  return words[statusCode] ?? String(statusCode);
}

const uploads = new Set(['POST /apply/:draft/materials', 'POST /cases/:number/correct']);

export type Stage = 'handed in' | 'accepted' | 'returned';
const clerks: Record<Stage, unknown> = {
  'handed in': undefined,
  accepted: { type: 'accept' },
  returned: { type: 'return', missing: [{ what: '出院小结', why: '看不清' }] },
};

/** A case of the father's, a form of his, a file of the case, and everything else that has an address. */
export async function openWorld(product: Product, stage: Stage): Promise<World> {
  const { as, house } = product;
  const father = await as('father');
  const [handedIn, draft] = [await fillIn(father), await fillIn(father)];
  const file = await father.call<{ files: { id: string }[] }>('GET', `/api/v1/drafts/${handedIn}`);
  const made = await father.call<{ number: string }>('POST', `/api/v1/drafts/${handedIn}/submission`, {
    consent: true,
  });
  const { number } = made.body;
  if (!number) throw new Error(made.text);
  if (clerks[stage]) {
    const clerk = await as('clerk-liantang');
    const body = { command: clerks[stage], commandId: 'world.stage' };
    const done = await clerk.call('POST', `/api/v1/cases/${number}/commands`, body);
    if (done.status !== 200) throw new Error(done.text);
  }
  // Everybody has heard of it: there is a proof, and an invitation to rate.
  await house.drain();
  return { number, draft, file: file.body.files[0]?.id ?? '', ...(await openThings(product, number)) };
}
