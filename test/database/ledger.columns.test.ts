import { beforeAll, describe, expect, test } from 'vitest';
import { fillWithPast } from '../../src/demo/past.ts';
import type { House } from '../../src/house.ts';
import type { TrailEntry } from '../../src/ledger/door.ts';
import { type Db, openDb, openLog } from '../../src/platform/door.ts';
import { openProduct } from '../support/api.ts';
import { atEnd } from '../support/endings.ts';

/**
 * Every column of evidence, one after the other, is changed by whoever owns the database; verifying the log has to name
 * the act. A column that comes in later is asked for as well, until it is found or stands here with its reason.
 */
const evidence = [
  'cases.event',
  'cases.sealed',
  'cases.case',
  'cases.branch',
  'cases.dossier',
  'cases.consent',
  'cases.erasure',
  'rating.rating',
  'identity.organisation_act',
  'rights.answer',
  'ledger.trail',
  'ledger.leaf',
  'ledger.checkpoint',
  'ledger.tile',
];

const noEvidence: Record<string, string> = {
  'cases.case.draft': 'where a case came from; what was handed in, papers too, is named in its first event',
  'cases.case.parts': 'made from the plan by the database',
  'rating.rating.position': 'each rating has a transaction of its own, which alone says where it stands',
  'ledger.checkpoint.origin': 'one that is gone: those after it cover the same leaves, and the last one is missed',
  'ledger.checkpoint.at': 'when the row was written; a time nobody signed proves nothing, and each act has its own',
};

/** Another value of the same type; `%` is the column. */
const flips: Record<string, string> = {
  text: `coalesce(%, '') || 'x'`,
  bpchar: `translate(%, '0123456789', '1234567890')`,
  int2: '% + 100',
  int4: 'coalesce(%, 0) + 100',
  int8: '% + 100000',
  bool: 'not %',
  date: `coalesce(%, date '2026-01-01') + 1`,
  timestamptz: `coalesce(%, timestamptz '2026-01-01') + interval '1 minute'`,
  jsonb: `case when jsonb_typeof(%) = 'array' then % || '{"x":1}' else coalesce(%, '{}') || '{"x":1}' end`,
  _text: `array_append(%, 'x')`,
  bytea: 'set_byte(%, 0, get_byte(%, 0) # 1)',
  xid8: `'3'::xid8`,
};

type Column = { name: string; table: string; column: string; type: string };
let house: House;
let owner: Db;
let columns: Column[];

beforeAll(async () => {
  ({ house } = await openProduct('2026-06-10T02:00:00.000Z', { demoCases: 20 }));
  await fillWithPast(house, () => undefined);
  // Some in one transaction, where only their position says which came first.
  await Promise.all(Array.from({ length: 12 }, (_, at) => house.trail.record(entry(at))));
  await addRest(house);
  await house.drain();
  owner = openDb({ url: house.config.databaseUrl ?? '', log: openLog('silent'), max: 1 });
  atEnd(() => owner.end());
  await owner.query('set session_replication_role = replica');
  await loosen(owner);
  columns = await owner.query<Column>(
    `select table_schema || '.' || table_name as table, column_name as column, udt_name as type,
            table_schema || '.' || table_name || '.' || column_name as name
       from information_schema.columns where table_schema || '.' || table_name = any($1)
      order by 1, ordinal_position`,
    [evidence],
  );
}, 120_000);

const entry = (at: number): TrailEntry => ({
  ...{ region: '360121', at: house.clock(), kind: 'reading', what: 'case.read', outcome: 'done', from: 'here' },
  ...{ who: { kind: 'staff', id: 'somebody' }, whose: 'a person', about: `case ${at}`, reason: 'work' },
  ...{ requestId: 'request', detail: { agency: 'health' } },
});

/** What the made-up past has none of: consents, erasures, acts of organisations, answers; several in one transaction. */
async function addRest({ db, cases }: House): Promise<void> {
  const at = '2026-06-10T02:00:00.000Z';
  const some = await db.query<{ region: string; number: string }>(
    `select region, number from cases.case where status = 'closed' order by number limit 3`,
  );
  await cases.erasing.within(async (_tx, erasing) => {
    for (const one of some) await erasing.erase(one, 'case', at);
  });
  const of3 = `(select region, number from cases.case order by number limit 3) c cross join (select $1::timestamptz as at) a`;
  for (const insert of [
    `cases.consent (region, number, seq, kind, person, elements, text, given_as, by_id, at)
     select region, number, 7, 'given', 'a person', '{bank_card}', '1', 'self', 'a person', at from ${of3}`,
    `identity.organisation_act (region, organisation, id, at, act, by_person, via, ref, holder_name, items, until)
     select region, 'bakery', number, at, 'grant', 'a person', 'https://provider.example', 'ref', '刘雨桐', '{x}', at from ${of3}`,
    `rights.request (region, id, person, division, kind, at, due, sealed, key_id)
     select region, number, 'a person', '360121100000', 'delete', at, at, '', 1 from ${of3}`,
    `rights.answer (region, request, outcome, reason, at, by_id, agency, erased)
     select region, number, 'done', 'why', at, 'a clerk', 'an agency', '{"drafts":1}' from ${of3}`,
  ])
    await db.query(`insert into ${insert}`, [at]);
}

/** Whoever owns the database first takes away what would refuse a wrong value. */
async function loosen(db: Db): Promise<void> {
  const found = await db.query<{ drop: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop
       from pg_constraint where contype in ('c', 'f') and connamespace::regnamespace::text = any($1)
     union all
     select format('alter table %s alter position set generated by default', attrelid::regclass)
       from pg_attribute join pg_class c on c.oid = attrelid
      where attname = 'position' and attidentity = 'a' and relnamespace::regnamespace::text = any($1)`,
    [[...new Set(evidence.map((table) => table.replace(/\..*/, '')))]],
  );
  for (const { drop } of found) await db.query(drop);
}

const verdict = () => house.ledger.verify(house.acts, { strays: house.strays() });

/** Changes one row of the table, verifies, and puts it back. */
async function changed({ table, column, type }: Column) {
  const flip = (flips[type] ?? '').replaceAll('%', column);
  // In the middle: what comes first and last is found in other ways. A position counts within its transaction.
  const inOrder = `exists (select from ${table} o where o.xid = t.xid and o.position > t.position)`;
  // A transaction flips to the first there could be, which is another order only where a row stands before.
  const notFirst = `exists (select from ${table} o where (o.xid, o.position) < (t.xid, t.position))`;
  const full = column === 'position' ? inOrder : column === 'xid' ? notFirst : `${column} is not null`;
  const [row] = await owner.query<{ ctid: string; before: string | null }>(
    `select ctid::text, ${column}::text as before from ${table} t order by (${full}) desc, ctid
     offset (select count(*) / 2 from ${table} t where ${full}) limit 1`,
  );
  const [now] = await owner.query<{ ctid: string }>(
    `update ${table} set ${column} = ${flip} where ctid = $1::tid returning ctid::text`,
    [row?.ctid],
  );
  const { difference } = await verdict();
  await owner.query(`update ${table} set ${column} = $1::text::${type} where ctid = $2::tid`, [row?.before, now?.ctid]);
  return difference;
}

describe('whatever is changed in evidence', () => {
  test('nothing is found while nothing is changed', async () => {
    const { difference, leaves, waiting } = await verdict();
    expect({ difference, waiting }).toEqual({ difference: undefined, waiting: 0 });
    expect(leaves).toBeGreaterThan(200);
    for (const table of evidence) {
      const [{ count = 0 } = {}] = await owner.query<{ count: number }>(`select count(*) as count from ${table}`);
      expect(count, table).toBeGreaterThan(0);
    }
  });

  test('the columns that are no evidence are there, and give their reason', () => {
    const names = columns.map(({ name }) => name);
    expect(Object.keys(noEvidence).filter((name) => !names.includes(name))).toEqual([]);
  });

  test('any column is found, and the act is named', { timeout: 300_000 }, async () => {
    const unfound: string[] = [];
    for (const column of columns.filter(({ name }) => !(name in noEvidence))) {
      const difference = await changed(column);
      const named = difference?.act?.number ?? difference?.index ?? difference?.tile ?? difference?.size;
      if (named === undefined) unfound.push(column.name);
    }
    expect(unfound).toEqual([]);
    expect((await verdict()).difference).toBeUndefined();
  });
});

describe('what is gone', () => {
  /** Takes rows away, verifies, and undoes it. */
  const without = async (statement: string) => {
    const [table = ''] = /[a-z]+\.[a-z]+/.exec(statement) ?? [];
    await owner.query(`create temp table kept as select * from ${table}`);
    await owner.query(statement);
    const { difference } = await verdict();
    await owner.query(`delete from ${table}`);
    const names = columns.filter((one) => one.table === table && one.column !== 'parts').map(({ column }) => column);
    await owner.query(
      `insert into ${table} (${names.join()}) overriding system value select ${names.join()} from kept`,
    );
    await owner.query('drop table kept');
    return difference;
  };
  const one = (table: string) => `delete from ${table} where ctid = (select max(ctid) from ${table})`;

  test('a sealed part, unless an erasure says why', async () => {
    expect(await without(one('cases.sealed'))).toMatchObject({ what: 'kept-differs', column: 'cases.sealed' });
    expect((await verdict()).difference).toBeUndefined();
  });

  test('the row of a case, a branch, what was handed in', async () => {
    expect(await without(one('cases.case'))).toMatchObject({ what: 'kept-differs', column: 'cases.case' });
    for (const table of ['cases.branch', 'cases.dossier'])
      expect((await without(one(table)))?.column, table).toMatch(table);
  });
});
