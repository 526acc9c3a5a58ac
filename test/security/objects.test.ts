import { beforeAll, expect, test } from 'vitest';
import type { Client } from '../support/api.ts';
import { actorOf, mayRead, ownerOf } from './rows.ts';
import { openTown, type Town } from './town.ts';

/**
 * Everybody walks over every page they are shown. Then each tries everything anybody else has seen, on every address there
 * is for it. What somebody may read is worked out here from the rows, not asked of the policy.
 */
type Kind = 'case' | 'draft' | 'file';

let town: Town;
const seen: Record<Kind, Set<string>> = { case: new Set(), draft: new Set(), file: new Set() };
const broken: string[] = [];

beforeAll(async () => {
  town = await openTown();
  for (const { number, draft, file } of town.worlds) {
    seen.case.add(number);
    seen.draft.add(draft);
    seen.file.add(`${file}?case=${number}`);
  }
  for (const persona of town.personas) await walk(persona);
}, 600_000);

const starts = [
  '/',
  '/cases',
  '/account',
  '/account/data',
  '/account/looked',
  '/organisation',
  '/desk',
  '/desk/queue',
  '/desk/recent',
  '/desk/inbox',
  '/desk/inbox?view=done',
  '/watch',
  '/watch/cases?measure=submitted',
  '/admin',
  '/admin/people',
  '/admin/trail',
  '/admin/break-glass',
];
const mostPages = 60;

async function walk(persona: string | undefined): Promise<void> {
  const who = await town.product.as(persona);
  const queue = [...starts];
  const known = new Set(queue);
  for (let pages = 0; pages < mostPages && queue.length > 0; pages++) {
    const url = queue.shift() ?? '/';
    const { status, text, location } = await look(who, url);
    if (status >= 500) broken.push(`${persona}: ${url} ${status}`);
    note(text);
    for (const href of [...[...text.matchAll(/href="(\/[^"#]*)/g)].map(([, path = '']) => path), location]) {
      const next = href.replaceAll('&amp;', '&');
      if (next === '' || known.has(next) || /^\/(assets|design)|[?&](lang|mode)=/.test(next)) continue;
      known.add(next);
      queue.push(next);
    }
  }
}

function note(text: string): void {
  for (const [, number = ''] of text.matchAll(/\/cases\/(\d[0-9A-Z]{19,})/g)) seen.case.add(number);
  for (const [, draft = ''] of text.matchAll(/\/apply\/([\w-]{20,})/g)) seen.draft.add(draft);
  for (const [, file = ''] of text.matchAll(/\/files\/([\w-]{20,}(?:\?case=[0-9A-Z]+)?)/g)) seen.file.add(file);
}

async function look(who: Client, url: string): Promise<{ status: number; text: string; location: string }> {
  const answer = await town.product.app.inject({ url, headers: { cookie: who.cookie } });
  return { status: answer.statusCode, text: answer.payload, location: String(answer.headers.location ?? '') };
}

/** Whose a file is, and the case it was handed in with; a past that is only told has cases without forms. */
async function fileOf(id: string): Promise<{ owner: string; number: string } | undefined> {
  const [row] = await town.product.house.db.query<{ owner: string; number: string }>(
    `select f.owner, coalesce(d.number, (select e.number from cases.event e where e.region = f.region and strpos(e.data::text, f.id) > 0 limit 1), f.draft) as number
       from cases.file f left join cases.draft d on (d.region, d.id) = (f.region, f.draft) where f.id = $1`,
    [id],
  );
  return row;
}

async function isOwnDraft(id: string, owner: string | undefined): Promise<boolean> {
  const rows = await town.product.house.db.query('select 1 from cases.draft where id = $1 and owner = $2', [
    id,
    owner ?? '',
  ]);
  return rows.length === 1;
}

const routesWith = (parameter: string) =>
  town.product.app.routeFacts
    .filter(({ method, url }) => method === 'GET' && url.includes(parameter))
    .map(({ url }) => url);

test('no page anybody is shown breaks', () => {
  expect(broken).toEqual([]);
});

test('nobody reads a case of others on any address', async () => {
  const numbers = [...seen.case].slice(0, 24);
  const owners = new Map(
    await Promise.all(numbers.map(async (number) => [number, await ownerOf(town, number)] as const)),
  );
  expect(numbers.length).toBeGreaterThan(15);
  const wrong: string[] = [];
  let [granted, refused] = [0, 0];
  for (const persona of town.personas) {
    const who = await town.product.as(persona);
    const actor = await actorOf(who);
    for (const [number, owned] of owners)
      for (const route of routesWith(':number')) {
        const url = route.replace(':number', number).replace(':material', 'delivery_record');
        const { status } = await look(who, url);
        if (status === 200 && !(owned && mayRead(actor, owned))) wrong.push(`${persona}: ${url}`);
        if (status === 200) granted++;
        else refused++;
      }
  }
  expect(wrong).toEqual([]);
  expect(granted).toBeGreaterThan(50);
  expect(refused).toBeGreaterThan(500);
}, 600_000);

test('nobody opens a form or a file of others', async () => {
  const wrong: string[] = [];
  for (const persona of town.personas) {
    const who = await town.product.as(persona);
    const actor = await actorOf(who);
    for (const draft of seen.draft)
      for (const route of routesWith(':draft')) {
        const { status } = await look(who, route.replace(':draft', draft).replace(':question', 'child-name'));
        if (status === 200 && !(await isOwnDraft(draft, actor.id))) wrong.push(`${persona}: ${route} ${draft}`);
      }
    for (const address of seen.file) {
      const [id = '', number = ''] = address.split('?case=');
      const file = await fileOf(id);
      const owned = file && (await ownerOf(town, file.number));
      const may = file?.owner === actor.id || (actor.kind === 'staff' && owned && mayRead(actor, owned));
      const others = [...seen.case].slice(0, 4).map((other) => `?case=${other}`);
      for (const query of ['', `?case=${number}`, ...others]) {
        const { status } = await look(who, `/files/${id}${query}`);
        if (status === 200 && !may) wrong.push(`${persona}: /files/${id}${query}`);
      }
    }
  }
  expect(wrong).toEqual([]);
}, 600_000);
