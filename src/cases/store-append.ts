import type { Db } from '../platform/door.ts';
import type { BranchState, CaseEvent, CaseState } from './case.ts';
import type { Consent } from './consent.ts';
import type { SealedPart } from './sealing.ts';
import type { Dossier } from './store.ts';

/** One act ready to be written: its events, the state they lead to, and the version it was decided on. */
export type Append = {
  region: string;
  number: string;
  expected: number;
  state: CaseState;
  events: CaseEvent[];
  parts: SealedPart[];
  commandId: string;
  dossier?: Dossier & {
    /** Blind indexes of the id cards its answers name, as they are to be written. */
    cards: Buffer[];
  };
  /** To sensitive answers that a correction adds. */
  consent?: Consent & { person: string };
};

/** Acts that go into one statement at most; past this a larger batch gains little and waits longer. */
const batchSize = 64;
/** Statements under way at once: while one waits for the disk the next is filled. */
const inFlight = 2;

/**
 * Writes acts. Those that wait at the same moment share one statement and one commit; each stands behind the guard of
 * its expected version, and an act is answered only after the commit that holds it. Gives, for each act, whether its
 * guard held. When a whole batch fails each act is tried alone, so that one bad act never hurts its neighbours.
 */
export function openAppender(db: Db): (act: Append) => Promise<boolean> {
  type Waiting = { act: Append; resolve: (held: boolean) => void; reject: (error: unknown) => void };
  const waiting: Waiting[] = [];
  let underWay = 0;

  const pump = () => {
    while (underWay < inFlight && waiting.length > 0) {
      underWay++;
      void flush(waiting.splice(0, batchSize)).finally(() => {
        underWay--;
        pump();
      });
    }
  };
  const flush = async (batch: Waiting[]) => {
    try {
      const held = await append(
        db,
        batch.map((one) => one.act),
      );
      for (const { act, resolve } of batch) resolve(held.has(key(act)));
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const one of batch) await flush([one]);
    }
  };
  return (act) =>
    new Promise((resolve, reject) => {
      waiting.push({ act, resolve, reject });
      // Let everything that arrived in this turn of the loop join before the batch leaves.
      setImmediate(pump);
    });
}

const key = (act: { region: string; number: string }) => `${act.region}/${act.number}`;

async function append(db: Db, acts: Append[]): Promise<Set<string>> {
  // A fixed order keeps two processes that write the same cases from waiting for each other in a circle.
  const sorted = acts.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  const values = statesOf(sorted);
  const sealed = sealedOf(sorted);
  const dossiers = sorted.filter((act) => act.dossier);
  // Most acts neither hand in nor decide anything, and few that decide hand in: their statement is spared the rest.
  type Row = { region: string; number: string };
  const rows =
    dossiers.length > 0
      ? await db.prepared<Row>('cases.append-whole', wholeSql, [...values, ...sealed, ...handedInOf(sorted, dossiers)])
      : sorted.some((act) => act.parts.length > 0)
        ? await db.prepared<Row>('cases.append-sealed', sealedSql, [...values, ...sealed])
        : await db.prepared<Row>('cases.append', plainSql, values);
  return new Set(rows.map(key));
}

/** Columns of the case rows, events and branch rows, in the order of `plainSql`. */
function statesOf(sorted: Append[]): unknown[] {
  const events = sorted.flatMap((act) => act.events.map((event, index) => ({ act, event, index })));
  const branches = sorted.flatMap((act) =>
    changedItems(act).map((item) => ({ act, item, branch: act.state.branches[item] })),
  );
  return [
    sorted.map((act) => act.region),
    sorted.map((act) => act.number),
    sorted.map((act) => act.expected),
    sorted.map((act) => act.state.version),
    sorted.map((act) => act.state.status),
    sorted.map((act) => act.state.answerDue),
    sorted.map((act) => act.state.closedAt ?? null),
    sorted.map((act) => JSON.stringify(act.state)),
    events.map(({ act }) => act.region),
    events.map(({ act }) => act.number),
    events.map(({ act, index }) => act.expected + 1 + index),
    events.map(({ event }) => event.type),
    events.map(({ event }) => event.at),
    events.map(({ event }) => event.by.id),
    events.map(({ act, index }) => (index === 0 ? act.commandId : null)),
    events.map(({ act, event, index }) => JSON.stringify({ ...event, command: index === 0 ? act.commandId : null })),
    branches.map(({ act }) => act.region),
    branches.map(({ act }) => act.number),
    branches.map(({ item }) => item),
    ...branchColumns(branches.map(({ branch }) => branch)),
  ];
}

/** Columns of what is sealed, as `sealedSql` goes on. */
function sealedOf(sorted: Append[]): unknown[] {
  const parts = sorted.flatMap((act) => act.parts.map((part) => ({ act, part })));
  return [
    parts.map(({ act }) => act.region),
    parts.map(({ act }) => act.number),
    parts.map(({ part }) => part.seq),
    parts.map(({ part }) => part.sealed),
    parts.map(({ part }) => part.keyId),
  ];
}

/** Columns of what was handed in, as `wholeSql` goes on. */
function handedInOf(sorted: Append[], dossiers: Append[]): unknown[] {
  return [
    dossiers.map((act) => act.region),
    dossiers.map((act) => act.number),
    dossiers.map((act) => JSON.stringify(act.dossier?.answers)),
    dossiers.map((act) => JSON.stringify(act.dossier?.materials)),
    JSON.stringify(sorted.flatMap(consentRow)),
    ...cardColumns(dossiers),
  ];
}

function cardColumns(dossiers: Append[]): unknown[][] {
  const cards = dossiers.flatMap((act) => (act.dossier?.cards ?? []).map((card) => ({ act, card })));
  return [cards.map(({ act }) => act.region), cards.map(({ card }) => card), cards.map(({ act }) => act.number)];
}

/** Goes with a dossier; who consents is named, who wrote it down did the act. */
function consentRow({ region, number, consent, events }: Append) {
  const [event] = events;
  if (!consent || !event) return [];
  return [{ region, number, ...consent, by_id: event.by.id, at: event.at }];
}

function changedItems(act: Append): string[] {
  return [...new Set(act.events.flatMap((event) => ('item' in event ? [event.item] : [])))];
}

function branchColumns(branches: (BranchState | undefined)[]): unknown[][] {
  return [
    branches.map((branch) => branch?.status),
    branches.map((branch) => branch?.openedAt ?? null),
    branches.map((branch) => branch?.promisedDue ?? null),
    branches.map((branch) => branch?.statutoryDue ?? null),
    branches.map((branch) => branch?.provisional ?? false),
    branches.map((branch) => branch?.claimedBy?.id ?? null),
    branches.map((branch) => branch?.claimedBy?.name ?? null),
    branches.map((branch) => branch?.decidedAt ?? null),
    branches.map((branch) => branch?.usedDays ?? null),
    branches.map((branch) => branch?.issueDue ?? null),
  ];
}

const appendSql = (more: string) => `
with held as (
  update cases.case c
     set version = g.version, status = g.status, answer_due = g.answer_due, closed_at = g.closed_at, state = g.state
    from unnest($1::text[], $2::text[], $3::int[], $4::int[], $5::text[], $6::date[], $7::timestamptz[], $8::jsonb[])
      as g(region, number, expected, version, status, answer_due, closed_at, state)
   where c.region = g.region and c.number = g.number and c.version = g.expected
  returning c.region, c.number
), event as (
  insert into cases.event (region, number, seq, type, at, by_id, command, data)
  select e.* from unnest($9::text[], $10::text[], $11::int[], $12::text[], $13::timestamptz[], $14::text[], $15::text[], $16::jsonb[])
      as e(region, number, seq, type, at, by_id, command, data)
    join held using (region, number)
   order by e.region, e.number, e.seq -- positions in the order things happened
), branch as (
  update cases.branch b
     set status = x.status, opened_at = x.opened_at, promised_due = x.promised_due, statutory_due = x.statutory_due,
         provisional = x.provisional, claimed_by = x.claimed_by, claimed_name = x.claimed_name,
         decided_at = x.decided_at, used_days = x.used_days, issue_due = x.issue_due
    from unnest($17::text[], $18::text[], $19::text[], $20::text[], $21::timestamptz[], $22::date[], $23::date[],
                $24::boolean[], $25::text[], $26::text[], $27::timestamptz[], $28::int[], $29::date[])
      as x(region, number, item, status, opened_at, promised_due, statutory_due, provisional, claimed_by, claimed_name, decided_at, used_days, issue_due)
    join held using (region, number)
   where b.region = x.region and b.number = x.number and b.item = x.item
)${more}
select region, number from held`;

const sealedToo = `, sealed as (
  insert into cases.sealed (region, number, seq, sealed, key_id)
  select s.* from unnest($30::text[], $31::text[], $32::int[], $33::bytea[], $34::int[]) as s(region, number, seq, sealed, key_id)
    join held using (region, number)
)`;
const dossierToo = `, dossier as (
  update cases.dossier d set answers = y.answers, materials = y.materials
    from unnest($35::text[], $36::text[], $37::jsonb[], $38::jsonb[]) as y(region, number, answers, materials)
    join held using (region, number)
   where d.region = y.region and d.number = y.number
), consent as (
  insert into cases.consent (region, number, seq, kind, person, elements, text, given_as, by_id, at)
  select k.region, k.number,
         1 + coalesce((select max(seq) from cases.consent o where o.region = k.region and o.number = k.number), 0),
         'given', k.person, k.elements, k.text, k."as", k.by_id, k.at
    from jsonb_to_recordset($39::jsonb)
      as k(region text, number text, person text, elements text[], text text, "as" text, by_id text, at timestamptz)
    join held using (region, number)
), named as (
  insert into cases.named (region, id_card_index, number)
  select distinct region, platform.pick_index(n.indexes), number
    from unnest($40::text[], $41::bytea[], $42::text[]) as n(region, indexes, number)
    join held using (region, number)
  on conflict do nothing
)`;
const plainSql = appendSql('');
const sealedSql = appendSql(sealedToo);
const wholeSql = appendSql(sealedToo + dossierToo);
