import { type Db, pageSize, type Seen } from '../platform/door.ts';
import type { Raised, Rule } from './alarm-rules.ts';

/** SQL of alarms. */
export type ReaderDay = { region: string; who: string; day: string };
export type AlarmKey = ReaderDay & { rule: Rule; subject: string };
/** What somebody calls an alarm; there may be none. */
export type AlarmName = Omit<AlarmKey, 'region' | 'rule'> & { rule: string };
export type AlarmRow = AlarmKey & {
  at: string;
  count: number;
  detail: string | null;
  /** What was found out, the first first. */
  notes: { at: string; by: string; note: string }[];
};
export type ReadRow = { at: string; whose: string; work: boolean };

const ofReader = `region = $1 and who_id = $2 and kind in ('reading', 'export') and outcome = 'done' and whose is not null`;
const chinaDay = `(at at time zone 'Asia/Shanghai')::date`;

/**
 * Whose data a colleague read on a day, and whether it was for work: a case of theirs, an emergency, or looking somebody
 * up at a counter for whom a case was entered the same day.
 */
export function readingsOf(tx: Db, { region, who, day }: ReaderDay): Promise<ReadRow[]> {
  return tx.prepared(
    'ledger.alarm-readings',
    `with day as (
       select at, whose, what, kind, outcome, reason from ledger.trail
        where region = $1 and who_id = $2 and whose is not null
          and at >= $3::date::timestamp at time zone 'Asia/Shanghai'
          and at < ($3::date + 1)::timestamp at time zone 'Asia/Shanghai'
     ), entered as (select distinct whose from day where what = 'case.enter' and outcome = 'done')
     select at, whose, coalesce(reason in ('work', 'break-glass') or reason = 'counter' and whose in (table entered), false) as work
       from day where kind in ('reading', 'export') and outcome = 'done'`,
    [region, who, day],
  );
}

/** How much they read on each of the days before, of those with any. */
export async function countsBefore(tx: Db, { region, who, day }: ReaderDay, days: number): Promise<number[]> {
  const rows = await tx.prepared<{ count: number }>(
    'ledger.alarm-before',
    `select count(*) as count from ledger.trail
      where ${ofReader} and at < $3::date::timestamp at time zone 'Asia/Shanghai'
        and at >= ($3::date - $4::int)::timestamp at time zone 'Asia/Shanghai'
      group by ${chinaDay}`,
    [region, who, day, days],
  );
  return rows.map(({ count }) => count);
}

/** How much another system read of persons on a day, and how often it was refused. */
export async function clientDay(tx: Db, { region, who, day }: ReaderDay): Promise<{ read: number; refused: number }> {
  const rows = await tx.prepared<{ read: number; refused: number }>(
    'ledger.alarm-client',
    `select count(*) filter (where outcome = 'done' and whose is not null) as read,
            count(*) filter (where outcome = 'refused') as refused from ledger.trail
      where region = $1 and who_id = $2 and kind = 'reading' and at >= $3::date::timestamp at time zone 'Asia/Shanghai'
        and at < ($3::date + 1)::timestamp at time zone 'Asia/Shanghai'`,
    [region, who, day],
  );
  return rows[0] ?? { read: 0, refused: 0 };
}

/** Whether somebody gave a start code for an account and took its second step away, within the three days a code holds. */
export async function hasBothKeys(
  tx: Db,
  { region, who, about, at }: { region: string; who: string; about: string; at: string },
): Promise<boolean> {
  const [row] = await tx.prepared<{ both: boolean }>(
    'ledger.alarm-both-keys',
    `select count(distinct what) = 2 as both from ledger.trail
      where region = $1 and about = $2 and who_id = $3 and outcome = 'done'
        and what in ('account.start-code', 'account.second-reset')
        and at <= $4::timestamptz and at > $4::timestamptz - interval '3 days'`,
    [region, about, who, at],
  );
  return row?.both ?? false;
}

/** How many alarms of a county nobody has looked into. */
export async function openAlarmsIn(db: Seen, region: string): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select count(*) as count from ledger.alarm a
      where a.region = $1 and not exists (select from ledger.alarm_note n
        where (n.region, n.who, n.day, n.rule, n.subject) = (a.region, a.who, a.day, a.rule, a.subject))`,
    [region],
  );
  return row?.count ?? 0;
}

/** Keeps an alarm; false when it was raised before. */
export async function raise(
  tx: Db,
  of: ReaderDay,
  { rule, subject, count, detail }: Raised,
  at: Date,
): Promise<boolean> {
  const rows = await tx.prepared(
    'ledger.alarm-raise',
    `insert into ledger.alarm (region, who, day, rule, subject, at, count, detail)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning rule`,
    [of.region, of.who, of.day, rule, subject, at.toISOString(), count, detail ?? null],
  );
  return rows.length > 0;
}

const alarms = `select a.region, a.who, a.day, a.rule, a.subject, a.at, a.count, a.detail,
            coalesce((select jsonb_agg(jsonb_build_object('at', n.at, 'by', n.by_id, 'note', n.note) order by n.at)
                        from ledger.alarm_note n
                       where (n.region, n.who, n.day, n.rule, n.subject) = (a.region, a.who, a.day, a.rule, a.subject)),
                     '[]') as notes
       from ledger.alarm a where a.region = $1`;

/** Alarms with what was noted of them, the latest first: a page, and the first of the next. */
export function alarmsIn(db: Seen, region: string, offset: number): Promise<AlarmRow[]> {
  return db.query(`${alarms} order by a.at desc, a.who, a.rule, a.subject, a.day offset $2 limit $3`, [
    region,
    offset,
    pageSize + 1,
  ]);
}

/** One of them. */
export async function alarmIn(
  db: Seen,
  region: string,
  { who, day, rule, subject }: AlarmName,
): Promise<AlarmRow | undefined> {
  const values = [region, who, day, rule, subject];
  const [row] = await db.query<AlarmRow>(
    `${alarms} and a.who = $2 and a.day::text = $3 and a.rule = $4 and a.subject = $5`,
    values,
  );
  return row;
}

/** Keeps what was found out; false when there is no such alarm. */
export async function addNote(
  tx: Db,
  { region, who, day, rule, subject }: AlarmKey,
  { by, note, at }: { by: string; note: string; at: Date },
): Promise<boolean> {
  const rows = await tx.query(
    `insert into ledger.alarm_note (region, who, day, rule, subject, at, by_id, note)
     select region, who, day, rule, subject, $6, $7, $8 from ledger.alarm
      where region = $1 and who = $2 and day = $3 and rule = $4 and subject = $5
     returning rule`,
    [region, who, day, rule, subject, at.toISOString(), by, note],
  );
  return rows.length > 0;
}
