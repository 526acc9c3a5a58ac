import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { limits } from '../../test/support/limits.ts';
import { testDatabase } from '../../test/support/testdb.ts';
import { testVault } from '../../test/support/vault.ts';
import { type Db, type Page, pageSize, randomIds } from '../platform/door.ts';
import type { StaffActor } from './actor.ts';
import { type Identity, openIdentity } from './identity.ts';
import type { StaffSearch } from './store-staff.ts';

/** A county with more accounts than a page holds: each can be found, by leafing and by looking for it. */
const at = new Date('2026-10-09T02:00:00Z');
const region = '360121';
const many = 3 * pageSize;

let db: Db;
let identity: Identity;
let admin: StaffActor;
let security: StaffActor;
beforeAll(async () => {
  db = await testDatabase({ role: 'tongban_app' });
  const options = { clock: () => at, ids: randomIds(() => at), demo: true, regions: [region] };
  const folder = join(resolve(import.meta.dirname, '../..'), 'demo');
  identity = await openIdentity({ db, vault: await testVault(db), folder, limits, ...options });
  await db.query(
    `insert into identity.staff (region, id, login, name, division, agency)
     select $1::text, $1::text || '-many-' || n, 'many.' || n, '某某' || n, '360121000000', '360121-tax' from generate_series(1, $2::int) n`,
    [region, many],
  );
  await db.query(`update identity.staff set active = false, login = 'wei.hui', name = '韦慧%' where login = 'many.7'`);
  [admin, security] = [await actor('admin'), await actor('security-admin')];
});
async function actor(login: string): Promise<StaffActor> {
  const found = await identity.staff.actor(region, `${region}-${login}`, at);
  if (!found) throw new Error(`no ${login}`);
  return found;
}
const of = (county: string, who: StaffActor): StaffActor => ({ ...who, region: county });

type Found = { id: string };
const lists: [string, (search?: StaffSearch, county?: string) => Promise<Page<Found>>][] = [
  ['accounts', (search, county = region) => identity.accounts.list(of(county, admin), at, search)],
  ['people', (search, county = region) => identity.powers.people(of(county, security), at, search)],
];

describe.each(lists)('the list of %s', (_name, list) => {
  test('holds every account once over its pages, and says on which it ends', async () => {
    const seen: string[] = [];
    let more = true;
    while (more) {
      const page = await list({ offset: seen.length });
      expect(page.rows.length).toBe(page.more ? pageSize : page.rows.length);
      seen.push(...page.rows.map(({ id }) => id));
      more = page.more;
    }
    const all = await db.query<{ id: string }>('select id from identity.staff where region = $1', [region]);
    expect(all.length).toBeGreaterThan(many);
    expect(seen.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
    // Switched off, it comes after everybody who works here.
    expect(seen.at(-1)).toBe(`${region}-many-7`);
    expect(await list({ offset: seen.length })).toEqual({ rows: [], more: false });
  });

  test.each(['韦慧', ' 韦慧% ', 'Wei.Hui', 'wei.h\0ui'])('finds the last one by %j', async (q) => {
    expect((await list({ q })).rows.map(({ id }) => id)).toEqual([`${region}-many-7`]);
  });

  test.each(['税务', 'TAX'])('finds all of an agency by %j, a page at a time', async (q) => {
    const [first, last] = [await list({ q }), await list({ q, offset: many })];
    expect([first.rows.length, first.more, last.more]).toEqual([pageSize, true, false]);
    expect(last.rows.map(({ id }) => id)).toContain(`${region}-many-7`);
  });

  test('takes what is typed by the letter', async () => {
    for (const q of ['_', '某%1', "某'1", '某\\']) expect((await list({ q })).rows, q).toEqual([]);
    expect((await list({ q: '%' })).rows.map(({ id }) => id)).toEqual([`${region}-many-7`]);
  });

  test('shows an administrator of another county none of them', async () => {
    for (const q of ['韦慧', '税务', 'many']) expect(await list({ q }, '360123')).toEqual({ rows: [], more: false });
    const own = (await list({}, '360123')).rows.map(({ id }) => id);
    expect(own).toEqual(['360123-clerk-anyi']);
  });
});

test('one person is read without the others, and not from another county', async () => {
  const id = `${region}-many-7`;
  expect(await identity.powers.person(security, id, at)).toMatchObject({ id, name: '韦慧%', off: true, powers: [] });
  await expect(identity.powers.person(of('360123', security), id, at)).rejects.toThrow('account-not-found');
  await expect(identity.powers.person(admin, id, at)).rejects.toThrow('not-allowed');
});

test('colleagues to lend to are all there, though they are more than a page', async () => {
  const approver = await actor('approver-tax');
  const colleagues = (await identity.powers.colleagues(approver, at)).map(({ id }) => id);
  expect(colleagues.length).toBeGreaterThanOrEqual(many - 1);
  expect(colleagues).toContain(`${region}-many-${many}`);
  for (const absent of [approver.id, `${region}-many-7`]) expect(colleagues).not.toContain(absent);
});
