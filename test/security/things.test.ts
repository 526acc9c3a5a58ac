import { beforeAll, expect, test } from 'vitest';
import { requestOf, type World, wordOf } from '../support/asking.ts';
import { actorOf, mayRead, type Owned, ownerOf, reaches, type Somebody } from './rows.ts';
import { openTown, type Town } from './town.ts';

/**
 * Everybody there is, and a role of each kind in another county, tries to read and to change every thing that has an address
 * and is not theirs: cases, forms, consents, ratings, requests, powers, accounts, clients, devices, holds, proposals.
 */
let town: Town;
beforeAll(async () => {
  town = await openTown();
}, 600_000);

const county = '360121';
const holds =
  (...roles: string[]) =>
  (actor: Somebody): boolean =>
    actor.region === county && roles.some((role) => actor.roles?.includes(role));

/** Whose a thing is, by the part of the path that names it. What is not here is public, or a case or form. */
const things: [RegExp, (actor: Somebody) => boolean][] = [
  [/\/requests\/:id/, (actor) => holds('clerk')(actor) && reaches(actor, '360121100000')],
  [/\/admin\/(people|staff|clients|devices|holds)\/:id|\/admin\/(break-glass|powers)\/:power/, holds('security-admin')],
  [/\/admin\/accounts\/:id/, holds('system-admin')],
  [/\/admin\/(catalog\/)?proposals\/:id/, holds('system-admin', 'catalog-editor', 'catalog-publisher')],
  // Of an organisation for which nobody acts here.
  [/\/organisation\/powers\/:ref/, () => false],
  [/:draft/, ({ id }) => id === `${county}-father`],
];

/** Who opened a case in an emergency, by the rows. */
const openersOf = async (number: string): Promise<string[]> => {
  const { db } = town.product.house;
  const rows = await db.query<{ account: string }>('select account from identity.power where number = $1', [number]);
  return rows.map(({ account }) => account);
};

/** Those who may, by the rows. */
function isTheirs(route: string, actor: Somebody, owned: Owned, openers: string[]): boolean {
  // The page of an applicant sends staff on to the page of the desk, whatever the number.
  if (route === 'GET /cases/:number') return actor.kind === 'staff' || actor.id === owned.applicant;
  const thing = things.find(([path]) => path.test(route));
  return thing ? thing[1](actor) : mayRead(actor, owned) || openers.includes(actor.id ?? '');
}

const naming = () =>
  town.product.app.routeFacts
    .filter(({ method, url }) => method !== 'HEAD' && (things.some(([path]) => path.test(url)) || /:number/.test(url)))
    .map(({ method, url }) => `${method} ${url}`);

test.each(['handed in', 'accepted', 'returned'])(
  'nobody reads or changes what is not theirs around a case that was %s',
  async (stage) => {
    const world = town.worlds[['handed in', 'accepted', 'returned'].indexOf(stage)] as World;
    const owned = await ownerOf(town, world.number);
    if (!owned) throw new Error('there is no such case');
    const openers = await openersOf(world.number);
    const wrong: string[] = [];
    let [tried, own] = [0, 0];
    for (const persona of [undefined, ...town.product.house.identity.personas().map(({ id }) => id)]) {
      let who = await town.product.as(persona);
      const actor = await actorOf(who);
      for (const route of naming()) {
        if (isTheirs(route, actor, owned, openers)) {
          own++;
          continue;
        }
        // Anew now and then: the clock goes on, and proof of a moment ago is part of what they try with.
        if (tried % 20 === 0) who = await town.product.as(persona);
        const word = wordOf(await town.product.app.inject(requestOf(route, world, who)));
        tried++;
        if (!['no', 'none', 'sign in', 'not now', '429'].includes(word)) wrong.push(`${persona}: ${route} ${word}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(1000);
    expect(own).toBeGreaterThan(100);
  },
  600_000,
);
