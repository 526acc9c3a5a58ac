import type { Answers } from '../elements/door.ts';
import type { Db, Seen } from '../platform/door.ts';
import type { Case, CaseEvent, CaseMaterial } from './case.ts';
import type { Consent } from './consent.ts';
import type { SealedPart } from './sealing.ts';

/** Reading one case. Every statement of this file names the region first. */
type Key = { region: string; number: string };

/** The case as it stands, and whether a command id has already taken effect on it. One statement. */
export async function loadCase(db: Db, key: Key, commandId: string): Promise<(Case & { seen: boolean }) | undefined> {
  const [row] = await db.prepared<Case & { seen: boolean }>(
    'cases.load',
    `select plan, state,
            exists (select from cases.event where region = $1 and number = $2 and command = $3) as seen
       from cases.case where region = $1 and number = $2`,
    [key.region, key.number, commandId],
  );
  return row;
}

export type Dossier = { answers: Answers; materials: CaseMaterial[] };
export type CaseFile = Case &
  Dossier & { events: CaseEvent[] } & {
    /** Elements whose consent was taken back; nothing when none was. */
    withdrawn: string[] | null;
  };

/** A case with what is sealed of its events, in base64. */
export type StoredCase = CaseFile & { parts: { seq: number; sealed: string }[] };

/** Everything a case page shows, in one statement: state, answers, materials, the whole history, and what is sealed of it. */
export async function readCase(db: Seen, key: Key): Promise<StoredCase | undefined> {
  const [row] = await db.prepared<StoredCase>(
    'cases.read',
    `select c.plan, c.state, d.answers, d.materials,
            (select coalesce(json_agg(e.data order by e.seq), '[]')
               from cases.event e where e.region = c.region and e.number = c.number) as events,
            (select coalesce(json_agg(json_build_object('seq', s.seq, 'sealed', encode(s.sealed, 'base64'))), '[]')
               from cases.sealed s where s.region = c.region and s.number = c.number) as parts,
            (select array_agg(distinct e) from cases.consent w, unnest(w.elements) e
              where w.region = c.region and w.number = c.number and w.kind = 'withdrawn') as withdrawn
       from cases.case c join cases.dossier d using (region, number)
      where c.region = $1 and c.number = $2`,
    [key.region, key.number],
  );
  return row;
}

/** Whether an answer of a case that lies in clear is this name. */
export async function namesSomebody(db: Db, key: Key, name: string): Promise<boolean> {
  const [row] = await db.prepared<{ found: boolean }>(
    'cases.names-somebody',
    `select exists (select from cases.dossier d, jsonb_each_text(d.answers) as answer
                     where d.region = $1 and d.number = $2 and answer.value = $3) as found`,
    [key.region, key.number, name],
  );
  return row?.found ?? false;
}

/** The number of the case a draft became, if it did. */
export async function numberOfDraft(
  db: Db,
  region: string,
  draft: string,
  applicant: string,
): Promise<string | undefined> {
  const [row] = await db.query<{ number: string }>(
    'select number from cases.case where region = $1 and draft = $2 and applicant = $3',
    [region, draft, applicant],
  );
  return row?.number;
}

/** Cases whose answer was due before a day and has not come, by number. */
export async function overdueAnswers(
  db: Db,
  region: string,
  { today, after, limit }: { today: string; after: string; limit: number },
): Promise<string[]> {
  const rows = await db.query<{ number: string }>(
    `select number from cases.case
      where region = $1 and status = 'submitted' and answer_due < $2 and number > $3 order by number limit $4`,
    [region, today, after, limit],
  );
  return rows.map(({ number }) => number);
}

/** Branches some accounts have claimed, each with the version of its case. */
export function claimedBy(
  db: Db,
  region: string,
  accounts: string[],
): Promise<{ number: string; item: string; from: string; version: number }[]> {
  return db.query(
    `select b.number, b.item, b.claimed_by as "from", c.version from cases.branch b join cases.case c on c.region = b.region and c.number = b.number
      where b.region = $1 and b.status = 'claimed' and b.claimed_by = any($2) order by b.number, b.item`,
    [region, accounts],
  );
}

export async function nextSerial(db: Db): Promise<number> {
  const [row] = await db.prepared<{ serial: number }>(
    'cases.serial',
    `select nextval('cases.number_serial') as serial`,
    [],
  );
  return row?.serial ?? 0;
}

/**
 * Writes a new case whole: row, first event and what is sealed of it, branches, dossier, and the mark on its draft. One
 * statement, so one transaction. Gives false when the draft has become a case already.
 */
export async function insertCase(
  db: Db,
  entry: {
    theCase: Case;
    event: CaseEvent;
    part?: SealedPart;
    dossier: Dossier;
    draft: string;
    commandId: string;
    consent?: Consent & { person: string };
    /** Blind indexes of the id cards its answers name, as they are to be written. */
    cards: Buffer[];
  },
): Promise<boolean> {
  const { plan, state } = entry.theCase;
  const rows = await db.prepared<{ number: string }>('cases.insert', insertSql, [
    plan.region,
    plan.number,
    state.version,
    state.status,
    plan.subject.kind,
    plan.subject.id,
    JSON.stringify(plan.subject.name),
    plan.division,
    plan.divisionName,
    plan.applicant.id,
    plan.applicant.name,
    plan.channel,
    entry.draft,
    state.submittedAt,
    state.answerDue,
    JSON.stringify(plan),
    JSON.stringify(state),
    entry.event.by.id,
    entry.commandId,
    JSON.stringify({ ...entry.event, command: entry.commandId }),
    JSON.stringify(entry.dossier.answers),
    JSON.stringify(entry.dossier.materials),
    JSON.stringify(plan.branches),
    entry.part?.sealed ?? null,
    entry.part?.keyId ?? null,
    entry.consent?.elements ?? null,
    entry.consent?.text ?? null,
    entry.consent?.as ?? null,
    entry.consent?.person ?? null,
    entry.cards,
  ]);
  return rows.length === 1;
}

const insertSql = `
with made as (
  insert into cases.case (region, number, version, status, subject_kind, subject_id, subject_name, division, division_name,
                          applicant, applicant_name, channel, draft, submitted_at, answer_due, plan, state)
  values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10, $11, $12, $13, $14, $15, $16::jsonb, $17::jsonb)
  on conflict (region, draft) do nothing
  returning region, number, division_name, applicant, applicant_name, subject_name
), event as (
  insert into cases.event (region, number, seq, type, at, by_id, command, data)
  select region, number, 1, 'submitted', $14, $18, $19, $20::jsonb from made
), sealed as (
  insert into cases.sealed (region, number, seq, sealed, key_id)
  select region, number, 1, $24::bytea, $25::int from made where $24::bytea is not null
), consent as (
  insert into cases.consent (region, number, seq, kind, elements, text, given_as, person, by_id, at)
  select region, number, 1, 'given', $26::text[], $27, $28, $29, $18, $14 from made where $26::text[] is not null
), named as (
  insert into cases.named (region, id_card_index, number)
  select distinct region, platform.pick_index(indexes), number from made, unnest($30::bytea[]) as indexes
), dossier as (
  insert into cases.dossier (region, number, answers, materials) select region, number, $21::jsonb, $22::jsonb from made
), branches as (
  insert into cases.branch (region, number, item, status, agency, division, applicant_name, subject_name, item_name,
                            division_name, promised_days, statutory_days)
  select made.region, made.number, b.item, 'waiting', b.agency, b.division, made.applicant_name, made.subject_name, b.name,
         made.division_name, b."promisedDays", b."statutoryDays"
    from made, jsonb_to_recordset($23::jsonb)
           as b(item text, agency text, division text, name jsonb, "promisedDays" int, "statutoryDays" int)
), draft as (
  update cases.draft d set number = made.number, answers = '{}', sealed = null, key_id = null
    from made where d.region = made.region and d.id = $13 and d.owner = made.applicant
)
select number from made`;
