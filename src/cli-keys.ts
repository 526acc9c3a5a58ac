import { join } from 'node:path';
import type { House } from './house.ts';
import { byOperator } from './ledger/door.ts';
import { type Db, holderOf, parseMasterKey, readMasterKey, rewrapKeys, rotateKeys } from './platform/door.ts';

/** `npm run tongban -- rotate-keys` and `change-master-key`: the keys of what is kept sealed. */
const say = (line: string) => process.stdout.write(`${line}\n`);

/** How long other processes get to hear of a new key, in milliseconds. */
const grace = 3000;

/** Puts into the trail what was done to keys, in the transaction that does it. */
const tell =
  (house: House, { what, name }: { what: string; name: string }) =>
  (tx: Db, count: number) =>
    house.trail.recordIn(
      tx,
      byOperator(house.config.region, house.clock(), { kind: 'act', what, detail: { [name]: count } }),
    );

export const keyCommands = {
  'rotate-keys': {
    usage: 'rotate-keys',
    about: 'makes a new data key and seals everything anew with it; the product may go on running',
    async run(house: House) {
      const { vault, resealing } = house;
      await rotateKeys({ vault, resealing, grace, say, told: tell(house, { what: 'keys.rotate', name: 'key' }) });
      return 0;
    },
  },
  'change-master-key': {
    usage: 'change-master-key (the new key in TONGBAN_NEW_MASTER_KEY)',
    about: 'wraps the data keys by another master key; then put it where the old one was, and restart every process',
    async run(house: House) {
      const { db, config } = house;
      const given = process.env.TONGBAN_NEW_MASTER_KEY;
      if (!given) return undefined;
      const now = { file: join(config.data, 'master.key'), given: config.masterKey, mayMake: false };
      const next = parseMasterKey(given, 'TONGBAN_NEW_MASTER_KEY');
      const [from, to] = [await readMasterKey(now), next].map((key) => holderOf(key, config.suite));
      const told = tell(house, { what: 'keys.change-master', name: 'keys' });
      const count = from && to ? await rewrapKeys(db, from, to, told) : 0;
      say(`${count} keys are wrapped by the new master key. Put it where the old one was, and restart every process.`);
      return 0;
    },
  },
};
