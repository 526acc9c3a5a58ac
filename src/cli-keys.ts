import type { House } from './house.ts';
import { byOperator } from './ledger/door.ts';
import { type Db, keyHolder, nextKeyHolder, rewrapKeys, rotateIndexKey, rotateKeys } from './platform/door.ts';

/** `npm run tongban -- rotate-keys`, `rotate-index-key` and `change-master-key`: the keys of what is kept sealed. */
const say = (line: string) => process.stdout.write(`${line}\n`);

/** How long other processes get to hear of a new key, in milliseconds. */
const grace = 3000;

/** Puts into the trail what was done to keys, in the transaction that does it. */
const tell =
  (house: Pick<House, 'trail' | 'config' | 'clock'>, { what, name }: { what: string; name: string }) =>
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
  'rotate-index-key': {
    usage: 'rotate-index-key',
    about: 'makes a new key of the blind indexes and moves what is found by them; the product may go on running',
    async run(house: House) {
      const { db, vault, indexed } = house;
      const told = tell(house, { what: 'keys.rotate-index', name: 'key' });
      await rotateIndexKey({ db, vault, indexed, grace, say, told });
      return 0;
    },
  },
  'change-master-key': {
    usage: 'change-master-key (the new key in TONGBAN_NEW_MASTER_KEY, or a program in TONGBAN_NEW_KMS_COMMAND)',
    about: 'wraps the data keys by another master key; then set it in place of the old one, and restart every process',
    async run({ db, config, ...house }: House) {
      const next = nextKeyHolder(process.env, config);
      if (!next) return undefined;
      const told = tell({ config, ...house }, { what: 'keys.change-master', name: 'keys' });
      const count = await rewrapKeys(db, await keyHolder(config, false), next.holder, told);
      say(
        `${count} keys are wrapped by the new master key. Set ${next.setting} in place of the old one, and restart every process.`,
      );
      return 0;
    },
  },
};
