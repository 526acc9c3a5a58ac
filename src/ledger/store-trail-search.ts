import type { Db, Seen } from '../platform/door.ts';
import { type TrailRow, trailColumns } from './store-trail.ts';
import type { TrailKind, TrailOutcome } from './trail-entry.ts';

/** What somebody looks for in the trail; what is not given does not narrow it. */
export type TrailFilter = {
  region: string;
  who?: string;
  /** A person, a case, an account: whoever or whatever it was about. */
  about?: string;
  kind?: TrailKind;
  /** Code of what was done, or its beginning. */
  what?: string;
  outcome?: TrailOutcome;
  /** Instants: from the first, up to but without the last. */
  from?: Date;
  until?: Date;
  /** The last row of the page before: only what is older follows. */
  before?: { at: string; id: string };
};

/** Entries, the latest first. */
export function searchTrail(db: Seen, filter: TrailFilter, limit: number): Promise<TrailRow[]> {
  const { region, who, about, kind, what, outcome, from, until, before } = filter;
  // Not prepared: what is not asked for falls out of the plan, and each question finds its index.
  return db.query(
    `select ${trailColumns} from ledger.trail t
      where region = $1 and ($2::text is null or who_id = $2) and ($3::text is null or whose = $3 or about = $3)
        and ($4::text is null or kind = $4) and ($5::text is null or starts_with(what, $5))
        and ($6::text is null or outcome = $6)
        and ($7::timestamptz is null or at >= $7) and ($8::timestamptz is null or at < $8)
        and ($9::timestamptz is null or (t.at, t.id) < ($9, $10::text))
      order by t.at desc, t.id desc limit $11`,
    [
      region,
      who ?? null,
      about ?? null,
      kind ?? null,
      what ?? null,
      outcome ?? null,
      from?.toISOString() ?? null,
      until?.toISOString() ?? null,
      before?.at ?? null,
      before?.id ?? null,
      limit,
    ],
  );
}

/** Whose data: ids of persons or organisations, and numbers of cases that name them besides. */
export type Looked = { whose: string[]; about: string[] };
export type LookRow = Pick<TrailRow, 'id' | 'at' | 'what' | 'about' | 'whose' | 'reason' | 'detail'>;

/** Looks at somebody's data, or at a case that names them, the latest first. */
export function looksAt(db: Db, region: string, { whose, about }: Looked, limit: number): Promise<LookRow[]> {
  return db.prepared(
    'ledger.trail-looks-at',
    `select ${trailColumns} from ledger.trail t
      where region = $1 and (whose = any($2) or about = any($3)) and kind in ('reading', 'export') and outcome = 'done'
        and who_kind in ('staff', 'client')
      order by t.at desc, t.id desc limit $4`,
    [region, whose, about, limit],
  );
}
