import type { Db } from '../platform/door.ts';

/** The only SQL of the room: when the past of a demo ends, of how many cases, and whether it has been told. */
export type Past = {
  anchor: string;
  cases: number;
  finishedAt: string | null;
  /** It was begun before and cut short. */
  again: boolean;
};

/** The past of a county: the one that was begun, or a new one that ends now. */
export async function pastOf(db: Db, region: string, now: string, cases: number): Promise<Past> {
  const begun = await db.query(
    'insert into demo.past (region, anchor, cases) values ($1, $2, $3) on conflict do nothing returning region',
    [region, now, cases],
  );
  const [row] = await db.query<Omit<Past, 'again'>>(
    'select anchor, cases, finished_at as "finishedAt" from demo.past where region = $1',
    [region],
  );
  if (!row) throw new Error('the past has no anchor');
  return { ...row, again: begun.length === 0 };
}

export async function finishPast(db: Db, region: string): Promise<void> {
  await db.query('update demo.past set finished_at = now() where region = $1', [region]);
}
