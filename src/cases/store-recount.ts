import type { Db } from '../platform/door.ts';

/** The SQL of counting due days anew when the calendar has changed. */

/** Cases that have not ended, by number. */
export async function runningCases(
  db: Db,
  region: string,
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const rows = await db.query<{ number: string }>(
    `select number from cases.case
      where region = $1 and status in ('submitted', 'accepted') and number > $2 order by number limit $3`,
    [region, after, limit],
  );
  return rows.map(({ number }) => number);
}

/** The calendar with which the due days of a county were last counted; nothing when they never were. */
export async function recountedWith(db: Db, region: string): Promise<string | undefined> {
  const [row] = await db.query<{ calendar: string }>('select calendar from cases.recount where region = $1', [region]);
  return row?.calendar;
}

export async function noteRecounted(db: Db, region: string, calendar: string, at: string): Promise<void> {
  await db.query(
    `insert into cases.recount (region, calendar, at) values ($1, $2, $3)
     on conflict (region) do update set calendar = excluded.calendar, at = excluded.at`,
    [region, calendar, at],
  );
}
