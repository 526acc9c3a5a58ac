import { randomBytes } from 'node:crypto';
import type { Db } from './db.ts';
import type { KeyHolder } from './vault-master.ts';
import { NotOpened, type SuiteName, suites } from './vault-suite.ts';

/** Where a sealed value lies. It is bound to this place: in another row it does not open. */
export type Where = { region: string; table: string; row: string };

/**
 * Seals what is classified. Data keys lie in the database, wrapped by the master key; the newest seals, all of them open.
 * A sealed value is `version ‖ key id ‖ nonce ‖ ciphertext ‖ tag`.
 */
export type Vault = {
  seal(plain: Buffer, where: Where): Buffer;
  /** Throws `NotOpened` unless it was sealed for this place and is unchanged. */
  open(sealed: Buffer, where: Where): Promise<Buffer>;
  /** The data key that seals now. */
  keyId(): number;
  /** A keyed hash by which an equal value is found again, within one county and for one purpose. */
  blindIndex(value: string | Buffer, purpose: string, region: string): Buffer;
  /** Makes a new data key and seals with it from now on. What `told` writes stands with the key or not at all. */
  renew(told?: Told): Promise<number>;
  /** Marks all older keys as not for sealing any more. Gives their ids. */
  retireOlder(): Promise<number[]>;
};

/** Notes what was done to keys, in the transaction that does it: the id of a new key, or how many were wrapped anew. */
export type Told = (tx: Db, about: number) => Promise<void>;

type DataKey = { id: number; purpose: 'seal' | 'index'; suite: SuiteName; key: Buffer; retired: boolean };
type Keys = { all: Map<number, DataKey>; sealing: DataKey; index: DataKey };
type Needs = { db: Db; holder: (fresh: boolean) => Promise<KeyHolder>; suite: SuiteName };

const version = 1;
const headBytes = 5;
/** One process at a time makes keys. */
const lock = 360_122;

/** The data key a sealed value was sealed with. */
export const keyIdOf = (sealed: Buffer): number => sealed.readUInt32BE(1);

/** Opens the vault; makes the first keys in a new database, and a new one when another suite is asked for. */
export async function openVault({ db, holder, suite }: Needs): Promise<Vault> {
  const held = await ensureKeys(db, holder, suite);
  let keys = await readKeys(db, held);
  const refresh = async () => {
    keys = await readKeys(db, held, keys.all);
  };
  await db.listen('data_key', () => void refresh().catch(() => undefined)); // an unknown key is looked for again when it is met

  return {
    seal(plain, where) {
      const { id, key, suite: name } = keys.sealing;
      const head = headOf(id);
      return Buffer.concat([head, suites[name].seal(key, plain, contextOf(head, where))]);
    },
    async open(sealed, where) {
      if (sealed.length <= headBytes || sealed[0] !== version) throw new NotOpened();
      const id = keyIdOf(sealed);
      if (!keys.all.has(id)) await refresh();
      const found = keys.all.get(id);
      if (found?.purpose !== 'seal') throw new NotOpened();
      const context = contextOf(sealed.subarray(0, headBytes), where);
      return suites[found.suite].open(found.key, sealed.subarray(headBytes), context);
    },
    keyId: () => keys.sealing.id,
    blindIndex(value, purpose, region) {
      const { key, suite: name } = keys.index;
      const named = Buffer.from(`${JSON.stringify([purpose, region])}\n`);
      return suites[name].mac(key, Buffer.concat([named, Buffer.from(value)])).subarray(0, 16);
    },
    async renew(told) {
      await db.transaction((tx) =>
        locked(tx, async () => {
          const id = await addKey(tx, held, 'seal', suite);
          await told?.(tx, id);
        }),
      );
      await refresh();
      return keys.sealing.id;
    },
    async retireOlder() {
      const rows = await db.query<{ id: number }>(
        `update platform.data_key set retired_at = now()
          where purpose = 'seal' and id < $1 and retired_at is null returning id`,
        [keys.sealing.id],
      );
      await refresh();
      return rows.map(({ id }) => id);
    },
  };
}

/** Wraps every data key by another master key: all of them or none. Nothing that is sealed changes. Gives how many. */
export async function rewrapKeys(db: Db, from: KeyHolder, to: KeyHolder, told?: Told): Promise<number> {
  return db.transaction((tx) =>
    locked(tx, async () => {
      const rows = await tx.query<Pick<DataKey, 'id' | 'purpose' | 'suite'> & { wrapped: Buffer }>(
        'select id, purpose, suite, wrapped from platform.data_key',
      );
      for (const row of rows) {
        const wrapped = await to.wrap(await unwrapped(from, row.wrapped, nameOf(row)), nameOf(row));
        await tx.query('update platform.data_key set wrapped = $2 where id = $1', [row.id, wrapped]);
      }
      await told?.(tx, rows.length);
      return rows.length;
    }),
  );
}

async function ensureKeys(db: Db, holder: Needs['holder'], suite: SuiteName): Promise<KeyHolder> {
  return db.transaction((tx) =>
    locked(tx, async () => {
      const rows = await tx.query<{ purpose: string; suite: string }>(
        'select purpose, suite from platform.data_key where retired_at is null order by id',
      );
      const held = await holder(rows.length === 0);
      if (!rows.some(({ purpose }) => purpose === 'index')) await addKey(tx, held, 'index', suite);
      if (rows.findLast(({ purpose }) => purpose === 'seal')?.suite !== suite) await addKey(tx, held, 'seal', suite);
      return held;
    }),
  );
}

async function locked<T>(tx: Db, work: () => Promise<T>): Promise<T> {
  await tx.query('select pg_advisory_xact_lock($1)', [lock]);
  return work();
}

async function addKey(tx: Db, holder: KeyHolder, purpose: DataKey['purpose'], suite: SuiteName): Promise<number> {
  const [last] = await tx.query<{ id: number }>('select coalesce(max(id), 0) as id from platform.data_key');
  const id = (last?.id ?? 0) + 1;
  const wrapped = await holder.wrap(randomBytes(suites[suite].keyBytes), nameOf({ id, purpose, suite }));
  await tx.query('insert into platform.data_key (id, purpose, suite, wrapped) values ($1, $2, $3, $4)', [
    id,
    purpose,
    suite,
    wrapped,
  ]);
  return id;
}

async function readKeys(db: Db, holder: KeyHolder, known?: Keys['all']): Promise<Keys> {
  const rows = await db.query<Omit<DataKey, 'key'> & { wrapped: Buffer }>(
    'select id, purpose, suite, wrapped, retired_at is not null as retired from platform.data_key order by id',
  );
  const all: Keys['all'] = new Map();
  for (const { wrapped, ...row } of rows) {
    all.set(row.id, { ...row, key: known?.get(row.id)?.key ?? (await unwrapped(holder, wrapped, nameOf(row))) });
  }
  const listed = [...all.values()];
  const sealing = listed.findLast(({ purpose, retired }) => purpose === 'seal' && !retired);
  const index = listed.find(({ purpose }) => purpose === 'index');
  if (!sealing || !index) throw new Error('platform.data_key has no key to seal with');
  return { all, sealing, index };
}

async function unwrapped(holder: KeyHolder, wrapped: Buffer, name: string): Promise<Buffer> {
  try {
    return await holder.unwrap(wrapped, name);
  } catch (error) {
    if (!(error instanceof NotOpened)) throw error;
    throw new Error('the master key does not fit this database: bring the right one back', { cause: error });
  }
}

const nameOf = ({ id, purpose, suite }: Pick<DataKey, 'id' | 'purpose' | 'suite'>) => `${id} ${purpose} ${suite}`;

function headOf(id: number): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeUInt8(version, 0);
  head.writeUInt32BE(id, 1);
  return head;
}

function contextOf(head: Buffer, { region, table, row }: Where): Buffer {
  return Buffer.concat([head, Buffer.from(JSON.stringify([region, table, row]))]);
}
