import type { ErasureStanding } from '../cases/door.ts';
import type { RetentionClass } from '../platform/door.ts';

/** Whether the law lets a case be erased, and if not why not (个人信息保护法 art. 47). Pure. */
export type Verdict =
  | { may: 'now'; class: string }
  | { may: 'gone'; at: string }
  | { may: 'no'; because: 'running' | 'held' }
  | { may: 'no'; because: 'kept'; until: string; source: string; article: string };

const classOf: Record<string, string> = {
  closed: 'case-decided',
  'not-accepted': 'case-not-decided',
  withdrawn: 'case-not-decided',
};

export function verdictOn(standing: ErasureStanding, classes: RetentionClass[], now: Date): Verdict {
  const { status, closedAt, held, erasedAt } = standing;
  if (erasedAt) return { may: 'gone', at: erasedAt };
  const kept = classes.find(({ id }) => id === classOf[status]);
  if (!kept || !closedAt) return { may: 'no', because: 'running' };
  if (held) return { may: 'no', because: 'held' };
  const until = endOf(kept, new Date(closedAt));
  if (until < now.toISOString()) return { may: 'now', class: kept.id };
  const [basis] = kept.basis;
  return { may: 'no', because: 'kept', until, source: basis?.source ?? '', article: basis?.article ?? '' };
}

/** When the time of a class is over for something that ended then; the 31st becomes the last of a month. */
function endOf({ after }: Pick<RetentionClass, 'after'>, ended: Date): string {
  const end = new Date(ended);
  if ('days' in after) end.setUTCDate(end.getUTCDate() + after.days);
  else {
    const day = end.getUTCDate();
    end.setUTCDate(1);
    end.setUTCMonth(end.getUTCMonth() + ('months' in after ? after.months : after.years * 12));
    const last = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate();
    end.setUTCDate(Math.min(day, last));
  }
  return end.toISOString();
}
