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
  /** The same under every key there is or was: what lies under any of them is found. */
  blindIndexes(value: string | Buffer, purpose: string, region: string): Buffer[];
  /** Under the first key there was, whichever counts: a request that is sent again is known by it at any moment. */
  lastingIndex(value: string | Buffer, purpose: string, region: string): Buffer;
  /** All of them in one, of which `platform.pick_index` takes the one that counts when the row is written. */
  indexToWrite(value: string | Buffer, purpose: string, region: string): Buffer;
  /** Makes a new data key and seals with it from now on. What `told` writes stands with the key or not at all. */
  renew(told?: Told): Promise<number>;
  /** Marks all older keys as not for sealing any more. Gives their ids. */
  retireOlder(): Promise<number[]>;
  /** Makes a key for blind indexes that is about to count, unless there is one; gives it with the one that counts. */
  renewIndex(): Promise<{ from: number; to: number }>;
  /** A blind index under a key of a certain id; nothing when there is none. */
  indexUnder(key: number, value: string | Buffer, purpose: string, region: string): Buffer | undefined;
};

/** Notes what was done to keys, in the transaction that does it: the id of a new key, or how many were wrapped anew. */
export type Told = (tx: Db, about: number) => Promise<void>;

type DataKey = { id: number; purpose: 'seal' | 'index'; suite: SuiteName; key: Buffer; retired: boolean };
type Keys = { all: Map<number, DataKey>; sealing: DataKey; index: DataKey; indexes: DataKey[] };
type Needs = { db: Db; holder: (fresh: boolean) => Promise<KeyHolder>; suite: SuiteName };

const version = 1;
const headBytes = 5;
/** One process at a time makes keys. */
const lock = 360_122;
/** When a key that was told of could not be read: the database or the KMS does not answer just now. In milliseconds. */
const again = 5000;
const mostTries = 100;

/** The data key a sealed value was sealed with. */
export const keyIdOf = (sealed: Buffer): number => sealed.readUInt32BE(1);

/** Opens the vault; makes the first keys in a new database, and a new one when another suite is asked for. */
export async function openVault({ db, holder, suite }: Needs): Promise<Vault> {
  const held = await ensureKeys(db, holder, suite);
  let keys = await readKeys(db, held);
  let [asked, read] = [0, 0];
  const refresh = async () => {
    const turn = ++asked;
    const found = await readKeys(db, held, keys.all);
    if (turn < read) return; // a later look was faster
    [read, keys] = [turn, found];
  };
  const hear = (tries: number) => void refresh().catch(() => tries > 0 && setTimeout(hear, again, tries - 1).unref());
  await db.listen('data_key', () => hear(mostTries));

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
    blindIndex: (value, purpose, region) => indexOf(keys.index, value, purpose, region),
    blindIndexes: (value, purpose, region) => keys.indexes.map((key) => indexOf(key, value, purpose, region)),
    lastingIndex: (value, purpose, region) => indexOf(keys.indexes[0] ?? keys.index, value, purpose, region),
    indexToWrite: (value, purpose, region) =>
      Buffer.concat(keys.indexes.flatMap((key) => [fourBytes(key.id), indexOf(key, value, purpose, region)])),
    indexUnder(id, value, purpose, region) {
      const key = keys.indexes.find((one) => one.id === id);
      return key && indexOf(key, value, purpose, region);
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
    async renewIndex() {
      const made = await db.transaction((tx) =>
        locked(tx, async () => {
          const rows = await tx.query<{ id: number }>(
            `select id from platform.data_key where purpose = 'index' and retired_at is null order by id`,
          );
          const [from = 0, to] = rows.map(({ id }) => id);
          return { from, to: to ?? (await addKey(tx, held, 'index', suite)) };
        }),
      );
      await refresh();
      return made;
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
  const indexes = listed.filter(({ purpose }) => purpose === 'index');
  const index = indexes.find(({ retired }) => !retired);
  if (!sealing || !index) throw new Error('platform.data_key has no key to seal with');
  return { all, sealing, index, indexes };
}

function indexOf({ key, suite }: DataKey, value: string | Buffer, purpose: string, region: string): Buffer {
  const named = Buffer.from(`${JSON.stringify([purpose, region])}\n`);
  return suites[suite].mac(key, Buffer.concat([named, Buffer.from(value)])).subarray(0, 16);
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

const headOf = (id: number): Buffer => Buffer.concat([Buffer.from([version]), fourBytes(id)]);

function fourBytes(id: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(id);
  return bytes;
}

function contextOf(head: Buffer, { region, table, row }: Where): Buffer {
  return Buffer.concat([head, Buffer.from(JSON.stringify([region, table, row]))]);
}
