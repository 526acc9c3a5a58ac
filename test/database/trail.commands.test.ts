import { randomBytes } from 'node:crypto';
import { beforeAll, expect, test, vi } from 'vitest';
import { keyCommands } from '../../src/cli-keys.ts';
import type { House } from '../../src/house.ts';
import { addAgency, addStaff } from '../../src/identity/door.ts';
import { type Config, openDb, openLog } from '../../src/platform/door.ts';
import { openProduct, type Product } from '../support/api.ts';
import { atEnd } from '../support/endings.ts';
import { aKms } from '../support/kms.ts';

/** What whoever runs the node does at the command line stands in the trail, with the act or not at all. */
const region = '360121';
const division = '360121100000';
let house: House;
let staffOf: Product['staff'];
beforeAll(async () => {
  ({ house, staff: staffOf } = await openProduct('2026-06-10T02:00:00.000Z'));
});

const lines = async (what: string) => house.audit.search(await staffOf('audit-admin'), { who: 'setup', what }, 10);
const given = {
  ...{ kind: 'township-hall', name: { zh: '莲塘镇文化站', en: 'Liantang Culture Hall' } },
  ...{ division, creditCode: '12360121DEM000202C' },
};
const staff = {
  ...{ region, login: 'xiong.new', name: '熊晓燕', division, agency: '360121100000-township-centre' },
  ...{ roles: ['approver', 'clerk'], password: 'a long sentence nobody else would write' },
};

test('a new account with the roles it got, by its id', async () => {
  const { id } = await addStaff(house, staff);
  expect(await lines('account.add')).toMatchObject([
    { about: id, kind: 'power', network: 'command line', detail: { roles: 'approver,clerk', division } },
  ]);
  await expect(addStaff(house, staff)).rejects.toMatchObject({ fields: [{ code: 'login-taken' }] });
  expect(await lines('account.add')).toHaveLength(1);
});

test('where a colleague lives, and not where', async () => {
  const { homes } = house.identity;
  await homes.keep(region, 'clerk-liantang', { division: '360121100003', address: '莲塘镇澄湖小区5栋' });
  const [line] = await lines('account.home');
  expect(line).toMatchObject({ about: '360121-clerk-liantang', whoId: 'setup' });
  expect(JSON.stringify(line)).not.toMatch(/360121100003|澄湖/);
});

test('an agency', async () => {
  const { id } = await addAgency(house, given);
  expect(await lines('agency.save')).toMatchObject([{ about: id, detail: { division } }]);
});

test('a new data key, a new key of the blind indexes and another master key', async () => {
  await keyCommands['rotate-keys'].run(house);
  expect(await lines('keys.rotate')).toMatchObject([{ detail: { key: house.vault.keyId() } }]);
  await keyCommands['rotate-index-key'].run(house);
  expect(await lines('keys.rotate-index')).toMatchObject([{ detail: { key: house.vault.keyId() + 1 } }]);
  process.env.TONGBAN_NEW_MASTER_KEY = randomBytes(32).toString('base64');
  atEnd(async () => {
    delete process.env.TONGBAN_NEW_MASTER_KEY;
  });
  expect(await keyCommands['change-master-key'].run(house)).toBe(0);
  const [{ count = 0 } = {}] = await house.db.query<{ count: number }>('select count(*) from platform.data_key');
  expect(await lines('keys.change-master')).toMatchObject([{ detail: { keys: count } }]);
});

test('a master key in a key management system, and back', async () => {
  const { program } = await aKms();
  const given = randomBytes(32).toString('base64url');
  const change = (now: Partial<Config>, next: Record<string, string>) => {
    vi.unstubAllEnvs();
    for (const [name, value] of Object.entries(next)) vi.stubEnv(name, value);
    return keyCommands['change-master-key'].run({
      ...house,
      config: { ...house.config, masterKey: undefined, ...now },
    });
  };
  const before = { masterKey: process.env.TONGBAN_NEW_MASTER_KEY };
  delete process.env.TONGBAN_NEW_MASTER_KEY;
  expect(await change(before, {})).toBeUndefined();
  const both = { TONGBAN_NEW_MASTER_KEY: given, TONGBAN_NEW_KMS_COMMAND: program };
  expect(await change(before, both)).toBeUndefined();
  await expect(change(before, { TONGBAN_NEW_KMS_COMMAND: 'kms' })).rejects.toThrow('whole path');
  expect(await change(before, { TONGBAN_NEW_KMS_COMMAND: program })).toBe(0);
  expect(await change({ kmsCommand: program }, { TONGBAN_NEW_MASTER_KEY: given })).toBe(0);
  await expect(change({ kmsCommand: program }, { TONGBAN_NEW_MASTER_KEY: given })).rejects.toThrow('start with that');
  vi.unstubAllEnvs();
  expect(await lines('keys.change-master')).toHaveLength(3);
});

test('what the trail cannot take is not done', async () => {
  const owner = openDb({ url: house.config.databaseUrl ?? '', log: openLog('silent'), max: 1 });
  atEnd(() => owner.end());
  await owner.query('revoke insert on ledger.trail from tongban_app');
  const newest = async () => house.db.query('select max(id) as newest from platform.data_key');
  const before = await newest();
  await expect(addStaff(house, { ...staff, login: 'zhou.min' })).rejects.toThrow(/permission denied/);
  await expect(addAgency(house, { ...given, kind: 'none' })).rejects.toThrow(/permission denied/);
  await expect(keyCommands['rotate-keys'].run(house)).rejects.toThrow(/permission denied/);
  expect(await house.identity.staff.idOf(region, 'zhou.min')).toBeUndefined();
  await house.identity.agencies.refresh();
  expect(house.identity.agencies.get(`${division}-none`)).toBeUndefined();
  expect(await newest()).toEqual(before);
  const index = house.vault.blindIndex('x', 'y', region);
  await expect(keyCommands['rotate-index-key'].run(house)).rejects.toThrow(/permission denied/);
  expect(house.vault.blindIndex('x', 'y', region)).toEqual(index);
});
